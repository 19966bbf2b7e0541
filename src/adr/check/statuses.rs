//! A record that gives two statuses.

use super::super::record::{Record, Standing};
use super::name;
use crate::check::Diagnostic;
use crate::check::rule::KD0405;

pub(super) fn check(record: &Record) -> Option<Diagnostic> {
    let fields = record.fields()?;
    if fields.standing() != Standing::Disagrees {
        return None;
    }
    let message = format!("{} gives two statuses", name(record));
    let mut finding = Diagnostic::new(&KD0405, "", message);
    for mention in &fields.statuses {
        let label = format!("{} here", mention.status);
        finding = finding.at(record.path.clone(), mention.token.span.clone(), label);
    }
    Some(finding.help("let both places say what holds, or delete one of them"))
}
