//! Two records with one number.

use camino::Utf8Path;

use super::super::folder::Folder;
use super::super::record::Record;
use super::head;
use crate::check::Diagnostic;
use crate::check::rule::KD0401;

/// Every number that several records of a folder have. Translations of one record are one.
pub(super) fn check(folder: &Folder) -> Vec<Diagnostic> {
    let duplicates = folder.duplicates().into_iter();
    duplicates
        .filter_map(|duplicate| {
            let named = duplicate.paths.iter().filter_map(|path| {
                let same = |record: &&Record| record.path == *path;
                folder.records.iter().find(same)
            });
            let mut records: Vec<&Record> = Vec::new();
            for record in named {
                if !records
                    .iter()
                    .any(|other| are_translations(&other.path, &record.path))
                {
                    records.push(record);
                }
            }
            let (first, others) = records
                .split_first()
                .filter(|(_, others)| !others.is_empty())?;
            let count = match others.len() {
                1 => "two records".to_owned(),
                more => format!("{} records", more + 1),
            };
            let message = format!("{count} have the number `{}`", duplicate.number);
            let mut finding = Diagnostic::new(&KD0401, "", message);
            for record in others.iter().rev() {
                finding = finding.at(record.path.clone(), head(record), "");
            }
            finding = finding.at(first.path.clone(), head(first), "");
            // Which of them to renumber only people can know.
            Some(finding.help(format!(
                "let the one that is cited most keep its number, and give the next one to the other{}",
                free(folder, &[])
            )))
        })
        .collect()
}

/// The next number after those of the folder and of others, as a file is named by it.
pub(super) fn free(folder: &Folder, others: &[Record]) -> String {
    let taken: Vec<u64> = others
        .iter()
        .filter_map(|record| record.number().map(|number| number.value))
        .collect();
    folder
        .next_number(&taken)
        .map_or_else(String::new, |number| {
            let name = folder.file_name(Some(number), "title", "");
            format!(", as in `{name}`")
        })
}

/// `0001-queue.md` and `0001-queue.de.md`, or `en/0001-queue.md` and `ja/0001-queue.md`.
fn are_translations(one: &Utf8Path, other: &Utf8Path) -> bool {
    let name = |path: &Utf8Path| path.file_stem().unwrap_or_default().to_owned();
    let folder = |path: &Utf8Path| {
        let folder = path.parent().and_then(Utf8Path::file_name);
        folder.unwrap_or_default().to_owned()
    };
    let (short, long) = match name(one).len() <= name(other).len() {
        true => (name(one), name(other)),
        false => (name(other), name(one)),
    };
    let added = long.strip_prefix(&short).map(|rest| {
        rest.strip_prefix(['.', '_', '-'])
            .unwrap_or(rest)
            .to_owned()
    });
    match added.as_deref() {
        Some("") => {
            folder(one) != folder(other) && is_language(&folder(one)) && is_language(&folder(other))
        }
        Some(added) => is_language(added),
        None => false,
    }
}

/// `de`, `pt-BR`, `zh_CN`.
fn is_language(word: &str) -> bool {
    let mut parts = word.split(['-', '_']);
    let is_code = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    parts.next().is_some_and(|part| is_code(part, 2))
        && parts.next().is_none_or(|part| is_code(part, 2))
        && parts.next().is_none()
}
