//! When a breaker opens, how long it stays open, and what closes it; the clock is the test's.

use std::time::Duration;

use prometheus_client::metrics::gauge::Gauge;
use tokio::time::advance;

use orders::calls::Reason;
use orders::calls::breaker::{Breaker, REST};

fn breaker() -> (Breaker, Gauge) {
    let open = Gauge::default();
    (Breaker::new(open.clone()), open)
}

fn call(breaker: &Breaker, works: bool) {
    breaker.ask().expect("it is closed").note(works);
}

/// Open, from ten failures.
fn opened() -> (Breaker, Gauge) {
    let (breaker, open) = breaker();
    for _ in 0..10 {
        call(&breaker, false);
    }
    (breaker, open)
}

#[tokio::test(start_paused = true)]
async fn it_opens_when_half_of_ten_calls_failed() {
    let (breaker, open) = breaker();
    for works in [false, true, false, true, false, true, false, true, false] {
        call(&breaker, works);
        assert_eq!(open.get(), 0, "too few to tell");
    }
    call(&breaker, true);
    assert_eq!(open.get(), 1);
    let refused = breaker.ask().expect_err("it is open");
    assert_eq!(refused.reason, Reason::Open);
    assert_eq!(refused.retry_after, Some(REST));
}

#[tokio::test(start_paused = true)]
async fn fewer_failures_than_half_do_not_open_it() {
    let (breaker, open) = breaker();
    for at in 0..200 {
        call(&breaker, at % 5 < 3);
    }
    assert_eq!(open.get(), 0);
}

#[tokio::test(start_paused = true)]
async fn good_times_long_ago_do_not_keep_it_closed() {
    let (breaker, open) = breaker();
    for _ in 0..1_000 {
        call(&breaker, true);
    }
    for _ in 0..10 {
        call(&breaker, false);
    }
    assert_eq!(open.get(), 1);
}

#[tokio::test(start_paused = true)]
async fn failures_long_ago_are_forgotten() {
    let (breaker, open) = breaker();
    for _ in 0..9 {
        call(&breaker, false);
    }
    advance(Duration::from_secs(31)).await;
    for _ in 0..9 {
        call(&breaker, false);
        assert_eq!(open.get(), 0);
    }
    call(&breaker, false);
    assert_eq!(open.get(), 1);
}

#[tokio::test(start_paused = true)]
async fn after_a_rest_one_call_at_a_time_tries_and_an_answer_closes_it() {
    let (breaker, open) = opened();
    advance(REST - Duration::from_millis(1)).await;
    assert!(breaker.ask().is_err(), "it rests");
    advance(Duration::from_millis(1)).await;
    let probe = breaker.ask().expect("a probe");
    assert!(breaker.ask().is_err(), "one at a time");
    probe.note(false);
    assert!(breaker.ask().is_err(), "it rests again");
    advance(REST).await;
    let probe = breaker.ask().expect("a probe");
    assert_eq!(open.get(), 1, "nobody knows yet");
    probe.note(true);
    assert_eq!(open.get(), 0);
    // What was before it opened counts no more.
    call(&breaker, false);
    assert_eq!(open.get(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_probe_that_is_given_up_has_failed() {
    let (breaker, _) = opened();
    advance(REST).await;
    drop(breaker.ask().expect("a probe"));
    assert!(breaker.ask().is_err(), "it rests again");
    advance(REST).await;
    breaker.ask().expect("another probe").note(true);
    breaker.ask().expect("it is closed");
}

#[tokio::test(start_paused = true)]
async fn a_call_from_before_says_nothing_when_it_ends() {
    let (breaker, open) = breaker();
    let (early, late) = (breaker.ask(), breaker.ask());
    for _ in 0..10 {
        call(&breaker, false);
    }
    early.expect("it was closed").note(true);
    assert_eq!(open.get(), 1);
    advance(REST).await;
    let probe = breaker.ask().expect("a probe");
    late.expect("it was closed").note(true);
    assert_eq!(open.get(), 1, "that was not the probe");
    probe.note(true);
    assert_eq!(open.get(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_call_whose_caller_left_counts_for_nothing() {
    let (breaker, open) = breaker();
    for _ in 0..100 {
        drop(breaker.ask().expect("it is closed"));
    }
    assert_eq!(open.get(), 0);
}
