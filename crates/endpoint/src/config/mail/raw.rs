//! The mail settings as given. Nothing is judged here.

use super::Secret;
use clap::Args;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Tickets by e-mail: off until `mail_dc` is given.
#[derive(Args, Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct RawMail {
    /// Data centre of the tickets that come by e-mail; switches the channel on. No default
    #[arg(long, env = "PARTNER_ENDPOINT_MAIL_DC", value_name = "DC")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_dc: Option<String>,

    /// Region of the tickets that come by e-mail. Default: that of `mail_dc`
    #[arg(long, env = "PARTNER_ENDPOINT_MAIL_REGION", value_name = "REGION")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_region: Option<String>,

    /// The mailbox's addresses; notices come from the first. Required with `mail_dc`
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_MAIL_ADDRESSES",
        value_name = "ADDRESS,…",
        value_delimiter = ','
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_addresses: Option<Vec<String>>,

    /// The name under which the mail server writes Authentication-Results (its authserv-id); only what it says
    /// makes a sender known. Required with `mail_dc`
    #[arg(long, env = "PARTNER_ENDPOINT_MAIL_AUTHSERV_ID", value_name = "NAME")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_authserv_id: Option<String>,

    /// How many Received lines our own servers write above Authentication-Results. Default: 1
    #[arg(long, env = "PARTNER_ENDPOINT_MAIL_HOPS", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_hops: Option<usize>,

    /// Maildir that `serve` watches. Default: none
    #[arg(long, env = "PARTNER_ENDPOINT_MAIL_MAILDIR", value_name = "DIR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_maildir: Option<PathBuf>,

    /// Seconds between two looks into the maildir. Default: 5
    #[arg(long, env = "PARTNER_ENDPOINT_MAIL_POLL_SECONDS", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_poll_seconds: Option<u64>,

    /// Largest mail in bytes. Default: 37748736
    #[arg(long, env = "PARTNER_ENDPOINT_MAIL_MAX_BYTES", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_max_bytes: Option<usize>,

    /// Days for which mails of unverified senders, and the list of mails, are kept. Default: 30
    #[arg(long, env = "PARTNER_ENDPOINT_MAIL_DAYS", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_days: Option<u32>,

    /// Bytes of mails of unverified senders that are taken in 24 hours. Default: 268435456
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_MAIL_UNVERIFIED_BYTES_PER_DAY",
        value_name = "N"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_unverified_bytes_per_day: Option<u64>,

    /// Mail server for notices: smtps://USER:PASSWORD@HOST, or smtp://…?tls=required; plain smtp:// to loopback
    /// only. Default: none, no notices
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_MAIL_SMTP",
        value_name = "URL",
        hide_env_values = true
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_smtp: Option<Secret>,

    /// PEM file with certificates that vouch for `mail_smtp` besides those that the system trusts. Default: none
    #[arg(long, env = "PARTNER_ENDPOINT_MAIL_TLS_CA", value_name = "FILE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_tls_ca: Option<PathBuf>,

    /// Whose filers are sent notices: of tickets that came by `email`, or of `all`. Default: email
    #[arg(long, env = "PARTNER_ENDPOINT_MAIL_NOTICES", value_name = "WHICH")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_notices: Option<String>,
}
