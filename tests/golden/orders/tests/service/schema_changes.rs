//! Migrations run while the release before them still serves: what it reads stays, and what it
//! writes is still taken (docs/adr/0013-schema-changes.md).
//!
//! Looked at are tables, columns, their types, and what may be left out. Whether a CHECK is stricter
//! than before, or a UNIQUE new, is for whoever reviews the migration.
//!
//! A migration that takes something away says in a line of its own that nobody needs it any more:
//! `-- contract: nothing reads orders.note since 1.4`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection as Connection};

const ALLOWED: &str = "-- contract: ";

const COLUMNS: &str = "\
SELECT
    tables.name AS in_table,
    columns.name AS name,
    columns.type AS kind,
    (columns.\"notnull\" = 0 OR columns.dflt_value IS NOT NULL) AS optional
FROM sqlite_schema AS tables
JOIN pragma_table_info(tables.name) AS columns
WHERE tables.type = 'table'";

#[derive(Debug)]
struct Column {
    kind: String,
    /// A row can be written by whoever does not know it.
    optional: bool,
}

/// All columns, by the names of their tables and their own.
type Schema = BTreeMap<(String, String), Column>;

async fn schema(db: &mut Connection) -> Schema {
    let rows = sqlx::query(COLUMNS).fetch_all(db).await.expect("columns");
    let column = |row: &sqlx::sqlite::SqliteRow| {
        let (kind, optional) = (row.get("kind"), row.get("optional"));
        let name = (row.get("in_table"), row.get("name"));
        (name, Column { kind, optional })
    };
    rows.iter().map(column).collect()
}

async fn run(db: &mut Connection, sql: &str) {
    let sql = AssertSqlSafe(sql.to_owned());
    sqlx::raw_sql(sql).execute(db).await.expect("it runs");
}

/// What the release that knows `before` does not get along with.
fn breaks(before: &Schema, after: &Schema) -> Vec<String> {
    let mut broken = Vec::new();
    for (name @ (table, column), was) in before {
        let place = format!("{table}.{column}");
        match after.get(name) {
            None => broken.push(format!("{place} is gone")),
            Some(is) if is.kind != was.kind => broken.push(format!("{place} is now {}", is.kind)),
            Some(is) if was.optional && !is.optional => broken.push(format!("{place} is required")),
            Some(_) => {}
        }
    }
    let tables: BTreeSet<_> = before.keys().map(|(table, _)| table).collect();
    for (name @ (table, column), is) in after {
        if tables.contains(table) && !before.contains_key(name) && !is.optional {
            broken.push(format!("{table}.{column} is new and required"));
        }
    }
    broken
}

/// In the order in which they run.
fn migrations() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let files = fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "sql"));
    paths.sort();
    paths
}

async fn database() -> Connection {
    let opened = Connection::connect("sqlite::memory:");
    opened.await.expect("a database")
}

#[tokio::test]
async fn what_the_release_before_needs_stays() {
    let mut db = database().await;
    let mut before = Schema::new();
    for path in migrations() {
        let sql = fs::read_to_string(&path).expect("text");
        run(&mut db, &sql).await;
        let after = schema(&mut db).await;
        let broken = breaks(&before, &after);
        let allowed = sql.lines().any(|line| line.starts_with(ALLOWED));
        let path = path.display();
        assert!(broken.is_empty() || allowed, "{path}: {broken:#?}");
        before = after;
    }
    assert!(!before.is_empty());
}

#[tokio::test]
async fn what_is_taken_away_is_seen() {
    let mut db = database().await;
    for (change, seen) in [
        (
            "DROP TABLE notes",
            &["notes.id is gone", "notes.text is gone"][..],
        ),
        (
            "ALTER TABLE notes DROP COLUMN text",
            &["notes.text is gone"],
        ),
        (
            "ALTER TABLE notes RENAME COLUMN id TO number",
            &["notes.id is gone", "notes.number is new and required"],
        ),
        (
            "DROP TABLE notes; CREATE TABLE notes (id BLOB NOT NULL, text TEXT NOT NULL)",
            &["notes.id is now BLOB", "notes.text is required"],
        ),
        ("ALTER TABLE notes ADD COLUMN more TEXT", &[]),
        (
            "ALTER TABLE notes ADD COLUMN more TEXT NOT NULL DEFAULT ''",
            &[],
        ),
        ("CREATE TABLE others (id TEXT NOT NULL)", &[]),
    ] {
        run(&mut db, "BEGIN").await;
        run(&mut db, "CREATE TABLE notes (id TEXT NOT NULL, text TEXT)").await;
        let before = schema(&mut db).await;
        run(&mut db, change).await;
        let after = schema(&mut db).await;
        assert_eq!(breaks(&before, &after), seen, "{change}");
        run(&mut db, "ROLLBACK").await;
    }
}
