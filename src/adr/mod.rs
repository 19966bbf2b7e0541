//! Decision records that somebody else wrote: read without losing a byte, edited by single tokens.
//!
//! Everything here is a pure function of bytes, except [`walk`], which gathers the files. A record keeps the bytes it was read
//! from, and every field it has is a range of those bytes: there is nothing to write back, so nothing can be lost in writing.
//!
//! | room | what it does |
//! |---|---|
//! | [`record`] | the values: a file, and the fields with their spans |
//! | [`read()`] | one file, in any dialect |
//! | [`edit`] | a new status or a link, in the form of the house, checked by reading again |
//! | [`draft`] | a new record in the form of the house |
//! | [`check`] | what is wrong: numbers, links, statuses, citations, names of what is gone |
//! | [`lifecycle`] | what may become of a record |
//! | [`select`] | the records that a person means, in all folders |
//! | [`folder`] | which folders hold records, what the next number is, how this house writes |
//! | [`walk`] | the files of a workspace that may be records |

pub mod check;
pub mod draft;
pub mod edit;
pub mod folder;
pub mod lifecycle;
pub mod record;
pub mod select;
pub mod walk;

mod paths;
mod read;

pub(crate) use self::read::visible;
pub use self::read::{read, read_declared};
pub use self::record::{
    Dialect, Encoding, Fields, Link, LinkKind, Number, Reading, Record, Section, Span, Spanned,
    Standing, Status, StatusMention, StatusPlace, Target,
};
