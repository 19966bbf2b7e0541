//! Decision records of all dialects: what is read of them, and that an edit changes nothing else.

mod corpus;
mod describe;
mod drafts;
mod edits;
mod folders;
mod properties;
mod real;
mod stubs;
