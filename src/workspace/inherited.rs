//! What members of a workspace can inherit.

use cargo_metadata::semver::{Comparator, Op, Version, VersionReq};
use toml_edit::{Item, TableLike};

/// A key of `[workspace.package]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspacePackageKey {
    /// For example `rust-version`.
    pub name: String,
    /// The value where it is a string.
    pub value: Option<String>,
}

/// An entry of `[workspace.dependencies]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceDependency {
    /// The key.
    pub name: String,
    /// The package where it is renamed.
    pub package: Option<String>,
    /// The version requirement, `None` where there is none.
    pub requirement: Option<String>,
    /// Whether it comes from somewhere other than crates.io: a path, a repository, another registry.
    pub is_from_elsewhere: bool,
    /// Features that every member gets.
    pub features: Vec<String>,
    /// Whether every member gets the default features.
    pub default_features: bool,
}

impl WorkspaceDependency {
    /// Reads an entry of any dependency table.
    pub(crate) fn read(name: &str, item: &Item) -> WorkspaceDependency {
        let table = item.as_table_like();
        let text = |key: &str| {
            let item = table.and_then(|table| table.get(key));
            item.and_then(Item::as_str).map(str::to_owned)
        };
        let sources = ["path", "git", "registry", "registry-index", "base"];
        let features = table.and_then(|table| table.get("features"));
        let default_features = ["default-features", "default_features"]
            .iter()
            .find_map(|key| table?.get(key)?.as_bool());
        WorkspaceDependency {
            name: name.to_owned(),
            package: text("package"),
            requirement: item.as_str().map(str::to_owned).or_else(|| text("version")),
            is_from_elsewhere: table
                .is_some_and(|table| sources.iter().any(|key| table.contains_key(key))),
            features: features
                .and_then(Item::as_array)
                .into_iter()
                .flatten()
                .filter_map(|value| value.as_str().map(str::to_owned))
                .collect(),
            default_features: default_features.unwrap_or(true),
        }
    }

    /// Whether inheriting this gives a member that needs `own` something it was made for: the same package from crates.io, in
    /// versions that `own` allows too, and no default features where `own` has none.
    pub fn can_stand_for(&self, own: &WorkspaceDependency) -> bool {
        let same_package = self.package.as_deref().unwrap_or(&self.name)
            == own.package.as_deref().unwrap_or(&own.name);
        let versions = match (&self.requirement, &own.requirement) {
            (Some(theirs), Some(own)) => is_within(theirs, own),
            _ => false,
        };
        // A member can add default features, but it cannot take them away.
        let defaults = own.default_features || !self.default_features;
        same_package && versions && defaults && !self.is_from_elsewhere && !own.is_from_elsewhere
    }
}

pub(super) fn package_keys(workspace: &dyn TableLike) -> Vec<WorkspacePackageKey> {
    let table = workspace.get("package").and_then(Item::as_table_like);
    let keys = table.into_iter().flat_map(|table| table.iter());
    keys.map(|(name, item)| WorkspacePackageKey {
        name: name.to_owned(),
        value: item.as_str().map(str::to_owned),
    })
    .collect()
}

pub(super) fn dependencies(workspace: &dyn TableLike) -> Vec<WorkspaceDependency> {
    let table = workspace.get("dependencies").and_then(Item::as_table_like);
    let entries = table.into_iter().flat_map(|table| table.iter());
    entries
        .map(|(name, item)| WorkspaceDependency::read(name, item))
        .collect()
}

/// Whether every version that `inner` allows is one that `outer` allows. Says no where it cannot tell.
fn is_within(inner: &str, outer: &str) -> bool {
    let range = |text: &str| {
        let requirement = VersionReq::parse(text).ok()?;
        match requirement.comparators.as_slice() {
            [one] => range(one),
            _ => None,
        }
    };
    match (range(inner), range(outer)) {
        (Some(inner), Some(outer)) => inner.0 >= outer.0 && inner.1 <= outer.1,
        _ => false,
    }
}

/// The versions that one comparator allows: the first allowed, and the first not allowed any more.
fn range(comparator: &Comparator) -> Option<(Version, Version)> {
    let (major, minor, patch) = (
        comparator.major,
        comparator.minor.unwrap_or(0),
        comparator.patch.unwrap_or(0),
    );
    let mut from = Version::new(major, minor, patch);
    from.pre = comparator.pre.clone();
    let next_major = Version::new(major + 1, 0, 0);
    let next_minor = Version::new(major, minor + 1, 0);
    let next_patch = Version::new(major, minor, patch + 1);
    let until = match (comparator.op, comparator.minor, comparator.patch) {
        (Op::Exact, Some(_), Some(_)) => next_patch,
        (Op::Exact | Op::Wildcard | Op::Tilde, None, _) => next_major,
        (Op::Exact | Op::Wildcard | Op::Tilde, Some(_), _) => next_minor,
        (Op::Caret, None, _) => next_major,
        (Op::Caret, Some(_), _) if major > 0 => next_major,
        (Op::Caret, Some(0), Some(_)) => next_patch,
        (Op::Caret, Some(_), _) => next_minor,
        _ => return None,
    };
    Some((from, until))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_within(inner: &str, outer: &str, expected: bool) {
        assert_eq!(is_within(inner, outer), expected, "{inner} within {outer}");
    }

    #[test]
    fn a_requirement_lies_within_another() {
        check_within("1", "1", true);
        check_within("1.40", "1", true);
        check_within("1", "1.40", false);
        check_within("=1.40.2", "1.40", true);
        check_within("~1.40", "1.3", true);
        check_within("1.*", "1", true);
        check_within("0.8.4", "0.8", true);
        check_within("0.8", "0.8.4", false);
        check_within("0.7", "0.8", false);
        check_within("0.9", "0.8", false);
        check_within("2", "1", false);
        check_within("0.0.3", "0.0.3", true);
        check_within("0.0.4", "0.0.3", false);
        check_within("*", "1", false);
        check_within(">=1", "1", false);
        check_within(">=1, <2", "1", false);
        check_within("nonsense", "1", false);
        check_within("1.0.0-rc.1", "1.0.0", false);
    }
}
