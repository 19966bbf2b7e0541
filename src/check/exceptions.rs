//! KD0611 to KD0613: what somebody answers for, and exceptions that excuse nothing.

use camino::Utf8Path;

use super::diagnostic::Diagnostic;
use super::rule::{KD0611, KD0612, KD0613, Rule};
use super::{RULES, Report};
use crate::answers::Exception;
use crate::answers::file::Places;
use crate::error::did_you_mean;

/// The exceptions of a `kickoff.toml`, and what they are held against.
pub(crate) struct Exceptions<'a> {
    /// The exceptions.
    pub(crate) list: &'a [Exception],
    /// The path of the file from the root.
    pub(crate) file: &'a Utf8Path,
    /// The places in it.
    pub(crate) places: &'a Places<'a>,
    /// Today, `2026-11-25`.
    pub(crate) today: &'a str,
    /// Whether the check has looked at what an exception is about: only then can it say that it excuses nothing.
    pub(crate) is_judged: &'a dyn Fn(&Exception) -> bool,
}

/// Sets aside what is excused, and adds what is wrong with the exceptions themselves.
pub(crate) fn apply(of: &Exceptions<'_>, diagnostics: Vec<Diagnostic>) -> Report {
    let exceptions = of.list;
    let holds = |exception: &Exception| {
        let until = exception.until.as_deref();
        until.is_none_or(|until| of.today <= until)
    };
    let mut used = vec![false; exceptions.len()];
    let mut report = Report::default();
    for found in diagnostics {
        let at = exceptions
            .iter()
            .position(|exception| holds(exception) && excuses(exception, &found));
        match at {
            Some(at) => {
                used[at] = true;
                report.excepted.push((found, exceptions[at].clone()));
            }
            None => report.diagnostics.push(found),
        }
    }
    for (at, exception) in exceptions.iter().enumerate() {
        if used[at] || !(of.is_judged)(exception) {
            continue;
        }
        let place = of.places.of_exception(at);
        let found = match rule(exception) {
            None => of_no_rule(exception),
            Some(_) if !holds(exception) => expired(exception),
            Some(_) => unused(exception, &report),
        };
        report.diagnostics.push(found.at(of.file, place, ""));
    }
    report
}

fn excuses(exception: &Exception, found: &Diagnostic) -> bool {
    let subject = exception.subject.as_ref();
    exception.code == found.rule.code
        && found.rule.subject.is_some()
        && subject.is_none_or(|subject| *subject == found.subject)
}

/// The rule that an exception is of, if there can be exceptions of it.
fn rule(exception: &Exception) -> Option<&'static Rule> {
    let mut rules = RULES.iter().copied();
    rules.find(|rule| rule.code == exception.code && rule.subject.is_some())
}

fn of_no_rule(exception: &Exception) -> Diagnostic {
    let code = &exception.code;
    let message = match RULES.iter().any(|rule| rule.code == *code) {
        true => format!("`{code}` allows no exceptions"),
        false => format!("`cargo kickoff check` has no rule `{code}`"),
    };
    Diagnostic::new(&KD0613, "", message).help("remove the exception, or correct its code")
}

fn expired(exception: &Exception) -> Diagnostic {
    let until = exception.until.as_deref().unwrap_or_default();
    let message = format!("the exception of {} held until {until}", exception.code);
    Diagnostic::new(&KD0612, "", message)
        .note(format!("its reason was: {}", exception.reason))
        .note(format!("who answered for it: {}", exception.owner))
        .help("settle the matter and remove the exception")
        .help("or answer for another day in `until`")
}

fn unused(exception: &Exception, report: &Report) -> Diagnostic {
    let code = &exception.code;
    let message = match &exception.subject {
        Some(subject) => format!("the exception of {code} for `{subject}` excuses nothing"),
        None => format!("the exception of {code} excuses nothing"),
    };
    let found = Diagnostic::new(&KD0611, "", message);
    let subjects = report.diagnostics.iter();
    let subjects = subjects.filter(|found| found.rule.code == code);
    let subjects = subjects.map(|found| found.subject.as_str());
    let near = did_you_mean(exception.subject.as_deref().unwrap_or_default(), subjects);
    match near {
        Some(near) => found.help(format!("did you mean `subject = \"{near}\"`?")),
        None => found.help("remove it"),
    }
}
