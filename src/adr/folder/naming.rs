//! Names and numbers of new records, in the style of the house.

use camino::{Utf8Path, Utf8PathBuf};

use super::super::read::number as reading;
use super::super::record::{Dialect, Number, NumberPlace, Record};
use super::super::walk::is_document;
use super::{Folder, House, Index, Naming, Numbering, Slug};

/// `0001-slug.md`.
pub(super) fn usual() -> Naming {
    Naming::Numbered {
        prefix: String::new(),
        width: 4,
        separator: Some("-".to_owned()),
        slug: Slug {
            separator: '-',
            keeps_case: false,
        },
        extension: "md".to_owned(),
    }
}

/// The way the model is named; the name of a template says nothing.
pub(super) fn of(model: &Record, records: &[Record]) -> Naming {
    let Some(fields) = model.fields() else {
        return usual();
    };
    let in_folder = fields
        .number
        .as_ref()
        .is_some_and(|number| number.place == NumberPlace::FolderName);
    let stem = if in_folder {
        model.path.parent().and_then(Utf8Path::file_name)
    } else {
        model.path.file_stem()
    };
    let stem = stem.unwrap_or_default();
    let extension = model.path.extension().unwrap_or("md").to_owned();
    if let Some(length) = reading::date_length(stem) {
        return Naming::Dated {
            date_separator: if length == 8 {
                String::new()
            } else {
                stem[4..5].to_owned()
            },
            slug: slug_style(&stem[length..]),
            extension,
        };
    }
    let Some(found) = reading::in_name(stem) else {
        return Naming::Plain {
            slug: slug_style(stem),
            extension,
        };
    };
    let rest = &stem[found.length..];
    let words = rest.trim_start_matches(['-', '_', '.', ' ']);
    Naming::Numbered {
        width: width(&found.prefix, &found.digits, records),
        prefix: found.prefix,
        separator: (!words.is_empty()).then(|| rest[..rest.len() - words.len()].to_owned()),
        slug: slug_style(words),
        extension,
    }
}

/// The digits of padded numbers with this prefix, newest first; 1 where none is padded and they differ.
fn width(prefix: &str, digits: &str, records: &[Record]) -> usize {
    if digits.starts_with('0') && digits.len() > 1 {
        return digits.len();
    }
    let alike = || {
        records
            .iter()
            .filter_map(Record::number)
            .filter(|number| number.prefix == prefix)
    };
    let padded = alike()
        .filter(|number| number.digits.starts_with('0') && number.width() > 1)
        .map(Number::width)
        .max();
    padded.unwrap_or_else(|| {
        alike()
            .map(Number::width)
            .min()
            .unwrap_or(1)
            .min(digits.len())
    })
}

fn slug_style(words: &str) -> Slug {
    let count = |sign: char| words.chars().filter(|c| *c == sign).count();
    let separator = ['-', '_', ' ']
        .into_iter()
        .rev()
        .max_by_key(|sign| count(*sign))
        .filter(|sign| count(*sign) > 0)
        .unwrap_or('-');
    Slug {
        separator,
        keeps_case: words.chars().any(char::is_uppercase),
    }
}

pub(super) fn numbering(house: &House, records: &[Record], indexes: &[Index]) -> Numbering {
    let mut numbers: Vec<Number> = records.iter().filter_map(Record::number).cloned().collect();
    numbers.sort_by_key(|number| (number.value, number.letter, number.prefix.clone()));
    let prefix = match &house.naming {
        Naming::Numbered { prefix, .. } => prefix.as_str(),
        Naming::Dated { .. } | Naming::Plain { .. } => "",
    };
    let mut in_indexes: Vec<u64> = indexes
        .iter()
        .flat_map(|index| &index.rows)
        .filter_map(|row| row.number)
        .filter(|value| !numbers.iter().any(|number| number.value == *value))
        .collect();
    in_indexes.sort_unstable();
    in_indexes.dedup();
    let is_madr = matches!(
        house.dialect,
        Dialect::Madr2 | Dialect::Madr3 | Dialect::Madr4
    );
    Numbering {
        track: super::super::read::words::track(prefix),
        numbers,
        in_indexes,
        first: u64::from(!is_madr),
    }
}

impl Numbering {
    /// The highest number that is taken in the track of new records, with those of index rows and `history`.
    pub fn highest(&self, history: &[u64]) -> Option<u64> {
        self.numbers
            .iter()
            .filter(|number| number.track() == self.track)
            .map(|number| number.value)
            .chain(self.in_indexes.iter().copied())
            .chain(history.iter().copied())
            .max()
    }
}

impl Folder {
    /// The number of a new record: the highest of all files, index rows and `history`, plus one; `None` where files are named by
    /// date or by title alone. Gaps are never filled.
    pub fn next_number(&self, history: &[u64]) -> Option<u64> {
        let is_numbered = match self.house.naming {
            Naming::Numbered { .. } => true,
            Naming::Dated { .. } => false,
            // The numbers stand in the titles alone.
            Naming::Plain { .. } => !self.numbering.numbers.is_empty(),
        };
        if !is_numbered {
            return None;
        }
        let highest = self.numbering.highest(history);
        Some(highest.map_or(self.numbering.first, |highest| highest + 1))
    }

    /// As [`Folder::next_number`], behind all that any of these names ever took: the paths of files that are or were in the folder, on
    /// whatever branch. Whatever stands directly in the folder takes its number, and below it only what may be a record: a picture does
    /// not.
    pub fn next_number_after(&self, names: &[String]) -> Option<u64> {
        let directly = |path: &Utf8Path| {
            let first = path.strip_prefix(&self.path).ok()?.components().next()?;
            reading::of_path(&self.path.join(first))
        };
        let history: Vec<u64> = names
            .iter()
            .map(Utf8Path::new)
            .flat_map(|path| {
                let document = is_document(path).then(|| reading::of_path(path));
                [directly(path), document.flatten()]
            })
            .flatten()
            .filter(|number| number.track() == self.numbering.track)
            .map(|number| number.value)
            .collect();
        self.next_number(&history)
    }

    /// The path of a new record relative to [`Folder::path`], in the style of the house.
    ///
    /// `number` is that of [`Folder::next_number`], `date` is `YYYY-MM-DD`.
    pub fn file_name(&self, number: Option<u64>, title: &str, date: &str) -> Utf8PathBuf {
        let (stem, extension) = match &self.house.naming {
            Naming::Numbered {
                prefix,
                width,
                separator,
                slug,
                extension,
            } => {
                let number = number.unwrap_or(self.numbering.first);
                let words = separator
                    .as_ref()
                    .map(|separator| format!("{separator}{}", slug.of(title)));
                let stem = format!("{prefix}{number:0width$}{}", words.unwrap_or_default());
                (stem, extension)
            }
            Naming::Dated {
                date_separator,
                slug,
                extension,
            } => {
                let date = date.replace('-', date_separator);
                (format!("{date}-{}", slug.of(title)), extension)
            }
            Naming::Plain { slug, extension } => (slug.of(title), extension),
        };
        match &self.house.file_in_folder {
            Some(name) => format!("{stem}/{name}").into(),
            None => format!("{stem}.{extension}").into(),
        }
    }

    /// The name of a record that is to be numbered later: its title alone.
    pub fn draft_name(&self, title: &str) -> Utf8PathBuf {
        let (Naming::Numbered {
            slug, extension, ..
        }
        | Naming::Dated {
            slug, extension, ..
        }
        | Naming::Plain { slug, extension }) = &self.house.naming;
        format!("{}.{extension}", slug.of(title)).into()
    }

    /// The heading of a new record without the marks of a heading: `12. Use a queue`.
    pub fn heading(&self, number: Option<u64>, title: &str) -> String {
        match (&self.house.heading, number) {
            (Some(form), Some(number)) => {
                let width = form.width;
                format!("{}{number:0width$}{}{title}", form.before, form.behind)
            }
            _ => title.to_owned(),
        }
    }
}

impl Slug {
    /// The words of a title as part of a file name: ASCII letters and digits only; `record` if it has none.
    pub fn of(self, title: &str) -> String {
        let plain = deunicode::deunicode(title).replace(['\'', '`'], "");
        let words: Vec<String> = plain
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| {
                if self.keeps_case {
                    word.to_owned()
                } else {
                    word.to_ascii_lowercase()
                }
            })
            .collect();
        if words.is_empty() {
            return "record".to_owned();
        }
        words.join(&self.separator.to_string())
    }
}
