//! What is attempted again, when, and how often; the clock is the test's.

use std::future::ready;
use std::time::Duration;

use axum::http::StatusCode;
use tokio::time::Instant;

use <{ service.crate_name }>::calls::retries::{Budget, Repeat, Retries};
use <{ service.crate_name }>::calls::{Endpoint, Failure, Reason, Unanswered};
use <{ service.crate_name }>::metrics::Metrics;

use crate::peer::Peer;

const BACKOFF: Duration = Duration::from_millis(100);
const UNAVAILABLE: Reason = Reason::Status(StatusCode::SERVICE_UNAVAILABLE);

fn retries(attempts: u32, repeat: Repeat) -> Retries {
    let endpoint = Endpoint {
        attempts,
        backoff: BACKOFF,
        repeat,
        ..Peer::gone().endpoint()
    };
    Retries::new(&endpoint, &Metrics::default().calls.of(&endpoint))
}

/// How long after the first each attempt was made, when all of them fail like this.
async fn attempts(retries: &Retries, until: Option<Duration>, failure: Failure) -> Vec<Duration> {
    let started = Instant::now();
    let until = until.map(|until| started + until);
    let mut made = Vec::new();
    let attempt = |resend| {
        assert_eq!(resend as usize, made.len());
        made.push(started.elapsed());
        ready(Err::<(), _>(Unanswered::from(failure)))
    };
    let answer = retries.run(until, attempt).await;
    assert!(matches!(answer, Err(Unanswered::Failed(said)) if said == failure));
    made
}

#[tokio::test(start_paused = true)]
async fn pauses_are_drawn_below_a_bound_that_doubles() {
    let mut pauses = [const { Vec::new() }; 3];
    for _ in 0..100 {
        let made = attempts(&retries(4, Repeat::Failed), None, Failure::of(UNAVAILABLE)).await;
        assert_eq!(made.len(), 4);
        for (at, pause) in made.windows(2).map(|pair| pair[1] - pair[0]).enumerate() {
            pauses[at].push(pause);
        }
    }
    // The clock counts whole milliseconds, and rounds up.
    let tick = Duration::from_millis(1);
    for (at, pauses) in pauses.iter().enumerate() {
        let bound = BACKOFF * 2_u32.pow(at as u32);
        let least = *pauses.iter().min().expect("some");
        let most = *pauses.iter().max().expect("some");
        assert!(most <= bound + tick, "{most:?} above {bound:?}");
        assert!(most > bound * 3 / 4, "{most:?} of {bound:?}");
        assert!(least < bound / 4, "{least:?} of {bound:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn no_pause_is_longer_than_ten_seconds() {
    let endpoint = Endpoint {
        attempts: 5,
        backoff: Duration::from_secs(60),
        ..Peer::gone().endpoint()
    };
    let retries = Retries::new(&endpoint, &Metrics::default().calls.of(&endpoint));
    let made = attempts(&retries, None, Failure::of(UNAVAILABLE)).await;
    assert_eq!(made.len(), 5);
    assert!(made[4] <= Duration::from_secs(40) + BACKOFF, "{made:?}");
}

#[tokio::test(start_paused = true)]
async fn only_what_may_work_the_next_time_is_attempted_again() {
    for (reason, failed, unarrived) in [
        (Reason::Unreachable, 3, 3),
        (Reason::TimedOut, 3, 1),
        (Reason::Cut, 3, 1),
        (UNAVAILABLE, 3, 1),
        (Reason::Status(StatusCode::TOO_MANY_REQUESTS), 3, 1),
        (Reason::Status(StatusCode::NOT_IMPLEMENTED), 1, 1),
        (Reason::Garbled, 1, 1),
        (Reason::OutOfTime, 1, 1),
        (Reason::Saturated, 1, 1),
        (Reason::Unsendable, 1, 1),
    ] {
        for (repeat, expected) in [(Repeat::Failed, failed), (Repeat::Unarrived, unarrived)] {
            let made = attempts(&retries(3, repeat), None, Failure::of(reason)).await;
            assert_eq!(made.len(), expected, "{reason:?}, {repeat:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_first_answer_ends_it() {
    let mut made = 0;
    let attempt = |resend| {
        made += 1;
        ready(match resend {
            0 => Err(Failure::of(UNAVAILABLE).into()),
            _ => Ok("an answer"),
        })
    };
    let answer = retries(5, Repeat::Failed).run(None, attempt).await;
    assert_eq!(answer.expect("an answer"), "an answer");
    assert_eq!(made, 2);
}

#[tokio::test(start_paused = true)]
async fn who_wants_to_be_left_alone_is_left_alone() {
    let retries = retries(2, Repeat::Failed);
    let wait = Duration::from_secs(3);
    let failure = Failure::after(UNAVAILABLE, wait);
    let made = attempts(&retries, None, failure).await;
    assert_eq!(made.len(), 2);
    assert!(made[1] >= wait, "{made:?}");
    // Longer than anybody waits: then it is over at once.
    let started = Instant::now();
    assert_eq!(attempts(&retries, Some(wait / 2), failure).await.len(), 1);
    assert_eq!(started.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_attempted_when_the_request_is_over() {
    let retries = retries(5, Repeat::Failed);
    let until = BACKOFF / 2;
    for _ in 0..50 {
        let made = attempts(&retries, Some(until), Failure::of(UNAVAILABLE)).await;
        assert!(made.iter().all(|at| *at <= until), "{made:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_dead_service_gets_a_tenth_more_calls() {
    let retries = retries(3, Repeat::Failed);
    let mut made = 0;
    for _ in 0..200 {
        let attempts = attempts(&retries, None, Failure::of(UNAVAILABLE)).await;
        made += attempts.len();
    }
    // Ten that were saved, and a tenth of 200.
    assert!((225..=230).contains(&made), "{made} attempts");
}

#[test]
fn a_budget_saves_ten_attempts_at_most() {
    let budget = Budget::default();
    for _ in 0..1_000 {
        budget.earn();
    }
    assert_eq!((0..100).filter(|_| budget.spend()).count(), 10);
    for _ in 0..9 {
        budget.earn();
    }
    assert!(!budget.spend());
    budget.earn();
    assert!(budget.spend());
}
