//! The only place that reads the environment, the terminal's facts and the clock.
//!
//! [`Context::from_process`] reads them once, at the start; everything else takes the plain struct, which tests build by hand.

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;

use camino::Utf8PathBuf;

use crate::error::{Error, Result};

/// The widest text that is pleasant to read, and the width assumed where no terminal tells its own.
pub const READABLE_WIDTH: usize = 80;

/// What the world around the process looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// The directory the command was started in.
    pub current_dir: Utf8PathBuf,
    /// Today as `2026-11-25`, in UTC. `SOURCE_DATE_EPOCH` (seconds since 1970) takes the place of the clock, so that a build
    /// can be repeated: <https://reproducible-builds.org/docs/source-date-epoch/>.
    pub today: String,
    /// The Cargo that runs us (`CARGO`), else `cargo` of the path.
    pub cargo: PathBuf,
    /// The terminal.
    pub terminal: Terminal,
}

/// What the process can show and whom it can ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminal {
    /// Somebody can type: stdin is a terminal.
    pub input: bool,
    /// Somebody reads: stderr is a terminal.
    pub output: bool,
    /// The terminal cannot move its cursor: `TERM` is `dumb`, or on Unix not set.
    pub dumb: bool,
    /// A machine started this: `CI` is set.
    pub ci: bool,
    /// No colours are wanted: `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// One line after the other is wanted, for a screen reader: `ACCESSIBLE` is set, not empty and not `0`.
    pub accessible: bool,
    /// Columns, where the terminal tells.
    pub width: Option<usize>,
}

impl Context {
    /// Reads all of it.
    ///
    /// # Errors
    /// When the current directory cannot be read or is not UTF-8, or `SOURCE_DATE_EPOCH` is not a number of seconds.
    pub fn from_process() -> Result<Context> {
        let current_dir = std::env::current_dir()
            .map_err(|error| Error::io("read the current directory", ".", error))?;
        let current_dir = Utf8PathBuf::from_path_buf(current_dir).map_err(|path| {
            Error::failed(format!("the path `{}` is not UTF-8", path.display()))
                .hint("run the command in a directory whose path is UTF-8")
        })?;
        Ok(Context {
            today: today(std::env::var_os("SOURCE_DATE_EPOCH"))?,
            cargo: std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from),
            current_dir,
            terminal: Terminal::from_process(),
        })
    }
}

impl Terminal {
    /// Whether questions can be asked at all. Without it, missing answers are listed instead.
    pub fn interactive(&self) -> bool {
        self.input && self.output && !self.ci
    }

    /// Whether questions are asked line by line, without moving the cursor.
    pub fn plain(&self) -> bool {
        self.accessible || self.dumb
    }

    fn from_process() -> Terminal {
        Terminal::from_variables(
            |name| std::env::var_os(name),
            std::io::stdin().is_terminal(),
            std::io::stderr().is_terminal(),
        )
    }

    fn from_variables(
        variable: impl Fn(&str) -> Option<OsString>,
        input: bool,
        output: bool,
    ) -> Terminal {
        let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        let switched_on =
            |name: &str| variable(name).is_some_and(|value| !value.is_empty() && value != "0");
        Terminal {
            input,
            output,
            // Windows consoles work without `TERM`.
            dumb: variable("TERM").map_or(cfg!(unix), |term| term == "dumb"),
            ci: switched_on("CI") && variable("CI").is_some_and(|value| value != "false"),
            no_color: set("NO_COLOR"),
            accessible: switched_on("ACCESSIBLE"),
            width: output.then(terminal_width).flatten(),
        }
    }
}

/// Columns of the terminal that stderr is.
fn terminal_width() -> Option<usize> {
    match crossterm::terminal::size() {
        Ok((columns, _)) if columns > 0 => Some(usize::from(columns)),
        _ => None,
    }
}

/// The day of `epoch`, else of the clock.
fn today(epoch: Option<OsString>) -> Result<String> {
    let now = match epoch {
        None => jiff::Timestamp::now(),
        Some(epoch) => epoch
            .to_str()
            .and_then(|text| text.trim().parse::<i64>().ok())
            .and_then(|seconds| jiff::Timestamp::from_second(seconds).ok())
            .ok_or_else(|| {
                Error::usage(format!(
                    "`SOURCE_DATE_EPOCH` is `{}`, which is not a number of seconds",
                    epoch.to_string_lossy()
                ))
                .hint("unset it, or set it to seconds since 1970-01-01, for example `1795564800`")
            })?,
    };
    Ok(jiff::tz::Offset::UTC.to_datetime(now).date().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(variables: &[(&str, &str)], expect: impl Fn(Terminal) -> bool) {
        let terminal = Terminal::from_variables(
            |name| {
                variables
                    .iter()
                    .find(|(key, _)| *key == name)
                    .map(|(_, value)| OsString::from(value))
            },
            true,
            true,
        );
        assert!(expect(terminal), "{variables:?} gave {terminal:?}");
    }

    #[test]
    fn variables_decide_how_questions_are_asked() {
        let xterm = ("TERM", "xterm-256color");
        check(&[xterm], |it| {
            it.interactive() && !it.plain() && !it.no_color
        });
        check(&[xterm, ("CI", "true")], |it| !it.interactive());
        check(&[xterm, ("CI", "false")], |it| it.interactive());
        check(&[xterm, ("CI", "")], |it| it.interactive());
        check(&[("TERM", "dumb")], |it| it.interactive() && it.plain());
        check(&[xterm, ("ACCESSIBLE", "1")], |it| it.plain());
        check(&[xterm, ("ACCESSIBLE", "0")], |it| !it.plain());
        check(&[xterm, ("NO_COLOR", "1")], |it| it.no_color && !it.plain());
        check(&[xterm, ("NO_COLOR", "")], |it| !it.no_color);
    }

    #[test]
    fn nobody_is_asked_without_a_terminal_at_both_ends() {
        for (input, output) in [(false, true), (true, false), (false, false)] {
            let terminal = Terminal::from_variables(|_| None, input, output);
            assert!(!terminal.interactive(), "{terminal:?}");
        }
    }

    #[test]
    fn the_day_comes_from_source_date_epoch() {
        assert_eq!(
            today(Some("1795564800".into())).expect("a number"),
            "2026-11-25"
        );
        let error = today(Some("yesterday".into())).expect_err("not a number");
        assert_eq!(error.code, crate::error::exit::USAGE);
        assert!(error.message.contains("`yesterday`"), "{error}");
    }
}
