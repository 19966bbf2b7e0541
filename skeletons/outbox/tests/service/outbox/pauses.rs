//! How long a message waits for its next attempt.

use std::time::Duration;

use <{ service.crate_name }>::outbox::relay::pause;

/// The shortest and the longest of many.
fn drawn(attempts: i32) -> (Duration, Duration) {
    let pauses = (0..1_000).map(|_| pause(attempts, Duration::ZERO));
    let pauses: Vec<Duration> = pauses.collect();
    let (least, most) = (pauses.iter().min(), pauses.iter().max());
    (*least.expect("some"), *most.expect("some"))
}

#[test]
fn pauses_double_up_to_five_minutes_and_are_drawn_at_random() {
    for (attempts, bound) in [(1, 1), (2, 2), (3, 4), (8, 128), (10, 300), (100, 300)] {
        let bound = Duration::from_secs(bound);
        let (least, most) = drawn(attempts);
        assert!(least < bound / 10, "{attempts}: {least:?}");
        assert!(
            most > bound * 9 / 10 && most <= bound,
            "{attempts}: {most:?}"
        );
    }
}

#[test]
fn whoever_wants_to_be_left_alone_for_longer_is() {
    let wanted = Duration::from_secs(600);
    assert_eq!(pause(1, wanted), wanted);
}
