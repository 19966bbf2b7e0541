//! Queues: what piles up during an outage, and what redelivery costs.

/// What an outage of the consumers leaves behind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backlog {
    /// Messages that wait when the consumers are back.
    pub messages: f64,
    /// Seconds until they are worked off; `None` when the consumers are no faster than the arrivals. Messages have to be kept for
    /// longer than this and the outage together.
    pub catch_up_seconds: Option<f64>,
}

/// The backlog after `outage_seconds` in which `arrivals` per second met `left` per second (0 for a full outage), and what
/// `consumers` per second then need for it.
///
/// Source: conservation; Amazon Builders' Library, "Avoiding insurmountable queue backlogs".
pub fn queue_backlog(arrivals: f64, left: f64, consumers: f64, outage_seconds: f64) -> Backlog {
    let messages = ((arrivals - left) * outage_seconds).max(0.0);
    Backlog {
        messages,
        catch_up_seconds: (consumers > arrivals).then(|| messages / (consumers - arrivals)),
    }
}

/// Messages per second that are worked on, redelivered ones among them: `arrivals` per second, of which each attempt fails with
/// probability `failure`, up to `deliveries` times.
///
/// Source: geometric series.
pub fn redelivery_load(arrivals: f64, failure: f64, deliveries: u32) -> f64 {
    arrivals * super::expected_attempts(failure, deliveries)
}
