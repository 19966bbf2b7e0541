//! Overload: when useful work stops, and whether it comes back by itself.

/// When useful work ends under constant overload with an unbounded queue. Seconds since the overload began.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Collapse {
    /// The last request whose answer is in time arrives.
    pub last_useful_arrival: f64,
    /// The last useful answer goes out; from here on all work is for callers who have gone.
    pub goodput_is_zero: f64,
}

/// When `offered` requests per second meet a `capacity` of fewer, in order and without limit, and callers wait `timeout` seconds;
/// `None` without overload.
///
/// Source: after Amazon Builders' Library, "Using load shedding to avoid overload"; confirmed by simulation.
pub fn goodput_collapse(capacity: f64, offered: f64, timeout: f64) -> Option<Collapse> {
    (offered > capacity).then(|| Collapse {
        last_useful_arrival: capacity * timeout / (offered - capacity),
        goodput_is_zero: offered * timeout / (offered - capacity),
    })
}

/// The most requests that may wait so that all of them are answered in time: `capacity` per second, callers who wait `timeout`
/// seconds, `service` seconds for the work itself.
///
/// Source: as [`goodput_collapse`].
pub fn longest_useful_queue(capacity: f64, timeout: f64, service: f64) -> f64 {
    (capacity * (timeout - service)).max(0.0)
}

/// The utilisation below which a system that failed wholly recovers by itself, when retries multiply the load by `amplification`.
///
/// Source: after "Metastable Failures in Distributed Systems", HotOS 2021.
pub fn utilisation_that_recovers(amplification: f64) -> f64 {
    1.0 / amplification
}

/// New connections per second when `clients` reconnect, spread over `window_seconds`.
///
/// Source: Discord, incident of "reconnecting millions of clients over a period of 20 minutes".
pub fn connections_per_second_after_restart(clients: f64, window_seconds: f64) -> f64 {
    clients / window_seconds
}

/// The probability that an update meets another one of the same record: `writes` to it per second, `window_seconds` between
/// reading and writing.
///
/// Source: random (Poisson) arrivals.
pub fn probability_of_conflict(writes: f64, window_seconds: f64) -> f64 {
    1.0 - (-writes * window_seconds).exp()
}
