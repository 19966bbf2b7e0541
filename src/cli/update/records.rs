//! The decision records alone: what `cargo kickoff adr` does in a project that `cargo kickoff new` made.

use super::{How, Prepared, carry_out, show_plan};
use crate::cli::project::Project;
use crate::cli::{MessageFormat, Session};
use crate::error::{Result, exit};
use crate::succession::FOLDER;

impl How {
    /// For the records alone, no migration of which can be destructive.
    pub(in crate::cli) fn of_records(
        dry_run: bool,
        diff: bool,
        message_format: MessageFormat,
        allow_dirty: bool,
    ) -> How {
        How {
            dry_run,
            diff,
            message_format,
            merge: false,
            keep: Vec::new(),
            take: Vec::new(),
            allow_dirty,
            allow_destructive: true,
            skeleton: None,
        }
    }
}

/// Brings the records to what the answers say, and leaves everything else to `cargo kickoff update`.
pub(in crate::cli) fn run(
    project: &Project,
    how: &How,
    check: bool,
    session: &Session,
) -> Result<u8> {
    let mut prepared = Prepared::new(project, &project.text, &project.answers, how, session)?;
    prepared.keep_only(FOLDER.as_ref())?;
    if check {
        show_plan(&prepared, how, session, true);
        return Ok(match prepared.is_due() {
            true => exit::FOUND,
            false => exit::DONE,
        });
    }
    carry_out(project, prepared, how, session)
}
