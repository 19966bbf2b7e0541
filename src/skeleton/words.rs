//! Numbers and lengths of time as people write them.

use minijinja::Environment;

/// Installs the filters `thousands` and `span`.
pub(super) fn install(environment: &mut Environment<'_>) {
    environment.add_filter("thousands", thousands);
    environment.add_filter("span", span);
}

/// A number with a comma between groups of three digits: `1,600,000`.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Milliseconds in the largest unit that says them well: `300 ms`, `1.6 s`, `5 min`, `24 hours`, `30 days`.
pub fn span(milliseconds: u64) -> String {
    const SECOND: u64 = 1_000;
    const MINUTE: u64 = 60 * SECOND;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    let whole = |unit: u64, from: u64| milliseconds >= from && milliseconds.is_multiple_of(unit);
    if milliseconds < SECOND {
        format!("{milliseconds} ms")
    } else if whole(DAY, 2 * DAY) {
        format!("{} days", thousands(milliseconds / DAY))
    } else if milliseconds == HOUR {
        "1 hour".to_owned()
    } else if whole(HOUR, 2 * HOUR) {
        format!("{} hours", milliseconds / HOUR)
    } else if whole(MINUTE, 2 * MINUTE) {
        format!("{} min", milliseconds / MINUTE)
    } else {
        let part = format!("{:03}", milliseconds % SECOND);
        let part = part.trim_end_matches('0');
        let point = if part.is_empty() { "" } else { "." };
        format!("{}{point}{part} s", thousands(milliseconds / SECOND))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_spans_read_as_people_write_them() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(thousands(number), text);
        }
        for (milliseconds, text) in [
            (0, "0 ms"),
            (300, "300 ms"),
            (1_000, "1 s"),
            (1_600, "1.6 s"),
            (1_005, "1.005 s"),
            (60_000, "60 s"),
            (300_000, "5 min"),
            (3_600_000, "1 hour"),
            (86_400_000, "24 hours"),
            (2_592_000_000, "30 days"),
            (90_061_001, "90,061.001 s"),
        ] {
            assert_eq!(span(milliseconds), text);
        }
    }
}
