//! A store in PostgreSQL.
//!
//! As with SQLite one connection of each program writes, and writers of all programs take turns
//! (`sql/connection.rs`); what readers see does not wait for them. A write that returned is on the server's disk.

use super::place::{Server, private_folder};
use super::sql::{Readers, Writer};
use super::{OpenError, READERS, Store, TURN, migrations};
use sqlx::postgres::{PgConnection, PgPoolOptions};
use sqlx::{Executor, Row};
use std::sync::Arc;
use tokio::sync::Notify;

/// For the connection that writes. Who cannot have their turn is told so, as late as with SQLite; a program that
/// stops in the middle of its own does not hold up the others for ever. A server that would answer before it has written
/// is told to write first; one that waits for others to write as well, stays with that.
const WRITER: &str = "SELECT set_config('lock_timeout', '5s', false),
    set_config('idle_in_transaction_session_timeout', '60s', false),
    CASE WHEN current_setting('synchronous_commit') = 'off' THEN set_config('synchronous_commit', 'on', false) END";

/// Ends what a caller left who went away while a transaction was being begun: the library does not know of that
/// one yet, so the next caller would find themselves in it, and see what was true then.
async fn end(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    connection.execute("ROLLBACK").await?;
    Ok(true)
}

pub(super) async fn open(server: &Server) -> Result<Store, OpenError> {
    private_folder(&server.data).map_err(OpenError::Folder)?;
    let pool = |size| {
        PgPoolOptions::new()
            .max_connections(size)
            .acquire_timeout(TURN)
    };
    // Without the warnings that there was nothing to end.
    let quiet = [("client_min_messages", "error")];
    let options = server.options.clone().options(quiet);
    let written = Arc::new(Notify::new());
    let told = Arc::clone(&written);
    let writer = pool(1)
        .after_connect(|connection, _| {
            Box::pin(async move {
                sqlx::query(WRITER).execute(connection).await?;
                Ok(())
            })
        })
        // It comes back after every transaction, and in no other way.
        .after_release(move |connection, _| {
            told.notify_one();
            Box::pin(end(connection))
        })
        .connect_with(options.clone())
        .await
        .map_err(OpenError::Open)?;
    let encoding = sqlx::query("SHOW server_encoding").fetch_one(&writer).await;
    let encoding = encoding.and_then(|row| row.try_get::<String, _>(0));
    let encoding = encoding.map_err(OpenError::Open)?;
    if encoding != "UTF8" {
        return Err(OpenError::Encoding(encoding));
    }
    let writer = Writer::Postgres(writer);
    migrations::run(&writer).await?;
    let readers = pool(READERS)
        .after_release(|connection, _| Box::pin(end(connection)))
        .connect_with(options)
        .await
        .map_err(OpenError::Open)?;
    Ok(Store {
        writer,
        readers: Readers::Postgres(readers),
        written,
        server: Some(Box::new(server.clone())),
    })
}
