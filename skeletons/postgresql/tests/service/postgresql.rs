//! A database of its own for each test, on the server that `TEST_DATABASE_URL` names: a copy of one
//! that was migrated once.

use std::{
    env, fs,
    hash::{DefaultHasher, Hash, Hasher},
    io::Write,
    path::Path,
    sync::mpsc,
    thread,
    time::Duration,
};

use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection, postgres::PgConnectOptions};
use tokio::{runtime, sync::OnceCell};
use uuid::Uuid;

use <{ service.crate_name }>::config::{Config, Secret};
use <{ service.crate_name }>::database::Database;

/// Where there is no server, and nobody said that there is one.
const MISSING: &str = "the tests need a PostgreSQL server: TEST_DATABASE_URL names it (README.md)";

/// Dropped with the value, and with whoever is still connected.
pub struct TestDatabase {
    server: PgConnectOptions,
    name: String,
}

impl TestDatabase {
    /// With all tables.
    pub async fn create() -> Self {
        let database = Self::absent();
        let original = original(&database.server).await;
        database.copy(original).await.expect("created");
        database
    }

    /// One that is still to be created.
    pub fn absent() -> Self {
        Self {
            server: server(),
            name: format!("test_{}", Uuid::now_v7().simple()),
        }
    }

    /// Without a table.
    pub async fn create_now(&self) {
        self.copy("template0").await.expect("created");
    }

    async fn copy(&self, original: &str) -> sqlx::Result<()> {
        let create = format!("CREATE DATABASE {} TEMPLATE {original}", self.name);
        run(&self.server, create).await
    }

    pub fn url(&self) -> Secret {
        Secret::from(self.options().to_url_lossy().as_str())
    }

    /// As somebody other than the service.
    pub async fn connect(&self) -> PgConnection {
        self.options().connect().await.expect("a connection")
    }

    /// On the server, and not in this database.
    pub async fn administer(&self, statement: &str) {
        let statement = statement.replace("<database>", &self.name);
        run(&self.server, statement).await.expect("done");
    }

    pub fn options(&self) -> PgConnectOptions {
        self.server.clone().database(&self.name)
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let server = self.server.clone();
        let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        let (done, is_done) = mpsc::sync_channel(1);
        // On a thread of its own: the test's runtime may be at its end.
        thread::spawn(move || {
            let runtime = runtime::Builder::new_current_thread().enable_all().build();
            let dropped = runtime.map(|runtime| runtime.block_on(run(&server, drop)));
            done.send(dropped.is_ok()).ok();
        });
        // The server waits for whoever is about to connect, and that may be this thread: it goes on
        // then, which ends the attempt.
        is_done.recv_timeout(Duration::from_secs(1)).ok();
    }
}

/// The database that others are copies of. It stays for the next run, under a name that tells
/// whether these migrations made it.
async fn original(server: &PgConnectOptions) -> &'static str {
    static NAME: OnceCell<String> = OnceCell::const_new();
    let name = NAME.get_or_try_init(async || {
        let number = number_of_migrations();
        let name = format!("original_{number:016x}");
        let mut other = server.connect().await?;
        // Of several runs at once, one makes it. The lock ends with the connection.
        let lock = sqlx::query("SELECT pg_advisory_lock($1)").bind(number.cast_signed());
        lock.execute(&mut other).await?;
        let find = sqlx::query("SELECT 1 FROM pg_database WHERE datname = $1").bind(&name);
        if find.fetch_optional(&mut other).await?.is_none() {
            let draft = TestDatabase::absent();
            draft.create_now().await;
            let mut config = Config::from_vars([]).expect("no problem");
            config.database_url = draft.url();
            Database::connect(&config).migrate().await?;
            // Whole or not at all.
            let rename = format!("ALTER DATABASE {} RENAME TO {name}", draft.name);
            run(server, rename).await?;
        }
        Ok::<_, sqlx::Error>(name)
    });
    name.await.expect("a database to copy")
}

fn number_of_migrations() -> u64 {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let files = fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    let mut hasher = DefaultHasher::new();
    for path in paths.iter().filter(|path| path.is_file()) {
        fs::read_to_string(path).expect("text").hash(&mut hasher);
    }
    hasher.finish()
}

async fn run(server: &PgConnectOptions, statement: String) -> sqlx::Result<()> {
    let mut connection = server.connect().await?;
    let statement = sqlx::query(AssertSqlSafe(statement));
    statement.execute(&mut connection).await?;
    Ok(())
}

fn server() -> PgConnectOptions {
    let given = |wanted: &str| {
        let mut all = env::vars_os();
        let found = all.find(|(name, value)| name == wanted && !value.is_empty());
        found.map(|(_, value)| value.to_string_lossy().into_owned())
    };
    if let Some(url) = given("TEST_DATABASE_URL") {
        return url.parse().expect("the URL of a PostgreSQL server");
    }
    assert!(given("CI").is_none(), "{MISSING}");
    skip()
}

/// Ends the run, for the harness knows no test that is skipped while it runs. In CI this would hide
/// that nothing was tested.
<% if enforcement.clippy %>
#[expect(clippy::disallowed_methods, reason = "no request is in flight")]
<% endif %>
fn skip() -> ! {
    let message = format!("\nskipped: {MISSING}\n");
    std::io::stderr().write_all(message.as_bytes()).ok();
    std::process::exit(0)
}
