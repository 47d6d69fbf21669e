//! What people and shops may ask for: all that is kept of them, and that it goes; and what goes by itself when it is old.
//! The command line is in `command.rs`, copies in `copy.rs`.
//!
//! Rows go first and files after, as everywhere. Broken off, it goes on where it was when it is begun again. Never here:
//! a log line or an answer that names a person.

pub(crate) mod command;
mod copy;
mod error;

pub use command::run;
pub use error::ErasureError;

use crate::app::App;
use crate::clock::Timestamp;
use crate::directory::address_key;
use crate::files::Files;
use crate::random;
use crate::store::erasure::{Erased, Person};
use crate::store::{Store, StoreError};
use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

/// What is kept is kept for a month or longer; an hour late is early enough.
const EVERY: Duration = Duration::from_secs(60 * 60);
/// After the start: what is needed first comes first.
const AT_FIRST: Duration = Duration::from_secs(60);
/// Of whoever erases old tickets. Renewed before each batch, which takes milliseconds.
const LEASE: &str = "retention";
const LEASE_S: i64 = 5 * 60;

/// Removes old tickets now and then, for as long as the endpoint runs.
pub(crate) async fn watch(app: Arc<App>) {
    let mut wait = AT_FIRST;
    loop {
        tokio::time::sleep(wait).await;
        wait = EVERY;
        match erase_old(&app).await {
            Ok(0) => {}
            Ok(tickets) => tracing::info!(tickets, "old tickets were erased"),
            Err(cause) => tracing::warn!(%cause, "old tickets could not be erased"),
        }
    }
}

/// Removes closed tickets that are older than their shop keeps them, unless another program is at it. How many.
pub async fn erase_old(app: &App) -> Result<u64, ErasureError> {
    let shops = app
        .store
        .retentions(app.config.limits.ticket_retention_days)
        .await?;
    // What was answered about them has to go before they do.
    app.store.forget_old_keys(app.clock.now()).await?;
    let holder = random::hex(&random::bytes::<16>()?);
    let mut tickets = 0;
    for (shop_id, days) in shops {
        loop {
            let now = app.clock.now();
            let end = now.plus_seconds(LEASE_S);
            if !app.store.lease(LEASE, &holder, end, now).await? {
                return Ok(tickets);
            }
            let erased = app.store.erase_closed(&shop_id, days, now).await?;
            for id in &erased.files {
                app.files.remove(id).await;
            }
            if erased.tickets == 0 {
                break;
            }
            tickets += erased.tickets;
        }
    }
    let now = app.clock.now();
    app.store.lease(LEASE, &holder, now, now).await?;
    if tickets > 0 {
        app.store.empty_log().await?;
    }
    Ok(tickets)
}

/// A person of a shop, by an address in whatever spelling.
pub fn person(shop_id: &str, address: &str) -> Person {
    Person {
        shop_id: shop_id.to_owned(),
        key: address_key(address),
        spelling: address.trim().to_lowercase(),
    }
}

/// Removes all that is kept of a person in a shop; gives what is gone, and the files that could not be removed.
pub async fn erase_person(
    store: &Store,
    files: &Files,
    person: &Person,
    now: Timestamp,
) -> Result<(Erased, Vec<String>), StoreError> {
    let mut tally = Tally::default();
    while tally.add(files, store.erase_own_tickets(person, now).await?) {}
    tally.add(files, store.erase_mentions(person, now).await?);
    tally.add(files, store.erase_person_rows(person, now).await?);
    store.empty_log().await?;
    Ok((tally.erased, tally.left))
}

/// Removes all that is kept of a shop whose keys have ended.
pub async fn erase_shop(
    store: &Store,
    files: &Files,
    shop_id: &str,
    now: Timestamp,
) -> Result<(Erased, Vec<String>), StoreError> {
    let mut tally = Tally::default();
    while tally.add(files, store.erase_shop_tickets(shop_id, now).await?) {}
    tally.add(files, store.erase_shop_rows(shop_id, now).await?);
    store.empty_log().await?;
    Ok((tally.erased, tally.left))
}

#[derive(Default)]
struct Tally {
    erased: Erased,
    /// Files that are still there, each with the reason.
    left: Vec<String>,
}

impl Tally {
    /// Removes the files of a batch; whether it had tickets.
    fn add(&mut self, files: &Files, batch: Erased) -> bool {
        for id in &batch.files {
            let path = files.path(id);
            match std::fs::remove_file(&path) {
                Err(cause) if cause.kind() != ErrorKind::NotFound => {
                    self.left.push(format!("{}: {cause}", path.display()));
                }
                Ok(()) | Err(_) => {}
            }
        }
        let any = batch.tickets > 0;
        self.erased.tickets += batch.tickets;
        self.erased.mentions += batch.mentions;
        self.erased.files.extend(batch.files);
        any
    }
}
