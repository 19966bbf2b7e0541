//! How it ends under load: told to, and without a word.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use crate::http::{Failure, Reply};
use crate::program::{self, Program};
use crate::{python, scenario};

const STOPS: usize = 8;
const CLIENTS: usize = 16;

#[test]
fn told_to_stop_it_loses_no_request() {
    scenario("SIGTERM under load", || {
        let stops: Vec<(usize, Duration)> = (0..STOPS).map(|_| stop_under_load()).collect();
        let created: usize = stops.iter().map(|(created, _)| created).sum();
        let slowest = stops.iter().map(|(_, took)| *took).max();
        let slowest = slowest.unwrap_or_default();
        format!(
            "{STOPS} stops: {created} answered, 0 cut, as many records, exit 0 after {slowest:.1?}"
        )
    });
}

/// How many requests were answered until nobody listened any more, and how long the stop took.
fn stop_under_load() -> (usize, Duration) {
    let mut program = Program::start(&[("APP_DRAIN_DELAY", "300ms")]);
    let address = program.address;
    let (next, created) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let cut: Mutex<Vec<String>> = Mutex::default();
    let load = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            match program::create(address, &format!("key-{number}"), number) {
                Ok(reply) => {
                    assert_eq!(reply.status, 201, "{reply:?}");
                    created.fetch_add(1, Ordering::Relaxed);
                }
                Err(Failure::Cut(error)) => {
                    cut.lock().expect("no panic").push(error.to_string());
                }
                Err(Failure::Refused) => return,
            }
        }
    };
    let took = thread::scope(|threads| {
        for _ in 0..CLIENTS {
            threads.spawn(load);
        }
        sleep(Duration::from_millis(300));
        program.signal("-TERM");
        let start = Instant::now();
        assert_eq!(program.end().code(), Some(0), "{}", program.log());
        start.elapsed()
    });
    let (created, cut) = (created.into_inner(), cut.into_inner().expect("no panic"));
    let rows = python::count(&program.database(), "customers");
    assert!(cut.is_empty(), "{} cut: {cut:?}", cut.len());
    assert_eq!(rows, created);
    assert!(took < Duration::from_secs(5), "{took:?}");
    (created, took)
}

const WRITES: usize = 1_000;
const KILLS: usize = 14;

#[test]
fn killed_again_and_again_it_neither_loses_nor_doubles() {
    scenario("14 times kill -9", || {
        let mut program = Program::start(&[]);
        let address = program.address;
        let answers: Mutex<BTreeMap<usize, Reply>> = Mutex::default();
        let (next, sent) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let done = || answers.lock().expect("no panic").len();
        let work = || {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= WRITES {
                    return;
                }
                let reply = until_answered(address, number, &sent);
                answers.lock().expect("no panic").insert(number, reply);
            }
        };
        let start = Instant::now();
        let mut slowest = Duration::ZERO;
        thread::scope(|threads| {
            let workers: Vec<_> = (0..8).map(|_| threads.spawn(work)).collect();
            for kill in 1..=KILLS {
                while done() < kill * WRITES / (KILLS + 1) {
                    let lost = workers.iter().any(thread::ScopedJoinHandle::is_finished);
                    assert!(!lost, "a worker ended early");
                    sleep(Duration::from_micros(200));
                }
                program.signal("-KILL");
                program.end();
                program.restart();
                slowest = slowest.max(program.ready_after);
            }
        });
        let took = start.elapsed();
        assert_eq!(python::count(&program.database(), "customers"), WRITES);
        let answers = answers.into_inner().expect("no panic");
        assert_eq!(answers.len(), WRITES);
        for (number, first) in &answers {
            assert_eq!(program.create(*number), *first);
        }
        assert_eq!(python::count(&program.database(), "customers"), WRITES);
        let again = sent.into_inner() - WRITES;
        format!(
            "1,000 records of 1,000 keys in {took:.1?}, {again} sent again, each key the same answer, ready after {slowest:.0?} at most"
        )
    });
}

/// Sends it with the same key until there is an answer.
fn until_answered(address: SocketAddr, number: usize, sent: &AtomicUsize) -> Reply {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(30) {
        match program::create(address, &format!("key-{number}"), number) {
            Err(Failure::Refused) => sleep(Duration::from_millis(1)),
            Err(Failure::Cut(_)) => {
                sent.fetch_add(1, Ordering::Relaxed);
            }
            // Not ready yet, or still waiting for the lock of the one that was killed.
            Ok(reply) if reply.status == 503 => sleep(Duration::from_millis(5)),
            Ok(reply) => {
                sent.fetch_add(1, Ordering::Relaxed);
                assert_eq!(reply.status, 201, "{reply:?}");
                return reply;
            }
        }
    }
    panic!("{number} was never answered");
}
