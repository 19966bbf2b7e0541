//! The documents of a generated service: what they say, that they are well formed, and that no answer changes their structure.

mod answers;
mod hostile;
mod markdown;
mod places;
mod rules;
