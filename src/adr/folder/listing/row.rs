//! A new row of a list of records: that of another record with what is known of this one in the place of its own.

use super::super::IndexRow;
use super::{Lister, date, title};
use crate::adr::record::{Record, Standing, Status};

impl Lister<'_> {
    /// A new row: that of another record with this one's number, path, title, status and date in the place of its own.
    pub(super) fn row(&self, rows: &[(&IndexRow, Option<&Record>)], record: &Record) -> String {
        let sample = rows.iter().rev().find_map(|(row, of)| Some((row, (*of)?)));
        match sample {
            Some((row, of)) => {
                let line = &self.text[row.span.clone()];
                match line.trim_start().starts_with('|') {
                    true => self.table_row(line, of, record),
                    false => self.list_entry(line, of, record),
                }
            }
            None => self.default_entry(record),
        }
    }

    /// As adr-log writes it.
    fn default_entry(&self, record: &Record) -> String {
        let title = title(record);
        let path = self.path_to(record);
        match record.number() {
            Some(number) => format!("* [ADR-{}]({path}) - {title}", number.digits),
            None => format!("* [{title}]({path})"),
        }
    }

    fn list_entry(&self, line: &str, of: &Record, record: &Record) -> String {
        let made = self.mirrored(line, of, record);
        // What somebody wrote about the other record is not about this one.
        let close = made.rfind(')').map_or(made.len(), |at| at + 1);
        let tail = made[close..].trim_start_matches([' ', '-', '–', '—', ':']);
        let is_title = tail.trim() == title(record);
        match tail.trim().is_empty() || is_title {
            true => made,
            false => made[..close].to_owned(),
        }
    }

    fn table_row(&self, line: &str, of: &Record, record: &Record) -> String {
        let mut cells: Vec<String> = line
            .split('|')
            .map(|cell| self.table_cell(cell, of, record))
            .collect();
        let title = title(record);
        let says_title = cells.iter().any(|cell| cell.contains(&title));
        // Where people say in other words what a record is about, its title is a beginning.
        let column = self.index.columns.iter().flatten().position(|head| {
            let head = head.to_lowercase();
            TITLE_COLUMNS.contains(&head.as_str())
        });
        let first = usize::from(line.trim_start().starts_with('|'));
        if let Some(cell) = column.and_then(|column| cells.get_mut(first + column))
            && !says_title
            && cell.trim().is_empty()
        {
            *cell = format!(" {title} ");
        }
        cells.join("|")
    }

    fn table_cell(&self, cell: &str, of: &Record, record: &Record) -> String {
        let said = cell.trim();
        if said.is_empty() {
            return cell.to_owned();
        }
        let made = if Status::of_word(said).is_some() {
            match record.fields().map(|fields| fields.standing()) {
                Some(Standing::Said(status)) => Lister::status_word(record, status, said),
                _ => String::new(),
            }
        } else if date(of).is_some_and(|date| date == said) {
            date(record).unwrap_or_default().to_owned()
        } else {
            let mirrored = self.mirrored(said, of, record);
            // A cell that says nothing of what is known was written by a person about the other record.
            if mirrored == said {
                String::new()
            } else {
                mirrored
            }
        };
        cell.replacen(said, &made, 1)
    }

    /// A text about one record with what is known of it replaced by what is known of another.
    fn mirrored(&self, text: &str, of: &Record, record: &Record) -> String {
        let mut pairs = vec![
            (self.path_to(of), self.path_to(record)),
            (title(of), title(record)),
        ];
        let numbers = of.number().zip(record.number());
        if let Some((old, new)) = numbers {
            pairs.push((old.to_string(), new.to_string()));
        }
        pairs.retain(|(old, _)| !old.is_empty());
        let mut made = String::new();
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let is_within = |old: &str| {
                let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
                old.bytes().all(|byte| byte.is_ascii_digit())
                    && (digit(made.chars().next_back()) || digit(rest[old.len()..].chars().next()))
            };
            let found = pairs
                .iter()
                .find(|(old, _)| rest.starts_with(old.as_str()) && !is_within(old));
            if let Some((old, new)) = found {
                made.push_str(new);
                rest = &rest[old.len()..];
                continue;
            }
            let length = digits.max(next.len_utf8());
            let (part, behind) = rest.split_at(length);
            match numbers {
                Some((old, new)) if part.parse() == Ok(old.value) && !is_of_date(&made, behind) => {
                    made.push_str(&in_width_of(part, new.value));
                }
                _ => made.push_str(part),
            }
            rest = behind;
        }
        made
    }
}

/// A number as another is written: `002` for `003`, `2` for `3`.
fn in_width_of(digits: &str, value: u64) -> String {
    let width = if digits.starts_with('0') {
        digits.len()
    } else {
        1
    };
    format!("{value:0width$}")
}

/// Whether digits between these texts are part of a date or a version: `2026-01-03`, `1.3`.
fn is_of_date(before: &str, behind: &str) -> bool {
    let joins = |sign: Option<char>, next: Option<char>| {
        sign.is_some_and(|sign| matches!(sign, '-' | '.' | '/' | ':'))
            && next.is_some_and(|next| next.is_ascii_digit())
    };
    let mut before = before.chars().rev();
    let mut behind = behind.chars();
    joins(before.next(), before.next()) || joins(behind.next(), behind.next())
}

/// Heads of columns for what a record is about, in lower case.
const TITLE_COLUMNS: &[&str] = &[
    "title",
    "name",
    "description",
    "subject",
    "summary",
    "decision",
];
