//! Which answer changed, times what a person did where it is generated: the verdict on the file.
//!
//! `there` is the first place that the other answer changes, `nearby` the line above it, `elsewhere` the end of the file that is
//! farther away.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod update_support;

use camino::{Utf8Path, Utf8PathBuf};
use cargo_kickoff::skeleton::tree::Tree;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use update_support::{Files, apply, files, orders, plan, tree};

/// What a person does.
#[derive(Debug, Clone, Copy)]
enum Edit {
    There,
    Nearby,
    Elsewhere,
    Delete,
    Move,
}

const EDITS: [Edit; 5] = [
    Edit::There,
    Edit::Nearby,
    Edit::Elsewhere,
    Edit::Delete,
    Edit::Move,
];

/// A changed answer, a file that it shapes, and the verdict on each edit; `-` where nothing is said of the file.
type Row = (&'static str, &'static str, &'static str, [&'static str; 5]);

const MATRIX: [Row; 10] = [
    // One field more, with a comment of a person where it goes: whose comment it is, nobody can tell.
    (
        "entity.Order.fields.colour",
        "string(20)?",
        "src/domain/order.rs",
        ["conflict", "conflict", "merge", "conflict", "update"],
    ),
    // A field changes: the one line of its rule.
    (
        "entity.Customer.fields.name",
        "string(250) personal",
        "src/domain/customer.rs",
        ["conflict", "conflict", "merge", "conflict", "update"],
    ),
    // One entity more: a line in a list of modules.
    (
        "entity.Coupon.fields.code",
        "string(20) unique",
        "src/domain/mod.rs",
        ["merge", "merge", "merge", "conflict", "update"],
    ),
    // Another pattern in the code: what a person put in the place of an import that goes stays.
    (
        "data.conflicts",
        "last-write-wins",
        "src/api/order.rs",
        ["merge", "conflict", "merge", "conflict", "update"],
    ),
    // A number in the code.
    (
        "load.peak-rps",
        "900",
        "src/config.rs",
        ["conflict", "conflict", "merge", "conflict", "update"],
    ),
    // A sentence for people.
    (
        "responsibility.purpose",
        "Sell more",
        "README.md",
        ["conflict", "conflict", "merge", "conflict", "update"],
    ),
    // An entry of the manifest.
    (
        "responsibility.purpose",
        "Sell more",
        "Cargo.toml",
        ["conflict", "merge", "merge", "conflict", "update"],
    ),
    // Files that are no longer generated.
    (
        "done.items",
        "logging",
        ".github/workflows/ci.yml",
        ["conflict", "conflict", "conflict", "-", "-"],
    ),
    (
        "data.conflicts",
        "last-write-wins",
        "src/etag.rs",
        ["conflict", "conflict", "conflict", "-", "-"],
    ),
    // An answer that does not shape the file: whatever a person did stays.
    (
        "responsibility.purpose",
        "Sell more",
        "src/id.rs",
        ["kept", "kept", "kept", "kept", "kept"],
    ),
];

/// The lines of the base that the other text changes first; empty where it adds.
fn first_change(base: &str, fresh: &str) -> std::ops::Range<usize> {
    let (old, new): (Vec<_>, Vec<_>) = (base.lines().collect(), fresh.lines().collect());
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    let changed = ops.iter().find(|op| !matches!(op, DiffOp::Equal { .. }));
    changed.map_or(0..1, DiffOp::old_range)
}

fn comment(path: &Utf8Path) -> &'static str {
    match path.extension() {
        Some("rs") => "// mine",
        Some("toml" | "yml") => "# mine",
        _ => "mine",
    }
}

/// The person's files after an edit.
fn edited(a: &Tree, b: &Tree, path: &Utf8Path, edit: Edit) -> Files {
    let mut all = files(a);
    let text = all.remove(path).unwrap();
    let mine = comment(path).to_owned();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let there = first_change(&text, b.get(path).unwrap_or(&text));
    let name = path.file_name().unwrap();
    let place = match edit {
        Edit::Move => path.with_file_name(format!("moved_{name}")),
        _ => path.to_owned(),
    };
    match edit {
        Edit::There if there.is_empty() => lines.insert(there.start, mine),
        Edit::There => lines[there.start] = mine,
        Edit::Nearby => lines[there.start.saturating_sub(1)] = mine,
        Edit::Elsewhere if there.start * 2 < lines.len() => lines.push(mine),
        Edit::Elsewhere => lines.insert(0, mine),
        Edit::Delete | Edit::Move => {}
    }
    if !matches!(edit, Edit::Delete) {
        all.insert(place, format!("{}\n", lines.join("\n")));
    }
    all
}

#[test]
fn every_cell_of_the_matrix() {
    let a = tree(&orders(&[])).unwrap();
    let mut faults = Vec::new();
    for (id, value, path, expected) in MATRIX {
        let path = Utf8PathBuf::from(path);
        let b = tree(&orders(&[(id, value)])).unwrap();
        for (edit, expected) in EDITS.into_iter().zip(expected) {
            let before = edited(&a, &b, &path, edit);
            let update = plan(&a, &before, &b);
            let of_file = update
                .changes
                .iter()
                .find(|change| change.path == path || change.moved_from.as_ref() == Some(&path));
            let found = of_file.map_or("-", |change| change.outcome.word());
            if found != expected {
                faults.push(format!("{id} {path} {edit:?}: {found}, not {expected}"));
            }
            // Whatever the verdict, the line is there: in the file, or between the markers.
            let mine = comment(&path);
            let is_there = |all: &Files| {
                all.values()
                    .any(|text| text.lines().any(|line| line == mine))
            };
            let mut update = update;
            let mut after = before.clone();
            apply(&update, &mut after);
            assert_eq!(is_there(&before), is_there(&after), "{id} {path} {edit:?}");
            update.mark_conflicts();
            let mut marked = before.clone();
            apply(&update, &mut marked);
            assert_eq!(is_there(&before), is_there(&marked), "{id} {path} {edit:?}");
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
