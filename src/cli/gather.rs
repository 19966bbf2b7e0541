//! Answers before anybody is asked: from an example, a file, and flags, in this order.

use camino::Utf8PathBuf;

use super::{Session, read_file};
use crate::answers::{Answers, Code, examples, file, path};
use crate::error::{Error, Result, did_you_mean};
use crate::question::{Fallback, Question, catalog, toml_of_questionnaire};

/// Where the answers about a new service come from.
#[derive(Debug, clap::Args)]
pub(super) struct Sources {
    #[command(flatten)]
    pub(super) given: Given,

    /// Start from a complete example; an unknown name lists them.
    #[arg(
        long,
        value_name = "NAME",
        conflicts_with = "answers",
        help_heading = "Answers"
    )]
    example: Option<String>,
}

/// Answers that a person gives without being asked.
#[derive(Debug, clap::Args)]
pub(super) struct Given {
    /// Answers from a file: `kickoff.toml`, or a filled-in questionnaire (`.md`).
    #[arg(long, value_name = "FILE", help_heading = "Answers")]
    answers: Option<Utf8PathBuf>,

    /// Give one answer, as `load.peak-rps=50`; `later` puts it off. Can be repeated.
    #[arg(long = "set", value_name = "ID=VALUE", help_heading = "Answers")]
    set: Vec<String>,

    /// Ask nothing: take the defaults, and put off what has no honest default.
    #[arg(short, long, help_heading = "Answers")]
    yes: bool,
}

/// Answers, and the text of the file they were read from.
pub(super) struct Gathered {
    pub(super) answers: Answers,
    /// The answers file as somebody wrote it, with the answers that it holds: its comments are kept.
    pub(super) written: Option<(String, Answers)>,
}

impl Gathered {
    /// The answers file: the one that was read, edited, or a fresh one.
    pub(super) fn text(&self) -> Result<String> {
        match &self.written {
            Some((text, before)) => file::edit(text, before, &self.answers)
                .map_err(|error| Error::failed(error.to_string())),
            None => Ok(file::write(&self.answers)),
        }
    }
}

impl Sources {
    /// Whether questions are left to be asked in a terminal.
    pub(super) fn asks(&self) -> bool {
        self.given.asks() && self.example.is_none()
    }

    /// Whether any answer was given at all.
    pub(super) fn any(&self) -> bool {
        self.given.any() || self.example.is_some()
    }

    /// Reads all of them for the service `name`.
    pub(super) fn gather(&self, name: &str, session: &Session) -> Result<Gathered> {
        let Some(example) = &self.example else {
            return self.given.gather(name, Code::Generated, session);
        };
        let gathered = of_example(example, session)?;
        self.given.complete(gathered, name, Code::Generated)
    }
}

impl Given {
    /// Whether questions are left to be asked in a terminal.
    pub(super) fn asks(&self) -> bool {
        !self.yes && self.answers.is_none()
    }

    /// Whether what has no honest default is put off.
    pub(super) fn takes_defaults(&self) -> bool {
        self.yes
    }

    /// Whether any answer was given at all.
    pub(super) fn any(&self) -> bool {
        self.answers.is_some() || !self.set.is_empty()
    }

    /// Reads all of them for the service `name`. The name on the command line wins over the one in a file.
    pub(super) fn gather(&self, name: &str, code: Code, session: &Session) -> Result<Gathered> {
        self.complete(self.start(name, session)?, name, code)
    }

    /// Whatever a file says, this is about the service `name` and its code; the answers of `--set` come last.
    fn complete(&self, mut gathered: Gathered, name: &str, code: Code) -> Result<Gathered> {
        name.clone_into(&mut gathered.answers.name);
        gathered.answers.code = code;
        self.assign(&mut gathered.answers)?;
        Ok(gathered)
    }

    /// Gives the answers of `--set`; all mistakes are reported at once.
    pub(super) fn assign(&self, answers: &mut Answers) -> Result<()> {
        let mut mistakes = Vec::new();
        for assignment in &self.set {
            let mistake = match assignment.split_once('=') {
                Some((id, value)) => match path::set(answers, id, value) {
                    Ok(()) => continue,
                    Err(mistake) => mistake.to_string().replace(&format!("`{id}`: "), ""),
                },
                None => "write `ID=VALUE`, or `ID=later` to put it off".to_owned(),
            };
            mistakes.push(format!("`--set {assignment}`: {mistake}"));
        }
        let message = match mistakes.as_slice() {
            [] => return Ok(()),
            [one] => one.clone(),
            many => format!(
                "{} answers cannot be taken\n  {}",
                many.len(),
                many.join("\n").replace('\n', "\n  ")
            ),
        };
        let list = "`cargo kickoff questions` lists";
        let error = Error::usage(message);
        Err(match error.message.contains(list) {
            true => error,
            false => error.hint(format!("{list} every question with its id")),
        })
    }

    fn start(&self, name: &str, session: &Session) -> Result<Gathered> {
        if let Some(path) = &self.answers {
            let path = session.context.current_dir.join(path);
            let text = read_file(&path)?;
            let questionnaire = path
                .extension()
                .is_some_and(|extension| extension.eq_ignore_ascii_case("md"));
            let toml = if questionnaire {
                let toml = toml_of_questionnaire(&text);
                name_the_service(&toml, name, &session.context.today)
            } else {
                text
            };
            let answers = read(&toml, path.as_str())?;
            let written = (!questionnaire).then(|| (toml, answers.clone()));
            return Ok(Gathered { answers, written });
        }
        Ok(Gathered {
            answers: Answers::new(name, &session.context.today),
            written: None,
        })
    }
}

fn of_example(example: &str, session: &Session) -> Result<Gathered> {
    let Some(text) = examples::get(example) else {
        let names = examples::names();
        let error = Error::usage(format!("there is no example `{example}`"));
        return Err(match did_you_mean(example, names) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error,
        }
        .hint(format!("the examples are {}", names.join(", "))));
    };
    let mut answers = read(text, &format!("example {example}"))?;
    let written = Some((text.to_owned(), answers.clone()));
    answers.created.clone_from(&session.context.today);
    Ok(Gathered { answers, written })
}

/// A questionnaire is about no service in particular: the name and the day that nobody filled in are those of this run.
fn name_the_service(toml: &str, name: &str, today: &str) -> String {
    let header = |line: &str| line.trim_start().starts_with('[');
    let own_lines = || {
        let lines = toml.lines().skip_while(|line| line.trim() != "[service]");
        lines.skip(1).take_while(|line| !header(line))
    };
    let mut inside = false;
    let mut named = String::with_capacity(toml.len());
    for line in toml.lines() {
        if header(line) {
            inside = line.trim() == "[service]";
        }
        let fill = [("name", name), ("created", today)]
            .into_iter()
            .find(|(key, _)| {
                let key_of =
                    |line: &str| line.split_once('=').map(|(key, _)| key.trim().to_owned());
                let commented = line.trim().strip_prefix('#').and_then(key_of);
                inside
                    && commented.as_deref() == Some(key)
                    && own_lines().all(|other| key_of(other).as_deref() != Some(key))
            });
        match fill {
            Some((key, value)) => named.push_str(&format!("{key} = \"{value}\"")),
            None => named.push_str(line),
        }
        named.push('\n');
    }
    named
}

/// Reads an answers file; every mistake is reported with its place.
pub(super) fn read(text: &str, origin: &str) -> Result<Answers> {
    file::read(text, origin).map_err(|mistakes| {
        let places: Vec<_> = mistakes
            .iter()
            .map(|mistake| mistake.render(origin, text))
            .collect();
        let count = match mistakes.len() {
            1 => "a mistake".to_owned(),
            many => format!("{many} mistakes"),
        };
        Error::usage(format!("{count} in the answers\n\n{}", places.join("\n\n")))
    })
}

/// Questions that have no honest default, would be asked at these stakes, and that nobody has answered or put off.
pub(super) fn missing(answers: &Answers) -> Vec<&'static Question> {
    catalog::questions()
        .iter()
        .copied()
        .filter(|question| {
            question.default == Fallback::Open && question.asked_from <= answers.stakes()
        })
        .filter(|question| answers.applies(&question.when) && answers.entry(question.id).is_none())
        .collect()
}

/// The error that lists all of them.
pub(super) fn missing_error(missing: &[&'static Question]) -> Error {
    let list: Vec<_> = missing
        .iter()
        .map(|question| format!("  {:<28} {}", question.id, question.ask))
        .collect();
    Error::usage(format!("no terminal to ask in, and these questions have no answer:\n{}", list.join("\n")))
        .hint("answer them with `--set ID=VALUE` or in a file with `--answers FILE` (`cargo kickoff questions` prints one to fill in)")
        .hint("put one off with `--set ID=later`, or all of them with `--yes`: the result is an experiment, and says so")
}
