//! Decision records of all dialects: what is read of them, and that an edit changes nothing else.

mod real;
