//! The settings as given: one struct that is flags, environment and TOML file at once.
//!
//! Nothing is judged here; [`Config`](super::Config) does that.

use super::{RawAttachments, RawMail, RawRelay};
use crate::casework::calendar::RawCalendar;
use clap::Args;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Every setting can be given as a flag, as an environment variable, or under the flag's name (with
/// underscores) in the TOML file; a flag wins over the environment, and that over the file.
#[derive(Args, Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct RawConfig {
    /// Address and port to answer on; port 0 takes a free one. Default: 127.0.0.1:8080
    #[arg(long, env = "PARTNER_ENDPOINT_LISTEN", value_name = "ADDR:PORT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<String>,

    /// Another port for `listen`, whose address stays.
    #[arg(long, env = "PARTNER_ENDPOINT_PORT", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,

    #[command(flatten)]
    #[serde(flatten)]
    pub store: RawStore,

    #[command(flatten)]
    #[serde(flatten)]
    pub attachments: RawAttachments,

    /// Data centres served here, the first being the one that the session names:
    /// us, in, au, jp, eu, sa, ca, uk. No default, except in demo mode: all of them.
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_DCS",
        value_name = "DC,…",
        value_delimiter = ','
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dcs: Option<Vec<String>>,

    /// The `aud` that tokens must carry: one name for all endpoints of a residency group.
    /// No default, except in demo mode.
    #[arg(long, env = "PARTNER_ENDPOINT_AUDIENCE", value_name = "NAME")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,

    /// Demo mode: a shop, users, accounts and tokens for everybody. Loopback only.
    #[arg(long, env = "PARTNER_ENDPOINT_DEMO", num_args = 0..=1, default_missing_value = "true")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub demo: Option<bool>,

    /// Folder with a built site to serve at `/`; demo mode only.
    #[arg(long, env = "PARTNER_ENDPOINT_SITE", value_name = "DIR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<PathBuf>,

    /// Proxies in front, as addresses or networks; only they are believed about whom they speak for.
    /// Default: none
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_TRUSTED_PROXIES",
        value_name = "NETWORK,…",
        value_delimiter = ','
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trusted_proxies: Option<Vec<String>>,

    /// The header that these proxies write: x-forwarded-for or forwarded. Default: x-forwarded-for
    #[arg(long, env = "PARTNER_ENDPOINT_PROXY_HEADER", value_name = "NAME")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy_header: Option<String>,

    /// Address and port of the agents' desk; it is on when there are agents, and in demo mode. Default: the
    /// loopback address and the port after `listen`'s
    #[arg(long, env = "PARTNER_ENDPOINT_DESK_LISTEN", value_name = "ADDR:PORT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desk_listen: Option<String>,

    /// Where agents' browsers find the desk, such as https://desk.example: the only name that it answers to.
    /// Default: names of this machine over http, for which `desk_listen` must be a loopback address
    #[arg(long, env = "PARTNER_ENDPOINT_DESK_ORIGIN", value_name = "ORIGIN")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desk_origin: Option<String>,

    #[command(flatten)]
    #[serde(flatten)]
    pub calendar: RawCalendar,

    #[command(flatten)]
    #[serde(flatten)]
    pub limits: RawLimits,

    #[command(flatten)]
    #[serde(flatten)]
    pub mail: RawMail,

    #[command(flatten)]
    #[serde(flatten)]
    pub relay: RawRelay,
}

/// Where things are kept; shared by every command that opens the database.
#[derive(Args, Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct RawStore {
    /// Folder for everything that is kept, made if missing. Default: data (demo mode: .demo)
    #[arg(long, env = "PARTNER_ENDPOINT_DATA", value_name = "DIR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<PathBuf>,

    /// Database: `sqlite:` and a file, or `postgres://USER@HOST/NAME`. Default: endpoint.sqlite in the data folder
    #[arg(long, env = "PARTNER_ENDPOINT_DATABASE", value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<String>,

    /// Policy file (JSON). Default: the built-in policy, which has no thresholds
    #[arg(long, env = "PARTNER_ENDPOINT_POLICY", value_name = "FILE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<PathBuf>,
}

/// Bounds. In demo mode the rates are twenty times what is given.
#[derive(Args, Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct RawLimits {
    /// Largest JSON body in bytes. Default: 524288
    #[arg(long, env = "PARTNER_ENDPOINT_BODY_MAX_BYTES", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body_max_bytes: Option<usize>,

    /// Seconds for a body to arrive. Default: 30
    #[arg(long, env = "PARTNER_ENDPOINT_BODY_SECONDS", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body_seconds: Option<u64>,

    /// Seconds for an answer to be made. Default: 30
    #[arg(long, env = "PARTNER_ENDPOINT_ANSWER_SECONDS", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer_seconds: Option<u64>,

    /// Seconds for an uploaded file, or for feedback, to arrive; `body_seconds` for each piece of it.
    /// Default: 1200
    #[arg(long, env = "PARTNER_ENDPOINT_UPLOAD_SECONDS", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upload_seconds: Option<u64>,

    /// Files that an identity may upload in 24 hours. Default: 200
    #[arg(long, env = "PARTNER_ENDPOINT_UPLOADS_PER_DAY", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uploads_per_day: Option<usize>,

    /// Bytes that an identity may upload in 24 hours. Default: 1073741824
    #[arg(long, env = "PARTNER_ENDPOINT_UPLOAD_BYTES_PER_DAY", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upload_bytes_per_day: Option<u64>,

    /// Feedback on translations per hour and address. Default: 10
    #[arg(long, env = "PARTNER_ENDPOINT_FEEDBACK_PER_HOUR", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback_per_hour: Option<u32>,

    /// Bytes of feedback on translations that are kept in 24 hours, from everybody together. Default:
    /// 1073741824
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_FEEDBACK_BYTES_PER_DAY",
        value_name = "N"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback_bytes_per_day: Option<u64>,

    /// Days for which feedback on translations is kept, with its screenshots; at least 31. Default: until it is
    /// removed by hand
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_FEEDBACK_RETENTION_DAYS",
        value_name = "N"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback_retention_days: Option<u32>,

    /// Days for which closed tickets are kept, since they last changed; at least 31. A shop may have a number of its
    /// own. Default: until somebody erases them
    #[arg(long, env = "PARTNER_ENDPOINT_TICKET_RETENTION_DAYS", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket_retention_days: Option<u32>,

    /// Connections at a time; more wait. Default: 1024
    #[arg(long, env = "PARTNER_ENDPOINT_CONNECTIONS_MAX", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connections_max: Option<usize>,

    /// Connections of these that may watch events at a time. Default: three quarters
    #[arg(long, env = "PARTNER_ENDPOINT_EVENT_STREAMS_MAX", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_streams_max: Option<usize>,

    /// Seconds between two signs of life to those who watch events. Default: 15
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_EVENT_HEARTBEAT_SECONDS",
        value_name = "N"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_heartbeat_seconds: Option<u64>,

    /// Messages that a ticket takes. Default: 1000
    #[arg(long, env = "PARTNER_ENDPOINT_MESSAGES_PER_TICKET", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub messages_per_ticket: Option<u32>,

    /// Calls per minute and identity. Default: 600
    #[arg(long, env = "PARTNER_ENDPOINT_REQUESTS_PER_MINUTE", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requests_per_minute: Option<u32>,

    /// Calls that store something per minute and identity. Default: 120
    #[arg(long, env = "PARTNER_ENDPOINT_WRITES_PER_MINUTE", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub writes_per_minute: Option<u32>,

    /// Calls per minute and address, of whomever. Default: 3000
    #[arg(long, env = "PARTNER_ENDPOINT_ADDRESS_PER_MINUTE", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_per_minute: Option<u32>,

    /// Calls without a sound token per minute and address. Default: 120
    #[arg(long, env = "PARTNER_ENDPOINT_FAILURES_PER_MINUTE", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failures_per_minute: Option<u32>,

    /// Account verifications per minute and identity. Default: 30
    #[arg(long, env = "PARTNER_ENDPOINT_VERIFY_PER_MINUTE", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verify_per_minute: Option<u32>,

    /// Account verifications per hour and shop. Default: 300
    #[arg(long, env = "PARTNER_ENDPOINT_VERIFY_PER_HOUR", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verify_per_hour: Option<u32>,

    /// Failed attempts to sign in to the desk per hour, of an address and for an account. Default: 20
    #[arg(long, env = "PARTNER_ENDPOINT_SIGN_INS_PER_HOUR", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_ins_per_hour: Option<u32>,

    /// Days for which it is kept who verified accounts. Default: 400
    #[arg(long, env = "PARTNER_ENDPOINT_AUDIT_DAYS", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audit_days: Option<u32>,
}
