//! Many at once.

use std::collections::BTreeMap;
use std::sync::Barrier;
use std::thread;

use serde_json::json;

use crate::http::Reply;
use crate::program::{self, Program};
use crate::{python, scenario};

/// Room for all, since what is looked at here is not the load.
const SETTINGS: [(&str, &str); 2] = [
    ("APP_MAX_CONCURRENT_REQUESTS", "500"),
    ("APP_MAX_CONNECTIONS", "2000"),
];

/// Sends so many requests in the same moment.
fn at_once(count: usize, send: impl Fn(usize) -> Reply + Sync) -> Vec<Reply> {
    let barrier = Barrier::new(count);
    let send = |number| {
        barrier.wait();
        send(number)
    };
    thread::scope(|threads| {
        let send = &send;
        let sent: Vec<_> = (0..count)
            .map(|number| threads.spawn(move || send(number)))
            .collect();
        let sent = sent.into_iter();
        sent.map(|sent| sent.join().expect("no panic")).collect()
    })
}

fn statuses(replies: &[Reply]) -> BTreeMap<u16, usize> {
    let mut counts = BTreeMap::new();
    for reply in replies {
        *counts.entry(reply.status).or_default() += 1;
    }
    counts
}

fn customer(program: &Program, key: &str, number: usize) -> Reply {
    let reply = program::create(program.address, key, number);
    reply.unwrap_or_else(|failure| panic!("{failure:?}: {}", program.log()))
}

#[test]
fn of_forty_duplicates_one_is_created() {
    scenario("40 duplicates at once", || {
        let program = Program::start(&SETTINGS);
        for round in 1..=8 {
            let replies = at_once(40, |n| customer(&program, &format!("{round}-{n}"), round));
            let expected = BTreeMap::from([(201, 1), (409, 39)]);
            assert_eq!(statuses(&replies), expected, "round {round}");
        }
        assert_eq!(python::count(&program.database(), "customers"), 8);
        "8 rounds: each one 201, thirty-nine 409".to_owned()
    });
}

#[test]
fn forty_of_one_key_get_one_answer() {
    scenario("40 of one key at once", || {
        let program = Program::start(&SETTINGS);
        for round in 1..=8 {
            let replies = at_once(40, |_| customer(&program, &format!("{round}"), round));
            assert_eq!(statuses(&replies), BTreeMap::from([(201, 40)]));
            assert!(replies.iter().all(|reply| *reply == replies[0]));
        }
        assert_eq!(python::count(&program.database(), "customers"), 8);
        "8 rounds: forty times the same 201, one record".to_owned()
    });
}

#[test]
fn a_thousand_of_a_hundred_keys_have_a_hundred_effects() {
    scenario("1,000 of 100 keys at once", || {
        let program = Program::start(&SETTINGS);
        let mut answers: BTreeMap<usize, Reply> = BTreeMap::new();
        let mut busy = 0;
        // In ten waves of a hundred threads, ten of each key among them.
        let replies = at_once(100, |thread| {
            let number = thread % 10;
            customer(&program, &format!("warm-{number}"), number)
        });
        assert_eq!(statuses(&replies), BTreeMap::from([(201, 100)]));
        for wave in 1..10 {
            let number = |thread: usize| wave * 10 + thread % 10;
            let replies = at_once(100, |thread| {
                let number = number(thread);
                customer(&program, &format!("key-{number}"), number)
            });
            for (thread, reply) in replies.into_iter().enumerate() {
                if reply.status == 503 {
                    busy += 1;
                    continue;
                }
                assert_eq!(reply.status, 201, "{reply:?}");
                let first = answers
                    .entry(number(thread))
                    .or_insert_with(|| reply.clone());
                assert_eq!(*first, reply);
            }
        }
        assert_eq!(python::count(&program.database(), "customers"), 100);
        format!("100 records, every answer of a key the same, {busy} told to come back")
    });
}

#[test]
fn of_twelve_updates_one_succeeds() {
    scenario("12 updates at once", || {
        let program = Program::start(&SETTINGS);
        let record = program.create(0).json();
        let path = format!("PATCH /customers/{}", record["id"].as_str().expect("an id"));
        for round in 1..=8 {
            let tag = format!("\"v{round}\"");
            let replies = at_once(12, |number| {
                let patch = json!({"name": format!("{round} {number}")});
                program.send(&path, &[("If-Match", &tag)], Some(&patch))
            });
            let expected = BTreeMap::from([(200, 1), (412, 11)]);
            assert_eq!(statuses(&replies), expected, "round {round}");
        }
        "8 rounds: each one 200, eleven 412".to_owned()
    });
}
