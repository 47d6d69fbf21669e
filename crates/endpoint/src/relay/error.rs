//! What the command line says when it cannot do what was asked. English.

use crate::config::ConfigError;
use crate::store::{OpenError, StoreError};
use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    #[error("there is no database {}", .0.display())]
    NoDatabase(PathBuf),
    #[error("{0} is not handed on")]
    NotRelayed(String),
    #[error("{0} is {1}: nothing to do")]
    Nothing(String, &'static str),
    #[error("{0} is being worked on just now: try again")]
    UnderWay(String),
    #[error("cannot write: {0}")]
    Output(#[from] std::io::Error),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Store(#[from] StoreError),
}
