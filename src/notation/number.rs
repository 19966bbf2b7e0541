//! Exact decimals as whole numbers: with scale 2, `1.50` is 150.

/// Why a text is no number of a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScaledError {
    /// There are other characters than digits, `_`, a sign and a point.
    NotANumber,
    /// More decimals than the scale has room for.
    TooExact,
    /// Beyond 64 bits.
    TooLarge,
}

/// Reads a number as a count of its smallest unit: `1.5` with scale 2 is 150.
///
/// # Errors
/// See [`ScaledError`]; decimals that are zero are never too exact.
pub fn parse_scaled(text: &str, scale: u8) -> Result<i64, ScaledError> {
    let text = text.replace('_', "");
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(unsigned) => (true, unsigned),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let all_digits =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(decimals) {
        return Err(ScaledError::NotANumber);
    }
    let decimals = decimals.trim_end_matches('0');
    let scale = usize::from(scale);
    if decimals.len() > scale {
        return Err(ScaledError::TooExact);
    }
    let sign = if negative { "-" } else { "" };
    format!("{sign}{whole}{decimals:0<scale$}")
        .parse()
        .map_err(|_| ScaledError::TooLarge)
}

/// Writes a count of the smallest unit with its point: 150 with scale 2 is `1.50`.
pub fn format_scaled(value: i64, scale: u8) -> String {
    let scale = usize::from(scale);
    let sign = if value < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = scale + 1);
    let (whole, decimals) = digits.split_at(digits.len() - scale);
    if decimals.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{decimals}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_and_writes_counts_of_the_smallest_unit() {
        let check = |text: &str, scale, expect| assert_eq!(parse_scaled(text, scale), expect);
        check("1.5", 2, Ok(150));
        check("-0.05", 2, Ok(-5));
        check("+1_000", 0, Ok(1000));
        check("1.500", 1, Ok(15));
        check("1.25", 1, Err(ScaledError::TooExact));
        check("9223372036854775807", 0, Ok(i64::MAX));
        check("-9223372036854775808", 0, Ok(i64::MIN));
        check("9223372036854775808", 0, Err(ScaledError::TooLarge));
        check("92233720368547758.08", 2, Err(ScaledError::TooLarge));
        for text in ["", "-", ".5", "5.", "1.2.3", "1e3", "_", "--1", "٣"] {
            check(text, 2, Err(ScaledError::NotANumber));
        }
        assert_eq!(format_scaled(-5, 2), "-0.05");
        assert_eq!(format_scaled(i64::MIN, 0), i64::MIN.to_string());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value: i64, scale in 0u8..=18) {
            prop_assert_eq!(parse_scaled(&format_scaled(value, scale), scale), Ok(value));
        }
    }
}
