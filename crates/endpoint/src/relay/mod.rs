//! Tickets handed on to a Zoho Desk portal: each is created there exactly once, and what the portal's own rules made
//! of it is read back.
//!
//! The portal has no idempotency keys. So that a creation is about to leave is on record before it does
//! ([`begin_relay`](Store::begin_relay)), and a ticket that may have been created is looked for by our reference
//! until the portal's search must have it, before it is created again. Never here: a log line with text, names,
//! addresses, tokens or URLs; a ticket that is given up.

mod changes;
mod client;
mod command;
mod conversation;
mod error;
mod fields;
mod pace;
mod poll;
mod portal;
mod reading;
mod start;
mod wait;
mod worker;

pub use command::run;
pub use error::RelayError;
pub use start::{metrics, start};
pub use worker::Turn;

use crate::casework::calendar::Calendar;
use crate::clock::Clock;
use crate::config::RelayConfig;
use crate::files::Files;
use crate::store::Store;
use client::{Tokens, Web};
use pace::Pace;
use partner_rules::policy::FullPolicy;
use std::io;
use std::sync::Arc;

/// What the relay works with.
pub struct Relay {
    store: Store,
    files: Files,
    config: RelayConfig,
    clock: Arc<dyn Clock>,
    web: Web,
    tokens: Tokens,
    pace: Pace,
    rules: RelayRules,
}

/// By which rules a ticket is judged when the portal has decided something about its account.
#[derive(Clone, Debug)]
pub struct RelayRules {
    pub policy: FullPolicy,
    pub calendar: Calendar,
}

impl Relay {
    /// Fails if the machine's certificates cannot be read.
    pub fn new(
        store: Store,
        files: Files,
        config: RelayConfig,
        clock: Arc<dyn Clock>,
        rules: RelayRules,
    ) -> io::Result<Self> {
        Ok(Self {
            store,
            files,
            config,
            clock,
            web: Web::new()?,
            tokens: Tokens::default(),
            pace: Pace::default(),
            rules,
        })
    }
}
