//! `RawMail → MailConfig`: the mailbox of one data centre and region, known to work.

mod raw;
mod smtp;

pub use raw::RawMail;
pub use smtp::{Encryption, Notices, Smtp};

use super::{ConfigError, error};
use crate::directory::address_key;
use partner_rules::{Dc, Region, email};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

/// 25 MB of files, which is what most mail servers let through, in base64, and some text.
const MAX_BYTES: usize = 36 * 1024 * 1024;
/// A mail is no telephone; and a look into an empty folder costs nothing.
const POLL: Duration = Duration::from_secs(5);
/// Long enough for holidays, short enough for what strangers sent.
const DAYS: u32 = 30;
/// A few hundred mails with pictures, and nothing that fills a disk soon.
const UNVERIFIED_BYTES_PER_DAY: u64 = 256 << 20;
const HOPS_MAX: usize = 10;

/// Text that is not shown.
#[derive(Clone, Deserialize, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Secret(String);

/// Everything that the e-mail channel needs. Only made from a [`RawMail`].
#[derive(Clone, Debug)]
pub struct MailConfig {
    pub dc: Dc,
    pub region: Region,
    /// As given; never empty.
    pub addresses: Vec<String>,
    /// The first of them: the sender of notices.
    pub sender: String,
    /// As compared.
    pub keys: BTreeSet<String>,
    /// In lower case.
    pub authserv_id: String,
    pub hops: usize,
    pub maildir: Option<PathBuf>,
    pub poll: Duration,
    pub max_bytes: usize,
    pub days: u32,
    pub unverified_bytes_per_day: u64,
    pub smtp: Option<Smtp>,
}

impl Secret {
    /// The text itself: never for a log, nor for an answer.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret")
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl MailConfig {
    /// `None` if the channel is off. `served`: the data centres of this endpoint, if they are known.
    pub fn read(raw: &RawMail, served: Option<&[Dc]>) -> Result<Option<Self>, ConfigError> {
        let Some(dc) = &raw.mail_dc else {
            return if raw == &RawMail::default() {
                Ok(None)
            } else {
                Err(error("mail_dc", "is required with the other mail settings"))
            };
        };
        let dc = Dc::parse(dc.trim())
            .filter(|dc| served.is_none_or(|served| served.contains(dc)))
            .ok_or_else(|| error("mail_dc", "is no data centre that is served here"))?;
        let addresses = addresses(raw.mail_addresses.as_deref())?;
        let sender = addresses.first().cloned();
        Ok(Some(Self {
            dc,
            region: region(raw.mail_region.as_deref(), dc)?,
            keys: addresses.iter().map(|one| address_key(one)).collect(),
            sender: sender.ok_or_else(no_address)?,
            addresses,
            authserv_id: authserv_id(raw.mail_authserv_id.as_deref())?,
            hops: within(raw.mail_hops, "mail_hops", 1, 0, HOPS_MAX)?,
            maildir: maildir(raw.mail_maildir.clone())?,
            poll: Duration::from_secs(within(
                raw.mail_poll_seconds,
                "mail_poll_seconds",
                POLL.as_secs(),
                1,
                3600,
            )?),
            max_bytes: within(
                raw.mail_max_bytes,
                "mail_max_bytes",
                MAX_BYTES,
                1024,
                256 << 20,
            )?,
            days: within(raw.mail_days, "mail_days", DAYS, 1, 3650)?,
            unverified_bytes_per_day: within(
                raw.mail_unverified_bytes_per_day,
                "mail_unverified_bytes_per_day",
                UNVERIFIED_BYTES_PER_DAY,
                1,
                u64::MAX,
            )?,
            smtp: smtp::read(raw)?,
        }))
    }
}

impl PartialEq for RawMail {
    /// By what is written: a new setting cannot be forgotten here.
    fn eq(&self, other: &Self) -> bool {
        let written = |raw: &Self| serde_json::to_string(raw).ok();
        written(self) == written(other)
    }
}

fn no_address() -> ConfigError {
    error("mail_addresses", "is required with `mail_dc`")
}

fn addresses(given: Option<&[String]>) -> Result<Vec<String>, ConfigError> {
    let given = given.ok_or_else(no_address)?;
    let read = |text: &String| {
        // They stand in headers, so they are plain.
        email::parse(text)
            .ok()
            .filter(|address| address.as_str().is_ascii())
            .map(|address| address.as_str().to_owned())
            .ok_or_else(|| {
                error(
                    "mail_addresses",
                    "holds what is no e-mail address in plain ASCII",
                )
            })
    };
    given.iter().map(read).collect()
}

fn region(given: Option<&str>, dc: Dc) -> Result<Region, ConfigError> {
    match given {
        None => Ok(dc.into()),
        Some(code) => {
            Region::parse(code.trim()).ok_or_else(|| error("mail_region", "is no region"))
        }
    }
}

fn authserv_id(given: Option<&str>) -> Result<String, ConfigError> {
    let id = given.unwrap_or_default().trim().to_ascii_lowercase();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if id.is_empty() || !id.chars().all(plain) {
        return Err(error(
            "mail_authserv_id",
            "is required: the name of the mail server, such as mx.example.com",
        ));
    }
    Ok(id)
}

fn maildir(given: Option<PathBuf>) -> Result<Option<PathBuf>, ConfigError> {
    match given {
        Some(folder) if !folder.join("new").is_dir() => Err(error(
            "mail_maildir",
            "is no maildir: it has no folder `new`",
        )),
        other => Ok(other),
    }
}

fn within<T: PartialOrd + std::fmt::Display>(
    given: Option<T>,
    field: &str,
    default: T,
    min: T,
    max: T,
) -> Result<T, ConfigError> {
    let value = given.unwrap_or(default);
    if value < min || value > max {
        return Err(error(field, &format!("must be {min} to {max}")));
    }
    Ok(value)
}

#[cfg(test)]
mod tests;
