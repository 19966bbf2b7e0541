//! The service under test: built once in release mode, started, stopped and killed as a process.

use std::fs::File;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU16, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::http::{self, Failure, Reply};

/// Longer than anything here may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The binary of the example `orders`, whose creations require a key and whose changes name a version.
static BINARY: LazyLock<PathBuf> = LazyLock::new(build);

fn build() -> PathBuf {
    let home = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let home = home.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target"));
    let folder = home.join("outside");
    let project = folder.join("orders");
    if project.exists() {
        std::fs::remove_dir_all(&project).expect("the old project can be removed");
    }
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut new = Command::new(env!("CARGO_BIN_EXE_cargo-kickoff"));
    new.arg("new").arg(&project).args(["--example", "orders"]);
    succeed(new.output());
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build
        .current_dir(&project)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_PROFILE_RELEASE_STRIP", "symbols")
        .args(["build", "--release", "--locked"]);
    succeed(build.output());
    folder.join("target/release/orders")
}

fn succeed(output: std::io::Result<Output>) {
    let output = output.expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

/// The size of the binary in bytes.
pub(crate) fn binary_size() -> u64 {
    BINARY.metadata().expect("a file").len()
}

/// A running service, killed when the test ends.
pub(crate) struct Program {
    child: Child,
    /// How long it took from its start until it was ready.
    pub ready_after: Duration,
    pub address: SocketAddr,
    settings: Vec<(String, String)>,
    folder: TempDir,
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    /// Starts it with a database of its own, and waits until it is ready.
    pub(crate) fn start(settings: &[(&str, &str)]) -> Program {
        let folder = tempfile::tempdir().expect("a folder");
        let address = free_address();
        let mut all = vec![
            ("APP_LISTEN".to_owned(), address.to_string()),
            ("APP_ADMIN_LISTEN".to_owned(), free_address().to_string()),
            ("APP_TOKENS_WEB_SHOP".to_owned(), http::HASH.to_owned()),
            ("APP_RATE_WEB_SHOP".to_owned(), "1000000".to_owned()),
        ];
        let own = settings.iter();
        all.extend(own.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let mut program = Program {
            child: launch(&folder, &all),
            ready_after: Duration::ZERO,
            address,
            settings: all,
            folder,
        };
        program.ready_after = program.until_ready();
        program
    }

    /// Starts it again after it has ended, at the same address and with the same file.
    pub(crate) fn restart(&mut self) {
        self.child = launch(&self.folder, &self.settings);
        self.ready_after = self.until_ready();
    }

    /// Waits until it would take a request, and tells how long that took.
    pub(crate) fn until_ready(&mut self) -> Duration {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            let ended = self.child.try_wait().expect("its state");
            assert!(ended.is_none(), "it ended with {ended:?}: {}", self.log());
            if self.status("GET /health/ready") == 200 {
                return start.elapsed();
            }
            sleep(Duration::from_millis(2));
        }
        panic!("it never became ready: {}", self.log());
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("orders.db")
    }

    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Sends a request that has to be answered.
    pub(crate) fn send(
        &self,
        request: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Reply {
        let reply = http::send(self.address, request, headers, body);
        reply.unwrap_or_else(|failure| panic!("{request}: {failure:?}: {}", self.log()))
    }

    /// The status of the answer to a request without a body; 0 where there is nobody to answer it.
    pub(crate) fn status(&self, request: &str) -> u16 {
        http::send(self.address, request, &[], None).map_or(0, |reply| reply.status)
    }

    /// Creates the customer with this number; the same key every time.
    pub(crate) fn create(&self, number: usize) -> Reply {
        let reply = create(self.address, &format!("key-{number}"), number);
        reply.unwrap_or_else(|failure| panic!("{failure:?}: {}", self.log()))
    }

    pub(crate) fn signal(&self, signal: &str) {
        let id = self.child.id().to_string();
        let kill = Command::new("kill").args([signal, &id]).status();
        assert!(kill.is_ok_and(|status| status.success()), "kill {signal}");
    }

    /// Waits for its end.
    pub(crate) fn end(&mut self) -> ExitStatus {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().expect("its state") {
                return status;
            }
            sleep(Duration::from_millis(2));
        }
        panic!("it does not end: {}", self.log());
    }

    /// What it holds in memory, in KiB.
    pub(crate) fn memory(&self) -> u64 {
        let id = self.child.id().to_string();
        let output = Command::new("ps").args(["-o", "rss=", "-p", &id]).output();
        let output = output.expect("ps runs").stdout;
        let text = String::from_utf8_lossy(&output);
        text.trim().parse().expect("a number")
    }
}

fn launch(folder: &TempDir, settings: &[(String, String)]) -> Child {
    let mut log = File::options();
    let log = log.create(true).append(true);
    let log = log.open(folder.path().join("log")).expect("a log");
    Command::new(&*BINARY)
        .current_dir(folder.path())
        .envs(settings.iter().cloned())
        .stdout(log.try_clone().expect("a second handle"))
        .stderr(log)
        .stdin(Stdio::null())
        .spawn()
        .expect("it starts")
}

/// Below the ports that systems give to connections: one of those could take it before the program does.
fn free_address() -> SocketAddr {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 20_000 + u16::try_from(std::process::id() % 8_000).expect("a small number");
    loop {
        let port = first + NEXT.fetch_add(1, Ordering::Relaxed);
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        if TcpListener::bind(address).is_ok() {
            return address;
        }
    }
}

/// Creates the customer with this number under a key.
pub(crate) fn create(address: SocketAddr, key: &str, number: usize) -> Result<Reply, Failure> {
    let email = format!("customer-{number}@example.org");
    let body = json!({"name": format!("Customer {number}"), "email": email});
    let headers = [("Idempotency-Key", key)];
    http::send(address, "POST /customers", &headers, Some(&body))
}
