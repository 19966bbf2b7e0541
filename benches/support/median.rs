//! The middle of several measurements.

/// The middle of the values; of an even number of them the lower one.
pub(crate) fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[(values.len() - 1) / 2]
}
