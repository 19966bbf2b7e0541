//! `cargo kickoff adr list`.

use anstyle::{AnsiColor, Style};
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr as _;

use super::place::Where;
use super::survey::Survey;
use crate::adr::folder::Folder;
use crate::adr::record::Reading;
use crate::adr::select::{Filter, Wanted, member_of};
use crate::adr::{LinkKind, Record, Standing, Status, Target};
use crate::cli::{MessageFormat, Session};
use crate::error::{Error, Result, did_you_mean, exit};
use crate::snippet::shown;

/// List the records: number, status, date and title.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only those with this status: draft, proposed, accepted, rejected, deprecated, superseded, a word of the house; `none` for records
    /// that say none, `two` for those that give two. Can be repeated.
    #[arg(long, value_name = "STATUS", value_parser = wanted)]
    status: Vec<Wanted>,

    /// Only those that this person or team decided.
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,

    /// Only those of this member of the workspace, or of this folder.
    #[arg(long, value_name = "NAME")]
    member: Option<String>,

    #[command(flatten)]
    place: Where,

    /// A table for people, or one line of JSON a record.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    message_format: MessageFormat,
}

fn wanted(word: &str) -> Result<Wanted, String> {
    match word.to_lowercase().as_str() {
        "none" => return Ok(Wanted::Unsaid),
        "two" => return Ok(Wanted::Disagrees),
        "other" => return Ok(Wanted::Status(Status::Other)),
        _ => {}
    }
    Status::of_word(word).map(Wanted::Status).ok_or_else(|| {
        let words = [
            "draft",
            "proposed",
            "accepted",
            "rejected",
            "deprecated",
            "superseded",
            "other",
            "none",
            "two",
        ];
        match did_you_mean(word, words) {
            Some(near) => format!("no such status; did you mean `{near}`?"),
            None => format!("no such status; there are {}", words.join(", ")),
        }
    })
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    let survey = Survey::of(&args.place, session)?;
    let filter = Filter {
        statuses: args.status.clone(),
        owner: args.owner.clone(),
        member: args.member.clone(),
    };
    if let Some(member) = &filter.member {
        survey.refuse_unknown_scope(member)?;
    }
    let listed: Vec<(&Folder, Vec<&Record>)> = survey
        .folders
        .iter()
        .map(|folder| {
            let records = folder.records.iter();
            let taken = records.filter(|record| filter.takes(folder, record, &survey.members));
            (folder, taken.collect())
        })
        .filter(|(_, records): &(_, Vec<&Record>)| !records.is_empty())
        .collect();
    match args.message_format {
        MessageFormat::Json => {
            for (folder, records) in &listed {
                for record in records {
                    session
                        .shell
                        .data(format_args!("{}\n", json(&survey, folder, record)));
                }
            }
        }
        MessageFormat::Human => session.shell.data(table(&survey, &listed)),
    }
    if listed.is_empty() {
        let count = survey.records().count();
        session
            .shell
            .note(format_args!("none of the {count} records fits"));
    }
    Ok(exit::DONE)
}

/// The table; with several folders, each under its path.
fn table(survey: &Survey, listed: &[(&Folder, Vec<&Record>)]) -> String {
    let mut text = String::new();
    for (at, (folder, records)) in listed.iter().enumerate() {
        if survey.folders.len() > 1 {
            let gap = if at > 0 { "\n" } else { "" };
            text.push_str(&format!("{gap}{}\n", path_of(folder)));
        }
        let rows: Vec<[String; 4]> = records.iter().map(|record| row(record)).collect();
        let width = |column: usize| {
            rows.iter()
                .map(|row| row[column].width())
                .max()
                .unwrap_or(0)
        };
        let widths = [width(0), width(1), width(2)];
        for (row, record) in rows.iter().zip(records) {
            let style = style(record);
            let padded = |column: usize| {
                let blanks = widths[column] - row[column].width();
                format!("{}{}", row[column], " ".repeat(blanks))
            };
            let dates = match widths[2] {
                0 => String::new(),
                _ => format!("{}  ", padded(2)),
            };
            let line = format!(
                "{}  {style}{}{style:#}  {dates}{}",
                padded(0),
                padded(1),
                row[3]
            );
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    text
}

fn path_of(folder: &Folder) -> &str {
    match folder.path.as_str() {
        "" => ".",
        path => path,
    }
}

fn row(record: &Record) -> [String; 4] {
    let number = record
        .number()
        .map_or_else(|| "-".to_owned(), ToString::to_string);
    let date = record.fields().and_then(|fields| fields.dates.first());
    let title = match &record.reading {
        Reading::Opaque { reason, .. } => format!("{} ({reason})", record.path),
        _ => record.title().unwrap_or(record.path.as_str()).to_owned(),
    };
    [
        number,
        status_text(record),
        date.map(|date| shown(&date.date.value)).unwrap_or_default(),
        shown(&title),
    ]
}

/// `accepted`; both where there are two; the word itself where it is one of the house; `-` for none.
fn status_text(record: &Record) -> String {
    let Some(fields) = record.fields() else {
        return "?".to_owned();
    };
    let mut words: Vec<String> = Vec::new();
    for mention in &fields.statuses {
        let word = match mention.status {
            Status::Other => shown(&mention.token.value),
            status => status.word().to_owned(),
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    match words.is_empty() {
        true => "-".to_owned(),
        false => words.join(" / "),
    }
}

fn style(record: &Record) -> Style {
    let colour = |colour: AnsiColor| colour.on_default();
    match record.fields().map(|fields| fields.standing()) {
        Some(Standing::Said(Status::Accepted)) => colour(AnsiColor::Green),
        Some(Standing::Said(Status::Draft | Status::Proposed)) => colour(AnsiColor::Yellow),
        Some(Standing::Said(Status::Rejected | Status::Deprecated | Status::Superseded)) => {
            Style::new().dimmed()
        }
        Some(Standing::Disagrees) | None => colour(AnsiColor::Red),
        Some(Standing::Said(Status::Other) | Standing::Unsaid) => Style::new(),
    }
}

/// A record as one line of JSON.
///
/// The format is stable, keys may be added: `{"reason":"adr-record","path":…,"folder":…,"member":…,"number":"0012","value":12,"title":…,
/// "status":"accepted","statuses":[{"status":…,"written":…,"line":…}],"date":…,"deciders":[…],"links":[{"kind":…,"target":…}],
/// "dialect":…,"topic":…}`. What a record does not say is `null`; `status` is also `null` where it gives two.
pub(super) fn json(survey: &Survey, folder: &Folder, record: &Record) -> Value {
    let number = record.number();
    let fields = record.fields();
    let status = match fields.map(|fields| fields.standing()) {
        Some(Standing::Said(status)) => Some(status.word()),
        _ => None,
    };
    let statuses = fields.map_or(&[][..], |fields| &fields.statuses);
    let statuses = statuses.iter().map(|mention| {
        json!({
            "status": mention.status.word(),
            "written": mention.token.value,
            "line": record.line(mention.token.span.start),
        })
    });
    let links = fields.map_or(&[][..], |fields| &fields.links);
    let links = links.iter().map(|link| {
        let target = match &link.target {
            Target::Path(path) => path,
            Target::Number { text, .. } => text,
        };
        json!({"kind": kind(link.kind), "target": target})
    });
    json!({
        "reason": "adr-record",
        "path": record.path,
        "folder": folder.path,
        "member": member_of(folder, &survey.members).map(|member| &member.name),
        "number": number.map(ToString::to_string),
        "value": number.map(|number| number.value),
        "title": record.title(),
        "status": status,
        "statuses": statuses.collect::<Vec<_>>(),
        "date": fields.and_then(|fields| fields.dates.first()).map(|date| &date.date.value),
        "deciders": fields.map(|fields| fields.deciders.iter().map(|name| &name.value).collect::<Vec<_>>()),
        "links": links.collect::<Vec<_>>(),
        "dialect": fields.map(|fields| fields.dialect.name()),
        "topic": fields.and_then(|fields| fields.topic.as_ref()).map(|topic| &topic.value),
    })
}

fn kind(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Supersedes => "supersedes",
        LinkKind::SupersededBy => "superseded-by",
        LinkKind::Amends => "amends",
        LinkKind::AmendedBy => "amended-by",
        LinkKind::Other => "other",
    }
}

impl Survey {
    /// A member or folder that is none is a typing mistake, and not one without records.
    fn refuse_unknown_scope(&self, scope: &str) -> Result<()> {
        let is_known = |folder: &Folder| crate::adr::select::is_in(folder, &self.members, scope);
        if self.folders.iter().any(is_known) {
            return Ok(());
        }
        let with_records = self.folders.iter().filter_map(|folder| {
            member_of(folder, &self.members).map(|member| member.name.as_str())
        });
        let mut names: Vec<&str> = with_records
            .chain(self.folders.iter().map(path_of))
            .collect();
        names.sort_unstable();
        names.dedup();
        let error = Error::usage(format!("no records belong to a member or folder `{scope}`"));
        Err(error.hint(format!("records belong to: {}", names.join(", "))))
    }
}
