//! Tickets by e-mail: mails from a pipe or a maildir become tickets and answers, and what happens on a ticket
//! goes out as a notice.
//!
//! `From` is not identity: a mail is a user's only if our own mail server vouches for the sender ([`sender`]) and
//! exactly one shop knows them. Whatever else a mail says decides nothing; every ticket from here waits for an
//! agent (R9a). Never here: an answer to somebody who is not certain, nor anything shown to them.

mod assign;
mod attach;
pub(crate) mod authres;
mod bounds;
mod command;
mod desk;
mod error;
mod filing;
pub(crate) mod found;
pub(crate) mod head;
pub(crate) mod html;
mod ingest;
pub(crate) mod letter;
mod loops;
mod maildir;
mod notice;
pub(crate) mod quote;
pub(crate) mod sender;
mod sheet;

pub use assign::Owner;
pub use command::run;
pub use desk::{metrics, start};
pub use error::MailError;
pub use sheet::{Enclosed, Sheet};

use crate::clock::Clock;
use crate::config::MailConfig;
use crate::files::Files;
use crate::store::Store;
use crate::store::files::Quota;
use partner_rules::policy::FullPolicy;
use sender::Doubt;
use std::num::NonZeroU32;
use std::sync::Arc;

/// What the channel works with; in the serving program, and in the one that a mail is piped to.
#[derive(Clone)]
pub struct Office {
    pub store: Store,
    pub files: Files,
    pub policy: FullPolicy,
    pub config: MailConfig,
    /// Of each user, as for uploads.
    pub uploads: Quota,
    /// Messages that one ticket takes; a mail beyond becomes a ticket of its own.
    pub messages: NonZeroU32,
    pub clock: Arc<dyn Clock>,
}

/// What became of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The new ticket's reference.
    Ticket(String),
    /// The reference of the ticket that it answers.
    Reply(String),
    /// The mail's number, for an agent.
    Unverified(String),
    /// The same mail was taken before.
    Known,
    SetAside(Aside),
}

/// Why a mail is set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    TooLarge,
    HeadersTooLarge,
    TooManyParts,
    Unreadable,
    /// A machine answers: an absence, a receipt.
    AutoSubmitted,
    /// To many at once: a list, a newsletter.
    Bulk,
    /// A report that a mail could not be delivered.
    Bounce,
    /// From an address of ours.
    OwnAddress,
    /// A mail of ours that came back.
    OwnMessage,
}

impl Aside {
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::HeadersTooLarge => "headers_too_large",
            Self::TooManyParts => "too_many_parts",
            Self::Unreadable => "unreadable",
            Self::AutoSubmitted => "auto_submitted",
            Self::Bulk => "bulk",
            Self::Bounce => "bounce",
            Self::OwnAddress => "own_address",
            Self::OwnMessage => "own_message",
        }
    }
}

/// Why a sender is not verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unverified {
    NoSender,
    NotAuthenticated,
    NotPassed,
    /// No shop knows the address.
    UnknownUser,
    /// Several do.
    SeveralShops,
}

impl Unverified {
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoSender => "no_sender",
            Self::NotAuthenticated => "not_authenticated",
            Self::NotPassed => "not_passed",
            Self::UnknownUser => "unknown_user",
            Self::SeveralShops => "several_shops",
        }
    }
}

impl From<Doubt> for Unverified {
    fn from(doubt: Doubt) -> Self {
        match doubt {
            Doubt::NoSender => Self::NoSender,
            Doubt::NotAuthenticated => Self::NotAuthenticated,
            Doubt::NotPassed => Self::NotPassed,
        }
    }
}
