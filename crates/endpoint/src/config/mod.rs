//! `RawConfig → Config`: settings that are known to work, or an error that names the one that does not.

mod attachments;
mod desk;
mod limits;
mod mail;
mod policy;
mod raw;
mod relay;

pub use attachments::{AccessKey, Attachments, BucketConfig, RawAttachments};
pub use desk::DeskConfig;
pub use limits::Limits;
pub use mail::{Encryption, MailConfig, Notices, RawMail, Secret, Smtp};
pub use policy::load as load_policy;
pub use raw::{RawConfig, RawLimits, RawStore};
pub use relay::{RawRelay, RelayConfig, RelayFields};

use crate::address::{Network, Proxies, ProxyHeader};
use crate::casework::calendar::{Calendar, CalendarError};
use crate::store::Database;
use figment::Figment;
use figment::providers::{Format, Serialized, Toml};
use partner_rules::Dc;
use partner_rules::policy::FullPolicy;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// The demo page's own data centre first: the session names the first.
const DEMO_DCS: [Dc; 8] = [
    Dc::Eu,
    Dc::Us,
    Dc::In,
    Dc::Au,
    Dc::Jp,
    Dc::Sa,
    Dc::Ca,
    Dc::Uk,
];
const DEMO_AUDIENCE: &str = "partner-desk-demo";

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("setting `{field}`: {problem}")]
pub struct ConfigError {
    pub field: String,
    pub problem: String,
}

/// Everything that `serve` needs. Only made from a [`RawConfig`].
#[derive(Clone, Debug)]
pub struct Config {
    pub listen: SocketAddr,
    pub database: Database,
    pub attachments: Attachments,
    pub policy: FullPolicy,
    /// Never empty; the first is the session's.
    pub dcs: Vec<Dc>,
    pub first_dc: Dc,
    pub audience: String,
    pub limits: Limits,
    pub proxies: Proxies,
    /// `None`: no tickets come by e-mail.
    pub mail: Option<MailConfig>,
    /// `None`: no tickets are handed on.
    pub relay: Option<RelayConfig>,
    pub desk: DeskConfig,
    /// When the hours of commitments count.
    pub calendar: Calendar,
    pub demo: Option<DemoConfig>,
}

#[derive(Clone, Debug)]
pub struct DemoConfig {
    pub site: Option<PathBuf>,
}

/// Puts the TOML file (if any) under what flags and environment say.
pub fn gather(flags: &RawConfig, file: Option<&Path>) -> Result<RawConfig, ConfigError> {
    let Some(path) = file else {
        return over(Figment::new(), flags);
    };
    if !path.is_file() {
        return Err(error("config", "no such file"));
    }
    over(Figment::new().merge(Toml::file_exact(path)), flags)
}

/// What flags and environment say, over the file.
pub(crate) fn over(file: Figment, flags: &RawConfig) -> Result<RawConfig, ConfigError> {
    file.merge(Serialized::defaults(flags))
        .extract()
        .map_err(|cause| {
            let field = cause.path.join(".");
            error(
                if field.is_empty() { "config" } else { &field },
                &cause.kind.to_string(),
            )
        })
}

impl TryFrom<RawConfig> for Config {
    type Error = ConfigError;

    fn try_from(raw: RawConfig) -> Result<Self, ConfigError> {
        let demo = raw.demo.unwrap_or(false);
        let listen = listen(raw.listen.as_deref(), raw.port)?;
        if demo && !listen.ip().is_loopback() {
            return Err(error(
                "listen",
                "demo mode answers on a loopback address only",
            ));
        }
        if raw.site.is_some() && !demo {
            return Err(error("site", "a site is served in demo mode only"));
        }
        if raw.site.as_ref().is_some_and(|site| !site.is_dir()) {
            return Err(error("site", "no such folder"));
        }
        let dcs = dcs(raw.dcs.as_deref(), demo)?;
        let first_dc = *dcs
            .first()
            .ok_or_else(|| error("dcs", "must name at least one data centre"))?;
        let mail = MailConfig::read(&raw.mail, Some(&dcs))?;
        let relay = RelayConfig::read(&raw.relay, &dcs)?;
        if demo && relay.is_some() {
            return Err(error(
                "relay_org_id",
                "tickets of demo mode are handed on to nobody",
            ));
        }
        Ok(Self {
            listen,
            database: database(&raw.store, demo)?,
            attachments: Attachments::read(&raw.attachments)?,
            policy: policy::for_serving(raw.store.policy.as_deref(), demo)?,
            dcs,
            first_dc,
            audience: audience(raw.audience, demo)?,
            limits: Limits::try_from(&raw.limits)?.for_demo(demo),
            desk: DeskConfig::read(
                raw.desk_listen.as_deref(),
                raw.desk_origin.as_deref(),
                listen,
                demo,
            )?,
            calendar: Calendar::try_from(&raw.calendar)?,
            proxies: proxies(raw.trusted_proxies.as_deref(), raw.proxy_header.as_deref())?,
            mail,
            relay,
            demo: demo.then_some(DemoConfig { site: raw.site }),
        })
    }
}

/// The database that these settings mean.
pub fn database(raw: &RawStore, demo: bool) -> Result<Database, ConfigError> {
    let data = raw
        .data
        .clone()
        .unwrap_or_else(|| PathBuf::from(if demo { ".demo" } else { "data" }));
    match raw.database.as_deref() {
        None => Ok(Database::File(data.join("endpoint.sqlite"))),
        Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
            Database::server(url, data)
                .ok_or_else(|| error("database", "is no address of a PostgreSQL database"))
        }
        Some(url) => match url.strip_prefix("sqlite:") {
            Some(file) if !file.trim_start_matches("//").is_empty() => Ok(Database::File(
                PathBuf::from(file.strip_prefix("//").unwrap_or(file)),
            )),
            Some(_) | None => Err(error(
                "database",
                "must be `sqlite:` and the name of a file, or begin with `postgres://`",
            )),
        },
    }
}

fn listen(given: Option<&str>, port: Option<u16>) -> Result<SocketAddr, ConfigError> {
    let mut address = match given {
        None => SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080),
        Some(text) => text
            .parse()
            .map_err(|_| error("listen", "must be ADDR:PORT, such as 127.0.0.1:8080"))?,
    };
    if let Some(port) = port {
        address.set_port(port);
    }
    Ok(address)
}

fn dcs(given: Option<&[String]>, demo: bool) -> Result<Vec<Dc>, ConfigError> {
    let Some(codes) = given else {
        return if demo {
            Ok(DEMO_DCS.to_vec())
        } else {
            Err(error("dcs", "is required: which data centres?"))
        };
    };
    let mut dcs = Vec::new();
    for code in codes {
        let dc =
            Dc::parse(code.trim()).ok_or_else(|| error("dcs", "holds an unknown data centre"))?;
        if dcs.contains(&dc) {
            return Err(error("dcs", "names a data centre twice"));
        }
        dcs.push(dc);
    }
    Ok(dcs)
}

fn audience(given: Option<String>, demo: bool) -> Result<String, ConfigError> {
    match given {
        Some(name) if name.trim().is_empty() => Err(error("audience", "must not be empty")),
        Some(name) => Ok(name),
        None if demo => Ok(DEMO_AUDIENCE.to_owned()),
        None => Err(error(
            "audience",
            "is required: the `aud` of this residency group's tokens",
        )),
    }
}

fn proxies(trusted: Option<&[String]>, header: Option<&str>) -> Result<Proxies, ConfigError> {
    let trusted = trusted
        .unwrap_or_default()
        .iter()
        .map(|text| {
            Network::parse(text).ok_or_else(|| {
                error(
                    "trusted_proxies",
                    "must be addresses or networks, such as 10.0.0.0/8",
                )
            })
        })
        .collect::<Result<_, _>>()?;
    let header = match header.map(str::to_ascii_lowercase).as_deref() {
        None | Some("x-forwarded-for") => ProxyHeader::XForwardedFor,
        Some("forwarded") => ProxyHeader::Forwarded,
        Some(_) => {
            return Err(error(
                "proxy_header",
                "must be x-forwarded-for or forwarded",
            ));
        }
    };
    Ok(Proxies { trusted, header })
}

impl From<CalendarError> for ConfigError {
    fn from(cause: CalendarError) -> Self {
        error(cause.field, cause.problem)
    }
}

fn error(field: &str, problem: &str) -> ConfigError {
    ConfigError {
        field: field.to_owned(),
        problem: problem.to_owned(),
    }
}

#[cfg(test)]
mod tests;
