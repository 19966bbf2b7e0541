//! A generated service against one written by hand with the same statements and nothing else (`support/by_hand`).
//!
//! `cargo bench --bench service`, or only some of it: `-- requests`, `-- sizes`, `-- builds`. Runs alternate (ours, theirs, ours, …)
//! and a ratio is taken from each pair of neighbours, so that whatever else the machine does weighs on both. Of throughput, more than
//! 1 is better than the rival; of everything else, less.

#![expect(clippy::print_stdout, reason = "a bench prints its table")]

#[path = "support/contender.rs"]
mod contender;
#[path = "support/load.rs"]
mod load;
#[path = "support/median.rs"]
mod median;

use std::fs::File;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

use contender::{BY_HAND, GENERATED, Service};
use load::request;

const CONNECTIONS: usize = 8;
/// Requests on each connection in one run.
const EACH: usize = 400;
const ROUNDS: usize = 15;
/// Records that are there before anything is measured.
const RECORDS: usize = 1_000;
const REBUILDS: usize = 5;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let parts: Vec<_> = wanted
        .iter()
        .filter(|part| !part.starts_with("--"))
        .collect();
    let wants = |part: &str| parts.is_empty() || parts.iter().any(|wanted| *wanted == part);
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("service");
    contender::write(&home);
    if wants("requests") || wants("sizes") {
        let binaries = [GENERATED, BY_HAND].map(|(package, _)| contender::build(&home, package));
        if wants("requests") {
            requests(&binaries.each_ref().map(|binary| Service::start(binary)));
        }
        if wants("sizes") {
            binaries.iter().for_each(|binary| sizes(binary));
        }
    }
    if wants("builds") {
        builds(&home);
    }
}

/// Each operation on both, in turn.
fn requests(services: &[Service; 2]) {
    let ids = services.each_ref().map(fill);
    println!(
        "{:<8} {:>9} {:>9}   {:>5} {:>6} {:>5}   {:>5}   {:>8} {:>8}",
        "", "ours /s", "theirs /s", "min", "median", "max", "CPU", "our p99", "their p99"
    );
    let one = |service: usize, number: usize| {
        let ids = &ids[service];
        // A step that shares no factor with the count: each record is met, in no order that a cache would like.
        format!("/items/{}", ids[number * 7_919 % ids.len()])
    };
    operation(services, "read", 200, &|service, _, number| {
        request("GET", &one(service, number), "", "")
    });
    operation(services, "list", 200, &|_, _, _| {
        request("GET", "/items?limit=20", "", "")
    });
    operation(services, "create", 201, &|_, round, number| {
        creation(&format!("r{round}n{number}"))
    });
    operation(services, "update", 200, &|service, round, number| {
        let body = format!("{{\"title\":\"Changed in round {round}\"}}");
        let headers = "content-type: application/json\r\nif-match: *\r\n";
        request("PATCH", &one(service, number), headers, &body)
    });
}

fn creation(code: &str) -> String {
    let body = format!(
        "{{\"code\":\"{code}\",\"title\":\"A title of usual length\",\"note\":\"A few words that somebody left here.\",\
         \"price\":1999,\"state\":\"placed\",\"placed_at\":\"2026-01-02T03:04:05Z\"}}"
    );
    request(
        "POST",
        "/items",
        "content-type: application/json\r\n",
        &body,
    )
}

/// Makes the records, and gives their ids.
fn fill(service: &Service) -> Vec<String> {
    let mut connection = load::Connection::open(service.address);
    (0..RECORDS)
        .map(|number| {
            let (status, body) = connection.ask(&creation(&format!("n{number}")));
            assert_eq!(status, 201, "{body}");
            let record: serde_json::Value = serde_json::from_str(&body).expect("JSON");
            record["id"].as_str().expect("an id").to_owned()
        })
        .collect()
}

/// `request` makes a request from the service it is for, the round, and its number in the round.
fn operation(
    services: &[Service; 2],
    name: &str,
    status: u16,
    request: &(dyn Fn(usize, usize, usize) -> String + Sync),
) {
    let (mut rates, mut ratios) = ([Vec::new(), Vec::new()], Vec::new());
    let mut latencies = [Vec::new(), Vec::new()];
    let mut cpu = [Some(0.0), Some(0.0)];
    // The first round warms up.
    for round in 0..=ROUNDS {
        let mut pair = [0.0, 0.0];
        for (at, service) in services.iter().enumerate() {
            let before = service.cpu_seconds();
            let made = |number| request(at, round, number);
            let run = load::send(service.address, CONNECTIONS, EACH, status, &made);
            pair[at] = (CONNECTIONS * EACH) as f64 / run.wall.as_secs_f64();
            if round == 0 {
                continue;
            }
            let used = service
                .cpu_seconds()
                .zip(before)
                .map(|(after, before)| after - before);
            cpu[at] = cpu[at].zip(used).map(|(sum, used)| sum + used);
            rates[at].push(pair[at]);
            latencies[at].extend(run.latencies);
        }
        if round > 0 {
            ratios.push(pair[0] / pair[1]);
        }
    }
    let [ours, theirs] = rates.map(|mut rates| median::median(&mut rates));
    let [our_p99, their_p99] = latencies.map(p99);
    let middle = median::median(&mut ratios);
    let cpu = match cpu {
        [Some(ours), Some(theirs)] if theirs > 0.0 => format!("{:.2}", ours / theirs),
        _ => "–".to_owned(),
    };
    println!(
        "{name:<8} {ours:>9.0} {theirs:>9.0}   {:>5.2} {middle:>6.2} {:>5.2}   {cpu:>5}   {our_p99:>5.1} ms {their_p99:>5.1} ms",
        ratios[0],
        ratios[ratios.len() - 1],
    );
}

fn p99(mut latencies: Vec<Duration>) -> f64 {
    latencies.sort();
    latencies[latencies.len() * 99 / 100].as_secs_f64() * 1e3
}

/// Memory when nothing is asked, and the size of the program without its symbols.
fn sizes(binary: &Path) {
    let name = binary.file_name().unwrap_or_default().display();
    match Service::start(binary).mebibytes() {
        Some(memory) => println!("{name}: {memory:.1} MiB idle"),
        None => println!("{name}: memory is not measured: no `/proc`"),
    }
    let stripped = binary.with_extension("stripped");
    let strip = Command::new("strip")
        .arg("-o")
        .arg(&stripped)
        .arg(binary)
        .status();
    match strip.ok().and(std::fs::metadata(&stripped).ok()) {
        Some(file) => println!("{name}: {:.1} MB stripped", file.len() as f64 / 1e6),
        None => println!("{name}: size is not measured: no `strip`"),
    }
}

/// `cargo build` from nothing, and again after a file with a handler was touched.
fn builds(home: &Path) {
    let targets = [GENERATED, BY_HAND].map(|(package, _)| home.join("cold").join(package));
    let cold = [0, 1].map(|at| {
        let _ = std::fs::remove_dir_all(&targets[at]);
        build(home, &targets[at], [GENERATED, BY_HAND][at].0)
    });
    println!(
        "cold `cargo build`: {:.1} s / {:.1} s = {:.2}",
        cold[0],
        cold[1],
        cold[0] / cold[1]
    );
    let mut rebuilds = [Vec::new(), Vec::new()];
    for _ in 0..REBUILDS {
        for (at, (package, handler)) in [GENERATED, BY_HAND].into_iter().enumerate() {
            let file = File::options()
                .append(true)
                .open(home.join(package).join(handler));
            let touched = file.and_then(|file| file.set_modified(SystemTime::now()));
            touched.expect("the file can be touched");
            rebuilds[at].push(build(home, &targets[at], package));
        }
    }
    let [ours, theirs] = rebuilds.map(|mut rebuilds| median::median(&mut rebuilds));
    println!(
        "after a handler was touched: {ours:.1} s / {theirs:.1} s = {:.2}",
        ours / theirs
    );
}

fn build(home: &Path, target: &Path, package: &str) -> f64 {
    let start = Instant::now();
    contender::cargo(home, package, target, &[]);
    start.elapsed().as_secs_f64()
}
