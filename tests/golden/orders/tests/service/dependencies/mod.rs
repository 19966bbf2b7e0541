//! What becomes of a request when a service that it needs fails: one file for each of them.

mod notifications;
mod payments;
mod shipping_rates;
