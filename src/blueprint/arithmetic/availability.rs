//! Availability: what dependencies leave possible. Shares between 0 and 1.

const MINUTES_PER_30_DAYS: f64 = 30.0 * 24.0 * 60.0;
const MINUTES_PER_YEAR: f64 = 365.0 * 24.0 * 60.0;

/// The ceiling on the availability of something that needs all of these, itself among them, each counted once.
///
/// Source: Treynor, Dahlin, Rau, Beyer, "The Calculus of Service Availability", ACM Queue 15(2), 2017.
pub fn serial_availability(parts: &[f64]) -> f64 {
    parts.iter().product()
}

/// Minutes of downtime in 30 days.
pub fn downtime_minutes_per_30_days(availability: f64) -> f64 {
    (1.0 - availability) * MINUTES_PER_30_DAYS
}

/// The availability of something that needs any one of these, as long as they fail independently.
///
/// Source: QNX Cookbook, "Parallel versus serial".
pub fn parallel_availability(parts: &[f64]) -> f64 {
    let all_down: f64 = parts.iter().map(|part| 1.0 - part).product();
    1.0 - all_down
}

/// The availability of `own` with a dependency whose fallback serves a share of `fallback` of the requests acceptably.
///
/// Source: after AWS Well-Architected REL05-BP01, "transform applicable hard dependencies into soft dependencies".
pub fn serial_availability_with_fallback(own: f64, dependency: f64, fallback: f64) -> f64 {
    own * (dependency + (1.0 - dependency) * fallback)
}

/// Minutes per year that may be lost, and to whom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErrorBudget {
    /// In all.
    pub total_minutes: f64,
    /// To the dependencies.
    pub dependency_minutes: f64,
    /// What is left for failures of one's own; negative when the dependencies alone break the promise.
    pub own_minutes: f64,
}

/// What a promise of `target` leaves for oneself, with `count` critical dependencies of availability `dependency` each. Rule of
/// thumb: they need one more nine than is promised.
///
/// Source: "The Calculus of Service Availability".
pub fn error_budget_per_year(target: f64, count: u32, dependency: f64) -> ErrorBudget {
    let total_minutes = (1.0 - target) * MINUTES_PER_YEAR;
    let dependency_minutes = f64::from(count) * (1.0 - dependency) * MINUTES_PER_YEAR;
    ErrorBudget {
        total_minutes,
        dependency_minutes,
        own_minutes: total_minutes - dependency_minutes,
    }
}

/// The probability that at least one of `calls` is slow, when each is with probability `slow`.
///
/// Source: Dean, Barroso, "The Tail at Scale", CACM 2013.
pub fn fan_out_tail(slow: f64, calls: u32) -> f64 {
    1.0 - (1.0 - slow).powi(calls.cast_signed())
}

/// The quantile that each of `calls` has to keep for all of them together to keep `quantile`.
///
/// Source: "The Tail at Scale".
pub fn quantile_per_call(quantile: f64, calls: u32) -> f64 {
    quantile.powf(1.0 / f64::from(calls))
}
