//! What was generated last time, kept in the project as `.kickoff/baseline`: with it an update can tell what a person changed, without
//! Git, without a network and without the version that generated.
//!
//! The file is a line for people with a digest, a NUL byte (so that Git, grep and review tools take the file for what it is, and leave
//! it alone), and the contents as compressed JSON. The same contents give the same bytes.

mod encoding;

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

pub(crate) use self::encoding::digest;
use crate::blueprint::Setting;
use crate::skeleton::tree::Tree;
use crate::vcs::Vcs;

/// Where it is kept, from the root of the project.
pub const PATH: &str = ".kickoff/baseline";

/// The answers, from the root of the project.
pub const ANSWERS: &str = "kickoff.toml";

/// The folder of migrations, from the root of the project.
pub const MIGRATIONS: &str = "migrations";

/// How a project was generated, as far as the answers do not say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The version of kickoff.
    pub kickoff: String,
    /// It is a member of a workspace.
    pub member: bool,
    /// The version control whose ignore file it has, by its word.
    pub vcs: String,
    /// Layers of the team's own took part: an update needs them too.
    pub own_layers: bool,
}

impl Origin {
    /// Of what this version generates.
    pub fn new(setting: Setting, vcs: Vcs, own_layers: bool) -> Origin {
        Origin {
            kickoff: env!("CARGO_PKG_VERSION").to_owned(),
            member: setting == Setting::Member,
            vcs: vcs.word().to_owned(),
            own_layers,
        }
    }

    /// Where it was generated.
    pub fn setting(&self) -> Setting {
        match self.member {
            true => Setting::Member,
            false => Setting::Standalone,
        }
    }

    /// The version control whose ignore file it has; none where this version knows no such system.
    pub fn vcs(&self) -> Vcs {
        self.vcs.parse().unwrap_or(Vcs::None)
    }
}

/// What was generated last time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// How.
    pub origin: Origin,
    /// Every file as it was generated, the answers among them.
    files: BTreeMap<Utf8PathBuf, String>,
    /// The schema that the answers ask for, as a new project would create it, by the name of the file. Absent where that is what
    /// `files` has, as after `new`: later the migrations lead there in steps.
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<BTreeMap<String, String>>,
}

/// Why a baseline cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// It is not in the form in which kickoff writes it.
    #[error("it is not a baseline")]
    Foreign,
    /// A later version wrote it.
    #[error("a later version of kickoff wrote it, in format {0}")]
    Later(u32),
    /// The contents are not those that the digest was made of.
    #[error("it was changed after kickoff wrote it: its digest does not fit")]
    Tampered,
}

impl Baseline {
    /// Of a tree that is about to be written. `schema` as in [`Baseline::schema`], where it differs from the tree's migrations.
    pub fn new(origin: Origin, tree: &Tree, schema: Option<&BTreeMap<String, String>>) -> Baseline {
        let files: BTreeMap<_, _> = tree
            .iter()
            .filter(|(path, _)| *path != PATH)
            .map(|(path, text)| (path.to_owned(), text.to_owned()))
            .collect();
        let schema = schema.filter(|schema| **schema != migrations(&files));
        Baseline {
            origin,
            schema: schema.cloned(),
            files,
        }
    }

    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// They are not what [`Baseline::encode`] gives.
    pub fn decode(bytes: &[u8]) -> Result<Baseline, Unusable> {
        let json = encoding::unpack(bytes)?;
        serde_json::from_slice(&json).map_err(|_| Unusable::Foreign)
    }

    /// The bytes of the file.
    pub fn encode(&self) -> Vec<u8> {
        let json = serde_json::to_vec(self).expect("paths and texts are JSON");
        encoding::pack(&json)
    }

    /// A file as it was generated.
    pub fn get(&self, path: impl AsRef<Utf8Path>) -> Option<&str> {
        self.files.get(path.as_ref()).map(String::as_str)
    }

    /// All files in path order.
    pub fn iter(&self) -> impl Iterator<Item = (&Utf8Path, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_path(), text.as_str()))
    }

    /// The schema that the answers asked for, as a new project would create it: file names below `migrations/` and their texts.
    pub fn schema(&self) -> BTreeMap<String, String> {
        self.schema
            .clone()
            .unwrap_or_else(|| migrations(&self.files))
    }

    /// Whether both have the same files and schema, whichever version generated them.
    pub fn says_the_same(&self, other: &Baseline) -> bool {
        (&self.files, &self.schema) == (&other.files, &other.schema)
    }

    /// This one with the files of `other` below `folder`, and with the answers that they were made from, if any of them differs.
    pub fn with_files_of(&self, other: &Baseline, folder: &Utf8Path) -> Baseline {
        let is_below = |path: &Utf8PathBuf| path.starts_with(folder);
        let below = |baseline: &Baseline| -> BTreeMap<_, _> {
            let files = baseline.files.iter();
            files
                .filter(|(path, _)| is_below(path))
                .map(|(path, text)| (path.clone(), text.clone()))
                .collect()
        };
        let mut mixed = self.clone();
        if below(self) == below(other) {
            return mixed;
        }
        mixed.files.retain(|path, _| !is_below(path));
        mixed.files.extend(below(other));
        let answers = other.get(ANSWERS).map(str::to_owned);
        mixed
            .files
            .extend(answers.map(|text| (ANSWERS.into(), text)));
        mixed
    }

    /// The migrations that were generated so far, by the name of the file.
    pub fn migrations(&self) -> BTreeMap<String, String> {
        migrations(&self.files)
    }
}

fn migrations(files: &BTreeMap<Utf8PathBuf, String>) -> BTreeMap<String, String> {
    let scripts = files
        .iter()
        .filter_map(|(path, text)| Some((migration_name(path)?.to_owned(), text.clone())));
    scripts.collect()
}

/// The name of the file, if the path is that of a migration.
pub fn migration_name(path: &Utf8Path) -> Option<&str> {
    let is_script = path.extension() == Some("sql") && path.parent()? == MIGRATIONS;
    path.file_name().filter(|_| is_script)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> Tree {
        let mut tree = Tree::default();
        tree.insert("src/main.rs", "fn main() {}\n").unwrap();
        tree.insert("migrations/0001_create_tags.sql", "CREATE TABLE tags;\n")
            .unwrap();
        tree
    }

    fn baseline() -> Baseline {
        let origin = Origin::new(Setting::Standalone, Vcs::Git, false);
        Baseline::new(origin, &tree(), None)
    }

    #[test]
    fn it_comes_back_as_it_was() {
        let bytes = baseline().encode();
        assert_eq!(Baseline::decode(&bytes), Ok(baseline()));
        assert_eq!(bytes, baseline().encode());
    }

    #[test]
    fn the_files_of_one_folder_can_go_ahead() {
        let mut tree = tree();
        tree.insert("docs/adr/0001-a.md", "new\n").unwrap();
        tree.insert("src/main.rs", "fn other() {}\n").unwrap();
        tree.insert(ANSWERS, "format = 1\n").unwrap();
        let other = Baseline::new(baseline().origin, &tree, None);
        let mixed = baseline().with_files_of(&other, "docs/adr".into());
        assert_eq!(mixed.get("docs/adr/0001-a.md"), Some("new\n"));
        assert_eq!(mixed.get("src/main.rs"), Some("fn main() {}\n"));
        assert_eq!(mixed.get(ANSWERS), Some("format = 1\n"));
        assert_eq!(other.with_files_of(&mixed, "docs/adr".into()), other);
    }

    #[test]
    fn the_schema_is_kept_where_the_migrations_do_not_tell_it() {
        let schema = baseline().schema();
        assert_eq!(schema["0001_create_tags.sql"], "CREATE TABLE tags;\n");
        let origin = Origin::new(Setting::Standalone, Vcs::Git, false);
        let same = Baseline::new(origin.clone(), &tree(), Some(&schema));
        assert_eq!(same, baseline());
        let other = BTreeMap::from([("0001_create_tags.sql".to_owned(), "x".to_owned())]);
        let baseline = Baseline::new(origin, &tree(), Some(&other));
        assert_eq!(baseline.schema(), other);
        assert_eq!(baseline.migrations(), schema);
        assert_eq!(Baseline::decode(&baseline.encode()), Ok(baseline));
    }

    #[test]
    fn only_scripts_of_the_folder_itself_are_migrations() {
        let name = |path: &str| migration_name(Utf8Path::new(path)).map(str::to_owned);
        assert_eq!(name("migrations/1_x.sql").as_deref(), Some("1_x.sql"));
        assert_eq!(name("migrations/old/1_x.sql"), None);
        assert_eq!(name("migrations/README.md"), None);
        assert_eq!(name("1_x.sql"), None);
    }
}
