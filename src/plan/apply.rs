//! A plan carried out: all of it or nothing.
//!
//! Everything is made ready in a staging folder on the same file system. One rename puts the tree in place; only then a root manifest
//! is replaced, by another rename, if it still has the text that the edit was made from. The order matters: a package that is not yet
//! a member disturbs nobody, a member that is not yet there breaks the whole workspace. So a run that is killed leaves the old tree
//! or the new one at every moment. Killed between the two renames, it leaves a whole tree whose membership is missing: the staging
//! folder tells the next `new` for the same path, which completes it.
//!
//! The one exception is a target that has to stay the folder it is, because the person stands in it or a volume is mounted there:
//! the contents are moved into it one after another. A run that is killed in that moment is recognised and refused with what to do.

use camino::{Utf8Path, Utf8PathBuf};

use super::place::Place;
use super::staging::{Staging, verify};
use super::target::{State, examine};
use super::{Edit, Plan, Verdict, leftover};
use crate::error::{Error, Result};
use crate::vcs::{self, Vcs};

/// What else there is to know for carrying out a plan.
#[derive(Debug, Clone)]
pub struct ApplyOptions {
    /// The repository to make in the new tree.
    pub vcs: Vcs,
    /// Whether a person asked for it: then it is an error that it cannot be made.
    pub vcs_is_asked_for: bool,
    /// The folder in which the person stands.
    pub current_dir: Option<Utf8PathBuf>,
}

/// A moment at which something is about to be written. A test can let it fail there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// The staging folder is made.
    CreateStaging,
    /// The marker is written into it.
    WriteMarker,
    /// The empty tree is made in it.
    CreateTree,
    /// A file is written into the staged tree.
    WriteFile(&'a str),
    /// The repository is made in the staged tree.
    MakeRepository,
    /// The new text of an edit is written into the staging folder.
    StageEdit(&'a Utf8Path),
    /// The tree is put in place.
    PutInPlace,
    /// A file that exists is replaced.
    CommitEdit(&'a Utf8Path),
    /// The staging folder is removed: everything is done.
    RemoveStaging,
}

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// How many files were created.
    pub created: usize,
    /// The files that were edited, absolute.
    pub edited: Vec<Utf8PathBuf>,
    /// What did not work and does not matter enough to fail.
    pub warnings: Vec<String>,
}

/// Carries out a plan. `fault` is called before each step, and an error from it counts as the step's failure.
///
/// # Errors
/// The plan has conflicts, the disk is no longer as it was planned for, or something cannot be written. Then the disk is as before.
pub fn apply(
    plan: &Plan,
    options: &ApplyOptions,
    mut fault: impl FnMut(&Step<'_>) -> std::io::Result<()>,
) -> Result<Applied> {
    plan.refuse_conflicts()?;
    if plan.is_done() {
        leftover::sweep(&plan.target);
        return Ok(Applied::default());
    }
    check_unchanged(plan)?;
    if plan.state != State::Complete {
        leftover::sweep(&plan.target);
    }
    let mut fault = |step: Step<'_>| {
        fault(&step).map_err(|error| Error::failed(format!("{step:?} failed")).caused_by(error))
    };
    fault(Step::CreateStaging)?;
    let place = Place::choose(&plan.target, plan.state, options.current_dir.as_deref());
    let mut staging = Staging::create(&plan.target, place)?;
    let mut applied = Applied::default();
    if let Err(error) = carry_out(plan, options, &mut staging, &mut applied, &mut fault) {
        return Err(staging.roll_back(error));
    }
    if let Err(error) = finish(plan, &staging, &mut fault) {
        let warning = format!("everything is done, but a staging folder is left: {error}");
        applied.warnings.push(warning);
    }
    make_late_repository(plan, options, &mut applied);
    Ok(applied)
}

fn check_unchanged(plan: &Plan) -> Result<()> {
    let state = examine(&plan.target)?;
    if state != plan.state {
        return Err(
            Error::conflict(format!("`{}` was changed in the meantime", plan.target))
                .hint("run the command again"),
        );
    }
    pending_edits(plan).try_for_each(|(_, edit)| verify(edit))
}

fn pending_edits(plan: &Plan) -> impl Iterator<Item = (usize, &Edit)> {
    let edits = plan.edits.iter().enumerate();
    edits.filter(|(_, edit)| edit.old != edit.new)
}

fn carry_out<'a>(
    plan: &'a Plan,
    options: &ApplyOptions,
    staging: &mut Staging<'a>,
    applied: &mut Applied,
    fault: &mut impl FnMut(Step<'_>) -> Result<()>,
) -> Result<()> {
    fault(Step::WriteMarker)?;
    staging.mark(plan)?;
    if plan.state != State::Complete {
        stage_tree(plan, options, staging, applied, fault)?;
    }
    for (number, edit) in pending_edits(plan) {
        fault(Step::StageEdit(&edit.path))?;
        staging.write_edit(number, edit)?;
    }
    if plan.state != State::Complete {
        // Whatever was created or changed while this was staging is found before the first thing becomes visible.
        check_unchanged_but_for(plan, staging)?;
        fault(Step::PutInPlace)?;
        staging.put_in_place()?;
    }
    for (number, edit) in pending_edits(plan) {
        fault(Step::CommitEdit(&edit.path))?;
        staging.commit_edit(number, edit)?;
        applied.edited.push(edit.path.clone());
    }
    Ok(())
}

fn stage_tree(
    plan: &Plan,
    options: &ApplyOptions,
    staging: &Staging<'_>,
    applied: &mut Applied,
    fault: &mut impl FnMut(Step<'_>) -> Result<()>,
) -> Result<()> {
    fault(Step::CreateTree)?;
    staging.create_tree()?;
    let created = plan
        .files
        .iter()
        .filter(|file| file.verdict == Verdict::Create);
    for file in created {
        fault(Step::WriteFile(&file.path))?;
        staging.write(&file.path, &file.new)?;
        applied.created += 1;
    }
    if options.vcs != Vcs::None && vcs::can_be_staged(options.vcs) {
        fault(Step::MakeRepository)?;
        let warning = vcs::init(&staging.tree(), options.vcs, options.vcs_is_asked_for)?;
        applied.warnings.extend(warning);
    }
    Ok(())
}

fn check_unchanged_but_for(plan: &Plan, staging: &Staging<'_>) -> Result<()> {
    if staging.is_inside(&plan.target) {
        return pending_edits(plan).try_for_each(|(_, edit)| verify(edit));
    }
    check_unchanged(plan)
}

fn finish(
    plan: &Plan,
    staging: &Staging<'_>,
    fault: &mut impl FnMut(Step<'_>) -> Result<()>,
) -> Result<()> {
    fault(Step::RemoveStaging)?;
    let removed = staging.remove();
    leftover::sweep(&plan.target);
    removed.map_err(|error| Error::failed(error.to_string()))
}

/// Fossil keeps absolute paths: its repository is made when the tree is at its place, and the tree stays where that fails.
fn make_late_repository(plan: &Plan, options: &ApplyOptions, applied: &mut Applied) {
    if vcs::can_be_staged(options.vcs) || plan.state == State::Complete {
        return;
    }
    match vcs::init(&plan.target, options.vcs, options.vcs_is_asked_for) {
        Ok(warning) => applied.warnings.extend(warning),
        Err(error) => applied
            .warnings
            .push(format!("no repository was made: {error}")),
    }
}
