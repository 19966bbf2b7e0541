//! What of a project changes when something else is answered.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::place::Place;
use super::vary;
use crate::answers::Answers;
use crate::skeleton::tree::Tree;

/// How an answer reaches a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Answered otherwise, the file is not there.
    File,
    /// Answered otherwise, these lines (counted from 0) are gone or different. None of them: others would be there too.
    Lines(BTreeSet<usize>),
}

impl Reach {
    /// Whether it reaches a line, counted from 0.
    pub fn has(&self, line: usize) -> bool {
        match self {
            Reach::File => true,
            Reach::Lines(lines) => lines.contains(&line),
        }
    }

    fn join(&mut self, other: Reach) {
        match (&mut *self, other) {
            (Reach::File, _) => {}
            (_, Reach::File) => *self = Reach::File,
            (Reach::Lines(lines), Reach::Lines(more)) => lines.extend(more),
        }
    }
}

/// Which files are looked at.
pub type Wanted<'a> = &'a dyn Fn(&Utf8Path) -> bool;

/// Lays the wanted files of a project from answers; `None` where these do not go together.
pub type Lay<'a> = &'a mut dyn FnMut(&Answers, Wanted<'_>) -> Option<Tree>;

/// What the answer at a place reaches in `tree`, which was laid from `answers`: of the wanted files those that change.
pub fn reach(
    answers: &Answers,
    place: &Place,
    tree: &Tree,
    wanted: Wanted<'_>,
    lay: Lay<'_>,
) -> BTreeMap<Utf8PathBuf, Reach> {
    let mut reached: BTreeMap<Utf8PathBuf, Reach> = BTreeMap::new();
    for other in vary::others(answers, place) {
        let is_settled = |path: &Utf8Path| reached.get(path) == Some(&Reach::File);
        let wanted = |path: &Utf8Path| wanted(path) && !is_settled(path);
        if tree.iter().all(|(path, _)| !wanted(path)) {
            break;
        }
        let Some(varied) = lay(&other, &wanted) else {
            continue;
        };
        let looked_at: Vec<_> = tree.iter().filter(|(path, _)| wanted(path)).collect();
        for (path, text) in looked_at {
            let reach = match varied.get(path) {
                Some(same) if same == text => continue,
                Some(varied) => Reach::Lines(changed(text, varied)),
                None => Reach::File,
            };
            match reached.get_mut(path) {
                Some(before) => before.join(reach),
                None => drop(reached.insert(path.to_owned(), reach)),
            }
        }
    }
    reached
}

/// The lines of `text` that `varied` has not.
fn changed(text: &str, varied: &str) -> BTreeSet<usize> {
    let (old, new): (Vec<_>, Vec<_>) = (text.lines().collect(), varied.lines().collect());
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    let gone = ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    gone.flat_map(DiffOp::old_range).collect()
}
