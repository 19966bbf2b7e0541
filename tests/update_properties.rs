//! Random answers, random edits by a person, other random answers: nothing a person wrote is lost, and what goes there comes back.

mod update_support;

use cargo_kickoff::answers::Answers;
use cargo_kickoff::plan::update::Outcome;
use proptest::prelude::*;
use update_support::{Files, apply, files, orders, plan, tree};

/// Changes of single answers; each goes with all others.
const CHANGES: [(&str, &str); 14] = [
    ("entity.Order.fields.colour", "string(20)?"),
    ("entity.Customer.fields.level", "int 1..9 = 1"),
    ("entity.Customer.fields.name", "string(250) personal"),
    ("entity.Coupon.fields.code", "string(20) unique"),
    ("entity.Coupon.fields.order", "-> Order?"),
    ("load.peak-rps", "900"),
    ("ownership.record-format", "nygard"),
    ("data.deletion", "hard"),
    ("data.conflicts", "last-write-wins"),
    ("done.items", "logging"),
    ("responsibility.purpose", "Take \"orders\"\\and more"),
    ("dependency.rates.for", "exchange rates"),
    ("ownership.schema-owner", "@org/data"),
    ("reality.kind", "project"),
];

fn answers(changes: &[usize]) -> Answers {
    let changes: Vec<_> = changes.iter().map(|change| CHANGES[*change]).collect();
    orders(&changes)
}

/// An edit of a person: in which file, at which line, what.
#[derive(Debug, Clone)]
enum Edit {
    Insert(usize, usize),
    Change(usize, usize),
    Remove(usize, usize),
    Delete(usize),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let at = || (0..200_usize, 0..400_usize);
    let edit = prop_oneof![
        6 => at().prop_map(|(file, line)| Edit::Insert(file, line)),
        4 => at().prop_map(|(file, line)| Edit::Change(file, line)),
        2 => at().prop_map(|(file, line)| Edit::Remove(file, line)),
        1 => (0..200_usize).prop_map(Edit::Delete),
    ];
    prop::collection::vec(edit, 0..30)
}

/// Makes the edits; every line of the person's own has a number that is found again.
fn edit(files: &mut Files, edits: &[Edit]) {
    for (number, edit) in edits.iter().enumerate() {
        let (Edit::Insert(file, _)
        | Edit::Change(file, _)
        | Edit::Remove(file, _)
        | Edit::Delete(file)) = edit;
        let paths: Vec<_> = files.keys().cloned().collect();
        let path = &paths[file % paths.len()];
        if let Edit::Delete(_) = edit {
            files.remove(path);
            continue;
        }
        let mut lines: Vec<String> = files[path]
            .split_inclusive('\n')
            .map(str::to_owned)
            .collect();
        let mine = format!("mine {number} of {path}\n");
        match edit {
            Edit::Insert(_, line) => lines.insert(line % (lines.len() + 1), mine),
            Edit::Change(_, line) if !lines.is_empty() => {
                let at = line % lines.len();
                lines[at] = mine;
            }
            Edit::Remove(_, line) if !lines.is_empty() => drop(lines.remove(line % lines.len())),
            _ => {}
        }
        files.insert(path.clone(), lines.concat());
    }
}

fn has_all_lines_of(was: Option<&String>, is: Option<&String>) -> bool {
    let lines = |text: Option<&String>| -> Vec<String> {
        let text = text.map(String::as_str).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    };
    let is = lines(is);
    lines(was).iter().all(|line| is.contains(line))
}

fn changes() -> impl Strategy<Value = Vec<usize>> {
    prop::sample::subsequence((0..CHANGES.len()).collect::<Vec<_>>(), 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn without_edits_an_update_is_a_fresh_generation(one in changes(), other in changes()) {
        let (Some(a), Some(b)) = (tree(&answers(&one)), tree(&answers(&other))) else {
            return Ok(());
        };
        let mut on_disk = files(&a);
        let update = plan(&a, &on_disk, &b);
        prop_assert_eq!(update.conflicts().count(), 0);
        apply(&update, &mut on_disk);
        prop_assert_eq!(&on_disk, &files(&b));
        prop_assert_eq!(plan(&b, &on_disk, &b).writes().count(), 0);
        let update = plan(&b, &on_disk, &a);
        apply(&update, &mut on_disk);
        prop_assert_eq!(on_disk, files(&a));
    }

    #[test]
    fn no_line_of_a_person_disappears(one in changes(), other in changes(), edits in edits()) {
        let (Some(a), Some(b)) = (tree(&answers(&one)), tree(&answers(&other))) else {
            return Ok(());
        };
        let mut on_disk = files(&a);
        edit(&mut on_disk, &edits);
        let before = on_disk.clone();
        let mut update = plan(&a, &on_disk, &b);
        for (change, _) in update.conflicts() {
            prop_assert_eq!(&change.new, &change.old, "a conflict writes nothing");
        }
        apply(&update, &mut on_disk);
        for (path, text) in &before {
            let after = on_disk.get(path).map(String::as_str).unwrap_or_default();
            for line in text.lines().filter(|line| line.starts_with("mine ")) {
                prop_assert!(after.lines().any(|other| other == line), "{}: {} is gone from\n{}", path, line, after);
            }
        }
        // With markers nothing is lost either.
        let mut marked = before.clone();
        update.mark_conflicts();
        apply(&update, &mut marked);
        for (path, text) in &before {
            let after = marked.get(path).map(String::as_str).unwrap_or_default();
            for line in text.lines().filter(|line| line.starts_with("mine ")) {
                prop_assert!(after.lines().any(|other| other == line), "{}: {} is gone", path, line);
            }
        }
        // What was settled is settled: the next update has nothing to write in it.
        let settled: Vec<_> = update
            .changes
            .iter()
            .filter(|change| !matches!(change.outcome, Outcome::Conflict(_)))
            .map(|change| change.path.clone())
            .collect();
        let next = plan(&b, &on_disk, &b);
        for change in next.writes() {
            prop_assert!(!settled.contains(&change.path), "{} is written again", change.path);
        }
    }
    /// What was removed comes back with the text around it, once that was gone: so a person only adds and changes here.
    #[test]
    fn there_and_back_a_persons_files_are_as_before(one in changes(), other in changes(), mut edits in edits()) {
        let (Some(a), Some(b)) = (tree(&answers(&one)), tree(&answers(&other))) else {
            return Ok(());
        };
        edits.retain(|edit| matches!(edit, Edit::Insert(..) | Edit::Change(..)));
        let mut on_disk = files(&a);
        edit(&mut on_disk, &edits);
        let before = on_disk.clone();
        let there = plan(&a, &on_disk, &b);
        apply(&there, &mut on_disk);
        let back = plan(&b, &on_disk, &a);
        // Where a person has to decide, nothing is known of the way back.
        let undecided: Vec<_> = there.conflicts().chain(back.conflicts()).map(|(change, _)| change.path.clone()).collect();
        apply(&back, &mut on_disk);
        for path in before.keys().chain(on_disk.keys()).filter(|path| !undecided.contains(path)) {
            let (was, is) = (before.get(path), on_disk.get(path));
            // Packages that are not needed any more stay in a lock file that a person has edited: it is Cargo that takes them out.
            let may_have_more = path == "Cargo.lock" && has_all_lines_of(was, is);
            prop_assert!(may_have_more || was == is, "{}:\n{:?}\nis now\n{:?}", path, was, is);
        }
    }
}
