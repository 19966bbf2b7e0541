//! Reports for people.

use std::fmt::Write as _;

use super::file::{FileReport, Shaping, Standing, earlier};
use super::lines::LineStanding;
use super::report::{AnswerReport, Facts, Part};
use crate::blueprint::Origin;

/// So many ranges of lines are shown of a file; JSON has all.
const SHOWN_RANGES: usize = 8;

/// Why a file or a line is as it is.
pub(super) fn file(report: &FileReport) -> String {
    let mut out = String::new();
    match &report.line {
        Some(line) => {
            put(&mut out, 0, format_args!("{}:{}", report.path, line.number));
            put(&mut out, 2, format_args!("| {}", line.text));
        }
        None => put(&mut out, 0, &report.path),
    }
    standing(report, &mut out);
    if !report.answers.is_empty() {
        out.push('\n');
    }
    for answer in &report.answers {
        shaping(answer, report.line.is_some(), &mut out);
    }
    if report.line.is_none() {
        held_by(report.answers.iter().map(|answer| &answer.facts), &mut out);
    }
    out
}

fn standing(report: &FileReport, out: &mut String) {
    let (yours, is_line) = (ranges(&report.yours), report.line.is_some());
    match report.standing {
        Standing::Yours => return put(out, 2, "yours: kickoff did not generate it"),
        Standing::Kept => {
            return put(
                out,
                2,
                "what was generated last: kickoff keeps it to merge the next update",
            );
        }
        Standing::Earlier => {
            return put(
                out,
                2,
                earlier(report.moved_from.as_ref().unwrap_or(&report.path)),
            );
        }
        Standing::Deleted => put(out, 2, "generated, and deleted by you"),
        Standing::Moved | Standing::Generated => {}
    }
    if let Some(place) = &report.moved_from {
        put(
            out,
            2,
            format_args!("generated as {place}, and moved by you"),
        );
    }
    if let Some(brought_by) = report.brought_by {
        put(out, 2, format_args!("generated for {brought_by}"));
    }
    if !is_line && !report.yours.is_empty() {
        put(out, 2, format_args!("yours: {yours}"));
    }
    if let Some(line) = &report.line {
        match line.standing {
            LineStanding::Generated => {}
            LineStanding::Yours => put(out, 2, "yours: you added this line"),
            LineStanding::Replaced => {
                put(
                    out,
                    2,
                    "yours, in the place of what these answers put here:",
                );
                for line in &line.instead_of {
                    put(out, 2, format_args!("- {line}"));
                }
            }
            LineStanding::Earlier => put(
                out,
                2,
                "an earlier version of kickoff generated this line, and this one generates another; see `cargo kickoff update --diff -n`",
            ),
        }
    }
    if report.in_every_service {
        put(out, 2, "the same, whichever answer is changed");
    }
}

fn shaping(answer: &Shaping, of_line: bool, out: &mut String) {
    heading(&answer.facts, out);
    let lines = match (answer.whole, answer.lines.is_empty()) {
        (true, _) => "the whole file".to_owned(),
        (false, true) => "no line: another answer would add some".to_owned(),
        (false, false) => ranges(&answer.lines),
    };
    put(out, 6, format_args!("{lines}; {}", behind(&answer.facts)));
    if of_line {
        if let Some(record) = &answer.facts.record {
            put(out, 6, format_args!("record {record}"));
        }
        for part in answer.tests.iter().filter(|part| !part.tests.is_empty()) {
            put(
                out,
                6,
                format_args!("test   {}: {}", part.path, part.tests.join(", ")),
            );
        }
    }
}

/// What an answer shapes.
pub(super) fn answer(report: &AnswerReport) -> String {
    let mut out = String::new();
    let facts = &report.facts;
    heading(facts, &mut out);
    put(&mut out, 6, facts.ask);
    put(&mut out, 6, behind(facts));
    for (title, parts) in [
        ("shapes", &report.code),
        ("tests", &report.tests),
        ("documents", &report.documents),
    ] {
        if parts.is_empty() {
            continue;
        }
        put(&mut out, 0, format_args!("\n{title}"));
        for part in parts {
            put(&mut out, 2, of_part(part));
            if !part.tests.is_empty() && !part.whole {
                put(&mut out, 6, part.tests.join(", "));
            }
        }
    }
    held_by([facts].into_iter(), &mut out);
    if report.code.is_empty() && report.tests.is_empty() && report.documents.is_empty() {
        put(&mut out, 0, "\nnothing that is generated depends on it");
    }
    out
}

fn of_part(part: &Part) -> String {
    match (part.whole, part.lines.is_empty()) {
        (true, _) => format!("{}, the whole file", part.path),
        (false, true) => format!("{}, no line: another answer would add some", part.path),
        (false, false) => format!("{}: {}", part.path, ranges(&part.lines)),
    }
}

/// `  load.peak-rps = 60`
fn heading(facts: &Facts, out: &mut String) {
    match &facts.value {
        Some(value) => put(out, 2, format_args!("{} = {value}", facts.id)),
        None => put(out, 2, &facts.id),
    }
}

/// Who is behind an answer, and where it stands.
fn behind(facts: &Facts) -> String {
    let place = facts
        .answers_line
        .map(|line| format!(" in kickoff.toml:{line}"));
    let place = place.unwrap_or_default();
    let deciders = match facts.deciders.as_slice() {
        [] => String::new(),
        deciders => format!("; {} decides", deciders.join(", ")),
    };
    match facts.origin {
        Origin::Decided => format!("decided{place}{deciders}"),
        Origin::Open => format!("open{place}{deciders}"),
        Origin::Default => format!("the default, nobody decided it{deciders}"),
    }
}

/// The records of some answers, and what holds the project to them.
fn held_by<'a>(facts: impl Iterator<Item = &'a Facts>, out: &mut String) {
    let mut seen = std::collections::BTreeMap::new();
    for facts in facts {
        if let Some(record) = &facts.record {
            seen.entry(record).or_insert(facts);
        }
    }
    if !seen.is_empty() {
        put(out, 0, "\nrecords");
    }
    for (record, facts) in seen {
        let title = facts.record_title.as_deref().unwrap_or_default();
        put(out, 2, format_args!("{record}, {title}"));
        for guard in &facts.confirmation {
            put(out, 6, format_args!("{} {}", guard.path, guard.how));
        }
    }
}

fn ranges(ranges: &[[usize; 2]]) -> String {
    let shown = ranges
        .iter()
        .take(SHOWN_RANGES)
        .map(|[first, last]| match first == last {
            true => first.to_string(),
            false => format!("{first}-{last}"),
        });
    let word = match ranges {
        [[first, last]] if first == last => "line",
        _ => "lines",
    };
    let shown: Vec<_> = shown.collect();
    let more = match ranges.len() > SHOWN_RANGES {
        true => ", …",
        false => "",
    };
    format!("{word} {}{more}", shown.join(", "))
}

fn put(out: &mut String, indent: usize, line: impl std::fmt::Display) {
    writeln!(out, "{:indent$}{line}", "").expect("memory");
}
