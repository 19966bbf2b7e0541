//! `cargo kickoff why`.

mod file;
mod lines;
mod print;
mod report;
mod service;

use camino::{Utf8Path, Utf8PathBuf};

use self::file::Asked;
use self::service::Service;
use super::project::{Project, Which};
use super::{MessageFormat, Session};
use crate::answers::file::Places;
use crate::answers::path_segment;
use crate::baseline::{self, ANSWERS};
use crate::error::{Error, Result, did_you_mean, exit};
use crate::trace::place;
use crate::workspace::paths::normalized;

/// Say which answers put a file or a line here, with the decision record and the tests that hold it; or what an answer shapes.
///
/// Nothing is looked up in a list: the project is generated once more with another answer, and what differs is what the answer shapes.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A file of the project, one of its lines, or an answer: `src/limits.rs`, `src/limits.rs:12`, `load.peak-rps`, `entity.Order`.
    #[arg(value_name = "PATH[:LINE]|ID")]
    what: String,

    #[command(flatten)]
    which: Which,

    /// Report for people, or as a JSON line on stdout.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    message_format: MessageFormat,

    /// The folder with layers of your own, if the project was made with one.
    #[arg(long, value_name = "DIR")]
    skeleton: Option<Utf8PathBuf>,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    let project = args.which.load(session)?;
    let service = Service::load(&project, args.skeleton.as_deref(), session)?;
    if service.text != project.text {
        session.shell.warning(
            "`kickoff.toml` has changed since the project was last brought up to date: this is about the answers before",
        );
    }
    let report = match subject(&args.what, &project, &service, session)? {
        Subject::File(asked) => file::report(&asked, &project, &service)?,
        Subject::Answer(id) => report::of_answer(&id, &project, &service)?,
    };
    session.shell.data(match args.message_format {
        MessageFormat::Human => report.human(),
        MessageFormat::Json => report.json(),
    });
    Ok(exit::DONE)
}

/// What is asked about.
enum Subject {
    File(Asked),
    Answer(String),
}

/// A file wins over an answer: no answer is written as a file is.
fn subject(what: &str, project: &Project, service: &Service, session: &Session) -> Result<Subject> {
    let (name, line) = match what.rsplit_once(':') {
        Some((name, digits))
            if !digits.is_empty() && digits.bytes().all(|c| c.is_ascii_digit()) =>
        {
            let line = digits.parse().ok().filter(|line| *line > 0);
            let line =
                line.ok_or_else(|| Error::usage(format!("`{what}`: lines are counted from 1")))?;
            (name, Some(line))
        }
        _ => (what, None),
    };
    if line.is_none()
        && let Some(place) = place::find(&service.places, name)
    {
        return Ok(Subject::Answer(place.id));
    }
    let Some(path) = path_of(name, project, service, session) else {
        return Err(unknown(name, service));
    };
    if path != ANSWERS {
        return Ok(Subject::File(Asked { path, line }));
    }
    let Some(line) = line else {
        return Err(Error::usage(format!("`{ANSWERS}` holds the answers themselves"))
            .hint("name one of them, as `cargo kickoff why load.peak-rps`, or a line, as `kickoff.toml:12`"));
    };
    answer_at(&project.text, line, service).map(Subject::Answer)
}

/// The path from the root of the project: of a file that is there, or that was generated and is gone.
fn path_of(
    name: &str,
    project: &Project,
    service: &Service,
    session: &Session,
) -> Option<Utf8PathBuf> {
    let from_here = normalized(&session.context.current_dir.join(name));
    let from_root = normalized(&project.root.join(name));
    [from_here, from_root].into_iter().find_map(|full| {
        let path = full.strip_prefix(&project.root).ok()?;
        let path = Utf8PathBuf::from(crate::workspace::paths::with_slashes(path));
        let is_known = full.is_file() || service.baseline.get(&path).is_some();
        is_known.then_some(path)
    })
}

fn answer_at(text: &str, line: usize, service: &Service) -> Result<String> {
    let places = Places::read(text);
    let keys = places
        .and_then(|places| places.keys_at(line))
        .unwrap_or_default();
    let ids = (1..=keys.len()).rev().map(|count| {
        let keys: Vec<_> = keys[..count].iter().map(|key| path_segment(key)).collect();
        keys.join(".")
    });
    { ids }
        .find_map(|id| place::find(&service.places, &id))
        .map(|place| place.id)
        .ok_or_else(|| Error::usage(format!("no answer stands in line {line} of `{ANSWERS}`")))
}

fn unknown(name: &str, service: &Service) -> Error {
    let error = Error::usage(format!("there is no file and no answer `{name}`"));
    let ids = service.places.iter().map(|place| place.id.as_str());
    let paths = service
        .baseline
        .iter()
        .map(|(path, _)| Utf8Path::as_str(path));
    match did_you_mean(name, ids.chain(paths)) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint(format!(
            "name a file of the project, one of its lines (`src/lib.rs:3`), or an answer as it stands in `{ANSWERS}` (`load.peak-rps`)"
        )),
    }
}

/// Whether kickoff keeps the file for itself.
fn is_own(path: &Utf8Path) -> bool {
    path == baseline::PATH
}
