//! What the command line says when it cannot show or remove what visitors said. English.

use crate::config::ConfigError;
use crate::store::{OpenError, StoreError};
use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum FeedbackError {
    #[error("{0}: a reference is TF- and a number, such as TF-000001")]
    Reference(String),
    #[error("there is no feedback {0}")]
    Unknown(String),
    #[error("there is no feedback {0}; nothing was removed")]
    NothingRemoved(String),
    /// Files without a row are what the endpoint removes by itself when they are old.
    #[error(
        "removed, but these files are still there; the endpoint tries again once they are a day old: {0}"
    )]
    FilesLeft(String),
    #[error("there is no database {}", .0.display())]
    NoDatabase(PathBuf),
    #[error("{} is there already; nothing was written over it", .0.display())]
    Exists(PathBuf),
    #[error("{} is not what was sent; compare the disk with a backup", .0.display())]
    Damaged(PathBuf),
    #[error("{}: {cause}", .path.display())]
    Disk {
        path: PathBuf,
        #[source]
        cause: std::io::Error,
    },
    #[error("cannot write: {0}")]
    Output(#[from] std::io::Error),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Store(#[from] StoreError),
}
