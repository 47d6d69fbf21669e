//! What is kept, in SQLite. All SQL of the program is in this folder and in `migrations/`.
//!
//! One connection writes, several read. A write that returned is on disk (`synchronous=FULL`).
//! Never here: rules, HTTP, the clock – instants come in as arguments.

pub mod access;
pub mod accounts;
pub mod agents;
pub mod archive;
pub mod audit;
pub mod casework;
mod codes;
pub mod conversation;
pub mod copy;
pub mod demo;
pub mod erasure;
mod error;
pub mod events;
pub mod feedback;
pub mod files;
pub mod idempotency;
mod listen;
pub mod mail;
mod migrations;
mod place;
mod postgres;
pub mod relay;
#[cfg(test)]
mod scale;
#[cfg(any(test, feature = "seeding"))]
pub mod seed;
mod seen;
pub mod shops;
mod sql;
mod sqlite;
pub mod tickets;

pub use error::{OpenError, StoreError};
pub use place::{Database, Server};

use sql::{Readers, Transaction, Writer, query};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// WAL readers do not block each other; more than the machine has cores is no use.
const READERS: u32 = 4;
/// How long a call waits for its turn among this process's: a rush of a thousand writes is over sooner.
const TURN: Duration = Duration::from_secs(30);

#[derive(Clone, Debug)]
pub struct Store {
    writer: Writer,
    readers: Readers,
    written: Arc<Notify>,
    /// Where other programs can be heard, if they can.
    server: Option<Box<Server>>,
}

impl Store {
    /// Opens the database and brings it up to this program's version; a file is made if it is missing.
    pub async fn open(database: impl Into<Database>) -> Result<Self, OpenError> {
        match database.into() {
            Database::File(file) => sqlite::open(&file).await,
            Database::Server(server) => postgres::open(&server).await,
        }
    }

    /// Whether the store can be read at all.
    pub async fn ready(&self) -> Result<(), StoreError> {
        query("SELECT 1 FROM meta LIMIT 1")
            .fetch_optional(&self.readers)
            .await?;
        Ok(())
    }

    /// Notified when something may have been written by this process, for one who waits. And by others, as far as
    /// somebody [listens](Self::listen).
    pub fn written(&self) -> Arc<Notify> {
        Arc::clone(&self.written)
    }

    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// A transaction that holds the write lock from its start, so that what it reads stays true.
    async fn write(&self) -> Result<Transaction, StoreError> {
        Ok(self.writer.begin().await?)
    }
}
