//! Why a backup, a restore or a check did not come to an end.

use crate::config::ConfigError;
use crate::store::{OpenError, StoreError};
use std::io;
use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(
        "this is for SQLite. A database on a PostgreSQL server is copied with `pg_dump` and brought back with `pg_restore`; copy the folder {}-files after the one, and bring it back before the other",
        .0.display()
    )]
    Server(PathBuf),
    #[error("there is no database {}", .0.display())]
    NoDatabase(PathBuf),
    #[error("{} is there already; nothing was written", .0.display())]
    NotEmpty(PathBuf),
    #[error("{} is no name that SQLite can be given", .0.display())]
    Name(PathBuf),
    #[error("the backup's database is damaged; nothing was written: {0}")]
    Damaged(String),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{}: {cause}", .path.display())]
    Disk {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    #[error("nobody reads what is said: {0}")]
    Output(#[source] io::Error),
}

/// Names the place that something went wrong at.
pub(super) fn at(path: &Path) -> impl Fn(io::Error) -> BackupError {
    let path = path.to_owned();
    move |cause| BackupError::Disk {
        path: path.clone(),
        cause,
    }
}
