//! What the command line says when it cannot copy or erase. English; never whom it is about.

use crate::config::ConfigError;
use crate::random::NoRandomness;
use crate::store::{OpenError, StoreError};
use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum ErasureError {
    #[error("there is no shop {0}, or it is one of demo mode")]
    UnknownShop(String),
    #[error("that is no e-mail address")]
    Address,
    #[error("{} is there already and not empty; nothing was written", .0.display())]
    Exists(PathBuf),
    /// Files without a row are what the endpoint removes by itself when they are old.
    #[error(
        "erased, but these files are still there; the endpoint tries again once they are a day old: {0}"
    )]
    FilesLeft(String),
    #[error("there is no database {}", .0.display())]
    NoDatabase(PathBuf),
    #[error("{}: {cause}", .path.display())]
    Disk {
        path: PathBuf,
        #[source]
        cause: std::io::Error,
    },
    #[error("cannot write: {0}")]
    Output(#[from] std::io::Error),
    #[error("cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}
