//! `cargo kickoff check`.

use super::Session;
use super::findings::{Findings, Format};
use super::project::Which;
use crate::check::{self, Project, RULES, Rule, reference};
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

pub(super) fn run(args: &Args, session: &Session) -> Result<u8> {
    if let Some(code) = &args.explain {
        session.shell.data(reference::explanation(rule(code)?));
        return Ok(exit::DONE);
    }
    let root = args.which.recovered_root(session)?;
    let project = Project::read(&root, &session.context.today)?;
    let report = check::run(&project);
    let findings = Findings {
        report: &report,
        texts: &project,
        strict: args.strict,
        root: &root,
        looked_at: "",
        agree: "code and answers agree",
    };
    Ok(findings.show(args.message_format, session))
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
