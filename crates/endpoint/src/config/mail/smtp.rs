//! Where notices go out: encrypted, unless the mail server is on this machine.

use super::{RawMail, Secret};
use crate::config::{ConfigError, error};
use std::net::IpAddr;
use std::path::Path;

/// Where notices go out.
#[derive(Clone, Debug)]
pub struct Smtp {
    /// With the password.
    pub url: Secret,
    /// Without user and password.
    pub host: String,
    /// `None`: to loopback, as plain text.
    pub encryption: Option<Encryption>,
    /// Certificates that vouch for it besides those that the system trusts; PEM.
    pub ca: Option<Vec<u8>>,
    pub notices: Notices,
}

/// How the conversation with the mail server is encrypted; never less than that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// From the first byte on.
    Implicit,
    /// After the command STARTTLS, which the server has to know.
    StartTls,
}

/// Tickets whose filers are sent notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notices {
    Email,
    All,
}

impl Notices {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::All => "all",
        }
    }
}

/// `None`: no notices are sent.
pub(super) fn read(raw: &RawMail) -> Result<Option<Smtp>, ConfigError> {
    let Some(given) = &raw.mail_smtp else {
        return match (&raw.mail_notices, &raw.mail_tls_ca) {
            (None, None) => Ok(None),
            (Some(_), _) => Err(error("mail_smtp", "is required with `mail_notices`")),
            (None, Some(_)) => Err(error("mail_smtp", "is required with `mail_tls_ca`")),
        };
    };
    let url = url::Url::parse(given.reveal())
        .ok()
        .filter(|url| url.has_host())
        .ok_or_else(|| error("mail_smtp", "must be smtps://HOST or smtp://HOST"))?;
    // The library knows addresses only where it knows the scheme.
    let host = url.host_str().unwrap_or_default();
    let ip: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    let loopback = host == "localhost" || ip.is_some_and(|ip| ip.is_loopback());
    let demanded = url
        .query_pairs()
        .any(|(name, value)| name == "tls" && value == "required");
    let encryption = match url.scheme() {
        "smtps" => Some(Encryption::Implicit),
        "smtp" if demanded => Some(Encryption::StartTls),
        "smtp" if loopback => None,
        "smtp" => {
            return Err(error(
                "mail_smtp",
                "must be encrypted: smtps://… or smtp://…?tls=required",
            ));
        }
        _ => return Err(error("mail_smtp", "must be smtps://HOST or smtp://HOST")),
    };
    let notices = match raw.mail_notices.as_deref() {
        None | Some("email") => Notices::Email,
        Some("all") => Notices::All,
        Some(_) => return Err(error("mail_notices", "must be email or all")),
    };
    Ok(Some(Smtp {
        url: given.clone(),
        host: host.trim_matches(['[', ']']).to_owned(),
        encryption,
        ca: ca(raw.mail_tls_ca.as_deref(), encryption)?,
        notices,
    }))
}

fn ca(file: Option<&Path>, encryption: Option<Encryption>) -> Result<Option<Vec<u8>>, ConfigError> {
    let Some(file) = file else { return Ok(None) };
    if encryption.is_none() {
        return Err(error(
            "mail_tls_ca",
            "is for an encrypted `mail_smtp`: smtps://… or smtp://…?tls=required",
        ));
    }
    let pem = std::fs::read(file).map_err(|_| error("mail_tls_ca", "cannot be read"))?;
    let certificate = b"-----BEGIN CERTIFICATE-----";
    if pem
        .windows(certificate.len())
        .any(|part| part == certificate)
    {
        Ok(Some(pem))
    } else {
        Err(error("mail_tls_ca", "holds no certificate in PEM"))
    }
}
