//! The statements of a script, each read on its own.

use sqlparser::ast::Statement;
use sqlparser::dialect::{Dialect, GenericDialect, MySqlDialect, PostgreSqlDialect, SQLiteDialect};
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Token, TokenWithSpan, Tokenizer};

/// A statement, or what is known of one that no dialect takes.
pub(super) struct Read {
    pub(super) line: u64,
    pub(super) statement: Result<Statement, Unread>,
}

/// What could not be read.
pub(super) struct Unread {
    /// Its first words: `ALTER TABLE orders`.
    pub(super) words: String,
    /// The table that it creates or alters.
    pub(super) table: Option<String>,
}

/// Marks from which on a script undoes what stands above, by the tools that keep both in one file.
const DOWN: [&str; 5] = [
    "-- migrate:down",
    "-- +goose down",
    "-- +migrate down",
    "-- +micrate down",
    "--//@undo",
];

/// Reads a script. `None` where its tokens cannot be told apart.
pub(super) fn read(text: &str) -> Option<Vec<Read>> {
    let forward: String = text
        .split_inclusive('\n')
        .take_while(|line| !DOWN.contains(&line.trim().to_lowercase().as_str()))
        .collect();
    let tokens = Tokenizer::new(&GenericDialect {}, &forward)
        .tokenize_with_location()
        .ok()?;
    let mut statements = Vec::new();
    for tokens in tokens.split(|token| token.token == Token::SemiColon) {
        let first = tokens.iter().find(|token| is_said(token));
        if let Some(first) = first {
            statements.push(Read {
                line: first.span.start.line,
                statement: parse(tokens).ok_or_else(|| unread(tokens)),
            });
        }
    }
    Some(statements)
}

fn is_said(token: &TokenWithSpan) -> bool {
    !matches!(token.token, Token::Whitespace(_) | Token::EOF)
}

fn parse(tokens: &[TokenWithSpan]) -> Option<Statement> {
    let dialects: [&dyn Dialect; 4] = [
        &PostgreSqlDialect {},
        &SQLiteDialect {},
        &MySqlDialect {},
        &GenericDialect {},
    ];
    dialects.into_iter().find_map(|dialect| {
        let mut parser = Parser::new(dialect).with_tokens_with_locations(tokens.to_vec());
        let statement = parser.parse_statement().ok()?;
        (parser.peek_token().token == Token::EOF).then_some(statement)
    })
}

fn unread(tokens: &[TokenWithSpan]) -> Unread {
    let said: Vec<String> = tokens
        .iter()
        .filter(|token| is_said(token))
        .take(8)
        .map(|token| token.token.to_string())
        .collect();
    let is = |at: usize, word: &str| {
        said.get(at)
            .is_some_and(|one| one.eq_ignore_ascii_case(word))
    };
    let speaks_of_table = (is(0, "CREATE") || is(0, "ALTER")) && is(1, "TABLE");
    let fillers = ["IF", "NOT", "EXISTS", "ONLY"];
    let name = said
        .iter()
        .skip(2)
        .position(|word| !fillers.iter().any(|one| word.eq_ignore_ascii_case(one)));
    let name = name.filter(|_| speaks_of_table).map(|at| at + 2);
    // `public.orders` is three tokens.
    let last = name.map(|at| match is(at + 1, ".") {
        true => at + 2,
        false => at,
    });
    let table = last.and_then(|at| said.get(at)).map(|name| bare(name));
    let end = last.map_or(3, |at| at + 1).min(said.len());
    let words = said[..end].join(" ").replace(" . ", ".");
    Unread { words, table }
}

/// A name without the quotes of any dialect.
pub(super) fn bare(name: &str) -> String {
    name.trim_matches(['"', '`', '[', ']', '\'']).to_owned()
}
