//! Whether the database can be used decides whether the service is ready, and is noticed in time.

use std::time::{Duration, Instant};

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
    time::timeout,
};

use <{ service.crate_name }>::config::Secret;

use crate::postgresql::TestDatabase;
use crate::support::{Service, answer, problem, until};

async fn until_ready(service: &Service) {
    let ready = async || answer(service.get("/health/ready")).await.0 == 200;
    until("ready", ready).await;
}

#[tokio::test]
async fn it_waits_for_its_database() {
    let later = TestDatabase::absent();
    let service = Service::with(|config| config.database_url = later.url()).await;
    let database = service.app.database.clone();
    let prepared = tokio::spawn(async move { database.prepare().await });

    let refusal = problem(service.get("/health/ready"), 503, "not_ready").await;
    assert_eq!(refusal["errors"][0]["pointer"], "/database");
    assert_eq!(answer(service.get("/health/live")).await.0, 200);
    let (code, summary) = answer(service.get("/health")).await;
    assert_eq!(
        (code.as_u16(), &summary["status"]),
        (200, &"not_ready".into())
    );

    later.create_now().await;
    prepared.await.expect("no panic");
    until_ready(&service).await;
}

#[tokio::test]
async fn without_its_schema_it_is_not_ready() {
    let service = Service::start().await;
    until_ready(&service).await;
    let mut write = service.app.database.begin().await.expect("a transaction");
    let last = "DELETE FROM _sqlx_migrations";
    sqlx::query(last)
        .execute(&mut *write)
        .await
        .expect("deleted");
    write.commit().await.expect("committed");
    problem(service.get("/health/ready"), 503, "not_ready").await;
    assert!(service.metrics().await.contains("\nservice_ready 0\n"));
}

#[tokio::test]
async fn where_nothing_can_be_written_it_is_not_ready() {
    let service = Service::start().await;
    let database = &service.database;
    for (read_only, status) in [("on", 503), ("off", 200)] {
        let set = "ALTER DATABASE <database> SET default_transaction_read_only =";
        database.administer(&format!("{set} {read_only}")).await;
        // It counts for those that connect from now on.
        let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity";
        let others = format!("{others} WHERE datname = '<database>'");
        database.administer(&others).await;
        let is = async || answer(service.get("/health/ready")).await.0 == status;
        until("noticed", is).await;
        // It stays so.
        assert_eq!(answer(service.get("/health/ready")).await.0, status);
    }
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_noticed_in_time() {
    let service = Service::start().await;
    let mut taken = Vec::new();
    let brief = Duration::from_millis(500);
    while let Ok(connection) = timeout(brief, service.app.database.read()).await {
        taken.push(connection.expect("a connection"));
    }
    let started = Instant::now();
    problem(service.get("/health/ready"), 503, "not_ready").await;
    assert!(
        started.elapsed() < Duration::from_millis(900),
        "{:?}",
        started.elapsed()
    );
    assert_eq!(answer(service.get("/health/live")).await.0, 200);
    drop(taken);
    until_ready(&service).await;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Open,
    /// Nothing passes, and nobody is told.
    Silent,
    Closed,
}

#[tokio::test]
async fn a_server_that_is_gone_or_silent_is_noticed_and_taken_back_at_once() {
    let database = TestDatabase::create().await;
    let (way, url) = detour(&database).await;
    let service = Service::with(|config| config.database_url = url).await;
    until_ready(&service).await;
    for obstacle in [Way::Silent, Way::Closed] {
        way.send_replace(obstacle);
        let started = Instant::now();
        problem(service.get("/health/ready"), 503, "not_ready").await;
        let took = started.elapsed();
        assert!(took < Duration::from_millis(900), "{obstacle:?}: {took:?}");
        assert_eq!(answer(service.get("/health/live")).await.0, 200);
        way.send_replace(Way::Open);
        let started = Instant::now();
        until_ready(&service).await;
        let took = started.elapsed();
        assert!(took < Duration::from_secs(2), "{obstacle:?}: {took:?}");
    }
}

/// A way to the database that can be blocked, and the URL that takes it.
async fn detour(database: &TestDatabase) -> (watch::Sender<Way>, Secret) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let options = database.options();
    let server = format!("{}:{}", options.get_host(), options.get_port());
    let (way, is) = watch::channel(Way::Open);
    tokio::spawn(async move {
        loop {
            let (client, _) = listener.accept().await.expect("a client");
            tokio::spawn(pass(client, server.clone(), is.clone()));
        }
    });
    let url = sqlx::ConnectOptions::to_url_lossy(&options.host("127.0.0.1").port(port));
    (way, Secret::from(url.as_str()))
}

async fn pass(mut client: TcpStream, server: String, mut is: watch::Receiver<Way>) {
    if *is.borrow_and_update() == Way::Closed {
        return;
    }
    let mut server = TcpStream::connect(server).await.expect("the server");
    loop {
        let way = *is.borrow_and_update();
        tokio::select! {
            _ = copy_bidirectional(&mut client, &mut server), if way == Way::Open => return,
            changed = is.changed() => {
                if changed.is_err() || *is.borrow() == Way::Closed {
                    return;
                }
            }
        }
    }
}
