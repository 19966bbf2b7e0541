//! Files of records that comments in the code cite by their path.

use camino::{Utf8Path, Utf8PathBuf};

use super::super::folder::Folder;
use super::super::paths::{self, decoded};
use super::super::read::number;
use super::super::record::Span;
use super::super::walk::is_document;
use super::citations::is_example;
use super::comments::comments;
use super::directory::Directory;
use crate::check::Diagnostic;
use crate::check::rule::KD0406;

/// A document that a comment names by its path: `docs/adr/0012-use-a-queue.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedPath {
    /// The file, from the root, with `/` between the parts.
    pub file: Utf8PathBuf,
    /// Where it stands in the text.
    pub span: Span,
    /// As it is written, without fragment.
    pub written: String,
}

/// The documents that the comments of a source file name by their paths; those of other projects, which have an address, are left out,
/// and so are patterns and examples.
pub fn cited_paths(file: &Utf8Path, text: &str) -> Vec<CitedPath> {
    let mut found = Vec::new();
    for comment in comments(file, text) {
        let mut at = comment.start;
        for line in text[comment].split_inclusive('\n') {
            if !is_example(line) {
                for (offset, written) in words(line) {
                    found.push(CitedPath {
                        file: file.to_owned(),
                        span: at + offset..at + offset + written.len(),
                        written: written.to_owned(),
                    });
                }
            }
            at += line.len();
        }
    }
    found
}

/// The words of a line that are paths of documents, and where each begins.
fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_around = |c: char| c.is_whitespace() || "()[]<>\"'`,;|".contains(c);
    line.split(is_around).filter_map(move |word| {
        let offset = word.as_ptr() as usize - line.as_ptr() as usize;
        let path = word.split('#').next().unwrap_or_default();
        let path = path.trim_end_matches(['.', ':']);
        let is_path = path.contains('/')
            && is_document(Utf8Path::new(path))
            && !path.contains("://")
            && !path.contains(['*', '{', '$', '\\', '…']);
        is_path.then_some((offset, path))
    })
}

/// The paths that lead into a folder of records, and to no file, from wherever they may be meant: the root, or a folder above the source.
pub(super) fn check(
    directory: &Directory<'_>,
    fixtures: &[Folder],
    cited: &[CitedPath],
    exists: &dyn Fn(&Utf8Path) -> bool,
) -> Vec<Diagnostic> {
    let dangling = cited.iter().filter_map(|cited| {
        let written = decoded(&cited.written);
        let bases = cited.file.ancestors().skip(1);
        let meant: Vec<Utf8PathBuf> = bases
            .filter_map(|base| paths::join(base, &written))
            .collect();
        let is_in = |folder: &Folder, path: &Utf8PathBuf| {
            !folder.path.as_str().is_empty() && path.starts_with(&folder.path)
        };
        let is_of_tests = |path: &Utf8PathBuf| fixtures.iter().any(|folder| is_in(folder, path));
        if meant.iter().any(|path| exists(path) || is_of_tests(path)) {
            return None;
        }
        meant.iter().find_map(|path| {
            let folder = directory
                .folders
                .iter()
                .find(|folder| is_in(folder, path))?;
            Some((cited, path.clone(), folder))
        })
    });
    dangling
        .map(|(cited, path, folder)| {
            let message = format!("this comment cites `{}`, which is not there", cited.written);
            let number = number::of_path(&path);
            let named = number.map(|number| folder.with_number(number.value, number.letter));
            let way_out = match named.as_deref() {
                Some([one]) => format!("the record with its number is `{}`", one.path),
                _ => "cite the record that holds now, or take the citation out".to_owned(),
            };
            Diagnostic::new(&KD0406, "", message)
                .at(cited.file.clone(), cited.span.clone(), "")
                .help(way_out)
        })
        .collect()
}
