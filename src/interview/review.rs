//! The review: everything that was answered, left open, or holds by default, and what follows from it.

use std::collections::BTreeMap;

use super::{Interview, Preview, rows};
use crate::answers::{Answer, Code, Value};
use crate::prompt::{Block, Control, Opt, Prompt, Row};
use crate::question::{Fallback, Question, Section, catalog};

pub(super) const GENERATE: &str = "generate";
pub(super) const CHANGE: &str = "change";
pub(super) const FILES: &str = "files";
pub(super) const QUIT: &str = "quit";

/// The review with its choices.
pub(super) fn prompt(interview: &Interview, preview: &Preview, show_files: bool) -> Prompt {
    let mut about = table(interview);
    about.extend(consequences(preview, show_files));
    about.push(Block::Heading("Project or experiment?".to_owned()));
    about.extend(reality(interview));
    about.extend(preview.errors.iter().cloned().map(Block::Warning));
    let mut options = Vec::new();
    if preview.errors.is_empty() {
        let label = match interview.answers.code {
            Code::Generated => "Generate",
            Code::Existing => "Write the answers down",
        };
        options.push(Opt::new(GENERATE, label));
    }
    options.push(Opt::new(CHANGE, "Change an answer"));
    if !preview.files.is_empty() {
        let label = if show_files {
            "Hide the files"
        } else {
            "Show the files"
        };
        options.push(Opt::new(FILES, label));
    }
    options.push(Opt::new(QUIT, "Save and quit"));
    Prompt {
        ask: format!("Review of {}", interview.answers.name),
        about,
        control: Control::Select { options, cursor: 0 },
        ..Prompt::default()
    }
}

/// Which answer to change.
pub(super) fn change_prompt(interview: &Interview) -> Prompt {
    let options: Vec<Opt> = applicable(interview)
        .map(|question| {
            let row = row(interview, question);
            Opt::new(question.id, format!("{:<30} {}", question.id, row.answer))
        })
        .collect();
    Prompt {
        ask: "Change which answer?".to_owned(),
        about: vec![Block::Prose("Type a few letters to find it.".to_owned())],
        control: Control::Select { options, cursor: 0 },
        ..Prompt::default()
    }
}

fn applicable(interview: &Interview) -> impl Iterator<Item = &'static Question> {
    catalog::questions()
        .iter()
        .copied()
        .filter(|question| interview.answers.applies(&question.when))
}

/// Every question in force, by section. Those that were not worth asking share a line.
fn table(interview: &Interview) -> Vec<Block> {
    let mut blocks = Vec::new();
    for section in Section::ALL {
        let (shown, silent): (Vec<_>, Vec<_>) = applicable(interview)
            .filter(|question| question.section == section)
            .partition(|question| {
                interview.asks(question) || interview.answers.entry(question.id).is_some()
            });
        if shown.is_empty() && silent.is_empty() {
            continue;
        }
        blocks.push(Block::Heading(section.title().to_owned()));
        blocks.extend(
            shown
                .into_iter()
                .map(|question| Block::Row(row(interview, question))),
        );
        blocks.extend(not_asked(interview, &silent));
    }
    blocks
}

/// What holds without having been asked, in a sentence or two.
fn not_asked(interview: &Interview, questions: &[&'static Question]) -> Vec<Block> {
    // A default says nothing about code that is there.
    let is_existing = interview.answers.code == Code::Existing;
    let (open, defaults): (Vec<_>, Vec<_>) = questions
        .iter()
        .partition(|question| is_existing || question.default == Fallback::Open);
    let defaults: Vec<String> = defaults
        .into_iter()
        .filter_map(|question| {
            let answer = interview.summary(question).answer;
            (answer != rows::NOTHING && answer != "none")
                .then(|| format!("{} {answer}", question.key()))
        })
        .collect();
    let mut blocks = Vec::new();
    if !defaults.is_empty() {
        blocks.push(Block::Prose(format!(
            "By default: {}.",
            defaults.join(", ")
        )));
    }
    if !open.is_empty() {
        blocks.push(Block::Prose(format!("Not asked, open: {}.", keys(&open))));
    }
    blocks
}

fn row(interview: &Interview, question: &'static Question) -> Row {
    let mut row = interview.summary(question);
    if interview.answers.entry(question.id).is_none() {
        if question.default == Fallback::Open && interview.asks(question) {
            row.answer = rows::open("");
        } else if row.answer != rows::NOTHING {
            row.remark = "default".to_owned();
        }
    }
    row
}

fn consequences(preview: &Preview, show_files: bool) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !preview.findings.is_empty() {
        blocks.push(Block::Heading("What cannot work".to_owned()));
        blocks.extend(preview.findings.iter().cloned().map(Block::Warning));
    }
    if !preview.files.is_empty() {
        blocks.push(Block::Heading(match preview.files.len() {
            1 => "1 file".to_owned(),
            count => format!("{count} files"),
        }));
        if show_files {
            blocks.extend(preview.files.iter().cloned().map(Block::Statement));
        } else {
            blocks.push(Block::Prose(top_level(&preview.files)));
        }
    }
    blocks
}

/// Files and folders at the top, folders with how many files they hold.
fn top_level(files: &[String]) -> String {
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    let mut single = Vec::new();
    for file in files {
        match file.split_once('/') {
            Some((folder, _)) => *folders.entry(folder).or_default() += 1,
            None => single.push(file.clone()),
        }
    }
    let mut names: Vec<String> = folders
        .into_iter()
        .map(|(folder, count)| format!("{folder}/ ({count})"))
        .collect();
    names.extend(single);
    names.join(", ")
}

/// Whether this is a project or an experiment, and what that means.
fn reality(interview: &Interview) -> Vec<Block> {
    let answers = &interview.answers;
    let core = answers.open_core();
    let open = answers.open().len().saturating_sub(core.len());
    let mut blocks = Vec::new();
    if answers.is_experiment() {
        let reason = match core.len() {
            0 => "You called it so: this is an experiment.".to_owned(),
            1 => format!(
                "A core question is open ({}): this is an experiment.",
                keys(&core)
            ),
            count => format!(
                "{count} core questions are open ({}): this is an experiment.",
                keys(&core)
            ),
        };
        let admitted = match answers.code {
            Code::Generated => {
                "the README says so first, it cannot be published, and it says so when it starts"
            }
            Code::Existing => "`kickoff.toml` says so",
        };
        blocks.push(Block::Statement(format!(
            "{reason} That is fine as long as it is admitted: {admitted}.{}",
            ending(interview)
        )));
    } else {
        blocks.push(Block::Statement(
            "Every core question is answered: this is a project.".to_owned(),
        ));
    }
    let more = if core.is_empty() { "" } else { " more" };
    // Records of code that is there are written from what it shows.
    let (record, records) = match answers.code {
        Code::Generated => ("; a decision record says so", "; decision records say so"),
        Code::Existing => ("", ""),
    };
    match open {
        0 => {}
        1 => blocks.push(Block::Statement(format!(
            "One{more} question is open{record}."
        ))),
        count => blocks.push(Block::Statement(format!(
            "{count}{more} questions are open{records}."
        ))),
    }
    blocks
}

/// When the experiment ends, in a sentence.
fn ending(interview: &Interview) -> String {
    let date =
        catalog::question("reality.ends-on").and_then(|question| interview.answers.value(question));
    match date {
        Some(Value::Text(date)) => format!(" It ends on {date}."),
        _ => String::new(),
    }
}

fn keys(questions: &[&'static Question]) -> String {
    questions
        .iter()
        .map(|question| question.key())
        .collect::<Vec<_>>()
        .join(", ")
}

/// The note of a question that was put off before.
pub(super) fn old_note(interview: &Interview) -> String {
    let entry = interview
        .current
        .question()
        .and_then(|question| interview.answers.entry(question.id));
    match entry {
        Some(Answer::Open { note }) => note.clone(),
        _ => String::new(),
    }
}
