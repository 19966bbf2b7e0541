//! The only editor of `Cargo.toml`: somebody's root manifest, our own while it is put together, and the one of a project that is
//! brought up to date.
//!
//! In a manifest that a person wrote, one entry is inserted as bytes and everything else stays as it is; the new text is read again
//! and compared before it is handed out.

mod inherit;
mod member;
mod merge;
mod metadata;
mod three_way;

pub use inherit::inherit;
pub use member::add_member;
pub use merge::merge_manifests;
pub use metadata::{records_folder, remember_records_folder};
pub use three_way::{ThreeWay, is_toml, merge_three, says_the_same};

/// The packages that a manifest depends on in any way, as they are called in it.
pub fn dependency_names(manifest: &str) -> Vec<String> {
    let Ok(document) = manifest.parse::<toml_edit::DocumentMut>() else {
        return Vec::new();
    };
    let tables = ["dependencies", "dev-dependencies", "build-dependencies"];
    let tables = tables
        .iter()
        .filter_map(|table| document.get(table)?.as_table_like());
    tables
        .flat_map(|table| {
            table
                .iter()
                .map(|(name, _)| name.to_owned())
                .collect::<Vec<_>>()
        })
        .collect()
}
