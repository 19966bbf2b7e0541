//! `cargo kickoff adr check`.

mod gone;

use std::collections::HashMap;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::json;

use super::place::Where;
use super::survey::Survey;
use crate::adr::check::{self, Base, Citation, Facts, Finding, citations, is_source};
use crate::adr::folder::named;
use crate::adr::walk::{File, is_document, walk_for};
use crate::cli::{MessageFormat, Session};
use crate::error::{Result, exit};
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

    /// Report for people, or as JSON lines on stdout.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    message_format: MessageFormat,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    let survey = Survey::of(&args.place, session)?;
    let base = args.base.as_deref().map(|name| base(&survey, name));
    let base = base.transpose()?;
    let sources = Sources::read(&survey)?;
    let gone = gone::find(&survey)?;
    let exists = |path: &Utf8Path| survey.root.join(path).exists();
    let findings = check::check(
        &survey.folders,
        &Facts {
            exists: &exists,
            fixtures: &survey.fixtures,
            citations: &sources.citations,
            gone: &gone,
            base: base.as_ref(),
        },
    );
    show(args, session, &survey, &sources, &findings);
    Ok(match findings.is_empty() {
        true => exit::DONE,
        false => exit::FOUND,
    })
}

/// The comments that cite records, and the texts of the files that they are in.
struct Sources {
    citations: Vec<Citation>,
    texts: HashMap<Utf8PathBuf, String>,
}

impl Sources {
    fn read(survey: &Survey) -> Result<Sources> {
        let mut sources = Sources {
            citations: Vec::new(),
            texts: HashMap::new(),
        };
        for file in walk_for(&survey.root, &|path| is_source(path) && survey.counts(path))? {
            let Ok(text) = String::from_utf8(file.bytes) else {
                continue;
            };
            let found = citations(&file.path, &text);
            if !found.is_empty() {
                sources.citations.extend(found);
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
                    .any(|folder| path.starts_with(&folder.path))
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

fn show(args: &Args, session: &Session, survey: &Survey, sources: &Sources, findings: &[Finding]) {
    let text = |path: &Utf8Path| {
        let record = || survey.records().find(|record| record.path == path);
        let source = sources.texts.get(path).cloned();
        source
            .or_else(|| record().and_then(|record| String::from_utf8(record.bytes.clone()).ok()))
            .or_else(|| fs::read_to_string(survey.root.join(path)).ok())
    };
    let records = survey.records().count();
    match args.message_format {
        MessageFormat::Json => {
            for finding in findings {
                session
                    .shell
                    .data(format_args!("{}\n", check::json(finding, &text)));
            }
            let sum = json!({
                "reason": "adr-check",
                "folders": survey.folders.iter().map(|folder| &folder.path).collect::<Vec<_>>(),
                "records": records,
                "findings": findings.len(),
            });
            session.shell.data(format_args!("{sum}\n"));
        }
        MessageFormat::Human => {
            for finding in findings {
                session
                    .shell
                    .findings(format_args!("{}\n\n", check::human(finding, &text)));
            }
            let records = counted(records, "record");
            match findings.len() {
                0 => session
                    .shell
                    .status("Checked", format_args!("{records}: nothing found")),
                count => session.shell.status(
                    "Checked",
                    format_args!("{records}: {}", counted(count, "finding")),
                ),
            }
        }
    }
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    }
}
