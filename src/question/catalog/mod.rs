//! All questions in interview order, one file per section.

use super::Question;

/// The id of the first question, which sets the depth of all others.
pub const STAKES: &str = "responsibility.stakes";
/// The id of the question whether this is a project or an experiment.
pub const REALITY_KIND: &str = "reality.kind";

/// All questions in interview order.
pub fn questions() -> &'static [&'static Question] {
    &[]
}

/// The question with this id.
pub fn question(id: &str) -> Option<&'static Question> {
    questions()
        .iter()
        .copied()
        .find(|question| question.id == id)
}
