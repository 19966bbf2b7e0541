//! Everything that is decided before an update writes.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};

use super::How;
use crate::answers::{Answers, file};
use crate::baseline::{self, ANSWERS, Baseline, MIGRATIONS, Origin, migration_name};
use crate::blueprint::{Blueprint, Migration, Setting};
use crate::cli::Session;
use crate::cli::generate::{Generated, Request, outside};
use crate::cli::new::read_own_skeleton;
use crate::cli::project::Project;
use crate::error::{Error, Result};
use crate::migration::{self, Risk, Script, Scripts};
use crate::plan::exchange::Exchange;
use crate::plan::snapshot::Snapshot;
use crate::plan::update::{Decided, Update, extensions_of_missing, paths};
use crate::skeleton::OwnSkeleton;
use crate::skeleton::tree::Tree;
use crate::succession::{self, Succession};

/// An update that can be shown and carried out.
pub(in crate::cli) struct Prepared {
    pub(in crate::cli) root: Utf8PathBuf,
    pub(in crate::cli) update: Update,
    pub(in crate::cli) blueprint: Blueprint,
    /// The migrations it adds.
    pub(in crate::cli) scripts: Vec<Script>,
    /// The bytes of the baseline before and after.
    old_baseline: Vec<u8>,
    new_baseline: Vec<u8>,
}

impl Prepared {
    /// Plans the update of `project` to `answers`, which stand in `text`.
    pub(in crate::cli) fn new(
        project: &Project,
        text: &str,
        answers: &Answers,
        how: &How,
        session: &Session,
    ) -> Result<Prepared> {
        let baseline = project.baseline()?;
        let own = own_layers(&baseline.origin, how.skeleton.as_deref(), session)?;
        let workspace = match baseline.origin.setting() {
            Setting::Member => project.workspace(&session.context)?,
            Setting::Standalone => None,
        };
        let request = Request {
            answers,
            answers_text: text,
            origin: Origin {
                kickoff: env!("CARGO_PKG_VERSION").to_owned(),
                ..baseline.origin.clone()
            },
            workspace: workspace.as_ref(),
            own: &own,
        };
        let succession = succession(&project.root, &baseline, answers);
        let generated = request.generate(|blueprint| succession.number(blueprint))?;
        let wanted = scripts_of(&generated.tree);
        let moves = moves(&baseline.schema(), &wanted);
        // No migration leads out of a database: the new one begins with its own.
        let old = match moves {
            true => Scripts::new(),
            false => baseline.schema(),
        };
        let scripts = migration::plan(
            &old,
            &wanted,
            &migration::defaults(&generated.blueprint),
            next_number(&project.root, &baseline),
            how.allow_destructive,
        )
        .map_err(|risks| risks_error(&risks))?;
        let Generated {
            mut tree,
            blueprint,
        } = with_migrations(
            generated,
            &request,
            &baseline,
            &succession,
            &wanted,
            &scripts,
            moves,
        )?;
        succession.settle(&baseline, &blueprint, &mut tree, &session.context.today)?;
        let new_baseline = request.add_baseline(&mut tree, Some(&wanted))?;
        let mut snapshot = Snapshot::read(&project.root, paths(&baseline, &tree))?;
        let missing = extensions_of_missing(&baseline, &tree, &snapshot);
        if !missing.is_empty() {
            snapshot.read_others(&project.root, &missing)?;
        }
        let update = Update::new(
            &baseline,
            &tree,
            &snapshot,
            &decided(how, &project.root, session)?,
        );
        let new_baseline = match new_baseline.says_the_same(&baseline) {
            true => &baseline,
            false => &new_baseline,
        };
        Ok(Prepared {
            root: project.root.clone(),
            update,
            blueprint,
            scripts,
            old_baseline: read(&project.root.join(baseline::PATH))?,
            new_baseline: new_baseline.encode(),
        })
    }

    /// Leaves out all files that are not below `folder`, as if nothing were generated otherwise there than before.
    pub(in crate::cli) fn keep_only(&mut self, folder: &Utf8Path) -> Result<()> {
        self.update.changes.retain(|change| {
            let generated_at = change.moved_from.as_ref().unwrap_or(&change.path);
            generated_at.starts_with(folder)
        });
        self.scripts.clear();
        let decoded = |bytes: &[u8]| {
            Baseline::decode(bytes).map_err(|error| Error::failed(error.to_string()))
        };
        let (old, new) = (decoded(&self.old_baseline)?, decoded(&self.new_baseline)?);
        self.new_baseline = old.with_files_of(&new, folder).encode();
        Ok(())
    }

    /// Whether there is anything to write, or to decide.
    pub(in crate::cli) fn is_due(&self) -> bool {
        self.update.writes().next().is_some()
            || self.update.conflicts().next().is_some()
            || self.is_baseline_due()
    }

    fn is_baseline_due(&self) -> bool {
        Baseline::decode(&self.old_baseline) != Baseline::decode(&self.new_baseline)
    }

    /// The files to be written and removed: the baseline last, so that what is in place before it counts as yours and merges again.
    pub(in crate::cli) fn exchanges(&self) -> Vec<Exchange> {
        let mut files: Vec<Exchange> = self
            .update
            .writes()
            .map(|change| Exchange {
                path: change.path.clone(),
                old: change.old.clone(),
                new: change.new.clone(),
            })
            .collect();
        if self.is_baseline_due() {
            files.push(Exchange {
                path: baseline::PATH.into(),
                old: Some(self.old_baseline.clone()),
                new: Some(self.new_baseline.clone()),
            });
        }
        files
    }
}

/// The layers of a team's own, which an update needs as the first generation did.
pub(in crate::cli) fn own_layers(
    origin: &Origin,
    folder: Option<&Utf8Path>,
    session: &Session,
) -> Result<OwnSkeleton> {
    let own = match (folder, origin.own_layers) {
        (Some(dir), _) => read_own_skeleton(&session.context.current_dir.join(dir))?,
        (None, false) => OwnSkeleton::default(),
        (None, true) => {
            return Err(Error::usage(
                "the project was made with layers of your own, and they are not in it",
            )
            .hint("pass their folder with `--skeleton DIR`"));
        }
    };
    own.check()?;
    Ok(own)
}

/// The scripts that would create the schema from nothing.
pub(in crate::cli) fn scripts_of(tree: &Tree) -> Scripts {
    let scripts = tree
        .iter()
        .filter_map(|(path, text)| Some((migration_name(path)?.to_owned(), text.to_owned())));
    scripts.collect()
}

/// Puts the migrations that there are, and those that are added, in the place of those that a new project would have.
fn with_migrations(
    generated: Generated,
    request: &Request<'_>,
    baseline: &Baseline,
    succession: &Succession,
    wanted: &Scripts,
    scripts: &[Script],
    moves: bool,
) -> Result<Generated> {
    let all = baseline.migrations();
    let before = match moves {
        true => Scripts::new(),
        false => active(baseline),
    };
    if scripts.is_empty() && all == *wanted {
        return Ok(generated);
    }
    let mut migrations: Vec<Migration> = before.keys().filter_map(Migration::of_file).collect();
    migrations.extend(scripts.iter().map(|script| script.migration.clone()));
    let mut left = all.clone();
    left.retain(|name, _| !before.contains_key(name));
    let left_sqlite = migration::is_sqlite(&left);
    let mut generated = request.generate(|blueprint| {
        succession.number(blueprint);
        blueprint.migrations = migrations;
        blueprint.left_sqlite = left_sqlite;
    })?;
    let tree = &mut generated.tree;
    for name in wanted.keys() {
        tree.remove(format!("{MIGRATIONS}/{name}"));
    }
    for (name, text) in &all {
        tree.insert(format!("{MIGRATIONS}/{name}"), text.as_str())
            .map_err(outside)?;
    }
    for script in scripts {
        let path = format!("{MIGRATIONS}/{}", script.migration.file);
        tree.insert(path, script.text.as_str()).map_err(outside)?;
    }
    Ok(generated)
}

/// What becomes of the records. Answers that this version cannot read any more tell nothing about what changed.
fn succession(root: &Utf8Path, baseline: &Baseline, answers: &Answers) -> Succession {
    let old = baseline
        .get(ANSWERS)
        .and_then(|text| file::read(text, ANSWERS).ok());
    let entries = root.join(succession::FOLDER).read_dir_utf8();
    let taken: Vec<String> = entries
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_owned())
        .collect();
    let old = old.as_ref().unwrap_or(answers);
    Succession::new(baseline, old, answers, taken.iter().map(String::as_str))
}

/// One more than the highest number that any migration has, a person's own among them.
fn next_number(root: &Utf8Path, baseline: &Baseline) -> u64 {
    let entries = root.join(MIGRATIONS).read_dir_utf8();
    let on_disk = entries
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_owned());
    let known = baseline.migrations().into_keys();
    let numbers = on_disk
        .chain(known)
        .filter_map(Migration::of_file)
        .map(|migration| migration.number);
    numbers.max().unwrap_or_default() + 1
}

/// Paths on the command line are relative to the folder that the person stands in, or to the root of the project.
fn decided(how: &How, root: &Utf8Path, session: &Session) -> Result<Decided> {
    let inside = |paths: &[Utf8PathBuf]| -> Result<BTreeSet<Utf8PathBuf>> {
        let relative = |path: &Utf8PathBuf| {
            let full = crate::workspace::paths::normalized(&session.context.current_dir.join(path));
            let path = full.strip_prefix(root).map(Utf8Path::to_owned);
            path.map_err(|_| Error::usage(format!("`{full}` is not in the project `{root}`")))
        };
        paths.iter().map(relative).collect()
    };
    let decided = Decided {
        keep: inside(&how.keep)?,
        take: inside(&how.take)?,
    };
    match decided.keep.intersection(&decided.take).next() {
        Some(both) => Err(Error::usage(format!(
            "`{both}` cannot be kept and taken at once"
        ))),
        None => Ok(decided),
    }
}

/// Whether the answers name another engine than the records are kept in.
fn moves(old: &Scripts, new: &Scripts) -> bool {
    !old.is_empty() && !new.is_empty() && migration::is_sqlite(old) != migration::is_sqlite(new)
}

/// The migrations that run: all that were generated, but for those of an engine that was left, which the code names no more.
fn active(baseline: &Baseline) -> Scripts {
    let mut scripts = baseline.migrations();
    if let Some(code) = baseline.get("src/database.rs") {
        scripts.retain(|name, _| code.contains(&format!("/{name}\"")));
    }
    scripts
}

fn risks_error(risks: &[Risk]) -> Error {
    let lines: Vec<_> = risks
        .iter()
        .map(|risk| format!("  {}\n    {}", risk.what, risk.steps.join("\n    ")))
        .collect();
    Error::conflict(format!(
        "nothing was written: these changes could lose data, or the data there could refuse them\n{}",
        lines.join("\n")
    ))
    .hint("take these answers back, or go in the steps above")
}

pub(super) fn read(path: &Utf8Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| Error::io("read", path, error))
}
