//! `partner-endpoint people …`, and what `partner-endpoint shops export` and `erase` do, while the endpoint runs or not.

use super::{ErasureError, copy, erase_person, erase_shop, person};
use crate::cli::{PeopleArgs, PeopleCommand};
use crate::clock::Timestamp;
use crate::config;
use crate::files::Files;
use crate::store::Store;
use crate::store::erasure::{Erased, Person};
use partner_rules::email;
use std::io::Write;
use std::path::Path;

pub(super) type Out<'a> = &'a mut (dyn Write + Send);

/// Does what was asked.
pub async fn run(arguments: PeopleArgs, now: Timestamp, out: Out<'_>) -> Result<(), ErasureError> {
    let database = config::database(&arguments.place.store(), false)?;
    if let Some(file) = database.missing() {
        return Err(ErasureError::NoDatabase(file.to_owned()));
    }
    let store = Store::open(&database).await?;
    let files = Files::beside(database.beside());
    let done = people(&store, &files, arguments.command, now, out).await;
    store.close().await;
    done
}

async fn people(
    store: &Store,
    files: &Files,
    command: PeopleCommand,
    now: Timestamp,
    out: Out<'_>,
) -> Result<(), ErasureError> {
    match command {
        PeopleCommand::Export { whose, to } => {
            let person = known(store, &whose.shop, &whose.address).await?;
            let copied = copy::person(store, files, &person, &to, now).await?;
            writeln!(
                out,
                "{} tickets and {} files in {}",
                copied.tickets,
                copied.files,
                to.display()
            )?;
            Ok(())
        }
        PeopleCommand::Erase { whose } => {
            let person = known(store, &whose.shop, &whose.address).await?;
            let (erased, left) = erase_person(store, files, &person, now).await?;
            said(&erased, &left, out)
        }
    }
}

async fn known(store: &Store, shop: &str, address: &str) -> Result<Person, ErasureError> {
    let address = email::parse(address).map_err(|_| ErasureError::Address)?;
    if store.shop(shop).await?.is_none() {
        return Err(ErasureError::UnknownShop(shop.to_owned()));
    }
    Ok(person(shop, address.as_str()))
}

/// `shops export`: all tickets of the shop with their files, and its users.
pub(crate) async fn export_shop(
    store: &Store,
    files: &Files,
    shop: &str,
    to: &Path,
    now: Timestamp,
    out: Out<'_>,
) -> Result<(), ErasureError> {
    if store.shop(shop).await?.is_none() {
        return Err(ErasureError::UnknownShop(shop.to_owned()));
    }
    let copied = copy::shop(store, files, shop, to, now).await?;
    writeln!(
        out,
        "{} tickets and {} files in {}",
        copied.tickets,
        copied.files,
        to.display()
    )?;
    Ok(())
}

/// `shops erase`: ends its keys, then removes all that is kept of it.
pub(crate) async fn erase_whole_shop(
    store: &Store,
    files: &Files,
    shop: &str,
    now: Timestamp,
    out: Out<'_>,
) -> Result<(), ErasureError> {
    if !store.close_shop(shop, now).await? {
        return Err(ErasureError::UnknownShop(shop.to_owned()));
    }
    let (erased, left) = erase_shop(store, files, shop, now).await?;
    said(&erased, &left, out)
}

fn said(erased: &Erased, left: &[String], out: Out<'_>) -> Result<(), ErasureError> {
    writeln!(
        out,
        "erased\t{} tickets\t{} files\t{} tickets of others changed",
        erased.tickets,
        erased.files.len(),
        erased.mentions
    )?;
    match left {
        [] => Ok(()),
        _ => Err(ErasureError::FilesLeft(left.join("; "))),
    }
}
