//! Generated files that a person moved.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use similar::TextDiff;

use crate::baseline::{Baseline, migration_name};
use crate::plan::snapshot::Snapshot;
use crate::skeleton::tree::Tree;

/// So much has to be left of a text to know it by.
const LIKENESS: f32 = 0.6;

/// Where files went that are gone from their place, and that are generated otherwise now.
///
/// The same text is found wherever it is; a changed one under the same name or in the most alike file, if only one is alike.
pub(super) fn find(
    baseline: &Baseline,
    fresh: &Tree,
    snapshot: &Snapshot,
) -> BTreeMap<Utf8PathBuf, Utf8PathBuf> {
    let mut moved = BTreeMap::new();
    let missing = baseline.iter().filter(|(path, base)| {
        let is_changed = fresh.get(path).is_some_and(|new| new != *base);
        is_changed && snapshot.get(path).is_none() && migration_name(path).is_none()
    });
    for (path, base) in missing {
        let strangers: Vec<(&Utf8Path, &str)> = snapshot
            .files()
            .filter(|(other, _)| {
                other.extension() == path.extension()
                    && baseline.get(other).is_none()
                    && fresh.get(other).is_none()
                    && !moved.values().any(|taken| taken == other)
            })
            .filter_map(|(other, bytes)| Some((other, std::str::from_utf8(bytes).ok()?)))
            .collect();
        if let Some(place) = most_alike(path, base, &strangers) {
            moved.insert(path.to_owned(), place);
        }
    }
    moved
}

/// The one of some files that is the same text as `text`, or the only one that is alike; a name in common counts too.
pub fn most_alike(path: &Utf8Path, text: &str, files: &[(&Utf8Path, &str)]) -> Option<Utf8PathBuf> {
    let same: Vec<_> = files.iter().filter(|(_, other)| *other == text).collect();
    if let [(place, _)] = same.as_slice() {
        return Some((*place).to_owned());
    }
    let mut alike: Vec<(f32, &Utf8Path)> = files
        .iter()
        .map(|(place, other)| {
            let mut likeness = TextDiff::from_lines(text, *other).ratio();
            if place.file_name() == path.file_name() {
                likeness += 0.1;
            }
            (likeness, *place)
        })
        .filter(|(likeness, _)| *likeness > LIKENESS)
        .collect();
    alike.sort_by(|one, other| other.0.total_cmp(&one.0));
    match alike.as_slice() {
        [(_, place)] => Some((*place).to_owned()),
        [(best, place), (second, _), ..] if best - second > 0.1 => Some((*place).to_owned()),
        _ => None,
    }
}
