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
pub mod demo;
mod error;
pub mod events;
pub mod feedback;
pub mod files;
pub mod idempotency;
pub mod mail;
mod migrations;
mod seen;
pub mod shops;
pub mod tickets;

pub use error::{OpenError, StoreError};

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection, Sqlite, Transaction};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// WAL readers do not block each other; more than the machine has cores is no use.
const READERS: u32 = 4;
/// How long a write waits for another process's.
const BUSY: Duration = Duration::from_secs(5);
/// How long a call waits for its turn among this process's: a rush of a thousand writes is over sooner.
const TURN: Duration = Duration::from_secs(30);

/// Between two tries to open a file that somebody else is opening.
const OPEN_PAUSE: Duration = Duration::from_millis(20);

/// Whether somebody else had the file: `SQLITE_BUSY`, in whatever detail (the low byte of the code).
fn is_busy(cause: &sqlx::Error) -> bool {
    let code = cause.as_database_error().and_then(|error| error.code());
    let code = code.and_then(|code| code.parse::<u32>().ok());
    code.is_some_and(|code| code & 0xff == 5)
}

#[derive(Clone, Debug)]
pub struct Store {
    writer: SqlitePool,
    readers: SqlitePool,
    written: Arc<Notify>,
}

/// Makes folder and file, where they are missing, for nobody but ourselves: they hold secrets of shops
/// and texts of customers. What an operator has made keeps its permissions.
fn private(file: &Path) -> std::io::Result<()> {
    let mut folders = std::fs::DirBuilder::new();
    let mut files = std::fs::OpenOptions::new();
    folders.recursive(true);
    files.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        folders.mode(0o700);
        files.mode(0o600);
    }
    if let Some(folder) = file.parent() {
        folders.create(folder)?;
    }
    // A file that may only be read is for the database to complain about.
    if !file.exists() {
        files.open(file)?;
    }
    Ok(())
}

impl Store {
    /// Opens the file, makes it if missing, and brings it up to this program's version.
    ///
    /// Another program may start on the same file at this moment. Switching the journal on needs the file
    /// for oneself, and for that SQLite does not wait as it does for other locks: it is tried again.
    pub async fn open(file: &Path) -> Result<Self, OpenError> {
        let end = Instant::now() + TURN;
        loop {
            match Self::open_once(file).await {
                Err(OpenError::Open(cause)) if is_busy(&cause) && Instant::now() < end => {
                    tokio::time::sleep(OPEN_PAUSE).await;
                }
                opened => return opened,
            }
        }
    }

    async fn open_once(file: &Path) -> Result<Self, OpenError> {
        private(file).map_err(OpenError::Folder)?;
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is removed is overwritten, not only forgotten: it may be what somebody wanted gone.
            .pragma("secure_delete", "ON")
            .busy_timeout(BUSY);
        // When a disk is full SQLite ends a transaction by itself. The library goes on counting it and would
        // refuse every later one: such a connection is replaced.
        let pool = |size| {
            SqlitePoolOptions::new()
                .max_connections(size)
                .acquire_timeout(TURN)
                .before_acquire(|connection, _| {
                    let fresh = !connection.is_in_transaction();
                    Box::pin(async move { Ok(fresh) })
                })
        };
        let written = Arc::new(Notify::new());
        let told = Arc::clone(&written);
        let writer = pool(1)
            // It comes back after every transaction, and in no other way.
            .after_release(move |_, _| {
                told.notify_one();
                Box::pin(async { Ok(true) })
            })
            .connect_with(options.clone())
            .await
            .map_err(OpenError::Open)?;
        migrations::run(&writer).await?;
        let readers = pool(READERS)
            .connect_with(options)
            .await
            .map_err(OpenError::Open)?;
        Ok(Self {
            writer,
            readers,
            written,
        })
    }

    /// Whether the store can be read at all.
    pub async fn ready(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1 FROM meta LIMIT 1")
            .fetch_optional(&self.readers)
            .await?;
        Ok(())
    }

    /// Notified when something may have been written by this process, for one who waits.
    pub fn written(&self) -> Arc<Notify> {
        Arc::clone(&self.written)
    }

    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// A transaction that holds the write lock from its start, so that what it reads stays true.
    async fn write(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }
}
