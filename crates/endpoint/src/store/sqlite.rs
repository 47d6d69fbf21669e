//! A store in a file, with SQLite.
//!
//! One connection writes, several read. A write that returned is on disk (`synchronous=FULL`).

use super::place::private_folder;
use super::sql::{Readers, Writer};
use super::{OpenError, READERS, Store, TURN, migrations};
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// How long a write waits for another process's.
pub(super) const BUSY: Duration = Duration::from_secs(5);

/// Between two tries to open a file that somebody else is opening.
const OPEN_PAUSE: Duration = Duration::from_millis(20);

/// Whether somebody else had the file: `SQLITE_BUSY`, in whatever detail (the low byte of the code).
fn is_busy(cause: &sqlx::Error) -> bool {
    let code = cause.as_database_error().and_then(|error| error.code());
    let code = code.and_then(|code| code.parse::<u32>().ok());
    code.is_some_and(|code| code & 0xff == 5)
}

/// Makes folder and file, where they are missing, for nobody but ourselves.
fn private(file: &Path) -> std::io::Result<()> {
    let mut files = std::fs::OpenOptions::new();
    files.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut files, 0o600);
    if let Some(folder) = file.parent() {
        private_folder(folder)?;
    }
    // A file that may only be read is for the database to complain about.
    if !file.exists() {
        files.open(file)?;
    }
    Ok(())
}

/// Another program may start on the same file at this moment. Switching the journal on needs the file
/// for oneself, and for that SQLite does not wait as it does for other locks: it is tried again.
pub(super) async fn open(file: &Path) -> Result<Store, OpenError> {
    let end = Instant::now() + TURN;
    loop {
        match open_once(file).await {
            Err(OpenError::Open(cause)) if is_busy(&cause) && Instant::now() < end => {
                tokio::time::sleep(OPEN_PAUSE).await;
            }
            opened => return opened,
        }
    }
}

async fn open_once(file: &Path) -> Result<Store, OpenError> {
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
    let writer = Writer::Sqlite(writer);
    migrations::run(&writer).await?;
    let readers = pool(READERS)
        .connect_with(options)
        .await
        .map_err(OpenError::Open)?;
    Ok(Store {
        writer,
        readers: Readers::Sqlite(readers),
        written,
        server: None,
    })
}
