//! The interview of `new`.

use camino::{Utf8Path, Utf8PathBuf};

use super::{Args, Place, generate};
use crate::answers::Answers;
use crate::cli::Session;
use crate::cli::conversation::{Conversation, quoted};
use crate::cli::gather::Gathered;
use crate::error::Result;
use crate::interview::{Ended, Interview, Preview, draft};
use crate::proposal::Proposals;
use crate::skeleton::OwnSkeleton;

/// Who is asked about a new service.
pub(super) fn conversation<'a>(
    args: &Args,
    session: &'a Session,
    place: &Place,
) -> Conversation<'a> {
    Conversation {
        session,
        plain: args.plain,
        draft: draft_path(&place.target),
        command: resume_command(args),
    }
}

/// Asks what is left, starting from a draft where there is one.
pub(super) fn ask(
    args: &Args,
    conversation: &Conversation<'_>,
    place: &Place,
    own: &OwnSkeleton,
    gathered: &mut Gathered,
) -> Result<Ended> {
    let begin = |draft: Option<(Answers, String)>| match draft {
        Some((mut answers, bookmark)) => {
            place.name.clone_into(&mut answers.name);
            args.sources.given.assign(&mut answers)?;
            Ok(Interview::resume(answers, &bookmark, Proposals::default()))
        }
        None => Ok(Interview::new(gathered.answers.clone())),
    };
    let written = gathered.written.clone();
    let preview = |answers: &Answers| {
        let gathered = Gathered {
            answers: answers.clone(),
            written: written.clone(),
        };
        preview(args, &gathered, place, own)
    };
    let (ended, answers) = conversation.hold(args.sources.asks(), begin, &preview)?;
    gathered.answers = answers.unwrap_or_else(|| gathered.answers.clone());
    Ok(ended)
}

/// What the review shows of answers that are not final.
fn preview(args: &Args, gathered: &Gathered, place: &Place, own: &OwnSkeleton) -> Preview {
    match generate(args, gathered, place, own) {
        Ok(generated) => Preview {
            files: generated
                .tree
                .paths()
                .into_iter()
                .map(|path| path.to_string())
                .collect(),
            findings: generated
                .blueprint
                .findings
                .iter()
                .map(|finding| finding.to_string())
                .collect(),
            errors: Vec::new(),
        },
        Err(error) => Preview {
            files: Vec::new(),
            findings: Vec::new(),
            errors: vec![error.to_string()],
        },
    }
}

/// Where the draft of an interview lives: beside the target, or beside the first folder that has to be made for it.
fn draft_path(target: &Utf8Path) -> Utf8PathBuf {
    let folder = target.ancestors().skip(1).find(|folder| folder.is_dir());
    let rest = folder.and_then(|folder| Some((folder, target.strip_prefix(folder).ok()?)));
    match rest {
        Some((folder, rest)) => {
            let parts: Vec<_> = rest.components().map(|part| part.as_str()).collect();
            draft::path(&folder.join(parts.join("-")))
        }
        None => draft::path(target),
    }
}

/// What to type to be asked the rest.
fn resume_command(args: &Args) -> String {
    let mut command = format!("cargo kickoff new {}", quoted(&args.path.to_string_lossy()));
    if let Some(name) = &args.name {
        command.push_str(&format!(" --name {name}"));
    }
    if let Some(vcs) = args.vcs {
        command.push_str(&format!(" --vcs {vcs}"));
    }
    if let Some(skeleton) = &args.skeleton {
        command.push_str(&format!(" --skeleton {}", quoted(skeleton.as_str())));
    }
    if args.plain {
        command.push_str(" --plain");
    }
    command
}
