//! What may become of a record: accepted, or superseded by another.

use super::edit::{self, EditError, Edited};
use super::folder::Folder;
use super::record::{LinkKind, Record, Standing, Status};

/// Why a record stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The change cannot be made.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// It is superseded by another already.
    #[error("`{path}` is superseded already{}", .by.as_ref().map(|by| format!(": {by}")).unwrap_or_default())]
    AlreadySuperseded {
        /// The file.
        path: String,
        /// What it says about its successor.
        by: Option<String>,
    },
    /// What was rejected was never in force.
    #[error("`{path}` is rejected: it was never in force, so nothing can supersede it")]
    Rejected {
        /// The file.
        path: String,
    },
    /// The successor does not hold itself.
    #[error("`{path}` is {status}: it cannot take the place of another record")]
    NotInForce {
        /// The successor.
        path: String,
        /// What it is.
        status: Status,
    },
    /// Each would supersede the other.
    #[error("`{new}` says that `{old}` supersedes it: they would supersede each other")]
    Circle {
        /// The one that was to be superseded.
        old: String,
        /// The other.
        new: String,
    },
}

/// Both ends of a supersession: `old` is superseded by `new`, in the words of the house of `old`. What one of them says already stays.
///
/// # Errors
/// They cannot be linked so: then neither end changes.
pub fn supersede(folder: &Folder, old: &Record, new: &Record) -> Result<(Edited, Edited), Refused> {
    let links_to = |from: &Record, kind: LinkKind, to: &Record| {
        let links = from.fields().map_or(&[][..], |fields| &fields.links);
        let mut of_kind = links.iter().filter(|link| link.kind == kind);
        of_kind.any(|link| link.leads(&from.path, to))
    };
    let standing = |record: &Record| record.fields().map(|fields| fields.standing());
    if links_to(new, LinkKind::SupersededBy, old) || links_to(old, LinkKind::Supersedes, new) {
        return Err(Refused::Circle {
            old: old.path.to_string(),
            new: new.path.to_string(),
        });
    }
    if let Some(Standing::Said(
        status @ (Status::Rejected | Status::Deprecated | Status::Superseded),
    )) = standing(new)
    {
        let path = new.path.to_string();
        return Err(Refused::NotInForce { path, status });
    }
    match standing(old) {
        Some(Standing::Said(Status::Rejected)) => {
            let path = old.path.to_string();
            return Err(Refused::Rejected { path });
        }
        Some(Standing::Said(Status::Superseded))
            if !links_to(old, LinkKind::SupersededBy, new) && successor(old).is_some() =>
        {
            return Err(Refused::AlreadySuperseded {
                path: old.path.to_string(),
                by: successor(old),
            });
        }
        _ => {}
    }
    Ok(edit::supersede(old, new, &folder.house.vocabulary)?)
}

/// What a record says about the one that took its place.
pub fn successor(record: &Record) -> Option<String> {
    let links = &record.fields()?.links;
    let link = links
        .iter()
        .find(|link| link.kind == LinkKind::SupersededBy)?;
    Some(format!("by {}", record.text(&link.span)))
}
