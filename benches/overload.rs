//! A generated service at three times of what it can do, and the same program when it refuses nobody.
//!
//! `cargo bench --bench overload`. Callers come at a rate of their own and give up after their patience, as real ones do. What counts is
//! the goodput: answers that come while somebody still waits for them. The service has one worker thread, so that the callers have a
//! core to themselves.
//!
//! Creations wait for the disk, as most work of a backend waits for something: there refusing is cheap. Reads from memory wait for nothing:
//! there a refusal costs a good part of an answer, and the share says how much.

#![expect(clippy::print_stdout, reason = "a bench prints its table")]

#[path = "support/arrivals.rs"]
mod arrivals;
#[path = "support/contender.rs"]
#[expect(dead_code, reason = "another bench needs the rest")]
mod contender;
#[path = "support/load.rs"]
#[expect(dead_code, reason = "another bench needs the rest")]
mod load;
#[path = "support/median.rs"]
mod median;

use std::path::Path;
use std::time::Duration;

use arrivals::{Outcome, arrive};
use contender::{GENERATED, Service};
use load::request;
use tempfile::TempDir;

const PERIOD: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_secs(1);
const ROUNDS: usize = 3;
const TIMES: f64 = 3.0;
/// Connections that are always busy, to find what the service can do.
const BUSY: usize = 16;
const EACH: usize = 100;
const CAPACITY_ROUNDS: usize = 5;
const WORKERS: (&str, &str) = ("TOKIO_WORKER_THREADS", "1");
/// No limit that is ever reached.
const UNLIMITED: [(&str, &str); 5] = [
    WORKERS,
    ("APP_MAX_CONCURRENT_REQUESTS", "1000000"),
    ("APP_MAX_CONNECTIONS", "1000001"),
    ("APP_REQUEST_TIMEOUT", "60m"),
    ("APP_SHUTDOWN_GRACE", "120m"),
];

fn main() {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("service");
    contender::write(&home);
    let binary = contender::build(&home, GENERATED.0);
    println!(
        "{:<26} {:>8} {:>8} {:>8} {:>6} {:>8} {:>8} {:>8} {:>14}",
        "", "can /s", "come /s", "good /s", "share", "p99", "refused", "lost", "memory"
    );
    for operation in [CREATE, READ] {
        for (name, settings) in [
            ("as generated", &[WORKERS][..]),
            ("refuses nobody", &UNLIMITED),
        ] {
            for round in 1..=ROUNDS {
                let service = (operation.start)(&binary, settings);
                let name = format!("{}, {name}, {round}", operation.name);
                run(&name, &operation, &service);
            }
        }
    }
}

/// What callers ask for.
#[derive(Clone, Copy)]
struct Operation {
    name: &'static str,
    status: u16,
    start: fn(&Path, &[(&str, &str)]) -> Service,
    request: fn(&str, usize) -> String,
}

const CREATE: Operation = Operation {
    name: "create",
    status: 201,
    start: |binary, settings| Service::in_folder(binary, on_disk(), settings),
    request: |_, number| creation(number),
};

const READ: Operation = Operation {
    name: "read",
    status: 200,
    start: |binary, settings| Service::in_memory(binary, settings),
    request: |id, _| request("GET", &format!("/items/{id}"), "", ""),
};

/// A folder below that of the builds, which is no memory.
fn on_disk() -> TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a temporary folder")
}

fn run(name: &str, operation: &Operation, service: &Service) {
    let mut connection = load::Connection::open(service.address);
    let (status, body) = connection.ask(&creation(usize::MAX));
    assert_eq!(status, 201, "{body}");
    let record: serde_json::Value = serde_json::from_str(&body).expect("JSON");
    let id = record["id"].as_str().expect("an id");
    let can = capacity(operation, service, id);
    let come = can * TIMES;
    let before = service.mebibytes();
    let made = |number| (operation.request)(id, BUSY * EACH * CAPACITY_ROUNDS + number);
    let Outcome {
        mut served,
        refused,
        lost,
    } = arrive(
        service.address,
        come,
        PERIOD,
        PATIENCE,
        operation.status,
        made,
    );
    let good = served.len() as f64 / PERIOD.as_secs_f64();
    served.sort();
    let p99 = served.get(served.len() * 99 / 100);
    let p99 = p99.map_or("–".to_owned(), |p99| format!("{} ms", p99.as_millis()));
    let all = (served.len() + refused.len() + lost) as f64;
    let memory = before.zip(service.mebibytes());
    let memory = memory.map_or("–".to_owned(), |(before, after)| {
        format!("{before:.0} → {after:.0} MiB")
    });
    println!(
        "{name:<26} {can:>8.0} {come:>8.0} {good:>8.0} {:>6.2} {p99:>8} {:>7.1}% {:>7.1}% {memory:>14}",
        good / can,
        refused.len() as f64 / all * 100.0,
        lost as f64 / all * 100.0,
    );
}

/// How many a second it serves when nobody comes before another is done.
fn capacity(operation: &Operation, service: &Service, id: &str) -> f64 {
    let mut rates = std::array::from_fn::<_, CAPACITY_ROUNDS, _>(|round| {
        let made = |number: usize| (operation.request)(id, round * BUSY * EACH + number);
        let run = load::send(service.address, BUSY, EACH, operation.status, &made);
        (BUSY * EACH) as f64 / run.wall.as_secs_f64()
    });
    median::median(&mut rates)
}

fn creation(number: usize) -> String {
    let body = format!(
        "{{\"code\":\"n{number}\",\"title\":\"A title of usual length\",\"price\":1999,\"state\":\"placed\"}}"
    );
    request(
        "POST",
        "/items",
        "content-type: application/json\r\n",
        &body,
    )
}
