//! The database: a PostgreSQL server, and the connections to it that this instance keeps.
//!
//! - Transactions are READ COMMITTED: each statement sees what was committed before it. What is
//!   checked before a change is locked with it, so that it stays true until the end.
//! - The server ends on its own what outlives a request: a statement, the wait for a lock, a
//!   transaction that nobody goes on with.

use std::{
    ops::{Deref, DerefMut},
    str::FromStr,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use log::LevelFilter;
use sqlx::{
    ConnectOptions, Connection as _, Pool, Postgres, Row as _, Transaction,
    migrate::{Migration, MigrationType, Migrator},
    pool::PoolConnection,
    postgres::{PgConnectOptions, PgConnection, PgPoolOptions, PgRow},
};

use crate::{config::Config, store::StoreError};

/// The engine and what belongs to it, named here and nowhere else.
pub type Engine = Postgres;
pub type Connection = PgConnection;
pub type Row = PgRow;

<% include "shared/database/migrations.rs" %>

/// The longest a migration waits for a table: whoever comes meanwhile waits behind it.
const MIGRATION_LOCK: Duration = Duration::from_secs(2);

/// The longest one statement of a migration may take.
const MIGRATION_STATEMENT: Duration = Duration::from_secs(60);

/// The longest it may take to connect for migrating.
const CONNECT: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub struct Database {
    pool: Pool<Engine>,
    /// For migrations alone, which have limits of their own.
    migrating: Pool<Engine>,
    /// Requests are let through once the schema is this version's.
    migrated: AtomicBool,
}

impl Database {
    /// Opens nothing yet: the server may not be there before the service is.
    pub fn connect(config: &Config) -> Self {
        // The settings were checked; what else the driver does not take fails at the first use.
        let options = options(config.database_url.expose()).unwrap_or_default();
        let options = options
            .application_name(env!("CARGO_PKG_NAME"))
            // The text alone: what was bound to it may be anybody's data.
            .log_slow_statements(LevelFilter::Warn, config.slow_query);
        // Waiting for a connection and then for a lock has to end before the request does.
        let deadline = config.request_timeout;
        let request_limits = limits(deadline, deadline / 4);
<% if enforcement.clippy %>
        #[expect(clippy::disallowed_methods, reason = "this is where it is opened")]
<% endif %>
        let pool = PgPoolOptions::new();
        // Closed after each use, and with it the lock of a migration that failed.
        let migrating = pool
            .clone()
            .max_connections(1)
            .acquire_timeout(CONNECT)
            .after_release(|_, _| Box::pin(async { Ok(false) }));
        let migration_limits = limits(MIGRATION_STATEMENT, MIGRATION_LOCK);
        let pool = pool
            .max_connections(config.database_connections)
            .acquire_timeout(deadline / 2)
            // To ask before each use costs as much as to read a record; after a pause it is worth
            // that.
            .test_before_acquire(false)
            .before_acquire(|connection, meta| {
                Box::pin(async move {
                    if meta.idle_for > Duration::from_secs(1) {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            });
        Self {
            pool: pool.connect_lazy_with(options.clone().options(request_limits)),
            migrating: migrating.connect_lazy_with(options.options(migration_limits)),
            migrated: AtomicBool::new(false),
        }
    }

    /// Brings the schema to this version, as soon as there is a database to do it in.
    pub async fn prepare(&self) {
        while let Err(error) = self.migrate().await {
            tracing::warn!(%error, "the database cannot be used yet");
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }

    /// Brings the schema to this version; does nothing where it is already. Of several instances
    /// that start at once, one does it, and the others wait for its lock.
    pub async fn migrate(&self) -> sqlx::Result<()> {
        migrator().run(&self.migrating).await?;
        self.migrated.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Whether requests can be served: the schema is this version's, and can be written to.
    pub async fn ready(&self) -> Result<(), &'static str> {
        self.check_migrated()?;
        let state = sqlx::query(STATE).fetch_one(&self.pool).await;
        let state = state.map_err(|_| "no answer")?;
        let applied: Option<i64> = state.try_get("applied").map_err(|_| "no answer")?;
        let known = MIGRATIONS.last().map(|(version, ..)| *version);
        if applied < known {
            return Err("schema not migrated");
        }
        match state.try_get("read_only") {
            Ok(false) => Ok(()),
            _ => Err("read-only"),
        }
    }

    /// A connection for reading: each statement is a transaction of its own.
    pub async fn read(&self) -> Result<PoolConnection<Engine>, StoreError> {
        self.check_migrated().map_err(StoreError::Unavailable)?;
        Ok(self.pool.acquire().await?)
    }

    /// A transaction that can write.
    pub async fn begin(&self) -> Result<Write, StoreError> {
        self.check_migrated().map_err(StoreError::Unavailable)?;
        Ok(Write(self.pool.begin().await?))
    }

    fn check_migrated(&self) -> Result<(), &'static str> {
        let migrated = self.migrated.load(Ordering::Relaxed);
        migrated.then_some(()).ok_or("not migrated yet")
    }
}

const STATE: &str = "\
SELECT max(version) AS applied, current_setting('transaction_read_only') = 'on' AS read_only
FROM _sqlx_migrations
WHERE success";

/// Whether a setting names a server.
pub fn is_url(text: &str) -> bool {
    let known = ["postgres://", "postgresql://"];
    known.iter().any(|scheme| text.starts_with(scheme)) && options(text).is_some()
}

fn options(url: &str) -> Option<PgConnectOptions> {
    PgConnectOptions::from_str(url).ok()
}

/// What the server ends by itself: a statement, a wait for a lock, a transaction left alone.
fn limits(statement: Duration, lock: Duration) -> [(&'static str, String); 3] {
    let milliseconds = |limit: Duration| format!("{}ms", limit.as_millis().max(1));
    [
        ("statement_timeout", milliseconds(statement)),
        ("lock_timeout", milliseconds(lock)),
        (
            "idle_in_transaction_session_timeout",
            milliseconds(statement),
        ),
    ]
}

<% include "shared/database/migrator.rs" %>

/// A write transaction; dropped without a commit, it leaves nothing behind.
#[derive(Debug)]
pub struct Write(Transaction<'static, Engine>);

impl Write {
    pub async fn commit(self) -> Result<(), StoreError> {
        self.0.commit().await.map_err(|error| match error {
            // It may be done, and it may not: nobody is told that it is not.
            error @ sqlx::Error::Io(_) => StoreError::Database(error),
            error => error.into(),
        })
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
