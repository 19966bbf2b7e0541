//! `cargo kickoff check`.

use clap::ValueEnum;

use super::Session;
use super::project::Which;
use crate::check::{self, Project, RULES, Report, Rule, Severity, human, json, reference, sarif};
use crate::error::{Error, Result, did_you_mean, exit};

/// Find what no longer holds: open questions, arithmetic that cannot work, code and answers that have parted.
///
/// Writes nothing. Exits with 4 if it found an error, with --strict also if it found a warning.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    which: Which,

    /// Take warnings for errors.
    #[arg(long)]
    strict: bool,

    /// Report for people on stderr, or as JSON lines or SARIF on stdout.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    message_format: Format,

    /// Explain a code, for example KD0301, and check nothing.
    #[arg(long, value_name = "CODE", conflicts_with_all = ["strict", "message_format", "manifest_path"])]
    explain: Option<String>,
}

/// How findings are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, in the style of rustc.
    Human,
    /// One JSON object a line on stdout, each with a `reason`.
    Json,
    /// SARIF 2.1.0 on stdout, for code scanning.
    Sarif,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    if let Some(code) = &args.explain {
        session.shell.data(reference::explanation(rule(code)?));
        return Ok(exit::DONE);
    }
    let root = args.which.recovered_root(session)?;
    let project = Project::read(&root, &session.context.today)?;
    let report = check::run(&project);
    match args.message_format {
        Format::Human => show(&report, &project, args.strict, session),
        Format::Json => session
            .shell
            .data(json::json(&report, &project, args.strict)),
        Format::Sarif => session
            .shell
            .data(sarif::sarif(&report, &project, args.strict)),
    }
    Ok(match report.count(Severity::Error, args.strict) {
        0 => exit::DONE,
        _ => exit::FOUND,
    })
}

fn show(report: &Report, project: &Project, strict: bool, session: &Session) {
    session
        .shell
        .findings(human::diagnostics(report, project, strict));
    for (found, exception) in &report.excepted {
        session.shell.verbose(format_args!(
            "excepted: {} {}: {} ({})",
            found.rule.code, found.subject, exception.reason, exception.owner
        ));
    }
    let excepted = match report.excepted.len() {
        0 => String::new(),
        count => format!(", {count} excepted"),
    };
    match human::sum(report, strict) {
        None => session
            .shell
            .status("Checked", format_args!("code and answers agree{excepted}")),
        Some(sum) => {
            session
                .shell
                .status("Checked", format_args!("{sum}{excepted}"));
            let mut codes: Vec<_> = report.diagnostics.iter().map(|one| one.rule.code).collect();
            codes.dedup();
            session.shell.note(format_args!(
                "`cargo kickoff check --explain {}` says more about one of them",
                codes.first().copied().unwrap_or_default()
            ));
        }
    }
}

fn rule(code: &str) -> Result<&'static Rule> {
    Rule::find(code).ok_or_else(|| {
        let error = Error::usage(format!("there is no rule `{code}`"));
        let names = RULES.iter().flat_map(|rule| [rule.code, rule.name]);
        match did_you_mean(code, names) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error,
        }
        .hint("the rules are listed in docs/diagnostics.md of cargo-kickoff")
    })
}
