//! Rust: items, and what stands in a list line by line.

mod items;
pub(super) mod scan;

use super::align;
use super::elements;
use super::lines;
use super::pieces::{Piece, is_clean};

/// Merges three versions of a file.
pub(super) fn merge(base: &str, yours: &str, fresh: &str) -> Vec<Piece> {
    let by_lines = lines::merge(base, yours, fresh, &look_closer);
    if is_clean(&by_lines) && !repeats(&by_lines, [base, yours, fresh]) {
        return by_lines;
    }
    by_items(base, yours, fresh).unwrap_or(by_lines)
}

/// Merges items as wholes, and looks into those that both sides changed.
fn by_items(base: &str, yours: &str, fresh: &str) -> Option<Vec<Piece>> {
    let pieces = align::merge(
        &items::split(base)?,
        &items::split(yours)?,
        &items::split(fresh)?,
        &inside_of_item,
    )?;
    Some(without_first_blank(pieces, [base, yours, fresh]))
}

/// An item that was not the first has an empty line above it.
fn without_first_blank(mut pieces: Vec<Piece>, sides: [&str; 3]) -> Vec<Piece> {
    let is_blank = |piece: Option<&Piece>| matches!(piece, Some(Piece::Text(text)) if text.bytes().all(|byte| byte == b'\n'));
    if sides.iter().all(|side| !side.starts_with('\n')) && is_blank(pieces.first()) {
        pieces.remove(0);
    }
    pieces
}

fn inside_of_item(key: Option<&str>, base: &str, yours: &str, fresh: &str) -> Vec<Piece> {
    if key.is_some_and(|key| key.starts_with("use ")) {
        return elements::merge_line(base, yours, fresh).map_or_else(
            || vec![Piece::conflict(base, yours, fresh)],
            |line| vec![Piece::Text(line)],
        );
    }
    let by_lines = lines::merge(base, yours, fresh, &look_closer);
    if is_clean(&by_lines) {
        return by_lines;
    }
    // What holds items is merged item by item; of everything else, lines are as close as one can look.
    let holds_items = key.is_some_and(|key| {
        ["impl", "mod ", "trait "]
            .iter()
            .any(|word| key.starts_with(word))
    });
    match holds_items {
        true => in_braces(base, yours, fresh).unwrap_or(by_lines),
        false => by_lines,
    }
}

/// The same, around items in braces.
fn in_braces(base: &str, yours: &str, fresh: &str) -> Option<Vec<Piece>> {
    let [base, yours, fresh] = [base, yours, fresh].map(|text| {
        let open = text.find("{\n")? + 2;
        let close = text.rfind("\n}").filter(|close| *close + 1 >= open)? + 1;
        Some((&text[..open], &text[open..close], &text[close..]))
    });
    let (base, yours, fresh) = (base?, yours?, fresh?);
    let mut pieces = vec![Piece::of_sides(base.0, yours.0, fresh.0)];
    pieces.extend(by_items(base.1, yours.1, fresh.1)?);
    pieces.push(Piece::of_sides(base.2, yours.2, fresh.2));
    Some(pieces)
}

/// Lines that both sides changed: whole items, or whole elements of a list.
fn look_closer(base: &str, yours: &str, fresh: &str) -> Option<Vec<Piece>> {
    let split = |by: fn(&str) -> Option<Vec<align::Element>>| {
        let pieces = align::merge(&by(base)?, &by(yours)?, &by(fresh)?, &inside_of_line)?;
        is_clean(&pieces).then_some(pieces)
    };
    split(items::split)
        .or_else(|| split(elements::split))
        .or_else(|| split(elements::split_calls))
        .or_else(|| elements::merge_line(base, yours, fresh).map(|line| vec![Piece::Text(line)]))
}

fn inside_of_line(_key: Option<&str>, base: &str, yours: &str, fresh: &str) -> Vec<Piece> {
    match elements::merge_line(base, yours, fresh) {
        Some(line) => vec![Piece::Text(line)],
        None => vec![Piece::conflict(base, yours, fresh)],
    }
}

/// Whether an item is there twice that no side has twice: both added it, at different places.
fn repeats(pieces: &[Piece], sides: [&str; 3]) -> bool {
    let text: String = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Text(text) => Some(text.as_str()),
            Piece::Conflict(_) => None,
        })
        .collect();
    let twice = |text: &str| {
        let mut keys: Vec<_> = items::split(text)?
            .into_iter()
            .filter_map(|item| item.key)
            .collect();
        keys.sort();
        Some(keys.windows(2).any(|pair| pair[0] == pair[1]))
    };
    twice(&text) == Some(true) && sides.iter().all(|side| twice(side) == Some(false))
}
