//! TOML: entry by entry where lines do not go together.

use super::lines;
use super::pieces::{Piece, is_clean};
use crate::manifest;

/// Merges three versions of a file.
pub(super) fn merge(base: &str, yours: &str, fresh: &str) -> Vec<Piece> {
    let by_lines = lines::merge(base, yours, fresh, &lines::unresolved);
    let Some(by_entries) = manifest::merge_three(base, yours, fresh) else {
        return by_lines;
    };
    if is_clean(&by_lines) {
        let text: String = by_lines
            .iter()
            .filter_map(|piece| match piece {
                Piece::Text(text) => Some(text.as_str()),
                Piece::Conflict(_) => None,
            })
            .collect();
        // Lines keep comments and layout; entries say whether the result means what it should.
        let agrees = match &by_entries {
            manifest::ThreeWay::Clean(entries) => manifest::says_the_same(&text, entries),
            manifest::ThreeWay::Conflict(_) => manifest::is_toml(&text),
        };
        if agrees {
            return by_lines;
        }
    }
    match by_entries {
        manifest::ThreeWay::Clean(text) => vec![Piece::Text(text)],
        manifest::ThreeWay::Conflict(_) if is_clean(&by_lines) => {
            vec![Piece::conflict(base, yours, fresh)]
        }
        manifest::ThreeWay::Conflict(_) => by_lines,
    }
}
