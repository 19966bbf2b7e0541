//! The only editor of `Cargo.toml`: somebody's root manifest, and our own while it is put together.
//!
//! In a manifest that a person wrote, one entry is inserted as bytes and everything else stays as it is; the new text is read again
//! and compared before it is handed out.

mod inherit;
mod member;
mod merge;

pub use inherit::inherit;
pub use member::add_member;
pub use merge::merge_manifests;
