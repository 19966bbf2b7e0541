//! The verdict on one file, from its three versions.

use camino::Utf8Path;

use super::{Conflict, Outcome};
use crate::merge::{self, Merged};

/// What becomes of a file: the verdict, and its bytes afterwards.
pub(super) struct Settled {
    pub(super) outcome: Outcome,
    pub(super) new: Option<Vec<u8>>,
}

impl Settled {
    fn to(outcome: Outcome, new: &str) -> Settled {
        Settled {
            outcome,
            new: Some(new.as_bytes().to_vec()),
        }
    }

    pub(super) fn kept(old: Option<Vec<u8>>) -> Settled {
        Settled {
            outcome: Outcome::Kept,
            new: old,
        }
    }

    fn unchanged(old: Option<Vec<u8>>) -> Settled {
        Settled {
            outcome: Outcome::Unchanged,
            new: old,
        }
    }

    pub(super) fn migration(old: Option<Vec<u8>>) -> Settled {
        match old {
            None => Settled::kept(None),
            old => Settled::unchanged(old),
        }
    }

    /// The answers are the source: nothing is merged into them.
    pub(super) fn answers(old: Option<&[u8]>, new: &str) -> Settled {
        match old == Some(new.as_bytes()) {
            true => Settled::unchanged(old.map(<[u8]>::to_vec)),
            false => Settled::to(Outcome::Update, new),
        }
    }

    pub(super) fn conflict(old: Option<&[u8]>, reason: impl Into<String>) -> Settled {
        Settled {
            outcome: Outcome::Conflict(Conflict {
                reason: reason.into(),
                clashes: Vec::new(),
                marked: None,
            }),
            new: old.map(<[u8]>::to_vec),
        }
    }
}

/// Compares three versions. `None` where there was nothing and there will be nothing.
pub(super) fn settle(
    path: &Utf8Path,
    base: Option<&str>,
    old: Option<&[u8]>,
    fresh: Option<&str>,
) -> Option<Settled> {
    let text = old.map(std::str::from_utf8);
    Some(match (base, text, fresh) {
        (_, None, None) => return None,
        (None, None, Some(fresh)) => Settled::to(Outcome::Create, fresh),
        (_, Some(Ok(mine)), Some(fresh)) if mine == fresh => {
            Settled::unchanged(old.map(<[u8]>::to_vec))
        }
        (Some(base), None, Some(fresh)) if base == fresh => Settled::kept(None),
        (Some(_), None, Some(_)) => Settled::conflict(
            None,
            "was deleted or moved by you, and what is generated for it has changed",
        ),
        (Some(base), _, Some(fresh)) if base == fresh => Settled::kept(old.map(<[u8]>::to_vec)),
        (_, Some(Err(_)), _) => Settled::conflict(old, "was changed by you, and is not text"),
        (Some(base), Some(Ok(mine)), None) if merge::is_same_text(base, mine) => Settled {
            outcome: Outcome::Delete,
            new: None,
        },
        (Some(_), Some(Ok(_)), None) => {
            Settled::conflict(old, "was changed by you, and is no longer generated")
        }
        (None, Some(Ok(_)), None) => return None,
        (base, Some(Ok(mine)), Some(fresh)) => merged(path, base, mine, fresh),
    })
}

fn merged(path: &Utf8Path, base: Option<&str>, mine: &str, fresh: &str) -> Settled {
    match merge::merge(path, base.unwrap_or_default(), mine, fresh) {
        Merged::Clean(text) if text == mine => Settled::to(Outcome::Kept, mine),
        Merged::Clean(text) => {
            let untouched = base.is_some_and(|base| merge::is_same_text(base, mine));
            let outcome = match untouched {
                true => Outcome::Update,
                false => Outcome::Merge,
            };
            Settled::to(outcome, &text)
        }
        Merged::Conflict { marked, clashes } => {
            let reason = match (base, clashes.len()) {
                (None, _) => "was added by you, and is generated now".to_owned(),
                (_, 1) => {
                    "has a place that you changed and that is generated otherwise now".to_owned()
                }
                (_, count) => format!(
                    "has {count} places that you changed and that are generated otherwise now"
                ),
            };
            Settled {
                outcome: Outcome::Conflict(Conflict {
                    reason,
                    clashes,
                    marked: Some(marked),
                }),
                new: Some(mine.as_bytes().to_vec()),
            }
        }
    }
}
