//! What `kickoff.toml` says that the check of records is not to report.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};

use crate::answers::Exception;
use crate::answers::file::{self, Places};
use crate::baseline::ANSWERS;
use crate::check::exceptions::{self, Exceptions};
use crate::check::{Diagnostic, Report};
use crate::cli::Session;
use crate::cli::adr::survey::Survey;
use crate::workspace::paths::with_slashes;

/// Sets aside what is excused where it is: the nearest `kickoff.toml` above the place of a finding speaks about it.
pub(super) fn apply(
    survey: &Survey,
    diagnostics: Vec<Diagnostic>,
    is_judged: &dyn Fn(&Exception) -> bool,
    session: &Session,
) -> Report {
    let mut report = Report::default();
    let mut rest = diagnostics;
    for folder in folders(survey, &rest) {
        let path = folder.join(ANSWERS);
        let Some(text) = read(&survey.root.join(&path), session) else {
            continue;
        };
        let (Ok(answers), Some(places)) = (file::read(&text, ANSWERS), Places::read(&text)) else {
            session.shell.warning(format_args!(
                "`{path}` cannot be read, so its exceptions do not count: `cargo kickoff check` says why"
            ));
            continue;
        };
        let (mut ours, elsewhere): (Vec<_>, Vec<_>) = rest
            .into_iter()
            .partition(|found| subject(&folder, found).is_some());
        for found in &mut ours {
            found.subject = subject(&folder, found).unwrap_or_default();
        }
        let exceptions = Exceptions {
            list: &answers.exceptions,
            file: &path,
            places: &places,
            today: &session.context.today,
            is_judged,
        };
        let of_folder = exceptions::apply(&exceptions, ours);
        report.diagnostics.extend(of_folder.diagnostics);
        report.excepted.extend(of_folder.excepted);
        rest = elsewhere;
    }
    report.diagnostics.extend(rest);
    report
}

/// The folders with answers, the deepest first.
fn folders(survey: &Survey, diagnostics: &[Diagnostic]) -> Vec<Utf8PathBuf> {
    let of_findings = diagnostics.iter().filter_map(|found| found.places.first());
    let of_findings = of_findings.map(|place| place.file.as_path());
    let of_records = survey.folders.iter().map(|folder| folder.path.as_path());
    let above: BTreeSet<&Utf8Path> = of_findings
        .chain(of_records)
        .flat_map(Utf8Path::ancestors)
        .collect();
    let has_answers = |folder: &&Utf8Path| survey.root.join(folder).join(ANSWERS).is_file();
    let found = above.into_iter().filter(has_answers);
    let mut found: Vec<_> = found.map(Utf8Path::to_owned).collect();
    found.sort_by_key(|folder| Reverse(folder.components().count()));
    found
}

/// What the answers of a folder call the place of a finding, if it is in the folder: the path from there.
fn subject(folder: &Utf8Path, found: &Diagnostic) -> Option<String> {
    let place = found.places.first()?;
    place.file.strip_prefix(folder).ok().map(with_slashes)
}

fn read(path: &Utf8Path, session: &Session) -> Option<String> {
    match fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(error) => {
            session.shell.warning(format_args!(
                "`{path}` cannot be read, so its exceptions do not count: {error}"
            ));
            None
        }
    }
}
