//! What is said about stubs.

use serde_json::json;

use super::place::Place;
use crate::adr::folder::Folder;
use crate::plan::show::diff_of;
use crate::shell::Shell;
use crate::stubs::refresh::Left;
use crate::stubs::{Item, Plan, Verdict};
use crate::workspace::paths::with_slashes;

/// What there is to show.
pub(in crate::cli) struct Shown<'a> {
    pub(in crate::cli) plan: &'a Plan,
    pub(in crate::cli) place: &'a Place,
    /// The manifest is to name the folder.
    pub(in crate::cli) edits_manifest: bool,
    /// Nothing is written.
    pub(in crate::cli) is_preview: bool,
}

/// A line a topic, and what there is to know, on stderr.
pub(in crate::cli) fn tell(shown: &Shown<'_>, shell: &Shell) {
    let items = &shown.plan.items;
    for item in items {
        if let Some((word, line)) = line(item, shown.is_preview) {
            shell.status(word, line);
        }
    }
    if shown.edits_manifest {
        let word = if shown.is_preview { "Edit" } else { "Edited" };
        shell.status(word, "Cargo.toml: it names the folder");
    }
    let count = |word: &str| {
        items
            .iter()
            .filter(|item| item.verdict.word() == word)
            .count()
    };
    let written = count("create") + count("refresh");
    if written == 0 {
        shell.status(
            "Fresh",
            format_args!("the stubs in `{}` are up to date", folder(shown)),
        );
    } else {
        let is = if shown.is_preview { "to be" } else { "were" };
        shell.status(
            "Total",
            format_args!("{} {is} written in `{}`", files(written), folder(shown)),
        );
    }
    notes(shown, shell);
}

fn folder(shown: &Shown<'_>) -> String {
    let place = shown.place;
    match place.folder.policy {
        Some(_) => place.folder.drafts().to_string(),
        None => place.folder.path.to_string(),
    }
}

fn files(count: usize) -> String {
    match count {
        1 => "1 file".to_owned(),
        count => format!("{count} files"),
    }
}

fn line(item: &Item, is_preview: bool) -> Option<(&'static str, String)> {
    let path = &item.path;
    let word = |now: &'static str, done: &'static str| if is_preview { now } else { done };
    Some(match &item.verdict {
        Verdict::Create { .. } => (word("Create", "Created"), path.to_string()),
        Verdict::Refresh { left, .. } if left.is_empty() => {
            (word("Refresh", "Refreshed"), path.to_string())
        }
        Verdict::Refresh { .. } => (
            word("Refresh", "Refreshed"),
            format!("{path}, but for what you edited (`--diff` shows it)"),
        ),
        Verdict::Unchanged => return None,
        Verdict::Kept { because, .. } => (
            "Keep",
            format!("{path}: {because} (`--diff` shows what it would say)"),
        ),
        Verdict::Covered { by } => ("Covered", format!("{}: `{path}`, \"{by}\"", item.topic)),
        Verdict::Deleted => (
            "Skip",
            format!(
                "{}: you deleted `{path}` (`--restore {}` writes it again)",
                item.topic, item.topic
            ),
        ),
        Verdict::Gone => ("Keep", format!("{path}: no file speaks for it any more")),
    })
}

fn notes(shown: &Shown<'_>, shell: &Shell) {
    let house = &shown.place.folder.house;
    let creates: Vec<&Item> = shown
        .plan
        .items
        .iter()
        .filter(|item| matches!(item.verdict, Verdict::Create { .. }))
        .collect();
    if creates.is_empty() {
        return;
    }
    if let Some(mixed) = &house.mixed {
        shell.note(mixed);
    }
    if let Some(policy) = &shown.place.folder.policy {
        shell.note(format_args!(
            "`{}` says \"{}\", so the stubs are drafts beside the folder: `cargo kickoff adr accept` gives them \
             their place and number",
            policy.path, policy.sentence
        ));
    }
    if shown.place.folder.policy.is_none() {
        name_lists(&shown.place.folder, shell);
    }
}

/// Names the lists of the folder that lack a new record, with what brings them up to date.
pub(super) fn name_lists(folder: &Folder, shell: &Shell) {
    for index in &folder.indexes {
        let what = match index.between_markers {
            Some(_) => "adds the new ones between its markers",
            None => "prints the rows for the new ones",
        };
        shell.note(format_args!(
            "`{}` lists the records: `cargo kickoff adr index` {what}",
            index.path
        ));
    }
}

/// New files, refreshed pieces, and what could not be refreshed, as unified diffs.
pub(super) fn diff(shown: &Shown<'_>) -> String {
    let mut text = String::new();
    for item in &shown.plan.items {
        let path = item.path.as_str();
        match &item.verdict {
            Verdict::Create { new } => text.push_str(&diff_of(path, None, Some(new))),
            Verdict::Refresh { old, new, left } => {
                text.push_str(&diff_of(path, Some(old), Some(new)));
                left.iter()
                    .for_each(|left| text.push_str(&offered(path, left)));
            }
            Verdict::Kept { left, .. } => {
                left.iter()
                    .for_each(|left| text.push_str(&offered(path, left)));
            }
            _ => {}
        }
    }
    text
}

/// What a piece said when it was written and what it would say now. It is no patch of the file, where that text does not stand any more.
fn offered(path: &str, left: &Left) -> String {
    let line = |text: &str| match text {
        "" => String::new(),
        text => format!("{text}\n"),
    };
    diff_of(
        &format!("{path} ({}, not applied)", left.name),
        Some(line(&left.old).as_bytes()),
        Some(line(&left.new).as_bytes()),
    )
}

/// The plan as JSON lines.
///
/// The format is stable: keys and verdicts may be added, none change their meaning. Each topic is
/// `{"reason":"adr-stub","topic":"database","title":"…","path":"docs/adr/0003-….md","verdict":"create"}`, with `because` where the verdict
/// is `kept` or `covered`, and `left` with what could not be refreshed. Last comes
/// `{"reason":"adr","root":"/home/…","folder":"docs/adr","create":3,"refresh":0,…}`.
pub(super) fn json(shown: &Shown<'_>) -> String {
    let mut text = String::new();
    for item in &shown.plan.items {
        let mut line = json!({
            "reason": "adr-stub",
            "topic": item.topic,
            "title": item.title,
            "path": item.path,
            "verdict": item.verdict.word(),
        });
        let (because, left) = match &item.verdict {
            Verdict::Kept { because, left } => (Some(because), left.as_slice()),
            Verdict::Covered { by } => (Some(by), &[][..]),
            Verdict::Refresh { left, .. } => (None, left.as_slice()),
            _ => (None, &[][..]),
        };
        if let Some(because) = because {
            line["because"] = json!(because);
        }
        if !left.is_empty() {
            let left = left
                .iter()
                .map(|left| json!({"piece": left.name, "old": left.old, "new": left.new}));
            line["left"] = left.collect();
        }
        text.push_str(&format!("{line}\n"));
    }
    let mut sum = json!({
        "reason": "adr",
        "root": with_slashes(&shown.place.root),
        "folder": shown.place.folder.path,
    });
    for word in [
        "create",
        "refresh",
        "unchanged",
        "kept",
        "covered",
        "deleted",
        "gone",
    ] {
        let items = shown.plan.items.iter();
        sum[word] = json!(items.filter(|item| item.verdict.word() == word).count());
    }
    text.push_str(&format!("{sum}\n"));
    text
}
