//! `cargo kickoff adr index`.

use camino::{Utf8Path, Utf8PathBuf};

use super::change::{self, Changed, How};
use super::place::Where;
use super::survey::Survey;
use crate::adr::folder::Listing;
use crate::cli::Session;
use crate::error::{Result, exit};

/// Bring the lists of records up to date, only between their markers.
///
/// A README or index with markers (`<!-- adrlog -->` … `<!-- adrlogstop -->`, or comments that say start and end) gets the rows that it
/// lacks, in the form of those that are there; a row keeps what a person wrote into it. Of a list without markers nothing is changed: the
/// rows that it lacks are printed, and so are other files that list the records.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    how: How,

    /// Exit with 4 if a list is not up to date, and write nothing.
    #[arg(long, conflicts_with = "dry_run")]
    check: bool,

    #[command(flatten)]
    place: Where,
}

/// Files of sites and tools in which people list records.
const REGISTRIES: &[&str] = &[
    "SUMMARY.md",
    "mkdocs.yml",
    ".pages",
    "manifest.json",
    "sidebars.js",
    "_sidebar.md",
];

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    let survey = match args.check || args.how.dry_run {
        true => Survey::of(&args.place, session)?,
        false => Survey::to_change(&args.place, session)?,
    };
    let listings: Vec<Listing> = survey
        .folders
        .iter()
        .flat_map(|folder| folder.listings())
        .collect();
    let mut files = Vec::new();
    let mut is_stale = false;
    for listing in &listings {
        match &listing.new {
            Some(new) => {
                is_stale |= *new != listing.old;
                files.push(Changed {
                    path: listing.path.clone(),
                    from: None,
                    old: Some(listing.old.clone()),
                    new: new.clone(),
                });
            }
            None => is_stale |= tell(listing, session),
        }
    }
    registries(&survey, session);
    if listings.is_empty() {
        session
            .shell
            .note("no README or index lists the records: there is nothing to bring up to date");
        return Ok(exit::DONE);
    }
    if args.check {
        let due = files
            .iter()
            .filter(|file| file.old.as_ref() != Some(&file.new));
        for file in due {
            session.shell.status("Stale", &file.path);
        }
        return Ok(match is_stale {
            true => exit::FOUND,
            false => exit::DONE,
        });
    }
    if files.is_empty() {
        return Ok(exit::DONE);
    }
    let paths: Vec<&str> = files
        .iter()
        .filter(|file| file.old.as_ref() != Some(&file.new))
        .map(|file| file.path.as_str())
        .collect();
    let done = ("Updated", paths.join(", "));
    change::carry_out(&survey.root, &files, &args.how, done, session)
}

/// What a list without markers lacks, and whether that is anything.
fn tell(listing: &Listing, session: &Session) -> bool {
    if !listing.missing.is_empty() {
        session.shell.note(format_args!(
            "`{}` has no markers, so it is yours to change; it lacks:\n{}",
            listing.path,
            listing.missing.join("\n")
        ));
    }
    if !listing.gone.is_empty() {
        session.shell.note(format_args!(
            "`{}` lists records that are gone:\n{}",
            listing.path,
            listing.gone.join("\n")
        ));
    }
    !listing.missing.is_empty() || !listing.gone.is_empty()
}

/// Names the other files that list records of a folder: they have forms of their own.
fn registries(survey: &Survey, session: &Session) {
    let mut found: Vec<Utf8PathBuf> = Vec::new();
    for folder in &survey.folders {
        for above in folder.path.ancestors() {
            for name in REGISTRIES {
                let path = above.join(name);
                if !found.contains(&path) && names_a_record(&survey.root.join(&path), folder) {
                    found.push(path);
                }
            }
        }
    }
    for path in found {
        session.shell.note(format_args!(
            "`{path}` names records too: look whether it lacks some"
        ));
    }
}

fn names_a_record(path: &Utf8Path, folder: &crate::adr::folder::Folder) -> bool {
    std::fs::read_to_string(path).is_ok_and(|text| {
        let mut names = folder
            .records
            .iter()
            .filter_map(|record| record.path.file_stem());
        names.any(|name| text.contains(name))
    })
}
