//! The arithmetic of failure: what retries, timeouts, pools, dependencies and shutdowns add up to.
//!
//! Formulas are functions of plain numbers, each with its units and where it comes from; all of them are tested against the vectors
//! in `tests/data/failure-maths.json`. [`findings`] holds answers against them.

mod availability;
mod capacity;
mod facts;
mod finding;
mod findings;
mod lifecycle;
mod overload;
mod queues;
mod retries;

pub use availability::{
    ErrorBudget, downtime_minutes_per_30_days, error_budget_per_year, fan_out_tail,
    parallel_availability, quantile_per_call, serial_availability,
    serial_availability_with_fallback,
};
pub use capacity::{
    connections_of_fleet, in_flight, littles_law, peak_of_scalability, pool_deadlock_floor,
    pool_size_from_load, pool_size_of_database, queries_per_second, relative_capacity,
    wait_at_utilisation,
};
pub use facts::{CallerFacts, DependencyFacts, Facts};
pub use finding::{Finding, Severity};
pub use findings::findings;
pub use lifecycle::{
    breaker_can_open, breaker_time_to_open, days_until_ids_run_out, idempotency_key_lifetime,
    probe_detection_time, spare_shutdown_time,
};
pub use overload::{
    Collapse, connections_per_second_after_restart, goodput_collapse, longest_useful_queue,
    probability_of_conflict, utilisation_that_recovers,
};
pub use queues::{Backlog, queue_backlog, redelivery_load};
pub use retries::{
    backoff_bounds, expected_attempts, load_within_retry_budget, quantile_for_timeout,
    retry_amplification, retry_budget_growth, time_needed,
};
