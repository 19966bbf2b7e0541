//! Warehouse: it belongs to warehouse, and all that is known of one here is its id. A place that orders are shipped from.

/// Never made: it only tells its ids from others.
#[derive(Clone, Copy, Debug)]
pub enum Warehouse {}
