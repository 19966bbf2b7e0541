//! The merge of elements: each is unchanged, changed, added or removed as a whole.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::pieces::Piece;

/// A whole element of a text: an item, a field, a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    /// By what it is told from others; an element without a name is found by its place and text.
    pub(super) key: Option<String>,
    /// Empty lines above it.
    pub(super) blank: usize,
    /// Comments and attributes above it, whole lines.
    pub(super) lead: String,
    /// The element itself, whole lines.
    pub(super) text: String,
    /// Among its like, the order has no meaning but is kept sorted.
    pub(super) sorted: bool,
}

impl Element {
    fn whole(&self) -> String {
        format!("{}{}", self.lead, self.text)
    }

    fn same(&self, other: &Element) -> bool {
        self.lead == other.lead && self.text == other.text
    }
}

/// Looks into an element that both sides changed.
pub(super) type Inner<'a> = &'a dyn Fn(Option<&str>, &str, &str, &str) -> Vec<Piece>;

/// Merges three lists of elements; `None` where a side changed their order, or its elements cannot be told apart.
pub(super) fn merge(
    base: &[Element],
    yours: &[Element],
    fresh: &[Element],
    inner: Inner<'_>,
) -> Option<Vec<Piece>> {
    let (yours, fresh) = (Side::new(base, yours)?, Side::new(base, fresh)?);
    let mut out = Output {
        pieces: Vec::new(),
        all_yours: yours.added.concat(),
        all_fresh: fresh.added.concat(),
    };
    out.add_gap(&yours.added[0], &fresh.added[0]);
    for (at, element) in base.iter().enumerate() {
        match (yours.of_base[at], fresh.of_base[at]) {
            (Some(mine), Some(new)) => out.add_both(element, mine, new, inner),
            (Some(left), None) | (None, Some(left)) if left.same(element) => {}
            (Some(mine), None) => {
                out.push(
                    mine,
                    vec![Piece::conflict(&element.whole(), &mine.whole(), "")],
                );
            }
            (None, Some(new)) => {
                out.push(
                    new,
                    vec![Piece::conflict(&element.whole(), "", &new.whole())],
                );
            }
            (None, None) => {}
        }
        out.add_gap(&yours.added[at + 1], &fresh.added[at + 1]);
    }
    Some(out.pieces)
}

/// One side, seen from the base.
struct Side<'a> {
    /// What became of each element of the base.
    of_base: Vec<Option<&'a Element>>,
    /// What was added before the first element of the base, and after each of them.
    added: Vec<Vec<&'a Element>>,
}

impl<'a> Side<'a> {
    fn new(base: &[Element], side: &'a [Element]) -> Option<Side<'a>> {
        if has_twice(base) || has_twice(side) {
            return None;
        }
        let mut of_side = by_place(base, side);
        for (at, element) in side.iter().enumerate() {
            if element.key.is_some() {
                of_side[at] = base.iter().position(|other| other.key == element.key);
            }
        }
        let mut of_base = vec![None; base.len()];
        let mut added = vec![Vec::new(); base.len() + 1];
        let mut next = 0;
        for (element, found) in side.iter().zip(of_side) {
            match found {
                Some(at) if at < next => return None,
                Some(at) => {
                    of_base[at] = Some(element);
                    next = at + 1;
                }
                None => added[next].push(element),
            }
        }
        Some(Side { of_base, added })
    }
}

fn has_twice(elements: &[Element]) -> bool {
    let mut keys: Vec<_> = elements.iter().filter_map(|one| one.key.as_ref()).collect();
    let count = keys.len();
    keys.sort();
    keys.dedup();
    keys.len() < count
}

/// Which element of the base each one is, by place and text.
fn by_place(base: &[Element], side: &[Element]) -> Vec<Option<usize>> {
    let texts = |elements: &[Element]| -> Vec<(Option<String>, String)> {
        let texts = elements.iter();
        texts
            .map(|element| (element.key.clone(), element.text.clone()))
            .collect()
    };
    let mut found = vec![None; side.len()];
    for op in capture_diff_slices(Algorithm::Myers, &texts(base), &texts(side)) {
        let (old, new) = (op.old_range(), op.new_range());
        let pairs = match op {
            DiffOp::Equal { .. } => true,
            // Changed one by one; a different number says nothing about which became which.
            DiffOp::Replace { .. } => old.len() == new.len(),
            _ => false,
        };
        if pairs {
            for (old, new) in old.zip(new) {
                let nameless = base[old].key.is_none() && side[new].key.is_none();
                found[new] = nameless.then_some(old);
            }
        }
    }
    found
}

struct Output<'a> {
    pieces: Vec<Piece>,
    /// All that the person added: both sides can have added one element at two places.
    all_yours: Vec<&'a Element>,
    /// All that is generated now and was not before.
    all_fresh: Vec<&'a Element>,
}

impl Output<'_> {
    fn add_both(&mut self, base: &Element, mine: &Element, new: &Element, inner: Inner<'_>) {
        let lead = Piece::of_sides(&base.lead, &mine.lead, &new.lead);
        let text = match Piece::of_sides(&base.text, &mine.text, &new.text) {
            Piece::Conflict(_) => inner(base.key.as_deref(), &base.text, &mine.text, &new.text),
            settled => vec![settled],
        };
        self.push(mine, std::iter::once(lead).chain(text).collect());
    }

    /// What both sides added at one place.
    fn add_gap(&mut self, yours: &[&Element], fresh: &[&Element]) {
        let mut all: Vec<(&Element, Vec<Piece>)> = Vec::new();
        for mine in yours {
            let twin = self
                .all_fresh
                .iter()
                .find(|new| new.key.is_some() && new.key == mine.key);
            let piece = match twin {
                Some(new) if !new.same(mine) => Piece::conflict("", &mine.whole(), &new.whole()),
                _ => Piece::Text(mine.whole()),
            };
            all.push((mine, vec![piece]));
        }
        for new in fresh {
            let is_there = match &new.key {
                Some(_) => self.all_yours.iter().any(|mine| mine.key == new.key),
                None => yours.iter().any(|mine| mine.same(new)),
            };
            if !is_there {
                all.push((new, vec![Piece::Text(new.whole())]));
            }
        }
        if all.iter().all(|(element, _)| element.sorted) {
            all.sort_by(|(one, _), (other, _)| one.text.cmp(&other.text));
        }
        for (element, pieces) in all {
            self.push(element, pieces);
        }
    }

    fn push(&mut self, element: &Element, pieces: Vec<Piece>) {
        if element.blank > 0 {
            self.pieces.push(Piece::Text("\n".repeat(element.blank)));
        }
        self.pieces.extend(pieces);
    }
}
