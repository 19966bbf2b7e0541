//! What is said at the end of an update, and what a person has to do.

use camino::Utf8Path;

use super::How;
use super::prepare::Prepared;
use crate::cli::{MessageFormat, Session};
use crate::error::{Error, Result, exit};
use crate::plan::update::{Change, Conflict, Outcome, Update};
use crate::vcs::git::{self, Unmerged};

/// So many lines of a side are shown; the file has the rest.
const SHOWN_LINES: usize = 8;

/// Refuses an update with conflicts, and explains each.
pub(super) fn refuse_conflicts(update: &Update) -> Result<()> {
    let conflicts: Vec<_> = update.conflicts().map(explained).collect();
    if conflicts.is_empty() {
        return Ok(());
    }
    Err(Error::conflict(format!(
        "nothing was written: {}\n{}",
        match conflicts.len() {
            1 => "a file has to be decided by you".to_owned(),
            count => format!("{count} files have to be decided by you"),
        },
        conflicts.join("\n")
    ))
    .hint("merge them in your files: `cargo kickoff update --merge`")
    .hint(
        "or decide for a whole file: `--keep PATH` for yours, `--take PATH` for the generated one",
    ))
}

fn explained((change, conflict): (&Change, &Conflict)) -> String {
    let mut text = format!("  `{}` {}", change.path, conflict.reason);
    for clash in &conflict.clashes {
        for (side, lines) in [("yours", &clash.yours), ("generated now", &clash.fresh)] {
            text.push_str(&format!("\n    {side}:"));
            if lines.is_empty() {
                text.push_str(" nothing");
            }
            for line in lines.lines().take(SHOWN_LINES) {
                text.push_str(&format!("\n      | {line}"));
            }
            if lines.lines().count() > SHOWN_LINES {
                text.push_str("\n      | …");
            }
        }
    }
    text
}

/// Tells Git about the conflicts that were written.
pub(super) fn mark_unmerged(root: &Utf8Path, update: &Update) -> Result<()> {
    let files: Vec<Unmerged<'_>> = update
        .conflicts()
        .map(|(change, _)| Unmerged {
            path: &change.path,
            base: change.base.as_deref().map(str::as_bytes),
            yours: change.old.as_deref(),
            fresh: change.fresh.as_deref().map(str::as_bytes),
        })
        .collect();
    git::mark_unmerged(root, &files)
}

/// Says what was done. The code is that of a conflict where a person has to go on.
pub(super) fn run(prepared: &Prepared, how: &How, session: &Session) -> u8 {
    let shell = &session.shell;
    let update = &prepared.update;
    let conflicts: Vec<_> = update.conflicts().collect();
    if how.message_format == MessageFormat::Human {
        for change in &update.changes {
            if let Some(place) = &change.moved_from
                && change.outcome != Outcome::Unchanged
            {
                shell.note(format_args!("`{place}` was found as `{}`", change.path));
            }
        }
    }
    for script in &prepared.scripts {
        shell.status(
            "Added",
            format_args!("migrations/{}", script.migration.file),
        );
    }
    let parts: Vec<String> = [
        ("create", "created"),
        ("update", "updated"),
        ("merge", "merged"),
        ("delete", "deleted"),
        ("conflict", "in conflict"),
    ]
    .into_iter()
    .map(|(word, done)| (update.count(word), done))
    .filter(|(count, _)| *count > 0)
    .map(|(count, done)| format!("{count} {done}"))
    .collect();
    let name = &prepared.blueprint.service.name;
    match parts.is_empty() {
        true if prepared.is_due() => shell.status(
            "Updated",
            format_args!("`{name}`: what was generated is what you have"),
        ),
        true => shell.status("Fresh", format_args!("`{name}` is up to date")),
        false => shell.status("Updated", format_args!("`{name}` ({})", parts.join(", "))),
    }
    for finding in &prepared.blueprint.findings {
        shell.warning(finding);
    }
    for (change, conflict) in &conflicts {
        shell.warning(format_args!("`{}` {}", change.path, conflict.reason));
    }
    if conflicts.is_empty() {
        return exit::DONE;
    }
    shell.note(
        "resolve the conflicts, then run `cargo test`; `cargo kickoff update --undo` goes back",
    );
    exit::CONFLICT
}
