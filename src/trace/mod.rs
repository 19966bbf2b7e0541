//! From a line of a project to the answers that put it there, and back.
//!
//! Nothing here is a list kept by hand. The project is laid from its answers; then one of them is answered otherwise, and it is laid
//! again: the lines that are gone or different are those that the answer shapes. A file that no answer changes is in every service.
//!
//! | part | what it knows |
//! |---|---|
//! | [`place`] | every place in the answers: a question, an item, a part of it, a field |
//! | [`vary`] | what else could have been answered at a place |
//! | [`reach`] | what of the project changes then |
//! | [`guards`] | which tests look at it |
//! | [`history`] | what migrations that were made in steps are there for |
//! | [`lines`] | which line of a person's file was which when it was generated |

pub mod guards;
pub mod history;
pub mod lines;
pub mod place;
pub mod reach;
pub mod vary;
