//! Random texts and random edits on both sides.

use proptest::prelude::*;

use crate::merge::*;

/// Pieces of Rust, so that random files have items, fields, arms and lists to be told apart.
fn line() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "mod a;",
        "mod b;",
        "mod c;",
        "use a::{A, B};",
        "use a::{A};",
        "use b::C;",
        "",
        "fn f() {",
        "fn g() {",
        "impl X {",
        "struct S {",
        "}",
        "    a: u8,",
        "    b: u8,",
        "    A => 1,",
        "    B => {",
        "    }",
        "    x();",
        "    .y()",
        "// c",
        "#[d]",
        "let s = \"{\";",
    ])
    .prop_map(|line| format!("{line}\n"))
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(line(), 0..14).prop_map(|lines| lines.concat())
}

/// A text and two others that came from it by a few edits.
fn versions() -> impl Strategy<Value = [String; 3]> {
    let edits = || prop::collection::vec((0..15_usize, 0..3_u8, line()), 0..4);
    (text(), edits(), edits()).prop_map(|(base, mine, new)| {
        let [mine, new] = [mine, new].map(|edits| {
            let mut lines: Vec<String> = base.split_inclusive('\n').map(str::to_owned).collect();
            for (number, (at, how, mut line)) in edits.into_iter().enumerate() {
                let at = at.min(lines.len());
                if how != 1 {
                    line = line
                        .replace("mod ", &format!("mod n{number}_"))
                        .replace('1', &number.to_string());
                }
                match how {
                    0 => lines.insert(at, line),
                    1 if at < lines.len() => drop(lines.remove(at)),
                    _ if at < lines.len() => lines[at] = line,
                    _ => lines.push(line),
                }
            }
            lines.concat()
        });
        [base, mine, new]
    })
}

fn path() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["x.rs", "x.md", "x.toml", "x"])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_side_alone_is_taken(path in path(), [base, mine, _] in versions()) {
        prop_assert_eq!(merge(path.into(), &base, &base, &mine), Merged::Clean(mine.clone()));
        prop_assert_eq!(merge(path.into(), &base, &mine, &base), Merged::Clean(mine.clone()));
        prop_assert_eq!(merge(path.into(), &base, &mine, &mine), Merged::Clean(mine));
    }

    #[test]
    fn a_conflict_is_one_from_both_sides(path in path(), [base, mine, new] in versions()) {
        let clean = |merged: Merged| matches!(merged, Merged::Clean(_));
        prop_assert_eq!(
            clean(merge(path.into(), &base, &mine, &new)),
            clean(merge(path.into(), &base, &new, &mine))
        );
    }

    #[test]
    fn no_line_of_a_person_is_lost(path in path(), [base, mine, new] in versions()) {
        let result = match merge(path.into(), &base, &mine, &new) {
            Merged::Clean(text) => text,
            Merged::Conflict { marked, .. } => marked,
        };
        // Words rather than lines: two lists of imports can become one.
        let words = |text: &str| -> Vec<String> {
            let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
            words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
        };
        let count = |all: &[String], word: &String| all.iter().filter(|one| *one == word).count();
        let (base, mine, result, new) = (words(&base), words(&mine), words(&result), words(&new));
        for word in &mine {
            let added = count(&mine, word).saturating_sub(count(&base, word));
            if added > 0 {
                // Both may have added the same.
                prop_assert!(count(&result, word) >= added.min(count(&mine, word)), "{word} of {mine:?} is missing in {result:?} ({new:?})");
            }
        }
    }
}
