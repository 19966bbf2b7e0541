//! `cargo kickoff new`.

use std::path::PathBuf;

use camino::{Utf8Path, Utf8PathBuf};

use super::gather::{self, Gathered, Sources};
use super::{MessageFormat, Session, read_file};
use crate::answers::{Answers, file};
use crate::blueprint::{Blueprint, Conflict, Setting};
use crate::error::{Error, Result, exit};
use crate::interview::{Ended, Interview, Preview, conduct, draft};
use crate::manifest;
use crate::package_name;
use crate::plan::{self, Applied, ApplyOptions, Edit, Plan, apply};
use crate::prompt::{Control, Opt, PlainPrompter, Prompt, Prompter, Reply, TerminalPrompter};
use crate::skeleton::tree::Tree;
use crate::skeleton::{self, OwnSkeleton};
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

    /// Version control to start: git (the default outside a repository), hg, pijul, fossil, none.
    #[arg(long, value_name = "VCS")]
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
    let draft_path = draft::path(&place.target);
    let missing = gather::missing(&gathered.answers);
    if args.sources.takes_defaults() {
        for question in missing {
            gathered.answers.defer(question, "");
        }
    } else if session.context.terminal.interactive() && (args.sources.asks() || !missing.is_empty())
    {
        match ask(args, session, &place, &own, &mut gathered, &draft_path)? {
            Ended::Confirmed => {}
            ended => return Ok(left(args, session, &draft_path, ended)),
        }
    } else if !missing.is_empty() || !args.sources.given() {
        return Err(gather::missing_error(&missing));
    }

    let Generated { tree, blueprint } = generate(&gathered, &place, &own)?;
    let plan = place.plan(tree, args)?;
    show(args, session, &plan);
    if args.dry_run {
        return Ok(exit::DONE);
    }
    plan.refuse_conflicts()?;
    let options = ApplyOptions {
        vcs: vcs::choose(&place.target, args.vcs),
        vcs_is_asked_for: args.vcs.is_some(),
        current_dir: Some(session.context.current_dir.clone()),
    };
    let applied = apply(&plan, &options, |_| Ok(()))?;
    // The answers now stand in the project.
    let _ = std::fs::remove_file(&draft_path);
    conclude(args, session, &place, &blueprint, &applied);
    Ok(exit::DONE)
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
            .map(|workspace| workspace.member_path(&target).map(|path| (workspace, path)))
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

    fn plan(&self, mut tree: Tree, args: &Args) -> Result<Plan> {
        let mut edits = Vec::new();
        if let Some((workspace, member)) = &self.workspace
            && let Some(new) = manifest::add_member(&workspace.manifest, member)?
        {
            edits.push(Edit {
                path: workspace.manifest_path(),
                old: workspace.manifest.clone(),
                new,
            });
        }
        vcs::adapt_ignore_file(&mut tree, vcs::choose(&self.target, args.vcs));
        Plan::new(&self.target, &tree, edits)
    }
}

/// What the answers become.
struct Generated {
    tree: Tree,
    blueprint: Blueprint,
}

fn generate(gathered: &Gathered, place: &Place, own: &OwnSkeleton) -> Result<Generated> {
    let blueprint = Blueprint::draw(&gathered.answers, place.setting())
        .map_err(|conflicts| conflicts_error(&conflicts))?;
    let mut tree = skeleton::lay(&blueprint, own)?;
    if let Some((workspace, _)) = &place.workspace {
        let package = tree.get("Cargo.toml").unwrap_or_default().to_owned();
        let package = manifest::inherit(&package, workspace)?;
        insert(&mut tree, "Cargo.toml", package)?;
    }
    let names = manifest::dependency_names(tree.get("Cargo.toml").unwrap_or_default());
    package_name::check_against(&place.name, names.iter().map(String::as_str))?;
    insert(&mut tree, "kickoff.toml", answers_text(gathered)?)?;
    Ok(Generated { tree, blueprint })
}

fn insert(tree: &mut Tree, path: &str, text: String) -> Result<()> {
    tree.insert(path, text)
        .map_err(|outside| Error::failed(outside.to_string()))
}

/// The answers file: the one that was read, edited, or a fresh one.
fn answers_text(gathered: &Gathered) -> Result<String> {
    match &gathered.written {
        Some((text, before)) => file::edit(text, before, &gathered.answers)
            .map_err(|error| Error::failed(error.to_string())),
        None => Ok(file::write(&gathered.answers)),
    }
}

fn conflicts_error(conflicts: &[Conflict]) -> Error {
    let lines: Vec<_> = conflicts
        .iter()
        .map(|conflict| format!("  {conflict}\n    {}", conflict.hint))
        .collect();
    Error::usage(format!(
        "these answers do not go together, so nothing was generated:\n{}",
        lines.join("\n")
    ))
}

/// Asks what is left, starting from a draft where there is one.
fn ask(
    args: &Args,
    session: &Session,
    place: &Place,
    own: &OwnSkeleton,
    gathered: &mut Gathered,
    draft_path: &Utf8Path,
) -> Result<Ended> {
    let plain = args.plain || session.context.terminal.plain();
    let mut prompter: Box<dyn Prompter> = if plain {
        Box::new(PlainPrompter::new(
            std::io::stdin().lock(),
            std::io::stderr(),
        ))
    } else {
        Box::new(TerminalPrompter::new(session.colour))
    };
    let resumed = if draft_path.exists() && args.sources.asks() {
        resume(prompter.as_mut(), draft_path)?
    } else {
        Resume::Fresh
    };
    let mut interview = match resumed {
        Resume::From(mut answers, bookmark) => {
            place.name.clone_into(&mut answers.name);
            Interview::resume(answers, &bookmark)
        }
        Resume::Fresh => Interview::new(gathered.answers.clone()),
        Resume::Left(ended) => return Ok(ended),
    };
    let written = gathered.written.clone();
    let preview = |answers: &Answers| {
        let gathered = Gathered {
            answers: answers.clone(),
            written: written.clone(),
        };
        preview(&gathered, place, own)
    };
    let mut save = |interview: &Interview| {
        let text = draft::compose(&file::write(interview.answers()), &interview.bookmark());
        if let Err(error) = std::fs::write(draft_path, text) {
            session
                .shell
                .verbose(format_args!("the draft could not be saved: {error}"));
        }
    };
    let ended = conduct(&mut interview, prompter.as_mut(), &preview, &mut save)?;
    gathered.answers = interview.finish();
    Ok(ended)
}

/// What becomes of a draft that was found.
enum Resume {
    From(Answers, String),
    Fresh,
    Left(Ended),
}

fn resume(prompter: &mut dyn Prompter, draft_path: &Utf8Path) -> Result<Resume> {
    let text = read_file(draft_path)?;
    let (bookmark, toml) = draft::split(&text);
    let answers = match gather::read(toml, draft_path.as_str()) {
        Ok(answers) => answers,
        Err(error) => {
            return Err(error.hint(format!(
                "mend the draft, or delete `{draft_path}` to start afresh"
            )));
        }
    };
    let prompt = Prompt {
        ask: format!(
            "An interview about `{}` was left half-way. Go on with it?",
            answers.name
        ),
        control: Control::Select {
            options: vec![
                Opt::new("resume", "go on where it was left"),
                Opt::new("fresh", "start afresh: the old answers are dropped"),
            ],
            cursor: 0,
        },
        ..Prompt::default()
    };
    Ok(match prompter.ask(&[], &prompt)? {
        Reply::Answer(choice) if choice == "fresh" => Resume::Fresh,
        Reply::Answer(_) => Resume::From(answers, bookmark.to_owned()),
        Reply::Quit => Resume::Left(Ended::Cancelled),
        _ => Resume::Left(Ended::Interrupted),
    })
}

/// What the review shows of answers that are not final.
fn preview(gathered: &Gathered, place: &Place, own: &OwnSkeleton) -> Preview {
    match generate(gathered, place, own) {
        Ok(generated) => Preview {
            files: generated
                .tree
                .iter()
                .map(|(path, _)| path.to_string())
                .collect(),
            findings: generated
                .blueprint
                .findings
                .iter()
                .map(|finding| format!("{} {}", finding.message, finding.fix))
                .collect(),
            errors: Vec::new(),
        },
        Err(error) => Preview {
            files: Vec::new(),
            findings: Vec::new(),
            errors: vec![error.to_string()],
        },
    }
}

/// The person left before the end.
fn left(args: &Args, session: &Session, draft_path: &Utf8Path, ended: Ended) -> u8 {
    if draft_path.exists() {
        session.shell.say(format_args!(
            "Your answers are kept in `{draft_path}`. To go on:"
        ));
        session.shell.say(format_args!(
            "    cargo kickoff new {}",
            args.path.display()
        ));
    }
    match ended {
        Ended::Interrupted => exit::INTERRUPTED,
        Ended::Confirmed | Ended::Cancelled => exit::DONE,
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
        shell.warning(format_args!("{} {}", finding.message, finding.fix));
    }
    if let Some(experiment) = &blueprint.experiment {
        shell.note(format_args!(
            "it is an experiment until {}, and its README says so: {} core questions are open",
            experiment.ends_on,
            experiment.open.len()
        ));
    }
    let defaults = blueprint.defaults_in_force();
    if defaults > 0 {
        shell.note(format_args!("{defaults} defaults are in force that nobody chose; `kickoff.toml` lists them as comments"));
    }
    shell.say("");
    shell.say(format_args!("    cd {}", args.path.display()));
    shell.say("    cargo test");
    shell.say("    cargo run");
}

/// Reads a team's own layers.
fn read_own_skeleton(dir: &Utf8Path) -> Result<OwnSkeleton> {
    let mut own = OwnSkeleton::default();
    collect(dir, dir, &mut own)?;
    own.files.sort();
    if own.files.is_empty() {
        return Err(Error::usage(format!("`{dir}` holds no skeleton files")));
    }
    Ok(own)
}

fn collect(root: &Utf8Path, dir: &Utf8Path, own: &mut OwnSkeleton) -> Result<()> {
    let entries = dir
        .read_dir_utf8()
        .map_err(|error| Error::io("read", dir, error))?;
    for entry in entries {
        let entry = entry.map_err(|error| Error::io("read", dir, error))?;
        let kind = entry
            .file_type()
            .map_err(|error| Error::io("read", entry.path(), error))?;
        if kind.is_symlink() {
            return Err(Error::usage(format!(
                "`{}` is a symbolic link; a skeleton holds files and folders",
                entry.path()
            )));
        }
        if kind.is_dir() {
            collect(root, entry.path(), own)?;
        } else {
            let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
            let path: Vec<_> = path.components().map(|part| part.as_str()).collect();
            own.files.push((path.join("/"), read_file(entry.path())?));
        }
    }
    Ok(())
}
