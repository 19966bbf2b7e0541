//! How the newest records of a folder are written.

use std::collections::{BTreeMap, BTreeSet};

use super::super::read::{fields_of_template, number};
use super::super::record::{
    Dialect, Fields, LineEnding, NumberPlace, Other, Reading, Record, Status, StatusPlace,
};
use super::naming;
use super::{HeadingForm, House};

/// A record without a status is passed over as a model if one of so many newest ones has it.
const CANDIDATES: usize = 3;

/// The house of a folder. Without records its template decides, and without that Nygard's form.
pub(super) fn of(records: &[Record], others: &[Record]) -> House {
    let newest = newest_first(records);
    let model = newest
        .iter()
        .take(CANDIDATES)
        .find(|(_, fields)| fields.title.is_some() && !fields.statuses.is_empty())
        .or(newest.first());
    let template = others
        .iter()
        .find(|record| record.reading == Reading::Other(Other::Template))
        .and_then(|record| Some((record, fields_of_template(&record.path, &record.bytes)?)));
    let (record, fields) = match (model, &template) {
        (Some((record, fields)), _) => (*record, *fields),
        (None, Some((record, fields))) => (*record, fields),
        (None, None) => return unfounded(),
    };
    let is_record = model.is_some();
    House {
        dialect: fields.dialect,
        model: is_record.then(|| record.path.clone()),
        naming: naming::of(record, records),
        status_place: fields.statuses.first().map(|mention| mention.place.clone()),
        vocabulary: vocabulary(&newest, fields),
        heading: heading(&newest, record, fields),
        bullet: bullet(record),
        line_ending: fields.encoding.line_ending,
        bom: fields.encoding.bom,
        file_in_folder: fields
            .number
            .as_ref()
            .filter(|number| number.place == NumberPlace::FolderName)
            .and_then(|_| record.path.file_name())
            .map(str::to_owned),
        mixed: mixed(&newest, record, fields.dialect),
    }
}

fn unfounded() -> House {
    House {
        dialect: Dialect::Nygard,
        model: None,
        naming: naming::usual(),
        status_place: Some(StatusPlace::Section),
        vocabulary: Vec::new(),
        heading: Some(HeadingForm {
            before: String::new(),
            width: 1,
            behind: ". ".to_owned(),
        }),
        bullet: '*',
        line_ending: LineEnding::Lf,
        bom: false,
        file_in_folder: None,
        mixed: None,
    }
}

/// The records that could be read: by number, else by name, the newest first.
pub(in crate::adr) fn newest_first(records: &[Record]) -> Vec<(&Record, &Fields)> {
    let mut readable: Vec<(&Record, &Fields)> = records
        .iter()
        .filter_map(|record| Some((record, record.fields()?)))
        .collect();
    readable.sort_by_key(|(record, fields)| {
        let number = fields
            .number
            .as_ref()
            .map(|number| (number.value, number.letter));
        let is_dated = number::date_length(number::stem(&record.path)).is_some();
        (is_dated, number, record.path.file_name().map(str::to_owned))
    });
    readable.reverse();
    readable
}

/// The most frequent spelling of each status, where the model has its own; of two the newer.
fn vocabulary(newest: &[(&Record, &Fields)], model: &Fields) -> Vec<(Status, String)> {
    let place = model.statuses.first().map(|mention| &mention.place);
    let mut counts: BTreeMap<Status, Vec<(String, usize)>> = BTreeMap::new();
    for is_same_place in [true, false] {
        for mention in newest.iter().flat_map(|(_, fields)| &fields.statuses) {
            let fits = Some(&mention.place) == place;
            // A word from elsewhere counts only for a status that the model's place never has.
            let skipped = fits != is_same_place || mention.status == Status::Other;
            if skipped
                || !is_same_place
                    && counts
                        .get(&mention.status)
                        .is_some_and(|words| words.iter().any(|(_, count)| *count > 0))
            {
                continue;
            }
            let words = counts.entry(mention.status).or_default();
            match words
                .iter_mut()
                .find(|(word, _)| *word == mention.token.value)
            {
                Some((_, count)) => *count += 1,
                None => words.push((mention.token.value.clone(), 1)),
            }
        }
    }
    counts
        .into_iter()
        .filter_map(|(status, words)| {
            // The first of the most frequent is the newest.
            let most = words.iter().map(|(_, count)| *count).max()?;
            let (word, _) = words.into_iter().find(|(_, count)| *count == most)?;
            Some((status, word))
        })
        .collect()
}

fn heading(newest: &[(&Record, &Fields)], record: &Record, fields: &Fields) -> Option<HeadingForm> {
    let number = fields.number_in_title.as_ref()?;
    let NumberPlace::Title(span) = &number.place else {
        return None;
    };
    // `Use a queue [ADR-2]`: the number behind the title is no form for the beginning of a heading.
    if fields
        .title
        .as_ref()
        .is_some_and(|title| title.span.start < span.start)
    {
        return None;
    }
    let whole = record.text(span);
    let at = whole.find(&number.digits)?;
    let behind = &whole[at + number.digits.len()..];
    let behind = behind.trim_start_matches(|c| Some(c) == number.letter);
    let padded = newest
        .iter()
        .filter_map(|(_, fields)| fields.number_in_title.as_ref())
        .filter(|other| {
            other.prefix == number.prefix && other.digits.len() > 1 && other.digits.starts_with('0')
        })
        .map(|other| other.digits.len())
        .next();
    Some(HeadingForm {
        before: whole[..at].to_owned(),
        width: padded.unwrap_or(1),
        behind: if behind.is_empty() {
            ": ".to_owned()
        } else {
            behind.to_owned()
        },
    })
}

/// The sign of the first list entry of the model.
fn bullet(record: &Record) -> char {
    String::from_utf8_lossy(&record.bytes)
        .lines()
        .find_map(|line| {
            let mut letters = line.trim_start().chars();
            let sign = letters
                .next()
                .filter(|sign| matches!(sign, '-' | '*' | '+'))?;
            (letters.next() == Some(' ')).then_some(sign)
        })
        .unwrap_or('*')
}

fn mixed(newest: &[(&Record, &Fields)], model: &Record, dialect: Dialect) -> Option<String> {
    let forms: BTreeSet<Dialect> = newest.iter().map(|(_, fields)| fields.dialect).collect();
    if forms.len() < 2 {
        return None;
    }
    let names: Vec<&str> = forms.into_iter().map(Dialect::name).collect();
    Some(format!(
        "the records are in several forms ({}); the newest that shows how, `{}`, is in {} form",
        names.join(", "),
        model.path,
        dialect.name()
    ))
}
