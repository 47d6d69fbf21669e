//! The bounds of one endpoint, each with its default and where the number comes from.

use super::raw::RawLimits;
use super::{ConfigError, error};
use crate::store::files::Quota;
use std::num::NonZeroU32;
use std::time::Duration;

/// The longest ticket that the policy can ask for: 32,000 characters of description at 12 bytes each
/// (`\uXXXX\uXXXX`) are 384,000 bytes, and the other fields are small.
const BODY_MAX_BYTES: usize = 512 * 1024;
/// A body on a slow mobile connection (about 20 kB/s) still arrives.
const BODY_TIME: Duration = Duration::from_secs(30);
const ANSWER_TIME: Duration = Duration::from_secs(30);
/// The largest file of the default policy at 20 kB/s, and some more.
const UPLOAD_TIME: Duration = Duration::from_secs(20 * 60);
/// Forty tickets with all the files that the default policy allows.
const UPLOADS_PER_DAY: usize = 200;
/// Ten tickets with files of the largest size.
const UPLOAD_BYTES_PER_DAY: u64 = 1 << 30;
/// Nobody says more than that about a page in an hour; one office's address stands for many.
const FEEDBACK_PER_HOUR: u32 = 10;
/// Ten times the largest feedback that the default policy allows: much for a day, little for a disk.
const FEEDBACK_BYTES_PER_DAY: u64 = 1 << 30;
/// Its key goes with it, and a key is good for 30 days by the wire contract.
const FEEDBACK_RETENTION_MIN_DAYS: u32 = 31;
/// As long as the keys of what was said on them.
const TICKET_RETENTION_MIN_DAYS: u32 = 31;
const CONNECTIONS_MAX: usize = 1024;
/// What proxies leave alone: the shortest usual patience with a silent answer is 30 seconds.
const EVENT_HEARTBEAT: Duration = Duration::from_secs(15);
/// One a day for three years, and more than a reader would scroll through.
const MESSAGES_PER_TICKET: u32 = 1000;
/// A widget that polls and pages needs a tenth of it.
const REQUESTS_PER_MINUTE: u32 = 600;
/// Two tickets or grants a second: nobody types that fast, and a retry counts once it stores something.
const WRITES_PER_MINUTE: u32 = 120;
/// Hundreds of people behind one office's address, each with a widget that polls.
const ADDRESS_PER_MINUTE: u32 = 3000;
/// A token expires every 15 minutes and is replaced before; what is more is trying.
const FAILURES_PER_MINUTE: u32 = 120;
/// From the wire contract.
const VERIFY_PER_MINUTE: u32 = 30;
/// From the wire contract.
const VERIFY_PER_HOUR: u32 = 300;
/// Somebody who mistypes gets all of them at once; who guesses gets one in three minutes.
const SIGN_INS_PER_HOUR: u32 = 20;
/// A year, and the time to look at it.
const AUDIT_DAYS: u32 = 400;
/// From the wire contract: test runs share one identity.
const DEMO_FACTOR: u32 = 20;

#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub body_max_bytes: usize,
    pub body_time: Duration,
    pub answer_time: Duration,
    pub upload_time: Duration,
    pub uploads: Quota,
    pub feedback_per_hour: NonZeroU32,
    /// Of everybody's feedback together, texts and screenshots.
    pub feedback_bytes_per_day: u64,
    /// `None`: until the operator removes it.
    pub feedback_retention_days: Option<u32>,
    /// Of closed tickets; `None`: until somebody erases them.
    pub ticket_retention_days: Option<u32>,
    pub connections_max: usize,
    /// Of these, how many may watch events at a time.
    pub event_streams_max: usize,
    pub event_heartbeat: Duration,
    pub messages_per_ticket: NonZeroU32,
    pub requests_per_minute: NonZeroU32,
    pub writes_per_minute: NonZeroU32,
    pub address_per_minute: NonZeroU32,
    pub failures_per_minute: NonZeroU32,
    pub verify_per_minute: NonZeroU32,
    pub verify_per_hour: NonZeroU32,
    /// Failed ones, of an address and for an account.
    pub sign_ins_per_hour: NonZeroU32,
    pub audit_days: u32,
}

impl Limits {
    pub(super) fn for_demo(self, demo: bool) -> Self {
        let factor = if demo { DEMO_FACTOR } else { 1 };
        let times =
            |rate: NonZeroU32| NonZeroU32::new(rate.get().saturating_mul(factor)).unwrap_or(rate);
        Self {
            uploads: Quota {
                files: self.uploads.files.saturating_mul(factor),
                bytes: self.uploads.bytes.saturating_mul(u64::from(factor)),
            },
            feedback_per_hour: times(self.feedback_per_hour),
            feedback_bytes_per_day: self
                .feedback_bytes_per_day
                .saturating_mul(u64::from(factor)),
            requests_per_minute: times(self.requests_per_minute),
            writes_per_minute: times(self.writes_per_minute),
            address_per_minute: times(self.address_per_minute),
            failures_per_minute: times(self.failures_per_minute),
            verify_per_minute: times(self.verify_per_minute),
            verify_per_hour: times(self.verify_per_hour),
            sign_ins_per_hour: times(self.sign_ins_per_hour),
            ..self
        }
    }
}

impl TryFrom<&RawLimits> for Limits {
    type Error = ConfigError;

    fn try_from(raw: &RawLimits) -> Result<Self, ConfigError> {
        Ok(Self {
            body_max_bytes: positive(raw.body_max_bytes, "body_max_bytes", BODY_MAX_BYTES)?,
            body_time: seconds(raw.body_seconds, "body_seconds", BODY_TIME)?,
            answer_time: seconds(raw.answer_seconds, "answer_seconds", ANSWER_TIME)?,
            upload_time: seconds(raw.upload_seconds, "upload_seconds", UPLOAD_TIME)?,
            uploads: quota(raw)?,
            feedback_per_hour: rate(
                raw.feedback_per_hour,
                "feedback_per_hour",
                FEEDBACK_PER_HOUR,
            )?,
            feedback_bytes_per_day: bytes(
                raw.feedback_bytes_per_day,
                "feedback_bytes_per_day",
                FEEDBACK_BYTES_PER_DAY,
            )?,
            feedback_retention_days: retention(
                raw.feedback_retention_days,
                "feedback_retention_days",
                FEEDBACK_RETENTION_MIN_DAYS,
            )?,
            ticket_retention_days: retention(
                raw.ticket_retention_days,
                "ticket_retention_days",
                TICKET_RETENTION_MIN_DAYS,
            )?,
            connections_max: connections(raw)?,
            event_streams_max: streams(raw)?,
            event_heartbeat: seconds(
                raw.event_heartbeat_seconds,
                "event_heartbeat_seconds",
                EVENT_HEARTBEAT,
            )?,
            messages_per_ticket: rate(
                raw.messages_per_ticket,
                "messages_per_ticket",
                MESSAGES_PER_TICKET,
            )?,
            requests_per_minute: rate(
                raw.requests_per_minute,
                "requests_per_minute",
                REQUESTS_PER_MINUTE,
            )?,
            writes_per_minute: rate(
                raw.writes_per_minute,
                "writes_per_minute",
                WRITES_PER_MINUTE,
            )?,
            address_per_minute: rate(
                raw.address_per_minute,
                "address_per_minute",
                ADDRESS_PER_MINUTE,
            )?,
            failures_per_minute: rate(
                raw.failures_per_minute,
                "failures_per_minute",
                FAILURES_PER_MINUTE,
            )?,
            verify_per_minute: rate(
                raw.verify_per_minute,
                "verify_per_minute",
                VERIFY_PER_MINUTE,
            )?,
            verify_per_hour: rate(raw.verify_per_hour, "verify_per_hour", VERIFY_PER_HOUR)?,
            sign_ins_per_hour: rate(
                raw.sign_ins_per_hour,
                "sign_ins_per_hour",
                SIGN_INS_PER_HOUR,
            )?,
            audit_days: days(raw.audit_days, "audit_days", AUDIT_DAYS)?,
        })
    }
}

fn connections(raw: &RawLimits) -> Result<usize, ConfigError> {
    positive(raw.connections_max, "connections_max", CONNECTIONS_MAX)
}

/// Those who watch leave a quarter of the connections to calls, unless the operator wants it otherwise.
fn streams(raw: &RawLimits) -> Result<usize, ConfigError> {
    let connections = connections(raw)?;
    let most = connections.saturating_sub(connections.div_ceil(4)).max(1);
    positive(raw.event_streams_max, "event_streams_max", most)
}

fn quota(raw: &RawLimits) -> Result<Quota, ConfigError> {
    let files = positive(raw.uploads_per_day, "uploads_per_day", UPLOADS_PER_DAY)?;
    Ok(Quota {
        files: u32::try_from(files).unwrap_or(u32::MAX),
        bytes: bytes(
            raw.upload_bytes_per_day,
            "upload_bytes_per_day",
            UPLOAD_BYTES_PER_DAY,
        )?,
    })
}

fn bytes(given: Option<u64>, field: &str, default: u64) -> Result<u64, ConfigError> {
    match given.unwrap_or(default) {
        0 => Err(error(field, "must be at least 1")),
        bytes => Ok(bytes),
    }
}

fn positive(given: Option<usize>, field: &str, default: usize) -> Result<usize, ConfigError> {
    match given.unwrap_or(default) {
        0 => Err(error(field, "must be at least 1")),
        // More would be refused by the semaphore and the allocator anyway.
        bound if bound > 1 << 30 => Err(error(field, "must be at most 1073741824")),
        bound => Ok(bound),
    }
}

pub(super) fn seconds(
    given: Option<u64>,
    field: &str,
    default: Duration,
) -> Result<Duration, ConfigError> {
    match given {
        None => Ok(default),
        Some(1..=3600) => Ok(Duration::from_secs(given.unwrap_or_default())),
        Some(_) => Err(error(field, "must be 1 to 3600 seconds")),
    }
}

fn days(given: Option<u32>, field: &str, default: u32) -> Result<u32, ConfigError> {
    match given.unwrap_or(default) {
        days @ 1..=3650 => Ok(days),
        _ => Err(error(field, "must be 1 to 3650 days")),
    }
}

fn retention(given: Option<u32>, field: &str, min: u32) -> Result<Option<u32>, ConfigError> {
    match given {
        Some(days) if !(min..=3650).contains(&days) => {
            Err(error(field, &format!("must be {min} to 3650 days")))
        }
        days => Ok(days),
    }
}

fn rate(given: Option<u32>, field: &str, default: u32) -> Result<NonZeroU32, ConfigError> {
    NonZeroU32::new(given.unwrap_or(default)).ok_or_else(|| error(field, "must be at least 1"))
}
