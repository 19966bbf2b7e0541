//! Replacing spans of a file, and reading the result again.

use camino::Utf8Path;

use super::super::read::read_known;
use super::super::record::{Fields, Record, Span};
use super::{EditError, Edited};

/// Replacements that wait to be made.
pub(super) struct Splice<'a> {
    record: &'a Record,
    changes: Vec<(Span, String)>,
}

impl<'a> Splice<'a> {
    pub(super) fn of(record: &'a Record) -> Splice<'a> {
        Splice {
            record,
            changes: Vec::new(),
        }
    }

    pub(super) fn replace(&mut self, span: Span, text: String) {
        self.changes.push((span, text));
    }

    pub(super) fn insert(&mut self, at: usize, text: String) {
        self.changes.push((at..at, text));
    }

    /// The new file, if it is still the same record and `holds` of its fields.
    pub(super) fn verified(
        self,
        wanted: &str,
        holds: impl Fn(&Fields) -> bool,
    ) -> Result<Edited, EditError> {
        let number = self.record.number().cloned();
        let path = &self.record.path;
        self.verified_at(path, wanted, |after| after.number == number && holds(after))
    }

    /// As [`Splice::verified`], for a file that goes to `path` and may get a number.
    pub(super) fn verified_at(
        mut self,
        path: &Utf8Path,
        wanted: &str,
        holds: impl Fn(&Fields) -> bool,
    ) -> Result<Edited, EditError> {
        self.changes.sort_by_key(|(span, _)| (span.start, span.end));
        let failed = || EditError::NotVerified {
            path: self.record.path.to_string(),
            wanted: wanted.to_owned(),
        };
        let overlap = |pair: &[(Span, String)]| pair[1].0.start < pair[0].0.end;
        if self.changes.windows(2).any(overlap) {
            return Err(failed());
        }
        let record = read_known(path, self.bytes());
        let before = self.record.fields();
        let is_same = record.fields().zip(before).is_some_and(|(after, before)| {
            let title = |fields: &Fields| fields.title.as_ref().map(|title| title.value.clone());
            title(after) == title(before)
                && after.topic.as_ref().map(|topic| &topic.value)
                    == before.topic.as_ref().map(|topic| &topic.value)
                && after.dates.len() == before.dates.len()
                && after.encoding.bom == before.encoding.bom
                && after.encoding.final_newline == before.encoding.final_newline
        });
        if !is_same || !record.fields().is_some_and(holds) {
            return Err(failed());
        }
        Ok(Edited {
            record,
            changes: self.changes,
        })
    }

    fn bytes(&self) -> Vec<u8> {
        let old = &self.record.bytes;
        let mut new = Vec::with_capacity(old.len() + 200);
        let mut at = 0;
        for (span, text) in &self.changes {
            new.extend_from_slice(&old[at..span.start]);
            new.extend_from_slice(text.as_bytes());
            at = span.end;
        }
        new.extend_from_slice(&old[at..]);
        new
    }
}
