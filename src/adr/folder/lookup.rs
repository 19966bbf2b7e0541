//! The record that a person means, and the numbers that name several.

use super::super::read::number as reading;
use super::super::record::{Number, Record};
use super::{Duplicate, Folder, LookupError};

impl Folder {
    /// The record that a person means: by number (`12`, `0012`, `ADR-12`, `040a`), file name, path or topic.
    ///
    /// # Errors
    /// None, or several.
    pub fn find(&self, reference: &str) -> Result<&Record, LookupError> {
        let reference = reference.trim();
        let named: Vec<&Record> = self
            .records
            .iter()
            .filter(|record| is_named(record, reference))
            .collect();
        let found = if named.is_empty() {
            self.by_number(reference)
        } else {
            named
        };
        match found.as_slice() {
            [one] => Ok(one),
            [] => Err(LookupError::Unknown {
                reference: reference.to_owned(),
            }),
            several => Err(LookupError::Ambiguous {
                reference: reference.to_owned(),
                candidates: several.iter().map(|record| record.path.clone()).collect(),
            }),
        }
    }

    /// All records with this number, whatever their track; with the letter, if there is one.
    pub fn with_number(&self, value: u64, letter: Option<char>) -> Vec<&Record> {
        let has = |record: &&Record| {
            record
                .number()
                .is_some_and(|number| number.value == value && number.letter == letter)
        };
        self.records.iter().filter(has).collect()
    }

    /// The numbers that several records have.
    pub fn duplicates(&self) -> Vec<Duplicate> {
        let mut groups: Vec<Duplicate> = Vec::new();
        for record in &self.records {
            let Some(number) = record.number() else {
                continue;
            };
            match groups
                .iter_mut()
                .find(|group| group.number.collides_with(number))
            {
                Some(group) => group.paths.push(record.path.clone()),
                None => groups.push(Duplicate {
                    number: number.clone(),
                    paths: Vec::from([record.path.clone()]),
                }),
            }
        }
        groups.retain(|group| group.paths.len() > 1);
        groups
    }

    fn by_number(&self, reference: &str) -> Vec<&Record> {
        let Some(wanted) = reading::in_reference(reference) else {
            return Vec::new();
        };
        let all = self.with_number(wanted.value, wanted.letter);
        let is_in_track = |number: &Number| number.track() == wanted.track();
        let in_track: Vec<&Record> = all
            .iter()
            .filter(|record| record.number().is_some_and(is_in_track))
            .copied()
            .collect();
        // `12` means any track, `ADR-D-12` its own.
        if wanted.track().is_empty() {
            all
        } else {
            in_track
        }
    }
}

fn is_named(record: &Record, reference: &str) -> bool {
    let topic = record.fields().and_then(|fields| fields.topic.as_ref());
    record.path == reference
        || record.path.file_name() == Some(reference)
        || record.path.file_stem() == Some(reference)
        || topic.is_some_and(|topic| topic.value == reference)
}
