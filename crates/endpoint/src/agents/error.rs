//! Why an `agents` command was refused. English, for operators.

use super::PasswordError;
use crate::config::ConfigError;
use crate::random::NoRandomness;
use crate::store::{OpenError, StoreError};
use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum AgentsError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("there is no database {}", .0.display())]
    NoDatabase(PathBuf),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the address is none: {0}")]
    Address(&'static str),
    #[error("the name must have 1 to 200 characters, and no control characters")]
    Name,
    #[error("the password {0}")]
    Password(&'static str),
    #[error("the two passwords differ")]
    Differ,
    #[error("there is an agent of this address already")]
    Taken,
    #[error("there is no agent of this address")]
    Unknown,
    #[error("there is no token of this number")]
    UnknownToken,
    #[error("the label must have 1 to 100 characters, and no control characters")]
    Label,
    #[error("days must be 1 to 3650")]
    Days,
    #[error(transparent)]
    Hash(#[from] PasswordError),
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    #[error("the password cannot be read: {0}")]
    Read(#[source] std::io::Error),
    #[error("the answer cannot be written: {0}")]
    Write(#[from] std::io::Error),
}
