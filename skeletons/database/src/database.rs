//! The database: one SQLite file, one connection that writes and several that read.
//!
//! SQLite has one writer at a time whatever we do. Queueing for our only writing connection is
//! fair and leaves the readers alone; meeting at the file's lock would be neither.

mod connections;

use std::{
    fs, io,
    ops::{Deref, DerefMut},
    path::PathBuf,
    sync::OnceLock,
    time::Duration,
};

use log::LevelFilter;
use sqlx::{
    ConnectOptions, Sqlite, SqliteConnection,
    migrate::{Migration, MigrationType, Migrator},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteRow, SqliteSynchronous},
};

use crate::{config::Config, store::StoreError};

pub use connections::Lent as Read;

use connections::{Connections, Lent};

/// The engine and what belongs to it, named here and nowhere else.
pub type Engine = Sqlite;
pub type Connection = SqliteConnection;
pub type Row = SqliteRow;

const READERS: usize = <{ limits.readers }>;

<% include "shared/database/migrations.rs" %>

#[derive(Debug)]
pub struct Database {
    writer: Connections,
    readers: Connections,
    path: PathBuf,
    /// The file that was migrated. Connections stay with it when another takes its name, and what
    /// they write then is lost.
    file: OnceLock<FileId>,
}

impl Database {
    /// Opens nothing yet: the file may not be there before the service is.
    pub fn connect(config: &Config) -> Self {
        let url = config.database_url.expose();
        let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
        // Waiting for a connection and then for the lock has to end before the request does.
        let deadline = config.request_timeout;
        let patience = deadline / 2;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(deadline / 4)
            // The text alone: what was bound to it may be anybody's data.
            .log_slow_statements(LevelFilter::Warn, config.slow_query);
        let writing = options.clone().create_if_missing(true);
        let reading = options.pragma("query_only", "on");
        Self {
            writer: Connections::new(writing, 1, patience, "ROLLBACK"),
            readers: Connections::new(reading, READERS, patience, "SELECT 1"),
            path: path.into(),
            file: OnceLock::new(),
        }
    }

    /// Brings the schema to this version, as soon as there is a database to do it in.
    pub async fn prepare(&self) {
        while let Err(error) = self.migrate().await {
            tracing::warn!(%error, "the database cannot be used yet");
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }

    /// Brings the schema to this version; does nothing where it is already.
    pub async fn migrate(&self) -> sqlx::Result<()> {
        let mut db = self.writer.lend().await?;
        // `run` does the same, and cannot be spawned with a borrowed connection.
        migrator().run_direct(None, &mut *db, false).await?;
        db.release();
        let file = FileId::of(&self.path)?;
        self.file.get_or_init(|| file);
        Ok(())
    }

    /// Whether requests can be served: the schema is this version's, and the file is still ours.
    pub async fn ready(&self) -> Result<(), &'static str> {
        self.check_file()?;
        let mut db = self.readers.lend().await.map_err(|_| "no answer")?;
        let applied: Option<i64> = sqlx::query_scalar(APPLIED)
            .fetch_one(&mut *db)
            .await
            .map_err(|_| "no answer")?;
        db.release();
        let known = MIGRATIONS.last().map(|(version, ..)| *version);
        if applied < known {
            return Err("schema not migrated");
        }
        Ok(())
    }

    /// A connection for reading.
    pub async fn read(&self) -> Result<Read, StoreError> {
        self.check_file().map_err(StoreError::Unavailable)?;
        Ok(self.readers.lend().await?)
    }

    /// A transaction that holds the write lock from its start: what it reads stays true until it
    /// ends. One that took the lock at its first write could fail there, having read.
    pub async fn begin(&self) -> Result<Write, StoreError> {
        self.check_file().map_err(StoreError::Unavailable)?;
        let mut db = self.writer.lend().await?;
        sqlx::query("BEGIN IMMEDIATE").execute(&mut *db).await?;
        Ok(Write(db))
    }

    fn check_file(&self) -> Result<(), &'static str> {
        let migrated = self.file.get().ok_or("not migrated yet")?;
        match FileId::of(&self.path) {
            Ok(file) if file == *migrated => Ok(()),
            Ok(_) => Err("the file was replaced"),
            Err(_) => Err("the file is gone"),
        }
    }
}

const APPLIED: &str = "SELECT max(version) FROM _sqlx_migrations WHERE success";

<% include "shared/database/migrator.rs" %>

/// A write transaction; dropped without a commit, it leaves nothing behind.
#[derive(Debug)]
pub struct Write(Lent);

impl Write {
    pub async fn commit(mut self) -> Result<(), StoreError> {
        sqlx::query("COMMIT").execute(&mut *self.0).await?;
        self.0.release();
        Ok(())
    }
}

impl Deref for Write {
    type Target = Connection;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Write {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

/// What tells a file from another under the same name.
#[derive(Debug, PartialEq, Eq)]
struct FileId(u64, u64);

impl FileId {
    #[cfg(unix)]
    fn of(path: &PathBuf) -> io::Result<Self> {
        use std::os::unix::fs::MetadataExt;

        let metadata = fs::metadata(path)?;
        Ok(Self(metadata.dev(), metadata.ino()))
    }

    /// An open file can be neither removed nor replaced here; that it is there says enough.
    #[cfg(not(unix))]
    fn of(path: &PathBuf) -> io::Result<Self> {
        fs::metadata(path).map(|_| Self(0, 0))
    }
}
