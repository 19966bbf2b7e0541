<% if not postgresql %>
//! Connections to the file: opened when they are first wanted, kept, and lent to one request at a
//! time, in the order in which they asked.
//!
//! sqlx's pool tests each connection that comes back, in a task of its own and with a change of
//! threads there and back: as much work as reading a record. Here only those are tested that
//! somebody left before the work was done.

use std::{
    ops::{Deref, DerefMut},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sqlx::{Connection as _, sqlite::SqliteConnectOptions};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time,
};

use super::Connection;

#[derive(Debug)]
pub struct Connections(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    options: SqliteConnectOptions,
    /// How long anybody waits for one.
    patience: Duration,
    /// The statement that brings back one that was left: nobody knows how far it got.
    recover: &'static str,
    permits: Arc<Semaphore>,
    /// The one that came back last is lent first: no more are opened than are used at once.
    idle: Mutex<Vec<Connection>>,
}

impl Connections {
    /// Opens nothing yet.
    pub fn new(
        options: SqliteConnectOptions,
        most: usize,
        patience: Duration,
        recover: &'static str,
    ) -> Self {
        Self(Arc::new(Shared {
            options,
            patience,
            recover,
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
        let shared = Arc::clone(&self.0);
        let permit = Arc::clone(&shared.permits).acquire_owned().await;
        let permit = permit.map_err(|_| sqlx::Error::PoolClosed)?;
        let idle = shared.idle(Vec::pop);
        let connection = match idle {
            Some(connection) => connection,
            None => Connection::connect_with(&shared.options).await?,
        };
        Ok(Lent(Some(Loan {
            connection,
            shared,
            permit,
        })))
    }
}

impl Shared {
    fn idle<T>(&self, change: impl FnOnce(&mut Vec<Connection>) -> T) -> T {
        change(&mut self.idle.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A connection of one request. Whoever is done with it releases it; dropped before that, as when
/// the request's caller leaves, it is lent again only after what it is still at work on has ended.
#[derive(Debug)]
pub struct Lent(Option<Loan>);

#[derive(Debug)]
struct Loan {
    connection: Connection,
    shared: Arc<Shared>,
    permit: OwnedSemaphorePermit,
}

impl Lent {
    /// Gives it back at once: the last answer was waited for.
    pub fn release(mut self) {
        if let Some(loan) = self.0.take() {
            loan.give_back();
        }
    }
}

impl Loan {
    fn give_back(self) {
        let (connection, permit) = (self.connection, self.permit);
        self.shared.idle(|idle| idle.push(connection));
        drop(permit);
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(mut loan) = self.0.take() else {
            return;
        };
        tokio::spawn(async move {
            let recover = sqlx::query(loan.shared.recover);
            // One that cannot be brought back is closed, and another opened when it is wanted.
            if recover.execute(&mut loan.connection).await.is_ok() {
                loan.give_back();
            }
        });
    }
}

impl Deref for Lent {
    type Target = Connection;

    fn deref(&self) -> &Self::Target {
        match &self.0 {
            Some(loan) => &loan.connection,
            None => unreachable!("it was released"),
        }
    }
}

impl DerefMut for Lent {
    fn deref_mut(&mut self) -> &mut Self::Target {
        match &mut self.0 {
            Some(loan) => &mut loan.connection,
            None => unreachable!("it was released"),
        }
    }
}
<% endif %>
