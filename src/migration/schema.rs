//! A schema, read from the scripts that our skeletons write: one column a line, one statement after the other.

use super::Scripts;

/// All tables.
#[derive(Debug, Default)]
pub(super) struct Schema {
    pub(super) tables: Vec<Table>,
}

/// A table with its indexes.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// As SQL spells it.
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
    /// Rules of the table as a whole: its key, checks over several columns.
    pub(super) rules: Vec<String>,
    /// What stands behind the closing bracket.
    pub(super) options: String,
    pub(super) indexes: Vec<Index>,
    /// The whole script.
    pub(super) script: String,
}

/// A column.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// As SQL spells it.
    pub(super) name: String,
    /// What follows the name.
    pub(super) definition: String,
    /// The comments above it.
    pub(super) comments: Vec<String>,
}

/// An index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Index {
    pub(super) name: String,
    pub(super) statement: String,
}

impl Schema {
    pub(super) fn read(scripts: &Scripts) -> Schema {
        let mut schema = Schema::default();
        for script in scripts.values() {
            for statement in statements(script) {
                if let Some(table) = Table::read(&statement, script) {
                    schema.tables.push(table);
                } else if let Some((table, index)) = Index::read(&statement)
                    && let Some(table) = schema.tables.iter_mut().find(|one| one.name == table)
                {
                    table.indexes.push(index);
                }
            }
        }
        schema
    }

    pub(super) fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }
}

impl Table {
    fn read(statement: &str, script: &str) -> Option<Table> {
        let rest = statement.strip_prefix("CREATE TABLE ")?;
        let (name, rest) = rest.split_once(" (\n")?;
        let (body, options) = rest.rsplit_once("\n)")?;
        let mut table = Table {
            name: name.to_owned(),
            columns: Vec::new(),
            rules: Vec::new(),
            options: options.trim().to_owned(),
            indexes: Vec::new(),
            script: script.to_owned(),
        };
        let mut comments = Vec::new();
        for line in body.lines().map(str::trim) {
            let entry = line.trim_end_matches(',');
            let is_rule = [
                "PRIMARY KEY",
                "UNIQUE",
                "CHECK",
                "FOREIGN KEY",
                "CONSTRAINT",
            ]
            .iter()
            .any(|word| entry.starts_with(word));
            if line.starts_with("--") {
                comments.push(line.to_owned());
            } else if is_rule {
                table.rules.push(entry.to_owned());
            } else if let Some((name, definition)) = name_and_rest(entry) {
                table.columns.push(Column {
                    name: name.to_owned(),
                    definition: definition.to_owned(),
                    comments: std::mem::take(&mut comments),
                });
            }
        }
        Some(table)
    }

    pub(super) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The name without quotes.
    pub(super) fn bare(&self) -> &str {
        self.name.trim_matches('"')
    }
}

impl Column {
    /// The name without quotes.
    pub(super) fn bare(&self) -> &str {
        self.name.trim_matches('"')
    }
}

impl Index {
    fn read(statement: &str) -> Option<(String, Index)> {
        let rest = statement
            .strip_prefix("CREATE UNIQUE INDEX ")
            .or_else(|| statement.strip_prefix("CREATE INDEX "))?;
        let (name, rest) = rest.split_once(" ON ")?;
        let (table, _) = name_and_rest(rest)?;
        let index = Index {
            name: name.to_owned(),
            statement: statement.to_owned(),
        };
        Some((table.to_owned(), index))
    }

    pub(super) fn is_unique(&self) -> bool {
        self.statement.starts_with("CREATE UNIQUE")
    }

    /// Whether a column, as SQL spells it, takes part.
    pub(super) fn uses(&self, column: &str) -> bool {
        let word = |c: char| !c.is_alphanumeric() && c != '_' && c != '"';
        let (_, columns) = self.statement.split_once(" (").unwrap_or_default();
        columns.split(word).any(|one| one == column)
    }
}

/// A name, quoted or not, and what follows it.
fn name_and_rest(text: &str) -> Option<(&str, &str)> {
    match text.strip_prefix('"') {
        Some(rest) => {
            let end = rest.find('"')? + 2;
            Some((&text[..end], text[end..].trim_start()))
        }
        None => text.split_once(' '),
    }
}

/// Statements without the comments between them; those within stay.
fn statements(script: &str) -> Vec<String> {
    let mut statements = Vec::new();
    let mut statement = String::new();
    for line in script.lines() {
        if statement.is_empty() && (line.starts_with("--") || line.trim().is_empty()) {
            continue;
        }
        statement.push_str(line);
        // A comment can end with a semicolon.
        if line.ends_with(';') && !line.trim_start().starts_with("--") {
            statement.pop();
            statements.push(std::mem::take(&mut statement));
        } else {
            statement.push('\n');
        }
    }
    statements
}
