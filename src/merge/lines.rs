//! The merge of lines. Changes that touch, with no unchanged line between them, go to a resolver that knows the language.

use similar::{MergeResolution, TextMerge};

use super::pieces::Piece;

/// Looks closer at lines that both sides changed: `base`, `yours`, `fresh`. `None` where it cannot tell them apart.
pub(super) type Resolver<'a> = &'a dyn Fn(&str, &str, &str) -> Option<Vec<Piece>>;

/// The resolver of a text of which nothing is known.
pub(super) fn unresolved(_base: &str, _yours: &str, _fresh: &str) -> Option<Vec<Piece>> {
    None
}

/// Merges lines.
pub(super) fn merge(base: &str, yours: &str, fresh: &str, resolver: Resolver<'_>) -> Vec<Piece> {
    let merge = TextMerge::from_lines(base, yours, fresh);
    let mut pieces = Vec::new();
    for region in merge.regions() {
        let yours: String = region
            .ours_range()
            .filter_map(|line| merge.ours_line(line))
            .collect();
        let fresh = || -> String {
            let lines = region.theirs_range();
            lines.filter_map(|line| merge.theirs_line(line)).collect()
        };
        match region.resolution() {
            MergeResolution::Theirs => pieces.push(Piece::Text(fresh())),
            MergeResolution::Conflict => {
                let base: String = region
                    .base_range()
                    .filter_map(|line| merge.base_line(line))
                    .collect();
                let fresh = fresh();
                let resolved = resolver(&base, &yours, &fresh)
                    .unwrap_or_else(|| vec![Piece::of_sides(&base, &yours, &fresh)]);
                pieces.extend(resolved);
            }
            _ => pieces.push(Piece::Text(yours)),
        }
    }
    pieces
}
