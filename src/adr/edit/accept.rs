//! A record that was decided: another status, and the day where it has one.

use jiff::civil::Date;

use super::super::record::{DateMention, Record, Standing, Status};
use super::splice::Splice;
use super::{EditError, Edited, fields, refuse_phrase, spelling, statuses};

/// Labels of the day of the decision itself.
const DECIDED: &[&str] = &[
    "decision date",
    "decided",
    "decided on",
    "accepted",
    "accepted date",
];
/// Labels of the one day that a record gives, in the languages that records were found in.
const PLAIN: &[&str] = &[
    "date", "datum", "fecha", "data", "дата", "日付", "日期", "날짜",
];
/// Words of a house for what is decided that say more than that.
const CARRIED_OUT: &[&str] = &[
    "implemented",
    "partially implemented",
    "completed",
    "complete",
    "done",
];
/// How people write a day. Of day and month in figures alone nobody can tell which is which.
const FORMS: &[&str] = &[
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%d.%m.%Y",
    "%d-%b-%Y",
    "%d %b %Y",
    "%-d %b %Y",
    "%d %B %Y",
    "%-d %B %Y",
    "%b %d, %Y",
    "%b %-d, %Y",
    "%B %d, %Y",
    "%B %-d, %Y",
];

/// Accepts a record that is open: its status in every place that gives one, and with `today` (`2026-01-31`) the day of the decision,
/// where it gives one, in the form in which it gives it. A day in another form stays.
///
/// # Errors
/// It is decided already, or its status cannot be changed: see [`super::set_status`].
pub fn accept(
    record: &Record,
    today: Option<&str>,
    vocabulary: &[(Status, String)],
) -> Result<Edited, EditError> {
    let fields = fields(record)?;
    let vocabulary: Vec<(Status, String)> = vocabulary
        .iter()
        .filter(|(_, word)| !CARRIED_OUT.contains(&word.to_lowercase().as_str()))
        .cloned()
        .collect();
    let mut splice = Splice::of(record);
    for mention in statuses(record, fields)? {
        if !matches!(mention.status, Status::Draft | Status::Proposed) {
            return Err(EditError::Decided {
                path: record.path.to_string(),
                status: mention.token.value.clone(),
            });
        }
        refuse_phrase(record, mention, Status::Accepted)?;
        let word = spelling::word(Status::Accepted, &vocabulary, &mention.token.value);
        splice.replace(mention.token.span.clone(), word);
    }
    let today: Option<Date> = today.and_then(|today| today.parse().ok());
    for (date, today) in decision_dates(&fields.dates)
        .into_iter()
        .filter_map(|mention| Some((mention, today?)))
    {
        if let Some(new) = in_form_of(&date.date.value, today) {
            splice.replace(date.date.span.clone(), new);
        }
    }
    splice.verified("`accepted`", |edited| {
        edited.standing() == Standing::Said(Status::Accepted)
            && edited.statuses.len() == fields.statuses.len()
    })
}

/// The dates that move when a record is accepted.
fn decision_dates(dates: &[DateMention]) -> Vec<&DateMention> {
    let labelled = |labels: &[&str]| -> Vec<&DateMention> {
        let fits = |mention: &&DateMention| labels.contains(&mention.label.as_str());
        dates.iter().filter(fits).collect()
    };
    match labelled(DECIDED) {
        none if none.is_empty() => labelled(PLAIN),
        some => some,
    }
}

/// Today as the other day is written; nothing if that is in no form known here.
fn in_form_of(written: &str, today: Date) -> Option<String> {
    let is_open = ["YYYY-MM-DD", "yyyy-mm-dd", "TBD"]
        .iter()
        .any(|open| written.trim_matches(['{', '}', '<', '>', '[', ']']) == *open);
    if is_open {
        return Some(today.to_string());
    }
    FORMS.iter().find_map(|form| {
        let date = Date::strptime(form, written).ok()?;
        // `%d` reads `1` as well as `01`, and must not write the other.
        (date.strftime(form).to_string() == written).then(|| today.strftime(form).to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::{accept, in_form_of};
    use crate::adr::{Status, read};

    #[track_caller]
    fn check(written: &str, expected: Option<&str>) {
        let today = jiff::civil::date(2026, 3, 4);
        assert_eq!(in_form_of(written, today).as_deref(), expected, "{written}");
    }

    #[test]
    fn accepted_is_not_yet_carried_out() {
        let record = read(
            "docs/adr/0001-a.md".into(),
            b"# 1. A\n\n## Status\n\nDraft\n".to_vec(),
        );
        let word = |of_house: &str| {
            let vocabulary = [(Status::Accepted, of_house.to_owned())];
            let accepted = accept(&record, None, &vocabulary).expect("an edit");
            accepted.changes[0].1.clone()
        };
        assert_eq!(word("Implemented"), "Accepted");
        assert_eq!(word("Approved"), "Approved");
    }

    #[test]
    fn a_day_keeps_its_form() {
        check("2025-12-31", Some("2026-03-04"));
        check("2025/12/31", Some("2026/03/04"));
        check("31.12.2025", Some("04.03.2026"));
        check("20251231", Some("20260304"));
        check("17-Oct-2024", Some("04-Mar-2026"));
        check("October 7, 2024", Some("March 4, 2026"));
        check("7 October 2024", Some("4 March 2026"));
        check("YYYY-MM-DD", Some("2026-03-04"));
        check("{YYYY-MM-DD}", Some("2026-03-04"));
        check("12/11/2025", None);
        check("2025-12-31 10:00", None);
        check("last spring", None);
    }
}
