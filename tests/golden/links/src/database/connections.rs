//! Connections to the file: opened when they are first wanted, kept, and lent to one request at a
//! time.
//!
//! sqlx's pool tests a connection whenever it comes back, in a task of its own. Each of SQLite's
//! answers from a thread, so that would cost as much again as reading a record does. Here one is
//! tested when it is lent, and no more than once a second.

use std::{
    fmt,
    ops::{Deref, DerefMut},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use sqlx::{Connection as _, sqlite::SqliteConnectOptions};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time,
};

use super::Connection;

/// A connection that does not answer is lent for this long at most: it has died, or is still at
/// work for somebody who has left.
const TESTED_FOR: Duration = Duration::from_secs(1);

#[derive(Clone, Debug)]
pub struct Connections(Arc<Shared>);

struct Shared {
    options: SqliteConnectOptions,
    /// How long a request waits for one.
    patience: Duration,
    permits: Arc<Semaphore>,
    /// The one that came back last is lent first: no more are opened than are used at once.
    idle: Mutex<Vec<Tested>>,
}

#[derive(Debug)]
struct Tested {
    connection: Connection,
    at: Instant,
}

impl Connections {
    /// Opens nothing yet.
    pub fn new(options: SqliteConnectOptions, most: usize, patience: Duration) -> Self {
        Self(Arc::new(Shared {
            options,
            patience,
            permits: Arc::new(Semaphore::new(most)),
            idle: Mutex::default(),
        }))
    }

    /// Fails with `PoolTimedOut` when none gets free in time.
    pub async fn lend(&self) -> sqlx::Result<Lent> {
        let lent = time::timeout(self.0.patience, self.next()).await;
        lent.unwrap_or(Err(sqlx::Error::PoolTimedOut))
    }

    async fn next(&self) -> sqlx::Result<Lent> {
        let shared = &self.0;
        let permit = Arc::clone(&shared.permits).acquire_owned().await;
        let permit = permit.map_err(|_| sqlx::Error::PoolClosed)?;
        let tested = match shared.living().await {
            Some(tested) => tested,
            None => Tested {
                connection: Connection::connect_with(&shared.options).await?,
                at: Instant::now(),
            },
        };
        Ok(Lent(Some(Loan {
            tested,
            shared: Arc::clone(shared),
            permit,
        })))
    }
}

impl Shared {
    /// The one that came back last, if it answers. Others are not asked: in a machine that stands
    /// still, none would.
    async fn living(&self) -> Option<Tested> {
        let mut tested = self.idle(Vec::pop)?;
        if tested.at.elapsed() < TESTED_FOR {
            return Some(tested);
        }
        let answer = time::timeout(self.patience / 4, tested.connection.ping()).await;
        if let Ok(Ok(())) = answer {
            tested.at = Instant::now();
            return Some(tested);
        }
        tracing::warn!("a connection to the database does not answer and is given up");
        None
    }

    fn idle<T>(&self, change: impl FnOnce(&mut Vec<Tested>) -> T) -> T {
        change(&mut self.idle.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

/// A connection until it is dropped; then it goes back.
#[derive(Debug)]
pub struct Lent(Option<Loan>);

#[derive(Debug)]
struct Loan {
    tested: Tested,
    shared: Arc<Shared>,
    permit: OwnedSemaphorePermit,
}

impl Lent {
    /// The connection, for whoever outlives this.
    pub fn take(&mut self) -> Self {
        Self(self.0.take())
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(loan) = self.0.take() {
            loan.shared.idle(|idle| idle.push(loan.tested));
            drop(loan.permit);
        }
    }
}

impl Deref for Lent {
    type Target = Connection;

    fn deref(&self) -> &Self::Target {
        match &self.0 {
            Some(loan) => &loan.tested.connection,
            None => unreachable!("it was taken"),
        }
    }
}

impl DerefMut for Lent {
    fn deref_mut(&mut self) -> &mut Self::Target {
        match &mut self.0 {
            Some(loan) => &mut loan.tested.connection,
            None => unreachable!("it was taken"),
        }
    }
}
