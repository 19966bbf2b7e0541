//! What changed between two lists whose entries have names.

use std::collections::BTreeMap;

/// The names of `old` that also are in `new` in the same order: as many as possible.
pub(super) fn kept<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<&'a str> {
    // Positions in `old`; the longest rising row of them stays where it is. Names are unique, so rows are found by their last entry.
    let in_old: BTreeMap<&str, usize> = old.iter().copied().zip(0..).collect();
    let places: Vec<usize> = new
        .iter()
        .filter_map(|name| in_old.get(name).copied())
        .collect();
    // For each length of a row: the index in `places` of its smallest possible end.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(places.len());
    for (at, place) in places.iter().enumerate() {
        let length = ends.partition_point(|end| places[*end] < *place);
        before.push(length.checked_sub(1).map(|length| ends[length]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut row = Vec::new();
    let mut at = ends.last().copied();
    while let Some(place) = at {
        row.push(old[places[place]]);
        at = before[place];
    }
    row.reverse();
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &[&str], new: &[&str], expect: &[&str]) {
        assert_eq!(kept(old, new), expect, "{old:?} {new:?}");
    }

    #[test]
    fn as_much_as_possible_stays_in_place() {
        check(&[], &["a"], &[]);
        check(&["a", "b", "c"], &["a", "b", "c"], &["a", "b", "c"]);
        check(&["a", "b", "c"], &["c", "a", "b"], &["a", "b"]);
        check(&["a", "b", "c"], &["x", "b", "y"], &["b"]);
        check(&["a", "b", "c", "d"], &["d", "a", "c", "b"], &["a", "b"]);
    }
}
