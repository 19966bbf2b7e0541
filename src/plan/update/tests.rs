use super::*;
use crate::baseline::Origin;
use crate::blueprint::Setting;
use crate::vcs::Vcs;

const PATH: &str = "src/x.rs";
const A: &str = "mod a;\n\nfn f() {\n    one();\n    two();\n    three();\n}\n\nfn g() {}\n";

fn tree(text: Option<&str>) -> Tree {
    let mut tree = Tree::default();
    if let Some(text) = text {
        tree.insert(PATH, text).unwrap();
    }
    tree
}

fn planned(
    base: Option<&str>,
    yours: &[(&str, &[u8])],
    fresh: Option<&str>,
    decided: &Decided,
) -> Update {
    let origin = Origin::new(Setting::Standalone, Vcs::Git, false);
    let baseline = Baseline::new(origin, &tree(base), None);
    let files = yours.iter();
    let snapshot = Snapshot::of(files.map(|(path, bytes)| ((*path).into(), bytes.to_vec())));
    Update::new(&baseline, &tree(fresh), &snapshot, decided)
}

/// The word of the verdict, and the text that will be there.
#[track_caller]
fn check(
    base: Option<&str>,
    yours: Option<&str>,
    fresh: Option<&str>,
    word: &str,
    after: Option<&str>,
) {
    let files: Vec<_> = yours.iter().map(|text| (PATH, text.as_bytes())).collect();
    let update = planned(base, &files, fresh, &Decided::default());
    let [change] = update.changes.as_slice() else {
        panic!("{update:?}");
    };
    assert_eq!(change.outcome.word(), word, "{change:?}");
    assert_eq!(change.new.as_deref(), after.map(str::as_bytes));
}

#[test]
fn each_row_of_the_matrix() {
    let elsewhere = &A.replace("g()", "mine()");
    let nearby = &A.replace("two()", "mine()");
    let there = &A.replace("one()", "mine()");
    let b = &A.replace("one()", "now()");
    check(Some(A), Some(A), Some(A), "unchanged", Some(A));
    check(Some(A), Some(A), Some(b), "update", Some(b));
    check(Some(A), Some(b), Some(b), "unchanged", Some(b));
    check(Some(A), Some(elsewhere), Some(A), "kept", Some(elsewhere));
    let both = &b.replace("g()", "mine()");
    check(Some(A), Some(elsewhere), Some(b), "merge", Some(both));
    check(Some(A), Some(nearby), Some(b), "conflict", Some(nearby));
    check(Some(A), Some(there), Some(b), "conflict", Some(there));
    check(Some(A), None, Some(A), "kept", None);
    check(Some(A), None, Some(b), "conflict", None);
    check(Some(A), Some(A), None, "delete", None);
    check(Some(A), Some(there), None, "conflict", Some(there));
    check(None, None, Some(A), "create", Some(A));
    check(None, Some(A), Some(A), "unchanged", Some(A));
    check(None, Some(there), Some(b), "conflict", Some(there));
}

#[test]
fn what_is_gone_on_both_sides_is_not_spoken_of() {
    let update = planned(Some(A), &[], None, &Decided::default());
    assert_eq!(update.changes, []);
}

#[test]
fn line_ends_are_not_a_change() {
    let crlf = &A.replace('\n', "\r\n");
    let b = &A.replace("one()", "now()");
    check(
        Some(A),
        Some(crlf),
        Some(b),
        "update",
        Some(&b.replace('\n', "\r\n")),
    );
    check(Some(A), Some(crlf), Some(A), "kept", Some(crlf));
    check(Some(A), Some(crlf), None, "delete", None);
}

#[test]
fn bytes_that_are_no_text_are_never_touched() {
    let bytes: &[u8] = b"\xff\xfe";
    for (fresh, word) in [
        (Some(A), "kept"),
        (Some("b\n"), "conflict"),
        (None, "conflict"),
    ] {
        let update = planned(Some(A), &[(PATH, bytes)], fresh, &Decided::default());
        assert_eq!(update.changes[0].outcome.word(), word);
        assert_eq!(update.changes[0].new.as_deref(), Some(bytes));
    }
}

#[test]
fn a_moved_file_is_followed() {
    let b = &A.replace("one()", "now()");
    let moved = |text: &str| {
        planned(
            Some(A),
            &[("src/deep/x.rs", text.as_bytes())],
            Some(b),
            &Decided::default(),
        )
    };
    let update = moved(A);
    let change = &update.changes[0];
    assert_eq!(change.path, "src/deep/x.rs");
    assert_eq!(change.moved_from.as_deref(), Some(Utf8Path::new(PATH)));
    assert_eq!(change.outcome, Outcome::Update);
    assert_eq!(change.new.as_deref(), Some(b.as_bytes()));
    let mine = moved(&A.replace("g()", "mine()"));
    assert_eq!(mine.changes[0].outcome, Outcome::Merge);
    // What is not alike is somebody else's file.
    let other = moved("fn h() {}\n");
    assert_eq!(other.changes[0].path, PATH);
    assert_eq!(other.changes[0].outcome.word(), "conflict");
}

#[test]
fn of_two_copies_none_is_taken_for_the_moved_file() {
    let b = &A.replace("one()", "now()");
    let copies: &[(&str, &[u8])] = &[("src/y.rs", A.as_bytes()), ("src/z.rs", A.as_bytes())];
    let update = planned(Some(A), copies, Some(b), &Decided::default());
    assert_eq!(update.changes[0].outcome.word(), "conflict");
}

#[test]
fn a_decision_stands_in_for_a_conflict_only() {
    let mine = &A.replace("one()", "mine()");
    let b = &A.replace("one()", "now()");
    let with = |decided: &Decided, fresh: Option<&str>| {
        let update = planned(Some(A), &[(PATH, mine.as_bytes())], fresh, decided);
        (
            update.changes[0].outcome.word(),
            update.changes[0].new.clone(),
        )
    };
    let keep = &Decided {
        keep: BTreeSet::from([PATH.into()]),
        ..Decided::default()
    };
    let take = &Decided {
        take: BTreeSet::from([PATH.into()]),
        ..Decided::default()
    };
    let bytes = |text: &str| Some(text.as_bytes().to_vec());
    assert_eq!(with(keep, Some(b)), ("kept", bytes(mine)));
    assert_eq!(with(take, Some(b)), ("update", bytes(b)));
    assert_eq!(with(take, None), ("delete", None));
    // Without a conflict there is nothing to decide.
    assert_eq!(with(take, Some(A)), ("kept", bytes(mine)));
}

#[test]
fn markers_are_written_where_there_is_a_text() {
    let mine = &A.replace("one()", "mine()");
    let b = &A.replace("one()", "now()");
    let mut update = planned(
        Some(A),
        &[(PATH, mine.as_bytes())],
        Some(b),
        &Decided::default(),
    );
    assert_eq!(update.writes().count(), 0);
    update.mark_conflicts();
    let text = String::from_utf8(update.changes[0].new.clone().unwrap()).unwrap();
    assert!(text.contains("<<<<<<< yours\n    mine();\n||||||| generated before\n    one();\n=======\n    now();\n>>>>>>> generated now\n"), "{text}");
    let mut update = planned(Some(A), &[], Some(b), &Decided::default());
    update.mark_conflicts();
    assert_eq!(update.writes().count(), 0);
}

#[test]
fn migrations_never_change() {
    let origin = Origin::new(Setting::Standalone, Vcs::Git, false);
    let path = "migrations/0001_create_tags.sql";
    let mut tree = Tree::default();
    tree.insert(path, "CREATE TABLE tags;\n").unwrap();
    let baseline = Baseline::new(origin, &tree, None);
    let with = |files: &[(&str, &str)]| {
        let files = files.iter();
        let snapshot = Snapshot::of(files.map(|(path, text)| ((*path).into(), (*text).into())));
        let mut fresh = Tree::default();
        fresh.insert(path, "CREATE TABLE other;\n").unwrap();
        Update::new(&baseline, &fresh, &snapshot, &Decided::default())
    };
    for files in [
        &[(path, "CREATE TABLE tags;\n")][..],
        &[(path, "mine")],
        &[],
    ] {
        assert_eq!(with(files).writes().count(), 0);
        assert_eq!(with(files).conflicts().count(), 0);
    }
}
