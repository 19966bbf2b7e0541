//! Parses TOML, and goes on behind a mistake so that a file with several shows all of them.

use std::ops::Range;

use toml_edit::Document;

use super::error::FileError;

/// What was understood of a text.
pub(super) struct Parsed {
    /// The document, with spans that hold in the text.
    pub(super) document: Document<String>,
    /// What could not be read.
    pub(super) errors: Vec<FileError>,
}

/// Mistakes that are looked for before giving up.
const MOST: usize = 20;

/// Parses `text`. Lines with a mistake are blanked out and the rest parsed again; where the extent of a mistake is not certain, what
/// follows it is left alone, because more errors would only be noise.
pub(super) fn parse(text: &str) -> Result<Parsed, Vec<FileError>> {
    let mut errors = Vec::new();
    let mut readable = text.to_owned();
    loop {
        let error = match Document::parse(readable.clone()) {
            Ok(document) => return Ok(Parsed { document, errors }),
            Err(error) => error,
        };
        let span = error.span().unwrap_or(0..0);
        // What follows an open bracket is read as part of a list.
        let is_open = ["unclosed array,", "unclosed inline table,"]
            .iter()
            .any(|start| error.message().starts_with(start));
        let broken = broken_lines(&readable, &span).filter(|_| !is_open);
        errors.push(explain(text, span, error.message()));
        match broken {
            Some(lines) if errors.len() < MOST => blank_out(&mut readable, lines),
            _ => return Err(errors),
        }
    }
}

fn explain(text: &str, span: Range<usize>, message: &str) -> FileError {
    let source = text.get(span.clone()).unwrap_or_default();
    if message == "duplicate key" {
        return FileError::new(span.clone(), format!("`{source}` is there twice"))
            .hint("remove one of them, or merge them");
    }
    FileError::new(span.clone(), format!("this is not TOML: {message}"))
}

/// The lines that have to go: the one with the mistake, and for a table's header all lines of the table, because its keys would else
/// be taken for those of the table before. `None` where the mistake may reach over several lines.
fn broken_lines(text: &str, span: &Range<usize>) -> Option<Range<usize>> {
    let start = text
        .get(..span.start)?
        .rfind('\n')
        .map_or(0, |newline| newline + 1);
    let end = text[start..]
        .find('\n')
        .map_or(text.len(), |newline| start + newline);
    let line = text[start..end].trim();
    if line.starts_with('[') {
        let next = text[end..]
            .find("\n[")
            .map_or(text.len(), |newline| end + newline);
        return Some(start..next);
    }
    let balanced = line.matches('[').count() == line.matches(']').count()
        && line.matches('{').count() == line.matches('}').count();
    let over_lines = line.contains("\"\"\"") || line.contains("'''");
    let nothing_left = line.is_empty() || line.starts_with('#');
    (balanced && !over_lines && !nothing_left).then_some(start..end)
}

/// Replaces text by as many blanks, so that places behind it stay the same.
fn blank_out(text: &mut String, lines: Range<usize>) {
    let blanks: String = text[lines.clone()]
        .bytes()
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect();
    text.replace_range(lines, &blanks);
}
