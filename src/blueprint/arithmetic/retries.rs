//! Retries: how many calls they make, how long they take, how a budget bounds them.

/// Attempts that reach the lowest layer per action of a user, in the worst case: the product of the attempts (one and the retries)
/// of every layer on the way.
///
/// Source: Site Reliability Engineering, chapter 22 (4 × 4 × 4 = 64); Amazon Builders' Library, "Timeouts, retries, and backoff
/// with jitter" (3 to the 5th = 243).
pub fn retry_amplification(attempts_per_layer: &[u64]) -> u64 {
    attempts_per_layer.iter().fold(1, |product: u64, attempts| {
        product.saturating_mul(*attempts)
    })
}

/// Mean attempts of a call of at most `attempts`, each of which fails with probability `failure` independently of the others.
///
/// Source: geometric series.
pub fn expected_attempts(failure: f64, attempts: u32) -> f64 {
    (0..attempts)
        .map(|attempt| failure.powi(attempt.cast_signed()))
        .sum()
}

/// The most requests per second, retries among them, under a retry budget: `rate` requests per second, retries for at most `ratio`
/// of them, and `minimum` retries per second in any case.
///
/// Source: Finagle, "Retry Budgets"; Site Reliability Engineering, chapter 21.
pub fn load_within_retry_budget(rate: f64, ratio: f64, minimum: f64) -> f64 {
    rate * (1.0 + ratio) + minimum
}

/// How much `layers` layers with a retry budget of `ratio` each multiply the load at most.
///
/// Source: Site Reliability Engineering, chapter 21.
pub fn retry_budget_growth(ratio: f64, layers: u32) -> f64 {
    (1.0 + ratio).powi(layers.cast_signed())
}

/// The longest pause before each retry with exponential back-off: `base` doubled each time, at most `cap`, in the unit given. With
/// full jitter each pause is drawn between zero and its bound, half of it on average.
///
/// Source: AWS Architecture Blog, "Exponential Backoff And Jitter".
pub fn backoff_bounds(base: u64, cap: u64, retries: u32) -> Vec<u64> {
    (0..retries)
        .map(|retry| {
            let doubled = 2_u64.checked_pow(retry).unwrap_or(u64::MAX);
            base.saturating_mul(doubled).min(cap)
        })
        .collect()
}

/// The longest a call takes with all its attempts: `attempts` times `timeout`, the pauses between them, and `queue` waiting for a
/// connection; all in the same unit. Calls one after another add up, of calls at the same time the longest counts. Whoever waits
/// less long has gone before the answer comes.
///
/// Source: from Site Reliability Engineering, chapter 22, "Deadline propagation".
pub fn time_needed(attempts: u32, timeout: u64, base: u64, cap: u64, queue: u64) -> u64 {
    let pauses = backoff_bounds(base, cap, attempts.saturating_sub(1));
    let pauses = pauses.into_iter().fold(0, u64::saturating_add);
    timeout
        .saturating_mul(u64::from(attempts))
        .saturating_add(pauses)
        .saturating_add(queue)
}

/// The quantile of the healthy latency to take as timeout, when a share of `false_timeouts` of healthy calls may be cut: 0.999 for
/// one in a thousand.
///
/// Source: Amazon Builders' Library, "Timeouts, retries, and backoff with jitter".
pub fn quantile_for_timeout(false_timeouts: f64) -> f64 {
    1.0 - false_timeouts
}
