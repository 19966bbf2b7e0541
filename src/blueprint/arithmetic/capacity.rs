//! Capacity: how much runs at once, and how many connections that takes.

/// How many are in a stable system on average, when `rate` arrive per second and each stays `seconds`.
///
/// Source: J. D. C. Little, "A proof for the queuing formula L = λW", 1961.
pub fn littles_law(rate: f64, seconds: f64) -> f64 {
    rate * seconds
}

/// How many requests run at once at `rps` requests per second that take `milliseconds` each, rounded up and at least one: Little's
/// law in whole numbers.
pub fn in_flight(rps: u64, milliseconds: u64) -> u64 {
    rps.saturating_mul(milliseconds).div_ceil(1000).max(1)
}

/// Database connections an instance needs: `rps` requests per second with `queries_per_request` queries, each of which holds a
/// connection for `hold_seconds`, at `utilisation` (0.7 leaves room for bursts).
///
/// Source: Little's law.
pub fn pool_size_from_load(
    rps: f64,
    queries_per_request: f64,
    hold_seconds: f64,
    utilisation: f64,
) -> u64 {
    whole(littles_law(rps * queries_per_request, hold_seconds) / utilisation)
}

/// The most queries per second through `connections` that are each held for `hold_seconds`.
///
/// Source: Little's law.
pub fn queries_per_second(connections: u64, hold_seconds: f64) -> f64 {
    float(connections) / hold_seconds
}

/// Connections that a database server of `cores` (without hyper-threads) and `spindles` (0 when all is cached, about 1 for an SSD)
/// makes good use of, for all its clients together.
///
/// Source: HikariCP wiki, "About Pool Sizing".
pub fn pool_size_of_database(cores: u64, spindles: u64) -> u64 {
    cores.saturating_mul(2).saturating_add(spindles)
}

/// The smallest pool in which `tasks` at once, each of which holds `connections_each` at a time, cannot block each other for ever.
///
/// Source: HikariCP wiki, "About Pool Sizing".
pub fn pool_deadlock_floor(tasks: u64, connections_each: u64) -> u64 {
    tasks
        .saturating_mul(connections_each.saturating_sub(1))
        .saturating_add(1)
}

/// Connections that all replicas open together, those among them that a rolling deployment starts before it stops the old ones:
/// `surge` is their share, 0.25 by default in Kubernetes. Compare with `max_connections` less the reserved ones (100 and 3 in
/// PostgreSQL).
///
/// Source: PostgreSQL 15, boot values of `pg_settings`; Kubernetes, `maxSurge`.
pub fn connections_of_fleet(replicas: u64, surge: f64, pool: u64) -> u64 {
    whole(float(replicas) * (1.0 + surge)).saturating_mul(pool)
}

/// How many times the service time a request takes at `utilisation` (below 1) when arrivals are random (M/M/1): 10 at 90 %.
///
/// Source: queueing theory.
pub fn wait_at_utilisation(utilisation: f64) -> f64 {
    1.0 / (1.0 - utilisation)
}

/// The capacity of `nodes` relative to one, with a share of `contention` that runs serially and a cost of `coherency` per pair.
///
/// Source: N. Gunther, Universal Scalability Law.
pub fn relative_capacity(nodes: f64, contention: f64, coherency: f64) -> f64 {
    nodes / (1.0 + contention * (nodes - 1.0) + coherency * nodes * (nodes - 1.0))
}

/// The number of nodes beyond which [`relative_capacity`] falls.
///
/// Source: N. Gunther, Universal Scalability Law.
pub fn peak_of_scalability(contention: f64, coherency: f64) -> f64 {
    ((1.0 - contention) / coherency).sqrt()
}

/// Rounds up, without taking the error of a division for one more.
fn whole(number: f64) -> u64 {
    let up = (number - 1e-9).ceil().max(0.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates, and counts beyond 64 bits do not occur"
    )]
    let up = up as u64;
    up
}

fn float(count: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    let float = count as f64;
    float
}
