//! The records that a person means, in all folders of a workspace.

use camino::{Utf8Path, Utf8PathBuf};

use super::folder::{Folder, LookupError};
use super::record::{Record, Standing, Status};

/// A member of the workspace, whose folder may hold records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The name of its package.
    pub name: String,
    /// From the root, with `/` between the parts; empty for the root.
    pub path: Utf8PathBuf,
}

/// What a record must have to be listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// One of these statuses; any if there are none. A record that gives two has both.
    pub statuses: Vec<Wanted>,
    /// This name among those who decided, in any case and as a part.
    pub owner: Option<String>,
    /// This member or folder.
    pub member: Option<String>,
}

/// A status that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// This one.
    Status(Status),
    /// None is given.
    Unsaid,
    /// Two are given.
    Disagrees,
}

impl Filter {
    /// Whether a record of a folder is listed.
    pub fn takes(&self, folder: &Folder, record: &Record, members: &[Member]) -> bool {
        let in_scope = |scope: &String| is_in(folder, members, scope);
        self.takes_status(record)
            && self
                .owner
                .as_ref()
                .is_none_or(|owner| has_owner(record, owner))
            && self.member.as_ref().is_none_or(in_scope)
    }

    fn takes_status(&self, record: &Record) -> bool {
        let standing = record
            .fields()
            .map_or(Standing::Unsaid, |fields| fields.standing());
        let says = |status: Status| {
            let fields = record.fields();
            fields.is_some_and(|fields| fields.statuses.iter().any(|one| one.status == status))
        };
        self.statuses.is_empty()
            || self.statuses.iter().any(|wanted| match wanted {
                Wanted::Status(status) => says(*status),
                Wanted::Unsaid => standing == Standing::Unsaid,
                Wanted::Disagrees => standing == Standing::Disagrees,
            })
    }
}

fn has_owner(record: &Record, owner: &str) -> bool {
    let owner = owner.to_lowercase();
    let deciders = record.fields().map_or(&[][..], |fields| &fields.deciders);
    deciders
        .iter()
        .any(|decider| decider.value.to_lowercase().contains(&owner))
}

/// The record that a reference means: `12`, `0012`, `ADR-12`, `040a`, a file name, a path, a topic, or one of these behind a member or
/// a folder: `orders/12`.
///
/// # Errors
/// None, or several.
pub fn find<'a>(
    folders: &'a [Folder],
    members: &[Member],
    reference: &str,
) -> Result<(&'a Folder, &'a Record), LookupError> {
    let reference = reference.trim().trim_start_matches("./");
    let all = || {
        folders
            .iter()
            .flat_map(|folder| folder.records.iter().map(move |record| (folder, record)))
    };
    if let Some(found) = all().find(|(_, record)| record.path == reference) {
        return Ok(found);
    }
    let (scope, rest) = match reference.rsplit_once('/') {
        Some((scope, rest)) => (Some(scope), rest),
        None => (None, reference),
    };
    let mut found = Vec::new();
    let mut candidates = Vec::new();
    for folder in folders {
        if !scope.is_none_or(|scope| is_in(folder, members, scope)) {
            continue;
        }
        match folder.find(rest) {
            Ok(record) => {
                candidates.push(record.path.clone());
                found.push((folder, record));
            }
            Err(LookupError::Ambiguous {
                candidates: more, ..
            }) => candidates.extend(more),
            Err(LookupError::Unknown { .. }) => {}
        }
    }
    let reference = reference.to_owned();
    match (found.as_slice(), candidates.len()) {
        ([one], 1) => Ok(*one),
        (_, 0) => Err(LookupError::Unknown { reference }),
        _ => Err(LookupError::Ambiguous {
            reference,
            candidates,
        }),
    }
}

/// Whether a folder is the one of a member, or is named by the end of its own path.
pub fn is_in(folder: &Folder, members: &[Member], scope: &str) -> bool {
    let scope = Utf8Path::new(scope.trim_end_matches('/'));
    let of_member = member_of(folder, members).is_some_and(|member| {
        member.name == scope.as_str()
            || member.path == scope
            || scope == "." && member.path.as_str().is_empty()
            || member.path.file_name() == Some(scope.as_str())
    });
    of_member || !scope.as_str().is_empty() && folder.path.ends_with(scope)
}

/// The member that a folder of records belongs to: the innermost around it.
pub fn member_of<'a>(folder: &Folder, members: &'a [Member]) -> Option<&'a Member> {
    let around = members
        .iter()
        .filter(|member| folder.path.starts_with(&member.path));
    around.max_by_key(|member| member.path.components().count())
}
