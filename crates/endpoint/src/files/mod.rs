//! The bytes of uploads, attachments and screenshots: one file each, named by its id, in a folder beside the database.
//!
//! A file is whole and on disk before its row is written, and its row is gone before the file is. A crash
//! in between leaves a file too many, never a row without its file; what is too many is removed later.
//! Nothing in here is ever run, unpacked or drawn.

pub mod kind;
pub mod name;
mod pour;
mod receive;

pub use pour::poured;
pub use receive::{Arriving, NewFile, ReceiveError, Received};

use crate::clock::{Clock, SystemClock, Timestamp};
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Ends the name of a file that is still arriving.
const PART: &str = ".part";
/// For files without a row. Longer than any upload takes; by the machine's clock, which wrote their times.
const STRAY_S: i64 = 24 * 60 * 60;

#[derive(Clone, Debug)]
pub struct Files {
    folder: PathBuf,
}

/// A file as the folder lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// With the ending of one that is still arriving.
    pub name: String,
    pub size: u64,
    /// Old enough to be removed if no row names it.
    pub old: bool,
}

impl Files {
    /// `endpoint.sqlite` has `endpoint.sqlite-files`, as it has `-wal` and `-shm`.
    pub fn beside(database: &Path) -> Self {
        let mut folder = OsString::from(database);
        folder.push("-files");
        Self {
            folder: folder.into(),
        }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn make(&self) -> io::Result<()> {
        std::fs::create_dir_all(&self.folder)
    }

    pub fn path(&self, id: &str) -> PathBuf {
        self.folder.join(id)
    }

    pub async fn open(&self, id: &str) -> io::Result<tokio::fs::File> {
        tokio::fs::File::open(self.path(id)).await
    }

    /// Removes a file that no row names any more; one that is not there is no failure.
    pub async fn remove(&self, id: &str) {
        match tokio::fs::remove_file(self.path(id)).await {
            Err(cause) if cause.kind() != ErrorKind::NotFound => {
                tracing::warn!(cause = %cause.kind(), "a file could not be removed");
            }
            Ok(()) | Err(_) => {}
        }
    }

    /// Everything in the folder.
    pub async fn list(&self) -> io::Result<Listing> {
        Ok(Listing {
            entries: tokio::fs::read_dir(&self.folder).await?,
            oldest: SystemClock.now().plus_seconds(-STRAY_S),
        })
    }
}

/// The folder's files, a page at a time: there may be very many.
#[derive(Debug)]
pub struct Listing {
    entries: tokio::fs::ReadDir,
    oldest: Timestamp,
}

impl Listing {
    const PAGE: usize = 500;

    /// The next files; none at the end.
    pub async fn page(&mut self) -> io::Result<Vec<Found>> {
        let mut page = Vec::new();
        while page.len() < Self::PAGE
            && let Some(entry) = self.entries.next_entry().await?
        {
            let meta = match entry.metadata().await {
                // Removed since the folder was read.
                Err(cause) if cause.kind() == ErrorKind::NotFound => continue,
                other => other?,
            };
            let changed = meta
                .modified()?
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default();
            let changed = i64::try_from(changed.as_millis()).unwrap_or(i64::MAX);
            page.push(Found {
                name: entry.file_name().to_string_lossy().into_owned(),
                size: meta.len(),
                old: Timestamp::from_millis(changed) < self.oldest,
            });
        }
        Ok(page)
    }
}
