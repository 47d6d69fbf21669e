//! The bytes of uploads, attachments and screenshots: one file each, named by its id, in a folder beside the database
//! or in a bucket of an S3-compatible store.
//!
//! A file is whole and kept before its row is written, and its row is gone before the file is. A crash
//! in between leaves a file too many, never a row without its file; what is too many is removed later. What
//! arrives is in the folder in any case, so that what is refused never leaves this machine.
//! Nothing in here is ever run, unpacked or drawn.

mod bucket;
pub mod kind;
mod list;
pub mod name;
mod pour;
mod receive;

pub use bucket::Claim;
pub use list::{Found, Listing};
pub use pour::poured;
pub use receive::{Arriving, NewFile, ReceiveError, Received};

use crate::config::Attachments;
use bucket::Bucket;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use hyper::body::Bytes;
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use tokio_util::io::ReaderStream;

/// Ends the name of a file that is still arriving.
const PART: &str = ".part";
/// The mark of the installation that a bucket belongs to; no id begins with a dot.
const OWNER: &str = ".owner";

/// A file's bytes, piece by piece.
pub type Bytestream = BoxStream<'static, io::Result<Bytes>>;

#[derive(Clone, Debug)]
pub struct Files {
    folder: PathBuf,
    /// `None`: they are in the folder.
    bucket: Option<Bucket>,
}

impl Files {
    /// In a folder: `endpoint.sqlite` has `endpoint.sqlite-files`, as it has `-wal` and `-shm`.
    pub fn beside(database: &Path) -> Self {
        let mut folder = OsString::from(database);
        folder.push("-files");
        Self {
            folder: folder.into(),
            bucket: None,
        }
    }

    /// Where the settings say. Nothing is asked of a store yet; fails if the machine's certificates cannot be read, or
    /// what the environment says of the store cannot be used.
    pub fn new(database: &Path, attachments: &Attachments) -> io::Result<Self> {
        Ok(Self {
            bucket: match attachments {
                Attachments::Folder => None,
                Attachments::Bucket(config) => Some(Bucket::new(config)?),
            },
            ..Self::beside(database)
        })
    }

    /// Where files are, or are while they arrive.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn make(&self) -> io::Result<()> {
        std::fs::create_dir_all(&self.folder)
    }

    /// Where a file is, for whoever has to look there.
    pub fn path(&self, id: &str) -> PathBuf {
        match &self.bucket {
            None => self.folder.join(id),
            Some(bucket) => PathBuf::from(format!("{}/{id}", bucket.name())),
        }
    }

    /// Where all of them are, for whoever has to look there.
    pub fn place(&self) -> PathBuf {
        match &self.bucket {
            None => self.folder.clone(),
            Some(bucket) => PathBuf::from(bucket.name()),
        }
    }

    /// Whether nothing is there yet, not even a mark.
    pub async fn is_empty(&self) -> io::Result<bool> {
        if let Some(bucket) = &self.bucket
            && !bucket.is_empty().await?
        {
            return Ok(false);
        }
        match std::fs::read_dir(&self.folder) {
            Ok(mut entries) => Ok(entries.next().is_none()),
            Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(true),
            Err(cause) => Err(cause),
        }
    }

    /// Whether this installation may remove what it does not know. A folder belongs to its database.
    pub async fn claim(&self, installation: &str) -> io::Result<Claim> {
        match &self.bucket {
            None => Ok(Claim::Ours),
            Some(bucket) => bucket.claim(installation).await,
        }
    }

    pub async fn open(&self, id: &str) -> io::Result<Bytestream> {
        match &self.bucket {
            None => {
                let file = tokio::fs::File::open(self.folder.join(id)).await?;
                Ok(ReaderStream::new(file).boxed())
            }
            Some(bucket) => bucket.open(id).await,
        }
    }

    /// Removes a file that no row names any more; one that is not there is no failure, and one that stays is
    /// removed when it is old.
    pub async fn remove(&self, id: &str) {
        if let Err(cause) = self.try_remove(id).await {
            tracing::warn!(cause = %cause.kind(), "a file could not be removed");
        }
    }

    /// Removes many. A store that fails at one is left alone: it would keep whoever waits for as long at each of the
    /// others, and what is left is removed when it is old.
    pub async fn remove_all(&self, ids: &[String]) {
        for id in ids {
            if let Err(cause) = self.try_remove(id).await {
                tracing::warn!(cause = %cause.kind(), "a file could not be removed");
                if self.bucket.is_some() {
                    return;
                }
            }
        }
    }

    /// The same for whoever has to know.
    pub async fn try_remove(&self, id: &str) -> io::Result<()> {
        match &self.bucket {
            Some(bucket) if !id.ends_with(PART) => bucket.remove(id).await,
            Some(_) | None => match tokio::fs::remove_file(self.folder.join(id)).await {
                Err(cause) if cause.kind() != ErrorKind::NotFound => Err(cause),
                Ok(()) | Err(_) => Ok(()),
            },
        }
    }
}
