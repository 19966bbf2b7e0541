//! A plan in print: for people, as a diff, and for programs.

use camino::Utf8Path;
use serde_json::json;
use similar::TextDiff;

use super::update::{Outcome, Update};
use super::{Plan, Verdict};
use crate::workspace::paths::with_slashes;

/// A status word and what it is about, for one line each: every file, then the sum.
pub fn lines(plan: &Plan) -> Vec<(&'static str, String)> {
    let mut lines: Vec<_> = plan
        .files()
        .iter()
        .map(|file| match &file.verdict {
            Verdict::Create => ("Create", file.path.clone()),
            Verdict::Unchanged => ("Unchanged", file.path.clone()),
            Verdict::Edit => ("Edit", file.path.clone()),
            Verdict::Kept => ("Keep", file.path.clone()),
            Verdict::Conflict(reason) => ("Conflict", format!("{} {reason}", file.path)),
        })
        .collect();
    lines.push(("Total", total(plan)));
    lines
}

/// `12 files in `/home/…/orders`: 11 to create, 1 to edit`.
fn total(plan: &Plan) -> String {
    let counts = [
        (count(plan, "create"), "to create"),
        (count(plan, "edit"), "to edit"),
        (count(plan, "unchanged"), "unchanged"),
        (count(plan, "kept"), "kept as they are"),
        (count(plan, "conflict"), "in conflict"),
    ];
    let parts: Vec<String> = counts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| format!("{number} {what}"))
        .collect();
    let files = match plan.files().len() {
        1 => "1 file".to_owned(),
        number => format!("{number} files"),
    };
    let separator = if parts.is_empty() { "" } else { ": " };
    format!(
        "{files} for `{}`{separator}{}",
        plan.target(),
        parts.join(", ")
    )
}

fn count(plan: &Plan, word: &str) -> usize {
    let files = plan.files().iter();
    files.filter(|file| file.verdict.word() == word).count()
}

/// The contents as a unified diff that `patch -p1` applies in the target. Of what is not text, it says only that it differs.
pub fn diff(plan: &Plan) -> String {
    let mut text = String::new();
    for file in plan.files() {
        match &file.verdict {
            Verdict::Create => text.push_str(&diff_of(&file.path, None, Some(&file.new))),
            Verdict::Edit => {
                text.push_str(&diff_of(&file.path, file.old.as_deref(), Some(&file.new)));
            }
            Verdict::Unchanged | Verdict::Kept | Verdict::Conflict(_) => {}
        }
    }
    text
}

/// The unified diff of one file, `None` where there is none.
pub(crate) fn diff_of(path: &str, old: Option<&[u8]>, new: Option<&[u8]>) -> String {
    let name = |side: &str, bytes: Option<&[u8]>| match bytes {
        Some(_) => format!("{side}/{path}"),
        None => "/dev/null".to_owned(),
    };
    let (before, after) = (name("a", old), name("b", new));
    let text = |bytes: Option<&[u8]>| String::from_utf8(bytes.unwrap_or_default().to_vec());
    match (text(old), text(new)) {
        (Ok(old), Ok(new)) if !old.contains('\0') && !new.contains('\0') => {
            let diff = TextDiff::from_lines(&old, &new);
            diff.unified_diff().header(&before, &after).to_string()
        }
        _ => format!("Binary files {before} and {after} differ\n"),
    }
}

/// The plan as JSON lines.
///
/// The format is stable: keys and verdicts may be added, none change their meaning. Each file is
/// `{"reason":"plan-file","path":"src/main.rs","verdict":"create"}`, with `/` in the path on every platform and relative to the
/// target, and with `because` where the verdict is `conflict`. Last comes
/// `{"reason":"plan","target":"/home/…/orders","files":12,"create":11,"edit":1,"unchanged":0,"kept":0,"conflict":0}`.
pub fn json(plan: &Plan) -> String {
    let mut text = String::new();
    for file in plan.files() {
        let mut line = json!({
            "reason": "plan-file",
            "path": file.path,
            "verdict": file.verdict.word(),
        });
        if let Verdict::Conflict(reason) = &file.verdict {
            line["because"] = json!(reason);
        }
        text.push_str(&format!("{line}\n"));
    }
    let sum = json!({
        "reason": "plan",
        "target": with_slashes(plan.target()),
        "files": plan.files().len(),
        "create": count(plan, "create"),
        "edit": count(plan, "edit"),
        "unchanged": count(plan, "unchanged"),
        "kept": count(plan, "kept"),
        "conflict": count(plan, "conflict"),
    });
    text.push_str(&format!("{sum}\n"));
    text
}

/// A status word and what it is about, for every file that does not stay untouched by both sides, then the sum.
pub fn update_lines(update: &Update, root: &Utf8Path) -> Vec<(&'static str, String)> {
    let mut lines: Vec<_> = update
        .changes
        .iter()
        .filter_map(|change| {
            let path = match &change.moved_from {
                Some(place) => format!("{} (moved by you from {place})", change.path),
                None => change.path.to_string(),
            };
            Some(match &change.outcome {
                Outcome::Unchanged => return None,
                Outcome::Create => ("Create", path),
                Outcome::Update => ("Update", path),
                Outcome::Merge => ("Merge", path),
                Outcome::Kept => ("Keep", path),
                Outcome::Delete => ("Delete", path),
                Outcome::Conflict(conflict) => ("Conflict", format!("{path} {}", conflict.reason)),
            })
        })
        .collect();
    let words = [
        ("create", "to create"),
        ("update", "to update"),
        ("merge", "to merge"),
        ("delete", "to delete"),
        ("kept", "kept as they are"),
        ("conflict", "in conflict"),
        ("unchanged", "unchanged"),
    ];
    let parts: Vec<_> = words
        .iter()
        .map(|(word, what)| (update.count(word), what))
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let files = update.changes.len();
    lines.push((
        "Total",
        format!("{files} files in `{root}`: {}", parts.join(", ")),
    ));
    lines
}

/// The changes as a unified diff that `patch -p1` applies in the project; conflicts are left out.
pub fn update_diff(update: &Update) -> String {
    let diffs = update.writes().map(|change| {
        diff_of(
            change.path.as_str(),
            change.old.as_deref(),
            change.new.as_deref(),
        )
    });
    diffs.collect()
}

/// The update as JSON lines.
///
/// The format is stable, as that of [`json()`]. Each file is `{"reason":"update-file","path":"src/app.rs","verdict":"merge"}`, with
/// `moved-from` where a person moved it, and `because` and `clashes` where the verdict is `conflict`. Last comes
/// `{"reason":"update","target":"/home/…/orders","files":105,"create":1,"update":9,…}`.
pub fn update_json(update: &Update, root: &Utf8Path) -> String {
    let mut text = String::new();
    for change in &update.changes {
        let mut line = json!({
            "reason": "update-file",
            "path": change.path,
            "verdict": change.outcome.word(),
        });
        if let Some(place) = &change.moved_from {
            line["moved-from"] = json!(place);
        }
        if let Outcome::Conflict(conflict) = &change.outcome {
            let clashes = conflict.clashes.iter().map(
                |clash| json!({"base": clash.base, "yours": clash.yours, "generated": clash.fresh}),
            );
            line["because"] = json!(conflict.reason);
            line["clashes"] = clashes.collect();
        }
        text.push_str(&format!("{line}\n"));
    }
    let mut sum = json!({
        "reason": "update",
        "target": with_slashes(root),
        "files": update.changes.len(),
    });
    for word in [
        "create",
        "update",
        "merge",
        "delete",
        "unchanged",
        "kept",
        "conflict",
    ] {
        sum[word] = json!(update.count(word));
    }
    text.push_str(&format!("{sum}\n"));
    text
}
