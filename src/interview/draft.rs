//! An interview between two runs.
//!
//! A draft is an answers file whose first line says where the interview stands: it can be read, edited, and handed to
//! `--answers` like any other. It lives beside the target, as `.<name>.kickoff-draft.toml`: whoever runs the same command in the
//! same directory again finds it, whoever deletes the directory deletes it, and no state is left in a home directory or lost with
//! one. The target itself stays absent until it is whole.

use camino::{Utf8Path, Utf8PathBuf};

/// What the first line begins with.
const MARK: &str = "# Draft of an interview, next: ";

/// Where the draft for the project at `target` lives.
pub fn path(target: &Utf8Path) -> Utf8PathBuf {
    let name = target.file_name().unwrap_or("service");
    target.with_file_name(format!(".{name}.kickoff-draft.toml"))
}

/// The text of a draft: the answers file, and the [`Interview::bookmark`](super::Interview::bookmark).
pub fn compose(answers_file: &str, bookmark: &str) -> String {
    format!("{MARK}{bookmark}\n{answers_file}")
}

/// The bookmark in the text of a draft, and the answers file behind it. Without a mark the text is an answers file alone.
pub fn split(text: &str) -> (&str, &str) {
    match text
        .strip_prefix(MARK)
        .and_then(|rest| rest.split_once('\n'))
    {
        Some((bookmark, answers)) => (bookmark.trim_end(), answers),
        None => ("", text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_an_answers_file_with_a_mark() {
        let text = compose("version = 1\n", "load.p99");
        assert_eq!(split(&text), ("load.p99", "version = 1\n"));
        assert_eq!(split("version = 1\n"), ("", "version = 1\n"));
        assert!(text.starts_with('#'));
    }

    #[test]
    fn a_draft_lives_beside_its_target() {
        assert_eq!(
            path(Utf8Path::new("services/orders")),
            "services/.orders.kickoff-draft.toml"
        );
    }
}
