//! `partner-endpoint shops …`: the register of shops, changed from the command line while the endpoint
//! runs. Answers go to standard output, lists with tabs between the columns. A key that was made here is
//! all that standard output gets then, so that it can be sent to a file; the remark goes to standard error.
//!
//! Never here: a secret in a list, a log line or an error.

mod error;
pub(crate) mod key;
pub(crate) mod keys;
pub(crate) mod origin;

pub use error::ShopsError;

use crate::cli::{OriginsCommand, ShopsArgs, ShopsCommand, UsersCommand};
use crate::clock::Timestamp;
use crate::config;
use crate::directory::address_key;
use crate::erasure::command::{erase_whole_shop, export_shop};
use crate::files::Files;
use crate::store::Store;
use crate::store::access::Whose;
use crate::store::shops::ShopRow;
use partner_rules::email;
use partner_rules::wire::Access;
use std::io::Write;

const ID_MAX: usize = 64;
const NAME_MAX: usize = 200;
/// A key is good for 30 days by the wire contract, and its ticket is there as long.
const CLOSED_DAYS_MIN: u32 = 31;
/// More users than any shop has are still listed.
const PAGE: u32 = 1000;

/// What a command works with.
struct Desk<'a> {
    store: &'a Store,
    files: Files,
    now: Timestamp,
    out: &'a mut (dyn Write + Send),
    /// Remarks beside a secret.
    aside: &'a mut (dyn Write + Send),
}

/// Does what was asked, whole or not at all.
pub async fn run(
    arguments: ShopsArgs,
    now: Timestamp,
    out: &mut (dyn Write + Send),
    aside: &mut (dyn Write + Send),
) -> Result<(), ShopsError> {
    let database = config::database(&arguments.place.store(), false)?;
    let makes_one = matches!(arguments.command, ShopsCommand::Add { .. });
    if let Some(file) = database.missing().filter(|_| !makes_one) {
        return Err(ShopsError::NoDatabase(file.to_owned()));
    }
    // Judged before there is a database, so that a mistake leaves none behind.
    if let ShopsCommand::Add {
        shop,
        name,
        default_access,
    } = &arguments.command
    {
        new_shop(shop, name, default_access)?;
    }
    let store = Store::open(&database).await?;
    let mut desk = Desk {
        store: &store,
        files: Files::beside(database.beside()),
        now,
        out,
        aside,
    };
    let done = desk.shops(arguments.command).await;
    store.close().await;
    done
}

impl Desk<'_> {
    async fn shops(&mut self, command: ShopsCommand) -> Result<(), ShopsError> {
        match command {
            ShopsCommand::Add {
                shop,
                name,
                default_access,
            } => {
                let row = new_shop(&shop, &name, &default_access)?;
                self.store.register_shop(&row, self.now).await?;
                writeln!(self.out, "shop {shop} added")?;
                Ok(())
            }
            ShopsCommand::List => self.list().await,
            ShopsCommand::Update {
                shop,
                name,
                default_access,
                closed_days,
            } => {
                if let Some(days) = &closed_days {
                    self.keep_closed(&shop, days).await?;
                }
                if closed_days.is_some() && name.is_none() && default_access.is_none() {
                    writeln!(self.out, "shop {shop} changed")?;
                    return Ok(());
                }
                self.update(&shop, name, default_access).await
            }
            ShopsCommand::Export { shop, to } => {
                export_shop(self.store, &self.files, &shop, &to, self.now, self.out).await?;
                Ok(())
            }
            ShopsCommand::Erase { shop, for_good: _ } => {
                erase_whole_shop(self.store, &self.files, &shop, self.now, self.out).await?;
                Ok(())
            }
            ShopsCommand::Keys(command) => self.keys(command).await,
            ShopsCommand::Origins(command) => self.origins(command).await,
            ShopsCommand::Users(command) => self.users(command).await,
        }
    }

    /// How long its closed tickets are kept.
    async fn keep_closed(&mut self, shop: &str, days: &str) -> Result<(), ShopsError> {
        let days = match days {
            "default" => None,
            number => Some(
                number
                    .parse()
                    .ok()
                    .filter(|days| *days >= CLOSED_DAYS_MIN)
                    .ok_or(ShopsError::ClosedDays)?,
            ),
        };
        self.store.real_shop(shop).await?;
        self.store.keep_closed(shop, days).await?;
        Ok(())
    }

    async fn list(&mut self) -> Result<(), ShopsError> {
        writeln!(
            self.out,
            "shop\tname\tdefault_access\tvalid_keys\torigins\tusers"
        )?;
        for entry in self.store.shops(self.now).await? {
            let shop = entry.shop;
            let access = access_name(shop.default_access);
            writeln!(
                self.out,
                "{}\t{}\t{access}\t{}\t{}\t{}",
                shop.id, shop.name, entry.keys, entry.origins, entry.users
            )?;
        }
        Ok(())
    }

    async fn update(
        &mut self,
        shop: &str,
        name: Option<String>,
        default_access: Option<String>,
    ) -> Result<(), ShopsError> {
        let name = name.as_deref().map(sound_name).transpose()?;
        let access = default_access.as_deref().map(parse_access).transpose()?;
        if name.is_none() && access.is_none() {
            return Err(ShopsError::NothingToChange);
        }
        self.store
            .update_shop(shop, name.as_deref(), access, self.now)
            .await?;
        writeln!(self.out, "shop {shop} changed")?;
        Ok(())
    }

    async fn origins(&mut self, command: OriginsCommand) -> Result<(), ShopsError> {
        match command {
            OriginsCommand::Add { shop, origins } => {
                let origins = normalised(&origins)?;
                self.store.register_origins(&shop, &origins).await?;
                for origin in origins {
                    writeln!(self.out, "pages of {origin} may call for shop {shop}")?;
                }
            }
            OriginsCommand::Remove { shop, origins } => {
                let origins = normalised(&origins)?;
                self.store.remove_origins(&shop, &origins).await?;
                for origin in origins {
                    writeln!(
                        self.out,
                        "pages of {origin} may no longer call for shop {shop}"
                    )?;
                }
            }
            OriginsCommand::List { shop } => {
                if let Some(shop) = &shop {
                    self.store.known_shop(shop).await?;
                }
                writeln!(self.out, "shop\torigin")?;
                for (origin, owner) in self.store.origins().await? {
                    if shop.as_ref().is_none_or(|shop| *shop == owner) {
                        writeln!(self.out, "{owner}\t{origin}")?;
                    }
                }
            }
        }
        Ok(())
    }

    async fn users(&mut self, command: UsersCommand) -> Result<(), ShopsError> {
        match command {
            UsersCommand::List { shop } => self.list_users(&shop).await,
            UsersCommand::Set {
                shop,
                email,
                access,
            } => {
                let access = parse_access(&access)?;
                let address = email::parse(&email).map_err(|_| ShopsError::Email(email))?;
                self.store.real_shop(&shop).await?;
                let whose = Whose {
                    shop_id: &shop,
                    email_key: &address_key(address.as_str()),
                    email: address.as_str(),
                };
                self.store.grant(whose, access, None, self.now).await?;
                writeln!(
                    self.out,
                    "{} has access {} in shop {shop}",
                    address.as_str(),
                    access_name(access)
                )?;
                Ok(())
            }
        }
    }

    async fn list_users(&mut self, shop: &str) -> Result<(), ShopsError> {
        let default = self.store.known_shop(shop).await?.default_access;
        writeln!(self.out, "email\taccess\tgranted\tname")?;
        let mut after: Option<String> = None;
        loop {
            let users = self.store.users(shop, None, after.as_deref(), PAGE).await?;
            for user in &users {
                writeln!(
                    self.out,
                    "{}\t{}\t{}\t{}",
                    user.email,
                    access_name(user.access(default)),
                    if user.granted.is_some() { "yes" } else { "no" },
                    one_line(user.name.as_deref().unwrap_or_default())
                )?;
            }
            match users.last() {
                Some(last) if users.len() >= PAGE as usize => {
                    after = Some(last.email_key.clone());
                }
                Some(_) | None => return Ok(()),
            }
        }
    }
}

/// Names come from tokens: one must neither end the line nor talk to the terminal.
fn one_line(name: &str) -> String {
    name.replace(char::is_control, " ")
}

fn new_shop(id: &str, name: &str, default_access: &str) -> Result<ShopRow, ShopsError> {
    let first = id.bytes().next().unwrap_or(b'-');
    let sound = id.len() <= ID_MAX
        && (first.is_ascii_lowercase() || first.is_ascii_digit())
        && id.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'.')
        });
    if !sound {
        return Err(ShopsError::ShopId);
    }
    Ok(ShopRow {
        id: id.to_owned(),
        name: sound_name(name)?,
        default_access: parse_access(default_access)?,
    })
}

fn sound_name(name: &str) -> Result<String, ShopsError> {
    let name = name.trim();
    let length = name.chars().count();
    if length == 0 || length > NAME_MAX || name.chars().any(char::is_control) {
        return Err(ShopsError::ShopName);
    }
    Ok(name.to_owned())
}

fn normalised(origins: &[String]) -> Result<Vec<String>, ShopsError> {
    origins
        .iter()
        .map(|typed| origin::normalise(typed))
        .collect()
}

fn parse_access(text: &str) -> Result<Access, ShopsError> {
    [Access::None, Access::Own, Access::Company]
        .into_iter()
        .find(|access| access_name(*access) == text)
        .ok_or(ShopsError::Access)
}

const fn access_name(access: Access) -> &'static str {
    match access {
        Access::None => "none",
        Access::Own => "own",
        Access::Company => "company",
    }
}
