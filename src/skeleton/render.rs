//! One template engine for all skeleton files.
//!
//! Statements are `<% … %>`, values `<{ … }>`, comments `<# … #>`: these collide with no Rust, SQL, TOML, YAML, Markdown or
//! workflow expression. An undefined value is an error, and so is a person's text without a filter ([`super::escape`]).

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, Value};

use super::{contract, escape, functions, layout, words};
use crate::error::{Error, Result};

/// A skeleton file that cannot be read or rendered names itself in the error.
pub(super) struct Renderer<'source> {
    environment: Environment<'source>,
}

impl<'source> Renderer<'source> {
    /// An engine without templates.
    pub(super) fn new() -> Renderer<'source> {
        let mut environment = Environment::new();
        let syntax = SyntaxConfig::builder()
            .block_delimiters("<%", "%>")
            .variable_delimiters("<{", "}>")
            .comment_delimiters("<#", "#>")
            .build()
            .expect("the delimiters differ");
        environment.set_syntax(syntax);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_trim_blocks(true);
        environment.set_lstrip_blocks(true);
        environment.set_keep_trailing_newline(true);
        environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
        escape::install(&mut environment);
        functions::install(&mut environment);
        contract::install(&mut environment);
        words::install(&mut environment);
        Renderer { environment }
    }

    /// Compiles a file. `origin` names it in errors.
    pub(super) fn add(&mut self, origin: &str, text: &str) -> Result<()> {
        self.environment
            .add_template_owned(origin.to_owned(), layout::encode_marks(text))
            .map_err(|error| template_error(origin, error))
    }

    /// Renders a file that was added.
    pub(super) fn render(&self, origin: &str, context: &Value) -> Result<String> {
        let rendered = self
            .environment
            .get_template(origin)
            .and_then(|template| template.render(context))
            .map_err(|error| template_error(origin, error))?;
        let mut text = layout::break_lines(&rendered);
        // Whatever stood last may have been left out, the blank line before it not.
        text.truncate(text.trim_end_matches('\n').len());
        if !text.is_empty() {
            text.push('\n');
        }
        Ok(text)
    }
}

fn template_error(origin: &str, error: minijinja::Error) -> Error {
    let line = error
        .line()
        .map_or_else(String::new, |line| format!(", line {line}"));
    let file = error.name().unwrap_or(origin);
    // The engine's own display repeats the place.
    let what = error.detail().map_or_else(
        || error.kind().to_string(),
        |detail| format!("{}: {detail}", error.kind()),
    );
    let mut message = format!("skeleton file `{file}`{line}: {what}");
    let mut cause = std::error::Error::source(&error);
    while let Some(inner) = cause {
        message.push_str(&format!(": {inner}"));
        cause = inner.source();
    }
    Error::failed(message)
}
