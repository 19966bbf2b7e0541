//! `cargo kickoff new`.

mod ask;
mod own;

use std::path::PathBuf;

use camino::{Utf8Path, Utf8PathBuf};
use clap::builder::{PossibleValuesParser, TypedValueParser as _};

pub(super) use self::own::read_own_skeleton;
use super::conversation::quoted;
use super::gather::{self, Gathered, Sources};
use super::generate::{Generated, Request};
use super::{MessageFormat, Session};
use crate::baseline::Origin;
use crate::blueprint::{Blueprint, Setting};
use crate::error::{Error, Result, exit};
use crate::interview::Ended;
use crate::manifest;
use crate::package_name;
use crate::plan::{self, Applied, ApplyOptions, Edit, Plan, apply};
use crate::skeleton::OwnSkeleton;
use crate::skeleton::tree::Tree;
use crate::vcs::{self, Vcs};
use crate::workspace::{self, Workspace};

/// Create a new service from the answers to the core questions.
///
/// Without answers on the command line it asks. Inside a workspace the service becomes a member.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Where the service is created; its last part is the package's name.
    path: PathBuf,

    /// The package's name, where it is not the last part of PATH.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    #[command(flatten)]
    sources: Sources,

    /// Ask line by line: for screen readers and simple terminals.
    #[arg(long)]
    plain: bool,

    /// Show what would be created, a verdict a file, and write nothing.
    #[arg(short = 'n', long)]
    dry_run: bool,

    /// Show the contents as a diff.
    #[arg(long)]
    diff: bool,

    /// Report for people, or as JSON lines on stdout.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    message_format: MessageFormat,

    /// Version control to start: git (the default outside of a repository and of a workspace), hg, pijul, fossil, none.
    #[arg(
        long,
        value_name = "VCS",
        value_parser = PossibleValuesParser::new(Vcs::ALL.map(Vcs::word)).try_map(|word| word.parse::<Vcs>()),
        hide_possible_values = true
    )]
    vcs: Option<Vcs>,

    /// A folder with layers of your own, laid over the built-in ones.
    #[arg(long, value_name = "DIR")]
    skeleton: Option<Utf8PathBuf>,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    let place = Place::find(args, session)?;
    let own = args
        .skeleton
        .as_deref()
        .map(|dir| read_own_skeleton(&session.context.current_dir.join(dir)))
        .transpose()?
        .unwrap_or_default();
    own.check()?;
    let mut gathered = args.sources.gather(&place.name, session)?;
    let missing = gather::missing(&gathered.answers);
    if args.sources.given.takes_defaults() {
        for question in missing {
            gathered.answers.defer(question, "");
        }
    } else if session.context.terminal.interactive() && (args.sources.asks() || !missing.is_empty())
    {
        let conversation = ask::conversation(args, session, &place);
        let ended = ask::ask(args, &conversation, &place, &own, &mut gathered)?;
        // What was answered stands above.
        session.shell.say("");
        let done = match ended {
            Ended::Confirmed => create(args, session, &place, &own, &gathered),
            Ended::Cancelled => Ok(exit::DONE),
            Ended::Interrupted => Ok(exit::INTERRUPTED),
        };
        if ended == Ended::Confirmed && done.is_ok() && !args.dry_run {
            conversation.drop_draft();
        } else {
            conversation.say_how_to_go_on();
        }
        return done;
    } else if !missing.is_empty() || !args.sources.any() {
        return Err(gather::missing_error(&missing));
    }
    create(args, session, &place, &own, &gathered)
}

/// From answers to files.
fn create(
    args: &Args,
    session: &Session,
    place: &Place,
    own: &OwnSkeleton,
    gathered: &Gathered,
) -> Result<u8> {
    let Generated { tree, blueprint } = generate(args, gathered, place, own)?;
    let plan = place.plan(&tree)?;
    show(args, session, &plan);
    if args.dry_run {
        return Ok(exit::DONE);
    }
    plan.refuse_conflicts()?;
    let options = ApplyOptions {
        vcs: place.vcs(args),
        vcs_is_asked_for: args.vcs.is_some(),
        current_dir: Some(session.context.current_dir.clone()),
    };
    let applied = apply(&plan, &options, |_| Ok(()))?;
    conclude(args, session, place, &blueprint, &applied);
    Ok(exit::DONE)
}

/// What the answers become, with what an update will need.
fn generate(
    args: &Args,
    gathered: &Gathered,
    place: &Place,
    own: &OwnSkeleton,
) -> Result<Generated> {
    let request = Request {
        answers: &gathered.answers,
        answers_text: &gathered.text()?,
        origin: Origin::new(place.setting(), place.vcs(args), args.skeleton.is_some()),
        workspace: place.workspace.as_ref().map(|(workspace, _)| workspace),
        own,
    };
    let mut generated = request.generate(|_| {})?;
    request.add_baseline(&mut generated.tree, None)?;
    Ok(generated)
}

/// Where the service goes, checked before anybody is asked anything.
struct Place {
    target: Utf8PathBuf,
    name: String,
    workspace: Option<(Workspace, String)>,
}

impl Place {
    fn find(args: &Args, session: &Session) -> Result<Place> {
        let target = plan::target::resolve(&args.path, &session.context.current_dir)?;
        let name = match &args.name {
            Some(name) => name.clone(),
            None => package_name::from_path(target.as_std_path())?.to_owned(),
        };
        package_name::check(&name)?;
        // Refused now rather than after ten minutes of questions.
        Plan::new(&target, &Tree::default(), Vec::new())?.refuse_conflicts()?;
        let parent = target.parent().unwrap_or(&target);
        let cargo = session.context.cargo.clone();
        let workspace = workspace::find(parent, &cargo)?;
        let workspace = workspace
            .map(|workspace| {
                refuse_taken_name(&workspace, &name, &target)?;
                workspace.member_path(&target).map(|path| (workspace, path))
            })
            .transpose()?;
        Ok(Place {
            target,
            name,
            workspace,
        })
    }

    fn setting(&self) -> Setting {
        if self.workspace.is_some() {
            Setting::Member
        } else {
            Setting::Standalone
        }
    }

    /// A member belongs to the repository of its workspace, and has no ignore file of its own.
    fn vcs(&self, args: &Args) -> Vcs {
        match (args.vcs, &self.workspace) {
            (None, Some(_)) => Vcs::None,
            (asked, _) => vcs::choose(&self.target, asked),
        }
    }

    fn plan(&self, tree: &Tree) -> Result<Plan> {
        let mut edits = Vec::new();
        if let Some((workspace, member)) = &self.workspace
            && let Some(new) =
                manifest::add_member(&workspace.manifest, member).map_err(|error| {
                    error.hint(format!(
                        "correct `{}`, or choose a path outside of this workspace",
                        workspace.manifest_path()
                    ))
                })?
        {
            edits.push(Edit {
                path: workspace.manifest_path(),
                old: workspace.manifest.clone(),
                new,
            });
        }
        Plan::new(&self.target, tree, edits)
    }
}

/// Cargo refuses a whole workspace that has two packages of one name.
fn refuse_taken_name(workspace: &Workspace, name: &str, target: &Utf8Path) -> Result<()> {
    match workspace.package_named(name) {
        Some(folder) if folder != target => Err(Error::usage(format!(
            "the workspace has a package `{name}` already, in `{folder}`"
        ))
        .hint("choose another name: the last part of the path, or `--name NAME`")),
        _ => Ok(()),
    }
}

fn show(args: &Args, session: &Session, plan: &Plan) {
    match args.message_format {
        MessageFormat::Json => session.shell.data(plan::show::json(plan)),
        MessageFormat::Human => {
            if args.dry_run {
                for (word, line) in plan::show::lines(plan) {
                    session.shell.status(word, line);
                }
            }
            if args.diff {
                session.shell.data(plan::show::diff(plan));
            }
        }
    }
}

fn conclude(
    args: &Args,
    session: &Session,
    place: &Place,
    blueprint: &Blueprint,
    applied: &Applied,
) {
    let shell = &session.shell;
    let kind = if blueprint.experiment.is_some() {
        "experiment"
    } else {
        "service"
    };
    shell.status(
        "Created",
        format_args!("{kind} `{}` ({} files)", place.name, applied.created),
    );
    for path in &applied.edited {
        shell.status("Added", format_args!("it to the workspace in `{path}`"));
    }
    for warning in &applied.warnings {
        shell.warning(warning);
    }
    for finding in &blueprint.findings {
        shell.warning(finding);
    }
    if let Some(experiment) = &blueprint.experiment {
        let open = match experiment.open.len() {
            1 => "a core question is open".to_owned(),
            many => format!("{many} core questions are open"),
        };
        shell.note(format_args!(
            "it is an experiment until {}, and its README says so: {open}",
            experiment.ends_on,
        ));
    }
    let defaults = blueprint.defaults_in_force();
    if defaults > 0 {
        shell.note(format_args!("{defaults} defaults are in force that nobody chose; `kickoff.toml` lists them as comments"));
    }
    shell.say("");
    if place.target != session.context.current_dir {
        shell.say(format_args!(
            "    cd {}",
            quoted(&args.path.to_string_lossy())
        ));
    }
    shell.say("    cargo test");
    shell.say("    cargo run");
}
