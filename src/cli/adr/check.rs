//! `cargo kickoff adr check`.

mod excepted;
mod gone;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};

use super::place::Where;
use super::survey::Survey;
use crate::adr::check::{
    self, Base, Citation, CitedPath, Facts, citations, cited_paths, is_source,
};
use crate::adr::folder::named;
use crate::adr::walk::{File, is_document, walk_for};
use crate::answers::Exception;
use crate::check::rule::KD0402;
use crate::check::{RECORDS, Texts};
use crate::cli::Session;
use crate::cli::findings::{Findings, Format};
use crate::error::Result;
use crate::vcs::git::revision;

/// Check that decision records hold together, and that what cites them does.
///
/// Finds numbers that two records have (with `--base` also those that another branch took), links that lead nowhere, supersessions of
/// which one end does not know, records that give two statuses, comments in the code that cite a record which is not there, and records
/// in force that name a crate or a path which is gone. Exits with 4 if it finds something.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    place: Where,

    /// Find numbers that this branch and REV both took since they parted: `--base origin/main`.
    #[arg(long, value_name = "REV")]
    base: Option<String>,

    /// Report for people on stderr, or as JSON lines or SARIF on stdout.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    message_format: Format,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    let survey = Survey::of(&args.place, session)?;
    let base = args.base.as_deref().map(|name| base(&survey, name));
    let base = base.transpose()?;
    let sources = Sources::read(&survey)?;
    let gone = gone::find(&survey)?;
    let exists = |path: &Utf8Path| survey.root.join(path).exists();
    let diagnostics = check::check(
        &survey.folders,
        &Facts {
            exists: &exists,
            fixtures: &survey.fixtures,
            citations: &sources.citations,
            cited_paths: &sources.cited_paths,
            gone: &gone,
            base: base.as_ref(),
        },
    );
    // Whoever looks at one folder, or at no other branch, cannot say that an exception excuses nothing.
    let is_judged = |exception: &Exception| {
        exception.code.starts_with(RECORDS)
            && args.place.folder.is_none()
            && (args.base.is_some() || exception.code != KD0402.code)
    };
    let report = excepted::apply(&survey, diagnostics, &is_judged, session);
    let looked_at = match survey.records().count() {
        1 => "1 record: ".to_owned(),
        count => format!("{count} records: "),
    };
    let findings = Findings {
        report: &report,
        texts: &Read {
            survey: &survey,
            sources: &sources,
        },
        strict: false,
        root: &survey.root,
        looked_at: &looked_at,
        agree: "nothing found",
    };
    Ok(findings.show(args.message_format, session))
}

/// The comments that cite records, and the texts of the files that they are in.
struct Sources {
    citations: Vec<Citation>,
    cited_paths: Vec<CitedPath>,
    texts: HashMap<Utf8PathBuf, String>,
}

impl Sources {
    fn read(survey: &Survey) -> Result<Sources> {
        let mut sources = Sources {
            citations: Vec::new(),
            cited_paths: Vec::new(),
            texts: HashMap::new(),
        };
        for file in walk_for(&survey.root, &|path| is_source(path) && survey.counts(path))? {
            let Ok(text) = String::from_utf8(file.bytes) else {
                continue;
            };
            let found = citations(&file.path, &text);
            let paths = cited_paths(&file.path, &text);
            if !found.is_empty() || !paths.is_empty() {
                sources.citations.extend(found);
                sources.cited_paths.extend(paths);
                sources.texts.insert(file.path, text);
            }
        }
        Ok(sources)
    }
}

/// The records of another branch, and those of the commit at which it and this one parted.
fn base(survey: &Survey, name: &str) -> Result<Base> {
    let commit = revision::commit(&survey.root, name)?;
    let common = revision::common_ancestor(&survey.root, &commit)?;
    let at = |commit: &str| {
        let is_wanted = |path: &Utf8Path| {
            is_document(path)
                && survey
                    .folders
                    .iter()
                    .any(|folder| path.starts_with(&folder.path) || folder.is_draft(path))
        };
        let files = revision::files_at(&survey.root, commit, is_wanted)?;
        let files: Vec<File> = files
            .into_iter()
            .map(|(path, bytes)| File { path, bytes })
            .collect();
        let folders = survey
            .folders
            .iter()
            .map(|folder| named(&folder.path, &files));
        Ok(folders.collect())
    };
    Ok(Base {
        name: name.to_owned(),
        theirs: at(&commit)?,
        common: at(&common)?,
    })
}

/// The files that findings are in.
struct Read<'a> {
    survey: &'a Survey,
    sources: &'a Sources,
}

impl Texts for Read<'_> {
    fn text(&self, path: &Utf8Path) -> Option<Cow<'_, str>> {
        let source = self.sources.texts.get(path).map(String::as_str);
        let record = || {
            let record = self.survey.records().find(|record| record.path == path)?;
            std::str::from_utf8(&record.bytes).ok()
        };
        match source.or_else(record) {
            Some(text) => Some(Cow::Borrowed(text)),
            None => fs::read_to_string(self.survey.root.join(path))
                .ok()
                .map(Cow::Owned),
        }
    }
}
