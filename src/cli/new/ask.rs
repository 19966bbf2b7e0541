//! The interview of `new`, and the draft that it leaves when it is left.

use std::io::Write as _;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Args, Place, generate};
use crate::answers::{Answers, file};
use crate::cli::gather::{self, Gathered};
use crate::cli::{Session, read_file};
use crate::error::{Error, Result, exit};
use crate::interview::{Ended, Interview, Preview, conduct, draft};
use crate::prompt::{Control, Opt, PlainPrompter, Prompt, Prompter, Reply, TerminalPrompter};
use crate::shell::Shell;
use crate::skeleton::OwnSkeleton;

/// Asks what is left, starting from a draft where there is one.
pub(super) fn ask(
    args: &Args,
    session: &Session,
    place: &Place,
    own: &OwnSkeleton,
    gathered: &mut Gathered,
    draft_path: &Utf8Path,
) -> Result<Ended> {
    let plain = args.plain || session.context.terminal.plain();
    if plain {
        name_draft_when_interrupted(args, session.shell, draft_path)?;
    }
    let mut prompter: Box<dyn Prompter> = if plain {
        Box::new(PlainPrompter::new(
            std::io::stdin().lock(),
            std::io::stderr(),
        ))
    } else {
        Box::new(TerminalPrompter::new(session.colour))
    };
    let resumed = if draft_path.exists() && args.sources.asks() {
        resume(prompter.as_mut(), draft_path)?
    } else {
        Resume::Fresh
    };
    let mut interview = match resumed {
        Resume::From(mut answers, bookmark) => {
            place.name.clone_into(&mut answers.name);
            args.sources.assign(&mut answers)?;
            Interview::resume(answers, &bookmark)
        }
        Resume::Fresh => Interview::new(gathered.answers.clone()),
        Resume::Left(ended) => return Ok(ended),
    };
    let written = gathered.written.clone();
    let preview = |answers: &Answers| {
        let gathered = Gathered {
            answers: answers.clone(),
            written: written.clone(),
        };
        preview(args, &gathered, place, own)
    };
    let mut unsaved = None;
    let mut save = |interview: &Interview| {
        let text = draft::compose(&file::write(interview.answers()), &interview.bookmark());
        unsaved = save_draft(draft_path, &text).err();
    };
    let ended = conduct(&mut interview, prompter.as_mut(), &preview, &mut save)?;
    drop(prompter);
    if let Some(error) = unsaved.filter(|_| ended != Ended::Confirmed) {
        session.shell.warning(format_args!(
            "the answers could not be kept in `{draft_path}`: {error}"
        ));
    }
    gathered.answers = interview.finish();
    Ok(ended)
}

/// What becomes of a draft that was found.
enum Resume {
    From(Answers, String),
    Fresh,
    Left(Ended),
}

fn resume(prompter: &mut dyn Prompter, draft_path: &Utf8Path) -> Result<Resume> {
    let text = read_file(draft_path)?;
    let (bookmark, toml) = draft::split(&text);
    let answers = match gather::read(toml, draft_path.as_str()) {
        Ok(answers) => answers,
        Err(error) => {
            return Err(error.hint(format!(
                "mend the draft, or delete `{draft_path}` to start afresh"
            )));
        }
    };
    let prompt = Prompt {
        ask: format!(
            "An interview about `{}` was left half-way. Go on with it?",
            answers.name
        ),
        control: Control::Select {
            options: vec![
                Opt::new("resume", "go on where it was left"),
                Opt::new("fresh", "start afresh: the old answers are dropped"),
            ],
            cursor: 0,
        },
        ..Prompt::default()
    };
    Ok(match prompter.ask(&[], &prompt)? {
        Reply::Answer(choice) if choice == "fresh" => Resume::Fresh,
        Reply::Answer(_) => Resume::From(answers, bookmark.to_owned()),
        Reply::Quit => Resume::Left(Ended::Cancelled),
        _ => Resume::Left(Ended::Interrupted),
    })
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
pub(super) fn draft_path(target: &Utf8Path) -> Utf8PathBuf {
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

/// Says where the answers are, and the command that goes on from there.
pub(super) fn resume_hint(args: &Args, shell: Shell, draft_path: &Utf8Path) {
    say_resume_hint(shell, draft_path, &resume_command(args));
}

fn say_resume_hint(shell: Shell, draft_path: &Utf8Path, command: &str) {
    if draft_path.exists() {
        shell.say(format_args!(
            "Your answers are kept in `{draft_path}`. To go on:"
        ));
        shell.say(format_args!("    {command}"));
    }
}

/// Line by line the terminal is as it always is, so that Ctrl-C is a signal and ends the process while it waits for a line.
fn name_draft_when_interrupted(args: &Args, shell: Shell, draft_path: &Utf8Path) -> Result<()> {
    let command = resume_command(args);
    let draft_path = draft_path.to_owned();
    ctrlc::set_handler(move || {
        shell.say("");
        say_resume_hint(shell, &draft_path, &command);
        std::process::exit(exit::INTERRUPTED.into());
    })
    .map_err(|error| Error::failed("cannot wait for Ctrl-C").caused_by(error))
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

/// Puts a draft in place at once: whoever interrupts meanwhile keeps the one before.
fn save_draft(path: &Utf8Path, text: &str) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Utf8Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(path)?;
    Ok(())
}

/// A path as it is typed in a shell.
pub(super) fn quoted(path: &str) -> String {
    let plain = |character: char| {
        character.is_alphanumeric() || matches!(character, '/' | '\\' | '.' | '-' | '_' | ':' | '~')
    };
    if path.chars().all(plain) {
        path.to_owned()
    } else {
        format!("\"{path}\"")
    }
}
