//! Records of decisions that were evidently made and that nobody has written down.
//!
//! A stub says what the files show, with the place where it stands, and asks what only a person can say. It never says that something was
//! accepted, by whom, when or why. Everything here is a function of its arguments.
//!
//! | room | what it does |
//! |---|---|
//! | [`subject`] | what a stub is about, and its pieces of text |
//! | [`covered`] | records of the house that are about a topic already |
//! | [`state`] | what was written last time: `.kickoff/records.toml` |
//! | [`refresh`] | a stub that is there: pieces that nobody touched get their new text |
//! | [`mod@plan`] | what happens to each topic |
//!
//! A stub is found again by the topic in its comment, wherever people moved it and whatever they called it. A piece is found by its text as
//! it was written: one letter of a person's, and it is theirs.

pub mod covered;
pub mod plan;
pub mod refresh;
pub mod state;
pub mod subject;

pub use self::plan::{Item, Place, Plan, Verdict, plan};
pub use self::state::State;
pub use self::subject::Subject;
