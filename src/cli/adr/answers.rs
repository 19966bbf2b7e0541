//! Stubs from the answers of `kickoff.toml`, in a workspace whose code kickoff did not generate.

use super::place::Place;
use crate::answers::{Answers, Code};
use crate::baseline::Origin;
use crate::blueprint::Setting;
use crate::cli::generate::Request;
use crate::cli::project::Project;
use crate::cli::{Session, init};
use crate::error::Result;
use crate::skeleton::OwnSkeleton;
use crate::stubs::Subject;
use crate::stubs::subject::of_existing;
use crate::succession::FOLDER;
use crate::vcs::Vcs;
use crate::workspace;

/// The records about code that was there before its answers: of what was answered, and of what the files show.
pub(in crate::cli) fn existing(
    place: &Place,
    answers: &Answers,
    session: &Session,
) -> Result<Vec<Subject>> {
    let decisions = init::place::decisions(&place.root, session)?;
    Ok(of_existing(answers, &decisions))
}

/// The records that `cargo kickoff new` would write.
pub(super) fn subjects(place: &Place, session: &Session) -> Result<Vec<Subject>> {
    let project = Project::read(place.root.clone())?;
    if project.answers.code == Code::Existing {
        return existing(place, &project.answers, session);
    }
    let above = place.root.parent().unwrap_or(&place.root);
    let setting = match workspace::find(above, &session.context.cargo)? {
        Some(_) => Setting::Member,
        None => Setting::Standalone,
    };
    let request = Request {
        answers: &project.answers,
        answers_text: &project.text,
        origin: Origin::new(setting, Vcs::None, false),
        workspace: None,
        own: &OwnSkeleton::default(),
    };
    let generated = request.generate(|_| {})?;
    let records = generated.blueprint.records.iter();
    Ok(records
        .filter_map(|record| {
            let text = generated.tree.get(format!("{FOLDER}/{}", record.file))?;
            Some(Subject::of_answers(
                record.subject,
                &record.title,
                text.to_owned(),
            ))
        })
        .collect())
}
