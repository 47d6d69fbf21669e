//! `RawRelay → RelayConfig`: the portal that tickets are handed on to, known to be complete.

mod raw;

pub use raw::RawRelay;

use super::{ConfigError, Secret, error};
use crate::loopback::is_loopback_origin;
use partner_rules::Dc;
use std::collections::BTreeSet;
use std::time::Duration;
use url::Url;

/// The smallest edition of the portal allows five calls at a time, and agents need one, too.
const CALLS: u32 = 4;
/// What the largest edition allows.
const CALLS_MAX: u32 = 25;
/// Search is usually behind by seconds; ten minutes late is better than twice.
const SETTLING: u32 = 600;
const SETTLING_MAX: u32 = 86_400;

/// Everything that the relay needs. Only made from a [`RawRelay`].
#[derive(Clone, Debug)]
pub struct RelayConfig {
    pub org_id: String,
    pub department_id: String,
    pub dc: Dc,
    /// Without a slash at the end.
    pub desk_url: String,
    pub accounts_url: String,
    pub client_id: String,
    pub client_secret: Secret,
    pub refresh_token: Secret,
    pub fields: RelayFields,
    pub write_verdict: bool,
    /// Tickets at a time, by all programs on this database together.
    pub calls: u32,
    pub settling: Duration,
}

/// API names of the portal's fields, each another one.
#[derive(Clone, Debug)]
pub struct RelayFields {
    pub customer_email: String,
    pub service: String,
    pub org_id: String,
    pub org_id_kind: String,
    pub reference: String,
    pub flag: Option<String>,
    pub severity: Option<String>,
}

impl RelayConfig {
    /// `None` if the relay is off. `served`: the data centres of this endpoint.
    pub fn read(raw: &RawRelay, served: &[Dc]) -> Result<Option<Self>, ConfigError> {
        if raw == &RawRelay::default() {
            return Ok(None);
        }
        let dc = dc(raw.relay_dc.as_deref(), served)?;
        let fields = RelayFields::read(raw)?;
        let write_verdict = raw.relay_write_verdict.unwrap_or(false);
        if write_verdict && (fields.flag.is_none() || fields.severity.is_none()) {
            return Err(error(
                "relay_write_verdict",
                "needs `relay_field_flag` and `relay_field_severity`",
            ));
        }
        let (desk, accounts) = hosts(dc);
        Ok(Some(Self {
            org_id: id(raw.relay_org_id.as_deref(), "relay_org_id")?,
            department_id: id(raw.relay_department_id.as_deref(), "relay_department_id")?,
            dc,
            desk_url: origin(raw.relay_desk_url.as_deref(), desk, "relay_desk_url")?,
            accounts_url: origin(
                raw.relay_accounts_url.as_deref(),
                Some(accounts),
                "relay_accounts_url",
            )?,
            client_id: word(raw.relay_client_id.as_deref(), "relay_client_id")?.to_owned(),
            client_secret: secret(raw.relay_client_secret.as_ref(), "relay_client_secret")?,
            refresh_token: secret(raw.relay_refresh_token.as_ref(), "relay_refresh_token")?,
            fields,
            write_verdict,
            calls: within(raw.relay_calls_max, "relay_calls_max", CALLS, CALLS_MAX)?,
            settling: Duration::from_secs(u64::from(within(
                raw.relay_settling_seconds,
                "relay_settling_seconds",
                SETTLING,
                SETTLING_MAX,
            )?)),
        }))
    }
}

impl RelayFields {
    fn read(raw: &RawRelay) -> Result<Self, ConfigError> {
        let mut taken = BTreeSet::new();
        let mut optional = |given: &Option<String>, setting: &str| {
            let Some(name) = given.as_deref().map(str::trim) else {
                return Ok(None);
            };
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
            if !name.starts_with("cf_") || name.len() < 4 || !name.chars().all(plain) {
                return Err(error(setting, "must be an API name, such as cf_reference"));
            }
            if !taken.insert(name.to_owned()) {
                return Err(error(setting, "is the field of another setting, too"));
            }
            Ok(Some(name.to_owned()))
        };
        let mut required = |given: &Option<String>, setting: &str| {
            optional(given, setting)?.ok_or_else(|| error(setting, REQUIRED))
        };
        Ok(Self {
            customer_email: required(
                &raw.relay_field_customer_email,
                "relay_field_customer_email",
            )?,
            service: required(&raw.relay_field_service, "relay_field_service")?,
            org_id: required(&raw.relay_field_org_id, "relay_field_org_id")?,
            org_id_kind: required(&raw.relay_field_org_id_kind, "relay_field_org_id_kind")?,
            reference: required(&raw.relay_field_reference, "relay_field_reference")?,
            flag: optional(&raw.relay_field_flag, "relay_field_flag")?,
            severity: optional(&raw.relay_field_severity, "relay_field_severity")?,
        })
    }
}

const REQUIRED: &str = "is required with the other relay settings";

/// Where Zoho Desk and Zoho's accounts are; the former is not documented for every data centre.
const fn hosts(dc: Dc) -> (Option<&'static str>, &'static str) {
    match dc {
        Dc::Us => (Some("https://desk.zoho.com"), "https://accounts.zoho.com"),
        Dc::Eu => (Some("https://desk.zoho.eu"), "https://accounts.zoho.eu"),
        Dc::In => (Some("https://desk.zoho.in"), "https://accounts.zoho.in"),
        Dc::Au => (
            Some("https://desk.zoho.com.au"),
            "https://accounts.zoho.com.au",
        ),
        Dc::Jp => (Some("https://desk.zoho.jp"), "https://accounts.zoho.jp"),
        Dc::Ca => (
            Some("https://desk.zohocloud.ca"),
            "https://accounts.zohocloud.ca",
        ),
        Dc::Sa => (Some("https://desk.zoho.sa"), "https://accounts.zoho.sa"),
        Dc::Uk => (None, "https://accounts.zoho.uk"),
    }
}

fn dc(given: Option<&str>, served: &[Dc]) -> Result<Dc, ConfigError> {
    Dc::parse(word(given, "relay_dc")?)
        .filter(|dc| served.contains(dc))
        .ok_or_else(|| error("relay_dc", "is no data centre that is served here"))
}

fn word<'a>(given: Option<&'a str>, setting: &str) -> Result<&'a str, ConfigError> {
    match given.map(str::trim) {
        None | Some("") => Err(error(setting, REQUIRED)),
        Some(text) => Ok(text),
    }
}

fn id(given: Option<&str>, setting: &str) -> Result<String, ConfigError> {
    let text = word(given, setting)?;
    if !text.chars().all(|c| c.is_ascii_digit()) {
        return Err(error(setting, "must be a number"));
    }
    Ok(text.to_owned())
}

fn secret(given: Option<&Secret>, setting: &str) -> Result<Secret, ConfigError> {
    let text = word(given.map(Secret::reveal), setting)?;
    Ok(Secret::from(text))
}

/// Passwords and texts of customers go there: encrypted, or on this machine.
fn origin(
    given: Option<&str>,
    default: Option<&str>,
    setting: &str,
) -> Result<String, ConfigError> {
    let Some(text) = given.or(default) else {
        return Err(error(setting, "is required: none is known for `relay_dc`"));
    };
    let url = Url::parse(text.trim())
        .ok()
        .filter(|url| url.has_host() && url.path() == "/")
        .filter(|url| url.username().is_empty() && url.password().is_none())
        .filter(|url| url.query().is_none() && url.fragment().is_none())
        .map(|url| url.origin().ascii_serialization());
    match url {
        Some(url) if url.starts_with("https://") || is_loopback_origin(&url) => Ok(url),
        Some(_) | None => Err(error(setting, "must be such as https://desk.zoho.eu")),
    }
}

fn within(given: Option<u32>, setting: &str, default: u32, max: u32) -> Result<u32, ConfigError> {
    let value = given.unwrap_or(default);
    if value == 0 || value > max {
        return Err(error(setting, &format!("must be 1 to {max}")));
    }
    Ok(value)
}

#[cfg(test)]
mod tests;
