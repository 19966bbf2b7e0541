//! Durations: `800ms`, `2s`, `5m`, `1h`, `30d`.

/// Units with their length in milliseconds, longest first.
const UNITS: [(&str, u64); 5] = [
    ("d", 86_400_000),
    ("h", 3_600_000),
    ("m", 60_000),
    ("s", 1000),
    ("ms", 1),
];

/// What people write for a unit, without a plural's `s`.
const SPELLINGS: [(&str, &str); 8] = [
    ("millisecond", "ms"),
    ("msec", "ms"),
    ("second", "s"),
    ("sec", "s"),
    ("minute", "m"),
    ("min", "m"),
    ("hour", "h"),
    ("day", "d"),
];

/// Milliseconds of a canonical duration: digits and one of `ms`, `s`, `m`, `h`, `d`. `None` for anything else.
pub fn parse_duration_ms(text: &str) -> Option<u64> {
    let unit_at = text.find(|character: char| !character.is_ascii_digit())?;
    let (digits, unit) = text.split_at(unit_at);
    let (_, length) = UNITS.into_iter().find(|(name, _)| *name == unit)?;
    digits.parse::<u64>().ok()?.checked_mul(length)
}

/// Brings a duration into canonical form, keeping the unit it was given in; a fraction moves to the unit that makes it whole.
pub(super) fn validate_duration(text: &str, min_ms: u64, max_ms: u64) -> Result<String, String> {
    let compact: String = text
        .chars()
        .filter(|character| !character.is_whitespace() && *character != '_')
        .collect::<String>()
        .to_lowercase();
    let wrong = || {
        format!(
            "`{text}` is not a length of time: write a number and a unit, \
             like `800ms`, `2s`, `5m`, `1h` or `30d`"
        )
    };
    let unit_at = compact
        .find(|character: char| !character.is_ascii_digit() && character != '.')
        .unwrap_or(compact.len());
    let (figure, unit) = compact.split_at(unit_at);
    if unit.is_empty() && !figure.is_empty() && figure != "." {
        return Err(format!(
            "`{text}` has no unit: write `{figure}s` or `{figure}ms`"
        ));
    }
    let unit = SPELLINGS
        .into_iter()
        .find(|(spelling, _)| *spelling == unit.strip_suffix('s').unwrap_or(unit))
        .map_or(unit, |(_, unit)| unit);
    let canonical = whole(figure, unit).ok_or_else(wrong)?;
    match parse_duration_ms(&canonical) {
        Some(ms) if ms < min_ms => Err(format!(
            "`{text}` is too short: write at least `{}`",
            in_words(min_ms)
        )),
        Some(ms) if ms <= max_ms => Ok(canonical),
        _ => Err(format!(
            "`{text}` is too long: write at most `{}`",
            in_words(max_ms)
        )),
    }
}

/// `figure` without leading zeros and without a fraction: `1.5` seconds are `1500ms`.
fn whole(figure: &str, unit: &str) -> Option<String> {
    let (_, length) = UNITS.into_iter().find(|(name, _)| *name == unit)?;
    let Some((whole, fraction)) = figure.split_once('.') else {
        let digits = figure.trim_start_matches('0');
        return match (figure, digits) {
            ("", _) => None,
            (_, "") => Some(format!("0{unit}")),
            (_, digits) => Some(format!("{digits}{unit}")),
        };
    };
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > 3
        || !(fraction.to_owned() + whole)
            .bytes()
            .all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let scale = 10_u64.pow(u32::try_from(fraction.len()).ok()?);
    let scaled = format!("{whole}{fraction}")
        .parse::<u64>()
        .ok()?
        .checked_mul(length)?;
    scaled
        .is_multiple_of(scale)
        .then(|| in_words(scaled / scale))
}

/// The shortest exact form, in the longest unit that leaves no rest.
pub(crate) fn in_words(ms: u64) -> String {
    UNITS
        .into_iter()
        .find(|(_, length)| ms > 0 && ms.is_multiple_of(*length))
        .map_or_else(
            || format!("{ms}ms"),
            |(unit, length)| format!("{}{unit}", ms / length),
        )
}
