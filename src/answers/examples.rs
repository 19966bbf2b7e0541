//! Complete answers, as a thoughtful team would write them: to start from, and to read.

/// Every example with its text.
const EXAMPLES: [(&str, &str); 3] = [
    ("orders", include_str!("examples/orders.toml")),
    ("links", include_str!("examples/links.toml")),
    ("tickets", include_str!("examples/tickets.toml")),
];

/// The names of the examples, the fullest first.
pub fn names() -> [&'static str; 3] {
    EXAMPLES.map(|(name, _)| name)
}

/// The `kickoff.toml` of an example.
pub fn get(name: &str) -> Option<&'static str> {
    EXAMPLES
        .iter()
        .find(|(other, _)| *other == name)
        .map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::file;
    use crate::question::Question;

    #[test]
    fn examples_are_complete_projects() {
        for name in names() {
            let text = get(name).expect("an example");
            let mut answers = file::read(text, name).unwrap_or_else(|errors| {
                panic!("{}", errors[0].render(name, text));
            });
            assert_eq!(answers.name, name);
            let open: Vec<&str> = answers
                .open()
                .iter()
                .map(|question: &&Question| question.id)
                .collect();
            assert_eq!(open, [] as [&str; 0], "{name}");
            assert!(!answers.is_experiment(), "{name}");
            assert_eq!(answers.drop_stale(), [] as [&str; 0], "{name}");
        }
        assert_eq!(get("order"), None);
    }
}
