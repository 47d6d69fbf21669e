//! What can go wrong with a mail that is not the mail's fault: it may go right later. And what the command line
//! says. English.

use crate::config::ConfigError;
use crate::random::NoRandomness;
use crate::store::{OpenError, StoreError};
use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum MailError {
    #[error("mail is not switched on: the setting `mail_dc` is missing")]
    Off,
    #[error("there is no database {}", .0.display())]
    NoDatabase(PathBuf),
    #[error("there is no mail {0} that waits for somebody")]
    Unknown(i64),
    #[error("shop {0} has no user {1}")]
    NoUser(String, String),
    #[error("the user's shop has no ticket {0}, or it takes no more")]
    NoTicket(String),
    #[error("mails of unverified senders have filled today's room")]
    Full,
    #[error("the mail took too long to read")]
    Slow,
    #[error("cannot read or write: {0}")]
    Disk(#[from] std::io::Error),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}
