//! Links to records that are not there.

use camino::{Utf8Path, Utf8PathBuf};

use super::super::folder::Folder;
use super::super::paths;
use super::super::record::{Link, Record, Target};
use super::directory::{Directory, Lead};
use super::name;
use crate::check::Diagnostic;
use crate::check::rule::KD0403;

pub(super) fn check(
    record: &Record,
    folder: &Folder,
    directory: &Directory<'_>,
    exists: &dyn Fn(&Utf8Path) -> bool,
) -> Vec<Diagnostic> {
    let Some(fields) = record.fields() else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for link in fields.links.iter().filter(|link| is_text(record, link)) {
        let message = match directory.lead(record, folder, link) {
            Lead::Path(path) if is_missing(record, &path, link, exists) => {
                format!("{} links to `{path}`, which is not there", name(record))
            }
            Lead::NoNumber if !is_defined_elsewhere(record, link) => {
                let number = record.text(&link.span);
                format!(
                    "{} names {}, which is not there",
                    name(record),
                    plain(number)
                )
            }
            _ => continue,
        };
        let finding =
            Diagnostic::new(&KD0403, "", message).at(record.path.clone(), link.span.clone(), "");
        findings.push(match near(folder, directory, link) {
            Some(path) => finding.help(format!(
                "the record with this number is `{}`, if that one is meant",
                paths::relative(record.path.parent().unwrap_or(Utf8Path::new("")), &path)
            )),
            None => finding.help("link to the record that is meant, or take the link out"),
        });
    }
    findings
}

/// Without the marks of a link.
fn plain(written: &str) -> String {
    let label = written
        .strip_prefix('[')
        .and_then(|rest| rest.split(']').next());
    format!("`{}`", label.unwrap_or(written).trim())
}

/// A link within a code span shows how a link is written.
fn is_text(record: &Record, link: &Link) -> bool {
    let before = record.text(&(0..link.span.start));
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.matches('`').count().is_multiple_of(2)
}

/// Whether no file can be meant: neither from the record's folder, nor from one above, as sites and some people count.
fn is_missing(
    record: &Record,
    path: &Utf8Path,
    link: &Link,
    exists: &dyn Fn(&Utf8Path) -> bool,
) -> bool {
    let Target::Path(written) = &link.target else {
        return false;
    };
    let written = paths::decoded(written.split('?').next().unwrap_or_default());
    let is_absolute = written.starts_with('/');
    let bare = written.trim_start_matches('/');
    let above = record.path.ancestors().skip(1);
    if exists(path)
        || above
            .filter_map(|folder| paths::join(folder, bare))
            .any(|path| exists(&path))
    {
        return false;
    }
    // From the root of a site: only where the folder is one of this repository does it say anything.
    !is_absolute
        || path
            .parent()
            .is_some_and(|folder| !folder.as_str().is_empty() && exists(folder))
}

/// `[ADR-5]` with `[ADR-5]: https://…` further down is a record of somebody else.
fn is_defined_elsewhere(record: &Record, link: &Link) -> bool {
    let written = record.text(&link.span);
    let label = written
        .trim_start_matches('[')
        .split(']')
        .next()
        .unwrap_or_default();
    let definition = format!("[{label}]:").to_lowercase();
    let text = record.text(&(0..record.bytes.len())).to_lowercase();
    text.lines()
        .any(|line| line.trim_start().starts_with(&definition))
}

/// The one record whose number the link gives, if it gives one.
fn near(folder: &Folder, directory: &Directory<'_>, link: &Link) -> Option<Utf8PathBuf> {
    let Target::Path(path) = &link.target else {
        return None;
    };
    let file = Utf8Path::new(path).file_name()?;
    let number = super::super::read::number::of_path(Utf8Path::new(file))?;
    match directory
        .with_number(folder, number.value, number.letter)
        .as_slice()
    {
        [one] => Some(one.path.clone()),
        _ => None,
    }
}
