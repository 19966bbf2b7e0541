//! An index brought up to date between its markers, in the form of the rows that are there.

mod row;

use std::ops::Range;

use camino::{Utf8Path, Utf8PathBuf};

use super::super::paths;
use super::super::record::{Record, Standing, Status};
use super::{Folder, Index, IndexRow};

/// An index, and what would make it complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The file.
    pub path: Utf8PathBuf,
    /// Its bytes.
    pub old: Vec<u8>,
    /// The bytes with everything between the markers up to date; nothing where it has no markers.
    pub new: Option<Vec<u8>>,
    /// The rows that it lacks, in the form of its own.
    pub missing: Vec<String>,
    /// The rows whose record is gone.
    pub gone: Vec<String>,
}

impl Folder {
    /// What each index of the folder lacks. Rows that are there stay as they are, but for a status that is not the one of the record; a
    /// row whose record is gone goes.
    pub fn listings(&self) -> Vec<Listing> {
        self.indexes
            .iter()
            .filter_map(|index| Lister::of(self, index))
            .map(|lister| lister.listing())
            .collect()
    }
}

struct Lister<'a> {
    folder: &'a Folder,
    index: &'a Index,
    file: &'a Record,
    text: &'a str,
}

impl<'a> Lister<'a> {
    fn of(folder: &'a Folder, index: &'a Index) -> Option<Lister<'a>> {
        let file = folder.others.iter().find(|file| file.path == index.path)?;
        Some(Lister {
            folder,
            index,
            file,
            text: std::str::from_utf8(&file.bytes).ok()?,
        })
    }

    fn listing(&self) -> Listing {
        let rows: Vec<(&IndexRow, Option<&Record>)> = self
            .index
            .rows
            .iter()
            .filter(|row| self.is_inside(&row.span))
            .map(|row| (row, self.record_of(row)))
            .collect();
        let is_listed = |record: &&Record| {
            let mut known = rows.iter().filter_map(|(_, known)| *known);
            !known.any(|known| known.path == record.path)
        };
        let mut missing: Vec<&Record> = self
            .folder
            .records
            .iter()
            .filter(|record| record.fields().is_some() && !self.folder.is_draft(&record.path))
            .filter(is_listed)
            .collect();
        missing.sort_by_key(|record| order(record));
        let gone = rows.iter().filter(|(_, record)| record.is_none());
        Listing {
            path: self.index.path.clone(),
            old: self.file.bytes.clone(),
            new: self
                .index
                .between_markers
                .as_ref()
                .map(|between| self.rewritten(between, &rows, &missing)),
            missing: missing
                .iter()
                .map(|record| self.row(&rows, record))
                .collect(),
            gone: gone
                .map(|(row, _)| self.text[row.span.clone()].trim().to_owned())
                .collect(),
        }
    }

    fn is_inside(&self, span: &Range<usize>) -> bool {
        let between = self.index.between_markers.as_ref();
        between.is_none_or(|between| between.start <= span.start && span.end <= between.end)
    }

    /// The record that a row names: by path, else by its number.
    fn record_of(&self, row: &IndexRow) -> Option<&'a Record> {
        let home = self.index.path.parent().unwrap_or(Utf8Path::new(""));
        let by_path = row.target.as_ref().and_then(|target| {
            let path = paths::join(home, &target.replace("%20", " "))?;
            self.folder
                .records
                .iter()
                .find(|record| record.path == path)
        });
        by_path.or_else(
            || match self.folder.with_number(row.number?, None).as_slice() {
                [one] => Some(*one),
                _ => None,
            },
        )
    }

    fn rewritten(
        &self,
        between: &Range<usize>,
        rows: &[(&IndexRow, Option<&Record>)],
        missing: &[&Record],
    ) -> Vec<u8> {
        let end = self.line_end();
        let mut lines: Vec<(Option<Key>, String)> = Vec::new();
        let mut at = between.start;
        for line in self.text[between.clone()].split_inclusive('\n') {
            let row = rows.iter().find(|(row, _)| row.span.start == at);
            let behind = &line[line.trim_end_matches(['\n', '\r']).len()..];
            match row {
                None => lines.push((None, line.to_owned())),
                Some((row, Some(record))) => {
                    let kept = format!("{}{behind}", self.kept(row, record));
                    lines.push((Some(order(record)), kept));
                }
                // The record is gone.
                Some((_, None)) => {}
            }
            at += line.len();
        }
        let keys: Vec<&Key> = lines.iter().filter_map(|(key, _)| key.as_ref()).collect();
        let falls = keys.len() > 1 && keys.windows(2).all(|pair| pair[0] > pair[1]);
        for record in missing {
            let key = order(record);
            let is_before = |(other, _): &(Option<Key>, String)| {
                let other = other.as_ref();
                other.is_some_and(|other| if falls { *other > key } else { *other < key })
            };
            let first = lines.iter().position(|(key, _)| key.is_some());
            let behind = lines.iter().rposition(is_before).map(|at| at + 1);
            let place = behind.or(first).unwrap_or(lines.len());
            // The line before may be the marker itself.
            if let Some(before) = place
                .checked_sub(1)
                .and_then(|before| lines.get_mut(before))
                && !before.1.ends_with('\n')
            {
                before.1.push_str(end);
            }
            let opens = if lines.is_empty() { end } else { "" };
            let row = format!("{opens}{}{end}", self.row(rows, record));
            lines.insert(place, (Some(key), row));
        }
        let mut new = self.text[..between.start].to_owned();
        lines.iter().for_each(|(_, line)| new.push_str(line));
        new.push_str(&self.text[between.end..]);
        new.into_bytes()
    }

    fn line_end(&self) -> &'static str {
        match self.text.contains("\r\n") {
            true => "\r\n",
            false => "\n",
        }
    }

    /// A row that is there, with the status of its record where it gives another, and the path where the file was renamed.
    fn kept(&self, row: &IndexRow, record: &Record) -> String {
        let mut line = self.text[row.span.clone()].to_owned();
        let path = self.path_to(record);
        if let Some(target) = &row.target
            && target.trim_start_matches("./") != path
        {
            line = line.replacen(&format!("]({target})"), &format!("]({path})"), 1);
        }
        if !line.trim_start().starts_with('|') {
            return line;
        }
        let cells: Vec<String> = line
            .split('|')
            .map(|cell| Lister::cell_with_status(cell, record))
            .collect();
        cells.join("|")
    }

    fn cell_with_status(cell: &str, record: &Record) -> String {
        let said = cell.trim();
        let standing = record.fields().map(|fields| fields.standing());
        match (Status::of_word(said), standing) {
            (Some(old), Some(Standing::Said(new))) if old != new && new != Status::Other => {
                cell.replacen(said, &Lister::status_word(record, new, said), 1)
            }
            _ => cell.to_owned(),
        }
    }

    /// The record's own word in the case of the one that it replaces.
    fn status_word(record: &Record, status: Status, like: &str) -> String {
        let mentions = record.fields().map_or(&[][..], |fields| &fields.statuses);
        let said = mentions.iter().find(|mention| mention.status == status);
        let words = said.map(|mention| (status, mention.token.value.clone()));
        super::super::edit::spelled(status, words.as_slice(), like)
    }

    fn path_to(&self, record: &Record) -> String {
        let home = self.index.path.parent().unwrap_or(Utf8Path::new(""));
        paths::relative(home, &record.path).replace(' ', "%20")
    }
}

/// By number, then by name.
type Key = (Option<u64>, Option<char>, Utf8PathBuf);

fn order(record: &Record) -> Key {
    let number = record.number();
    (
        number.map(|number| number.value),
        number.and_then(|number| number.letter),
        record.path.clone(),
    )
}

/// The title as it can stand in a link or a cell.
fn title(record: &Record) -> String {
    let title = record.title().unwrap_or(record.path.as_str());
    title.replace(['[', ']', '|'], "")
}

fn date(record: &Record) -> Option<&str> {
    let date = record.fields()?.dates.first()?;
    Some(&date.date.value)
}
