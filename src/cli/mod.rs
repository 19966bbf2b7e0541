//! The command line: one file per command, each an `Args` struct and a `run`.
//!
//! Doc comments on the structs are the manual. A command loads, plans, shows and applies; what it decides is decided elsewhere.

mod add;
mod adr;
mod ask;
mod change;
mod check;
mod completions;
mod conversation;
mod existing;
mod findings;
mod gather;
mod generate;
mod init;
mod new;
mod project;
mod questions;
mod remove;
mod update;
mod why;

use std::process::ExitCode;

use clap::{ArgAction, Parser, Subcommand, ValueEnum};

use crate::context::Context;
use crate::error::{Error, Result, exit};
use crate::shell::{Shell, Verbosity};

/// Asks the questions that decide whether a backend survives, and turns the answers into a service.
#[derive(Debug, Parser)]
#[command(name = "cargo-kickoff", bin_name = "cargo kickoff", version, about, styles = clap_styles(), after_help = EXIT_CODES)]
#[command(
    propagate_version = true,
    disable_help_subcommand = true,
    max_term_width = 100
)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    #[command(flatten)]
    global: Global,
}

const EXIT_CODES: &str = "Exit codes: 0 done; 2 wrong usage, or questions missing without a terminal; 4 a check found something; \
                          5 conflict, nothing written; 101 failed; 130 interrupted (draft saved).";

#[derive(Debug, Subcommand)]
enum Command {
    New(new::Args),
    Init(init::Args),
    Ask(ask::Args),
    Add(add::Args),
    Remove(remove::Args),
    Update(update::Args),
    Adr(adr::Args),
    Check(check::Args),
    Why(why::Args),
    Questions(questions::Args),
    Completions(completions::Args),
}

/// What every command takes.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Global {
    /// Say nothing but errors.
    #[arg(
        short,
        long,
        global = true,
        conflicts_with = "verbose",
        display_order = 100
    )]
    quiet: bool,

    /// Say more.
    #[arg(short, long, global = true, action = ArgAction::Count, display_order = 101)]
    verbose: u8,

    /// When to use colours.
    #[arg(
        long,
        global = true,
        display_order = 102,
        value_name = "WHEN",
        env = "CARGO_TERM_COLOR",
        hide_env = true,
        default_value = "auto",
        hide_default_value = true
    )]
    color: Color,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

/// How a command reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    /// For people.
    Human,
    /// One JSON object a line on stdout, each with a `reason`.
    Json,
}

/// What a command works with.
pub(crate) struct Session {
    pub(crate) context: Context,
    pub(crate) shell: Shell,
    /// Colours are wanted on stderr.
    pub(crate) colour: bool,
}

/// Parses the command line, runs the command, and reports how it ended.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse_from(arguments(std::env::args_os())) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to stdout and are no error.
            let code = if error.use_stderr() {
                exit::USAGE
            } else {
                exit::DONE
            };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    match cli.global.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    let verbosity = match (cli.global.quiet, cli.global.verbose) {
        (true, _) => Verbosity::Quiet,
        (false, 0) => Verbosity::Normal,
        (false, _) => Verbosity::Verbose,
    };
    let shell = Shell::new(verbosity);
    match run(&cli, shell) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            shell.error(&error);
            ExitCode::from(error.code)
        }
    }
}

fn run(cli: &Cli, shell: Shell) -> Result<u8> {
    let context = Context::from_process()?;
    let colour = match cli.global.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => !context.terminal.no_color,
    };
    let session = Session {
        context,
        shell,
        colour,
    };
    match &cli.command {
        Command::New(args) => new::run(args, &session),
        Command::Init(args) => init::run(args, &session),
        Command::Ask(args) => ask::run(args, &session),
        Command::Add(args) => add::run(args, &session),
        Command::Remove(args) => remove::run(args, &session),
        Command::Update(args) => update::run(args, &session),
        Command::Adr(args) => adr::run(args, &session),
        Command::Check(args) => check::run(args, &session),
        Command::Why(args) => why::run(args, &session),
        Command::Questions(args) => questions::run(args, &session),
        Command::Completions(args) => completions::run(args, &session),
    }
}

/// The arguments without the `kickoff` that Cargo puts first: `cargo kickoff new` and `cargo-kickoff new` are the same.
fn arguments(all: impl Iterator<Item = std::ffi::OsString>) -> Vec<std::ffi::OsString> {
    let mut arguments: Vec<_> = all.collect();
    if arguments.get(1).is_some_and(|first| first == "kickoff") {
        arguments.remove(1);
    }
    arguments
}

/// Cargo's colours.
const fn clap_styles() -> clap::builder::Styles {
    use anstyle::AnsiColor;
    clap::builder::Styles::styled()
        .header(AnsiColor::Green.on_default().bold())
        .usage(AnsiColor::Green.on_default().bold())
        .literal(AnsiColor::Cyan.on_default().bold())
        .placeholder(AnsiColor::Cyan.on_default())
        .error(AnsiColor::Red.on_default().bold())
        .valid(AnsiColor::Cyan.on_default().bold())
        .invalid(AnsiColor::Yellow.on_default().bold())
}

/// Reads a file that the command line names.
pub(crate) fn read_file(path: &camino::Utf8Path) -> Result<String> {
    let bytes = std::fs::read(path).map_err(|error| Error::io("read", path, error))?;
    String::from_utf8(bytes).map_err(|error| {
        Error::usage(format!("`{path}` is not UTF-8"))
            .caused_by(error)
            .hint("save it as UTF-8")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory as _;
        Cli::command().debug_assert();
    }

    #[test]
    fn cargo_and_a_shell_call_it_alike() {
        let call = |words: &[&str]| arguments(words.iter().map(std::ffi::OsString::from));
        assert_eq!(
            call(&["cargo-kickoff", "kickoff", "new", "x"]),
            call(&["cargo-kickoff", "new", "x"])
        );
        assert_eq!(
            call(&["cargo-kickoff", "kickoff", "new", "kickoff"]),
            call(&["cargo-kickoff", "new", "kickoff"])
        );
    }
}
