//! How the service ends: in-process where a request has to be slow, else the program itself.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::sleep,
};

use <{ service.crate_name }>::server::Outcome;

use crate::{
    stubs,
    support::{Service, until},
};

#[tokio::test]
async fn requests_in_flight_end_and_nothing_new_begins() {
    let mut service = Service::with_routes(|_| {}, stubs::routes()).await;
    let in_flight = tokio::spawn(service.get("/slow/500").send());
    until_busy(&service).await;
    service.begin_stop();
    let address = service.address;
    let closed = async || TcpStream::connect(address).await.is_err();
    until("closed", closed).await;
    assert!(!in_flight.is_finished());
    let metrics = service.app.metrics.clone();
    assert_eq!(service.stop().await, Outcome::Drained);
    assert_eq!(metrics.active_requests.get(), 0, "it did not wait");
    let response = in_flight.await.expect("no panic").expect("an answer");
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn those_that_connected_last_are_answered() {
    for _ in 0..8 {
        let mut service = Service::start().await;
        // Without a pause: the system accepts them, and the service has not looked yet.
        let streams = [(); 2].map(|()| std::net::TcpStream::connect(service.address));
        service.begin_stop();
        for stream in streams {
            let stream = stream.expect("a connection");
            stream.set_nonblocking(true).expect("set");
            let mut stream = TcpStream::from_std(stream).expect("a connection");
            let request = b"GET /health/live HTTP/1.1\r\nhost: a\r\n\r\n";
            stream.write_all(request).await.expect("written");
            let mut answer = [0; 12];
            stream.read_exact(&mut answer).await.expect("an answer");
            assert_eq!(&answer, b"HTTP/1.1 200");
            // The second one begins its request when the port is closed.
            sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(service.stop().await, Outcome::Drained);
    }
}

#[tokio::test]
async fn the_drain_is_bounded() {
    let grace = Duration::from_millis(100);
    let service = Service::with_routes(|c| c.shutdown_grace = grace, stubs::routes()).await;
    let in_flight = tokio::spawn(service.get("/slow/1900").send());
    until_busy(&service).await;
    assert_eq!(service.stop().await, Outcome::Cut);
    assert!(!in_flight.is_finished());
}

#[tokio::test]
async fn connections_without_a_request_do_not_hold_it_up() {
    let service = Service::with(|config| {
        config.header_timeout = Duration::from_millis(300);
        config.shutdown_grace = Duration::from_secs(2);
    })
    .await;
    let mut half = TcpStream::connect(service.address)
        .await
        .expect("a connection");
    half.write_all(b"GET / HTTP/1.1\r\nHos")
        .await
        .expect("written");
    let idle = TcpStream::connect(service.address)
        .await
        .expect("a connection");
    service.get("/health/live").send().await.expect("an answer");
    assert_eq!(service.stop().await, Outcome::Drained);
    drop(idle);
}

async fn until_busy(service: &Service) {
    let requests = &service.app.metrics.active_requests;
    until("busy", async || requests.get() > 0).await;
}

#[cfg(unix)]
mod program {
    use std::process::Stdio;

    use reqwest::{Client, StatusCode};
    use serde_json::Value;
    use tempfile::TempDir;
    use tokio::{
        io::{AsyncBufReadExt, BufReader, Lines},
        process::{Child, ChildStdout, Command},
        time::timeout,
    };

<% if access.jwt %>
    use crate::credentials;
    use crate::peer::{Peer, Reply};
<% endif %>
<% if entities and postgresql %>
    use crate::postgresql::TestDatabase;
<% endif %>
    use crate::support::{PATIENCE, PROGRAM, until};

    /// The program, killed when the test ends however it ends.
    struct Program {
        child: Child,
        lines: Lines<BufReader<ChildStdout>>,
        address: String,
<% if entities and postgresql %>
        _database: TestDatabase,
<% endif %>
        _directory: TempDir,
<% if access.jwt %>
        _issuer: Peer,
<% endif %>
    }

    impl Program {
        async fn start(settings: &[(&str, &str)]) -> Self {
            let directory = tempfile::tempdir().expect("a directory");
<% if access.jwt %>
            let keys = credentials::keys().to_string().leak();
            let issuer = Peer::start(Reply::Answer(200, "", keys)).await;
<% endif %>
<% if entities and postgresql %>
            let database = TestDatabase::create().await;
<% endif %>
            let mut child = Command::new(PROGRAM)
                .current_dir(directory.path())
<% if entities and postgresql %>
                .env("APP_DATABASE_URL", database.url().expose())
<% endif %>
                .env("APP_LISTEN", "127.0.0.1:0")
                .env("APP_ADMIN_LISTEN", "127.0.0.1:0")
<% if access.jwt %>
                .env(⟦"APP_DEPENDENCY_ISSUER_URL", format!("http://{}", issuer.address)⟧)
<% endif %>
                .envs(settings.iter().copied())
                .stdout(Stdio::piped())
                .kill_on_drop(true)
                .spawn()
                .expect("it starts");
            let stdout = child.stdout.take().expect("its output");
            let mut program = Self {
                child,
                lines: BufReader::new(stdout).lines(),
                address: String::new(),
<% if entities and postgresql %>
                _database: database,
<% endif %>
                _directory: directory,
<% if access.jwt %>
                _issuer: issuer,
<% endif %>
            };
            program.address = program.line("listening").await["address"]
                .as_str()
                .expect("an address")
                .to_owned();
            program
        }

        /// Reads on until the line with this message; every line has to be JSON.
        async fn line(&mut self, message: &str) -> Value {
            loop {
                let line = timeout(PATIENCE, self.lines.next_line()).await;
                let line = line.expect("in time").expect("readable").expect("a line");
                let line: Value = serde_json::from_str(&line).expect("JSON");
                if line["message"] == message {
                    return line;
                }
            }
        }

        async fn get(&self, path: &str) -> reqwest::Result<StatusCode> {
            let url = format!("http://{}{path}", self.address);
            let client = Client::builder().timeout(PATIENCE).build()?;
            Ok(client.get(url).send().await?.status())
        }

        async fn until_ready(&self) {
            let ready = async || self.get("/health/ready").await.expect("an answer") == 200;
            until("ready", ready).await;
        }

        fn signal(&self, signal: &str) {
            let id = self.child.id().expect("it runs").to_string();
            let kill = std::process::Command::new("kill")
                .args([signal, &id])
                .status();
            assert!(kill.expect("kill").success());
        }

        async fn exit_code(&mut self) -> Option<i32> {
            let exit = timeout(PATIENCE, self.child.wait()).await;
            exit.expect("in time").expect("a status").code()
        }
    }

    #[tokio::test]
    async fn a_signal_drains_it() {
        tokio::join!(drains("-TERM"), drains("-INT"));
    }

    async fn drains(signal: &str) {
        let mut program = Program::start(&[("APP_DRAIN_DELAY", "500ms")]).await;
        program.until_ready().await;
        program.signal(signal);
        program.line("draining").await;
        assert_eq!(program.get("/health/ready").await.expect("an answer"), 503);
        assert_eq!(program.get("/health/live").await.expect("an answer"), 200);
        assert_eq!(program.exit_code().await, Some(0));
        assert!(program.get("/health/live").await.is_err());
        program.line("drained").await;
    }

    #[tokio::test]
    async fn a_second_signal_does_not_wait() {
        let mut program = Program::start(&[("APP_DRAIN_DELAY", "60s")]).await;
        program.signal("-TERM");
        program.line("draining").await;
        program.signal("-TERM");
        assert_eq!(program.exit_code().await, Some(1));
    }

    #[tokio::test]
    async fn a_port_in_use_is_said_in_the_log() {
        let taken = Program::start(&[]).await;
        let directory = tempfile::tempdir().expect("a directory");
        let output = Command::new(PROGRAM)
            .current_dir(directory.path())
            .env("APP_LISTEN", &taken.address)
            .env("APP_ADMIN_LISTEN", "127.0.0.1:0")
            .kill_on_drop(true)
            .output();
        let output = timeout(PATIENCE, output)
            .await
            .expect("in time")
            .expect("it ran");
        assert_eq!(output.status.code(), Some(1));
        let said = String::from_utf8_lossy(&output.stdout);
        let lines = said.lines().map(serde_json::from_str);
        let lines: Vec<Value> = lines.collect::<Result<_, _>>().expect("JSON");
        assert!(
            lines.iter().any(|line| line["message"] == "cannot start"),
            "{said}"
        );
    }
}
