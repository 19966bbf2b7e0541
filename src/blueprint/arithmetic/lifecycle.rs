//! Starting, stopping, noticing, and running out.

/// What is left of the time between the request to stop and the kill, after `delay` (until nobody sends any more) and `drain` (the
/// longest a running request may take); negative where requests are cut. All in the same unit.
///
/// Source: spring-projects/spring-boot issue 26469; Kubernetes, `terminationGracePeriodSeconds`.
pub fn spare_shutdown_time(grace: i64, delay: i64, drain: i64) -> i64 {
    grace.saturating_sub(delay).saturating_sub(drain)
}

/// How long a probe every `period` takes to notice, when `threshold` failures in a row count; in the unit of `period`. The same
/// holds for start-up: it has to be longer than the slowest start, migrations included.
///
/// Source: Kubernetes, probes (10 s and 3 by default).
pub fn probe_detection_time(period: u64, threshold: u64) -> u64 {
    period.saturating_mul(threshold)
}

/// The shortest time in seconds until a circuit breaker opens that waits for `minimum_calls`, at `rate` calls per second. Where
/// failures are timeouts, the timeout comes on top.
///
/// Source: resilience4j (100 calls by default).
pub fn breaker_time_to_open(minimum_calls: f64, rate: f64) -> f64 {
    minimum_calls / rate
}

/// Whether a breaker with this failure threshold (0.5 for one half) opens at all when one of `shards` fails: with 4 it never does.
///
/// Source: resilience4j (0.5 by default).
pub fn breaker_can_open(shards: u32, threshold: f64) -> bool {
    1.0 / f64::from(shards) >= threshold
}

/// How long an idempotency key has to be kept: all attempts, their pauses, the window in which a broker delivers again, and the
/// difference between clocks; in seconds.
///
/// Source: sum of what may lie between the first attempt and the last.
pub fn idempotency_key_lifetime(
    attempts: u32,
    timeout: f64,
    pauses: f64,
    redelivery: f64,
    skew: f64,
) -> f64 {
    f64::from(attempts) * timeout + pauses + redelivery + skew
}

/// Days until 32-bit ids run out, from `current` on, at `rate` new ones per second.
///
/// Source: post-mortems of Basecamp 2018, Strava 2014, Etsy 2012.
pub fn days_until_ids_run_out(rate: f64, current: f64) -> f64 {
    (f64::from(i32::MAX) - current) / (rate * 86_400.0)
}
