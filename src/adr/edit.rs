//! The changes that may be made to a record: a token of status, and a link.
//!
//! Each function returns the whole new file. Outside the token or the inserted line not a byte differs, and the result has been
//! read again: if it does not say what was asked for, the function fails.

mod accept;
mod link;
mod settle;
mod spelling;
mod splice;

pub use self::accept::accept;
pub(super) use self::link::short_name;
pub use self::settle::{follow, settle};
pub(super) use self::spelling::word as spelled;
use self::splice::Splice;
use super::record::{Fields, LinkKind, Record, Span, Standing, Status, StatusMention, StatusPlace};

/// Why a record is left as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// It is not a record that could be read.
    #[error("`{path}` cannot be read as a decision record")]
    NotARecord {
        /// The file.
        path: String,
    },
    /// No place gives a status.
    #[error("`{path}` does not say its status anywhere")]
    NoStatus {
        /// The file.
        path: String,
    },
    /// Two places give different ones.
    #[error("`{path}` gives two statuses: {}", .said.join(" and "))]
    Disagrees {
        /// The file.
        path: String,
        /// Each with its line: `accepted (line 3)`.
        said: Vec<String>,
    },
    /// The token belongs to a phrase that would become nonsense: `superseded by ADR-0007`.
    #[error("the status of `{path}` is the phrase `{phrase}`: a single word cannot take its place")]
    Phrase {
        /// The file.
        path: String,
        /// The value as it stands.
        phrase: String,
    },
    /// The token is the last line of a log: changing it would change what was.
    #[error(
        "the status of `{path}` is a dated log: it needs a new line instead of another word in `{entry}`"
    )]
    Log {
        /// The file.
        path: String,
        /// The last line of the log.
        entry: String,
    },
    /// Only what is open can be accepted.
    #[error("`{path}` is `{status}`: only what is proposed or a draft can be accepted")]
    Decided {
        /// The file.
        path: String,
        /// The word it gives.
        status: String,
    },
    /// A record cannot replace itself.
    #[error("`{path}` cannot be linked to itself")]
    Itself {
        /// The file.
        path: String,
    },
    /// The new bytes, read again, do not say what was asked for.
    #[error("`{path}` would not read as {wanted} after the change")]
    NotVerified {
        /// The file.
        path: String,
        /// What was asked for.
        wanted: String,
    },
}

/// A changed file.
#[derive(Debug, Clone, PartialEq)]
pub struct Edited {
    /// The file, read again after the change.
    pub record: Record,
    /// The spans of the old bytes that were replaced, in order, each with what stands there now; an insertion has an empty span.
    pub changes: Vec<(Span, String)>,
}

/// Gives a record another status, in every place that gives one, in the house's word and the case of the token it replaces.
///
/// `vocabulary` are the words of the house ([`super::folder::House::vocabulary`]); without one for `new`, the plain English word is
/// taken. Nothing changes if the record has that status already.
///
/// # Errors
/// The token is missing, part of a phrase or a log, or given twice and differently; or the result does not read as `new`.
pub fn set_status(
    record: &Record,
    new: Status,
    vocabulary: &[(Status, String)],
) -> Result<Edited, EditError> {
    let fields = fields(record)?;
    let mut splice = Splice::of(record);
    for mention in statuses(record, fields)? {
        if mention.status == new {
            continue;
        }
        refuse_phrase(record, mention, new)?;
        let word = spelling::word(new, vocabulary, &mention.token.value);
        splice.replace(mention.token.span.clone(), word);
    }
    splice.verified(&format!("`{new}`"), |edited| {
        edited.standing() == Standing::Said(new) && edited.statuses.len() == fields.statuses.len()
    })
}

/// Adds a line that links to another record, in the form of the dialect; nothing if there is such a link already.
///
/// # Errors
/// The record cannot be read, or the link is not found in the result.
pub fn add_link(record: &Record, kind: LinkKind, target: &Record) -> Result<Edited, EditError> {
    let fields = fields(record)?;
    refuse_itself(record, target)?;
    let mut splice = Splice::of(record);
    if !has_link(record, fields, kind, target) {
        let (at, text) = link::line(record, fields, kind, target);
        splice.insert(at, text);
    }
    let wanted = format!("\"{}\" `{}`", link::words(kind), target.path);
    splice.verified(&wanted, |edited| {
        has_link(record, edited, kind, target)
            && edited.standing() == fields.standing()
            && edited.statuses.len() == fields.statuses.len()
    })
}

/// Both ends of a supersession: the status of `old` becomes "superseded by" with a link to `new`, and `new` says that it supersedes
/// `old`.
///
/// # Errors
/// Either end cannot be changed: then there is neither.
pub fn supersede(
    old: &Record,
    new: &Record,
    vocabulary: &[(Status, String)],
) -> Result<(Edited, Edited), EditError> {
    let replaced = replaced_by(old, new, vocabulary)?;
    let replacing = add_link(new, LinkKind::Supersedes, old)?;
    Ok((replaced, replacing))
}

/// The old end of a supersession.
fn replaced_by(
    old: &Record,
    new: &Record,
    vocabulary: &[(Status, String)],
) -> Result<Edited, EditError> {
    let fields = fields(old)?;
    refuse_itself(old, new)?;
    let mentions = statuses(old, fields)?;
    let is_linked = has_link(old, fields, LinkKind::SupersededBy, new);
    let carrier = link::carrier(mentions).filter(|_| !is_linked);
    let mut splice = Splice::of(old);
    let mut is_inline = is_linked;
    for mention in mentions {
        if is_linked && mention.status == Status::Superseded {
            continue;
        }
        refuse_phrase(old, mention, Status::Superseded)?;
        let word = spelling::word(Status::Superseded, vocabulary, &mention.token.value);
        let inline = carrier
            .filter(|carrier| *carrier == mention && is_alone(old, mention))
            .and_then(|_| link::inline(old, &mention.place, new));
        is_inline |= inline.is_some();
        let text = inline.map_or(word.clone(), |link| format!("{word} by {link}"));
        splice.replace(mention.token.span.clone(), text);
    }
    if !is_inline {
        let (at, text) = link::line(old, fields, LinkKind::SupersededBy, new);
        splice.insert(at, text);
    }
    splice.verified(&format!("superseded by `{}`", new.path), |edited| {
        edited.standing() == Standing::Said(Status::Superseded)
            && has_link(old, edited, LinkKind::SupersededBy, new)
    })
}

fn fields(record: &Record) -> Result<&Fields, EditError> {
    record.fields().ok_or_else(|| EditError::NotARecord {
        path: record.path.to_string(),
    })
}

/// The statuses, which are at least one and agree.
fn statuses<'a>(record: &Record, fields: &'a Fields) -> Result<&'a [StatusMention], EditError> {
    let path = record.path.to_string();
    match fields.standing() {
        Standing::Unsaid => Err(EditError::NoStatus { path }),
        Standing::Said(_) => Ok(&fields.statuses),
        Standing::Disagrees => Err(EditError::Disagrees {
            path,
            said: fields
                .statuses
                .iter()
                .map(|mention| {
                    let line = record.line(mention.token.span.start);
                    format!("`{}` (line {line})", mention.token.value)
                })
                .collect(),
        }),
    }
}

fn refuse_itself(record: &Record, other: &Record) -> Result<(), EditError> {
    if record.path == other.path {
        return Err(EditError::Itself {
            path: record.path.to_string(),
        });
    }
    Ok(())
}

fn refuse_phrase(record: &Record, mention: &StatusMention, new: Status) -> Result<(), EditError> {
    let path = record.path.to_string();
    let whole = record.text(&mention.whole).to_owned();
    if mention.place == StatusPlace::Log {
        return Err(EditError::Log { path, entry: whole });
    }
    // `Proposed → accepted` tells what was, too.
    let before = record.text(&(mention.whole.start..mention.token.span.start));
    if ["→", "->", "=>"].iter().any(|arrow| before.contains(arrow)) {
        return Err(EditError::Phrase {
            path,
            phrase: whole,
        });
    }
    // `Superseded by …` names a successor, and `Accepted by the board` must not come to name one.
    let is_successor = new == Status::Superseded || mention.status == Status::Superseded;
    let behind = behind(record, mention).trim_start_matches([' ', '*', '_', ':']);
    if is_successor
        && behind
            .get(..2)
            .is_some_and(|by| by.eq_ignore_ascii_case("by"))
    {
        return Err(EditError::Phrase {
            path,
            phrase: whole,
        });
    }
    Ok(())
}

/// What stands behind the token in its place.
fn behind<'a>(record: &'a Record, mention: &StatusMention) -> &'a str {
    let end = mention.token.span.end;
    record.text(&(end..mention.whole.end.max(end)))
}

/// Whether the token is all that is said in its place, so that a link may follow it.
fn is_alone(record: &Record, mention: &StatusMention) -> bool {
    behind(record, mention)
        .chars()
        .all(|c| matches!(c, ' ' | '\t' | '.'))
}

fn has_link(record: &Record, fields: &Fields, kind: LinkKind, target: &Record) -> bool {
    fields
        .links
        .iter()
        .any(|link| link.kind == kind && link.leads(&record.path, target))
}
