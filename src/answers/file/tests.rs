//! Properties of reading, writing and editing; mistakes and edits one by one are below.

mod edits;
mod forms;
mod mistaken_answers;
mod mistakes;

use proptest::prelude::*;

use super::{encode, lexer, read, write};
use crate::answers::{Answers, samples};

fn says(text: &str) -> Answers {
    read(text, "kickoff.toml").unwrap_or_else(|errors| {
        let rendered: Vec<String> = errors
            .iter()
            .map(|error| error.render("kickoff.toml", text))
            .collect();
        panic!("{}\n\n{text}", rendered.join("\n\n"))
    })
}

/// The comments of a text that somebody wrote, sorted.
fn comments(text: &str) -> Vec<&str> {
    let mut comments: Vec<&str> = lexer::comments(text)
        .into_iter()
        .map(|comment| &text[comment])
        .filter(|comment| encode::key_of_default_line(comment).is_none())
        .collect();
    comments.sort_unstable();
    comments
}

/// Changes `text` from what it says to `after`, and checks what holds for every edit.
fn check_edit(text: &str, after: &Answers) -> String {
    let before = says(text);
    let edited = match super::edit(text, &before, after) {
        Ok(edited) => edited,
        Err(super::EditError::Refused { text: bad, errors }) => {
            let mut why: Vec<String> = errors
                .iter()
                .map(|error| error.render("bad", &bad))
                .collect();
            if errors.is_empty() {
                why = differences(&says(&bad), after);
            }
            panic!("{}\n--- from\n{text}\n--- to\n{bad}", why.join("\n"))
        }
        Err(error) => panic!("{error:?}"),
    };
    let mut left = comments(&edited);
    for comment in comments(text) {
        let at = left.iter().position(|other| *other == comment);
        left.remove(
            at.unwrap_or_else(|| panic!("lost {comment}\n--- from\n{text}\n--- to\n{edited}")),
        );
    }
    assert_eq!(super::edit(text, &before, &before).as_deref(), Ok(text));
    edited
}

/// Questions about which two answers differ, with both.
fn differences(left: &Answers, right: &Answers) -> Vec<String> {
    crate::question::catalog::questions()
        .iter()
        .filter(|question| left.entry(question.id) != right.entry(question.id))
        .map(|question| {
            let (left, right) = (left.entry(question.id), right.entry(question.id));
            format!("{}:\n{left:?}\n{right:?}", question.id)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read(answers in samples::answers()) {
        let text = write(&answers);
        prop_assert_eq!(&says(&text), &answers, "{}", text);
        prop_assert_eq!(write(&answers), text);
    }

    #[test]
    fn every_form_says_the_same(answers in samples::answers(), form in forms::form()) {
        let text = form.write(&answers);
        prop_assert_eq!(&says(&text), &answers, "{}", text);
    }

    #[test]
    fn edits_say_what_they_should(before in samples::answers(), after in samples::answers(), form in forms::form()) {
        check_edit(&form.write(&before), &after);
    }

    #[test]
    fn fresh_files_are_edited(before in samples::answers(), after in samples::answers()) {
        check_edit(&write(&before), &after);
    }

    #[test]
    fn there_and_back_is_nearly_nothing(before in samples::answers(), after in samples::answers()) {
        let there = check_edit(&write(&before), &after);
        prop_assert_eq!(says(&check_edit(&there, &before)), before);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC*", at in 0..2000_usize, with in "[\\[\\]{}\"'#=.\n,]{1,3}") {
        let _ = read(&text, "kickoff.toml").map_err(|errors| render_all(&errors, &text));
        let mut broken = crate::answers::examples::get("orders").expect("an example").to_owned();
        if let Some((at, _)) = broken.char_indices().nth(at) {
            broken.insert_str(at, &with);
        }
        let _ = read(&broken, "kickoff.toml").map_err(|errors| render_all(&errors, &broken));
    }
}

fn render_all(errors: &[super::FileError], text: &str) {
    for error in errors {
        assert!(error.span.start <= error.span.end && error.span.end <= text.len());
        assert!(
            error
                .render("kickoff.toml", text)
                .contains("--> kickoff.toml:")
        );
    }
}
