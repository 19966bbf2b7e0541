//! The package that the answers are about, checked before anybody is asked anything.

use camino::{Utf8Path, Utf8PathBuf};

use super::Args;
use crate::baseline::{self, ANSWERS};
use crate::cli::Session;
use crate::cli::adr::place::{Place as RecordsPlace, Several, Where};
use crate::cli::conversation::{prompter, quoted};
use crate::cli::project::recover;
use crate::error::{Error, Result, did_you_mean};
use crate::evidence::{self, Decision, Source};
use crate::plan::target;
use crate::prompt::{Control, Opt, Prompt, Reply};
use crate::proposal::{Package, Proposals, propose};
use crate::workspace;
use crate::workspace::paths::{relative, with_slashes};

/// A package that is there.
pub(in crate::cli) struct Place {
    /// The folder of the package, absolute.
    pub(in crate::cli) folder: Utf8PathBuf,
    pub(in crate::cli) package: Package,
    /// What its files show.
    pub(in crate::cli) proposals: Proposals,
    /// Where its decision records are.
    pub(super) records: RecordsPlace,
}

impl Place {
    pub(super) fn find(args: &Args, session: &Session) -> Result<Place> {
        let here = &session.context.current_dir;
        let target = match &args.path {
            Some(path) => target::resolve(path, here)?,
            None => here.clone(),
        };
        let target = match target.file_name() {
            Some("Cargo.toml") if target.is_file() => target.parent().unwrap_or(&target).to_owned(),
            _ => target,
        };
        refuse_no_manifest(&target)?;
        let (root, source) = gather(&target, session)?;
        let package = choose(args, &root, &target, &source, session)?;
        let folder = match package.folder.as_str() {
            "" => root,
            folder => root.join(folder),
        };
        recover(&folder, session)?;
        refuse_taken(&folder)?;
        let proposals = propose(&source, &package);
        let several = match session.context.terminal.interactive() && args.given.asks() {
            true => Several::AskOnce,
            false => Several::First,
        };
        let records = Where::of(&folder).find(session, several)?;
        Ok(Place {
            folder,
            package,
            proposals,
            records,
        })
    }
}

/// What the files show about the package in `folder` (absolute). Nothing where there is no package any more.
pub(in crate::cli) fn proposals(folder: &Utf8Path, session: &Session) -> Result<Proposals> {
    let (root, source) = gather(folder, session)?;
    let package = Package::in_folder(&source, &inside(&root, folder));
    Ok(package
        .map(|package| propose(&source, &package))
        .unwrap_or_default())
}

/// The decisions that the files of the package in `folder` (absolute) show.
pub(in crate::cli) fn decisions(folder: &Utf8Path, session: &Session) -> Result<Vec<Decision>> {
    let (root, source) = gather(folder, session)?;
    let decisions = evidence::decisions(&source);
    let Some(package) = Package::in_folder(&source, &inside(&root, folder)) else {
        return Ok(decisions);
    };
    let about = decisions.into_iter().filter_map(|decision| {
        let pieces = decision.pieces.into_iter();
        let pieces: Vec<_> = pieces
            .filter(|piece| package.is_about(&piece.file))
            .collect();
        let decision = Decision { pieces, ..decision };
        (!decision.names().is_empty()).then_some(decision)
    });
    Ok(about.collect())
}

/// What there is to see, from the root of the workspace, with that root.
fn gather(folder: &Utf8Path, session: &Session) -> Result<(Utf8PathBuf, Source)> {
    let workspace = workspace::find_by_manifests(folder)?;
    if let Some(workspace) =
        workspace.filter(|it| folder.starts_with(&it.root) && it.root != folder)
    {
        let source = evidence::gather(&workspace.root, &session.context.cargo)?;
        if Package::in_folder(&source, &inside(&workspace.root, folder)).is_some() {
            return Ok((workspace.root, source));
        }
    }
    let source = evidence::gather(folder, &session.context.cargo)?;
    Ok((folder.to_owned(), source))
}

fn inside(root: &Utf8Path, folder: &Utf8Path) -> String {
    match with_slashes(&relative(root, folder)).as_str() {
        "." => String::new(),
        inside => inside.to_owned(),
    }
}

fn refuse_no_manifest(target: &Utf8Path) -> Result<()> {
    if target.join("Cargo.toml").is_file() {
        return Ok(());
    }
    let error = Error::usage(format!("there is no Cargo.toml in `{target}`"));
    let mut above = target.ancestors().skip(1);
    let error = match above.find(|folder| folder.join("Cargo.toml").is_file()) {
        Some(package) => error.hint(format!(
            "the package around it is answered about with `cargo kickoff init {}`",
            quoted(package.as_str())
        )),
        None => error,
    };
    Err(error.hint("a new service is made with `cargo kickoff new PATH`"))
}

fn refuse_taken(folder: &Utf8Path) -> Result<()> {
    let answers = folder.join(ANSWERS);
    if answers.symlink_metadata().is_ok() {
        return Err(Error::conflict(format!("the answers stand in `{answers}` already"))
            .hint("answer again with `cargo kickoff ask`, or edit that file")
            .hint("a service that was generated is brought to its answers with `cargo kickoff update`"));
    }
    if folder.join(baseline::PATH).exists() {
        return Err(Error::conflict(format!(
            "`{folder}` was generated, and its `{ANSWERS}` is gone"
        ))
        .hint("get it back from version control"));
    }
    Ok(())
}

/// The package of that name, the one in the folder, or the one that a person chooses.
fn choose(
    args: &Args,
    root: &Utf8Path,
    target: &Utf8Path,
    source: &Source,
    session: &Session,
) -> Result<Package> {
    let all = Package::all(source);
    if let Some(name) = &args.package {
        let mut packages = all.iter();
        return packages
            .find(|package| package.name == *name)
            .cloned()
            .ok_or_else(|| {
                let error = Error::usage(format!("there is no package `{name}` in `{root}`"));
                let names: Vec<&str> = all.iter().map(|package| package.name.as_str()).collect();
                match did_you_mean(name, names.iter().copied()) {
                    Some(near) => error.hint(format!("did you mean `{near}`?")),
                    None => error.hint(format!("there are: {}", names.join(", "))),
                }
            });
    }
    if let Some(package) = Package::in_folder(source, &inside(root, target)) {
        return Ok(package);
    }
    match &all[..] {
        [] => Err(Error::usage(format!(
            "`{target}/Cargo.toml` names no package, and no members that are there"
        ))
        .hint("a new service is made with `cargo kickoff new PATH`")),
        [one] => Ok(one.clone()),
        several if session.context.terminal.interactive() && args.given.asks() => {
            ask(several, args, session)
        }
        several => Err(several_error(target, several)),
    }
}

fn ask(packages: &[Package], args: &Args, session: &Session) -> Result<Package> {
    let option = |(at, package): (usize, &Package)| {
        Opt::new(
            at.to_string(),
            format!("{} in {}", package.name, package.folder),
        )
    };
    let prompt = Prompt {
        ask: "Which package of the workspace are the answers about?".to_owned(),
        control: Control::Select {
            options: packages.iter().enumerate().map(option).collect(),
            cursor: 0,
        },
        ..Prompt::default()
    };
    let reply = prompter(session, args.plain).ask(&[], &prompt)?;
    let chosen = match reply {
        Reply::Answer(at) => at
            .parse()
            .ok()
            .and_then(|at: usize| packages.get(at).cloned()),
        _ => None,
    };
    chosen.ok_or_else(|| {
        let mut error = Error::usage("no package was chosen");
        error.code = crate::error::exit::INTERRUPTED;
        error.hint("name it with `--package NAME`")
    })
}

fn several_error(target: &Utf8Path, packages: &[Package]) -> Error {
    let width = packages
        .iter()
        .map(|package| package.name.len())
        .max()
        .unwrap_or_default();
    let list: Vec<String> = packages
        .iter()
        .map(|package| format!("  {:<width$} {}", package.name, package.folder))
        .collect();
    Error::usage(format!(
        "`{target}` is a workspace of {} packages, and answers are about one:\n{}",
        packages.len(),
        list.join("\n")
    ))
    .hint("name it with `--package NAME`")
}
