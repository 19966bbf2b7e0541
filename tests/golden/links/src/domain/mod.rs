//! What the service knows about: the records, what may be said about them, and their rules.
//!
//! Each kind of record has an input, with all that clients decide, and the record itself, with
//! what the service adds. They list their fields apart: the one is a promise about what is taken,
//! the other about what is given, and the two come to differ.

pub mod link;
