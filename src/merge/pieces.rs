//! A merged text in pieces: settled, or in conflict.

/// A part of a merged text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Settled.
    Text(String),
    /// Both sides changed it.
    Conflict(Clash),
}

/// A place that both sides changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Clash {
    /// As it was generated last time.
    pub base: String,
    /// As a person has it.
    pub yours: String,
    /// As it is generated now.
    pub fresh: String,
}

impl Piece {
    pub(super) fn conflict(base: &str, yours: &str, fresh: &str) -> Piece {
        Piece::Conflict(Clash {
            base: base.to_owned(),
            yours: yours.to_owned(),
            fresh: fresh.to_owned(),
        })
    }

    /// The side that changed; a conflict where both did.
    pub(super) fn of_sides(base: &str, yours: &str, fresh: &str) -> Piece {
        if yours == fresh || base == fresh {
            Piece::Text(yours.to_owned())
        } else if base == yours {
            Piece::Text(fresh.to_owned())
        } else {
            Piece::conflict(base, yours, fresh)
        }
    }
}

/// Whether all of them are settled.
pub(super) fn is_clean(pieces: &[Piece]) -> bool {
    pieces.iter().all(|piece| matches!(piece, Piece::Text(_)))
}

/// Pieces in their order.
pub(super) struct Pieces(Vec<Piece>);

impl Pieces {
    pub(super) fn new(pieces: Vec<Piece>) -> Pieces {
        Pieces(pieces)
    }

    /// The text, if all of it is settled.
    pub(super) fn clean(&self) -> Option<String> {
        let texts = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => Some(text.as_str()),
            Piece::Conflict(_) => None,
        });
        texts.collect()
    }

    pub(super) fn clashes(&self) -> Vec<Clash> {
        let clashes = self.0.iter().filter_map(|piece| match piece {
            Piece::Conflict(clash) => Some(clash.clone()),
            Piece::Text(_) => None,
        });
        clashes.collect()
    }

    pub(super) fn marked(&self) -> String {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(settled) => text.push_str(settled),
                Piece::Conflict(clash) => {
                    let parts = [
                        ("<<<<<<< yours", &clash.yours),
                        ("||||||| generated before", &clash.base),
                        ("=======", &clash.fresh),
                    ];
                    for (marker, side) in parts {
                        end_line(&mut text);
                        text.push_str(marker);
                        text.push('\n');
                        text.push_str(side);
                    }
                    end_line(&mut text);
                    text.push_str(">>>>>>> generated now\n");
                }
            }
        }
        text
    }
}

/// A marker stands on a line of its own.
fn end_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}
