//! A body on its way to disk, a piece at a time: what is in memory is one piece.

use super::bucket::Bucket;
use super::kind::Seen;
use super::{Files, PART};
use axum::body::Body;
use http_body_util::BodyExt;
use sha2::{Digest, Sha256};
use std::io;
use std::path::PathBuf;
use std::time::Duration;
use tokio::io::{AsyncSeekExt, AsyncWriteExt};

/// What arrived.
#[derive(Debug)]
pub struct Received {
    pub size: u32,
    pub sha256: [u8; 32],
    pub seen: Seen,
}

/// A file on its way: looked at piece by piece, and kept nowhere.
#[derive(Debug, Default)]
pub struct Arriving {
    hash: Sha256,
    seen: Seen,
    size: u64,
}

impl Arriving {
    /// Looks at the next piece, and says how many bytes there were so far.
    pub fn look(&mut self, piece: &[u8]) -> u64 {
        self.hash.update(piece);
        self.seen.look(piece);
        let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
        self.size = self.size.saturating_add(length);
        self.size
    }

    /// What it was, after the last piece.
    pub fn whole(self) -> Received {
        Received {
            size: u32::try_from(self.size).unwrap_or(u32::MAX),
            sha256: self.hash.finalize().into(),
            seen: self.seen,
        }
    }
}

#[derive(Debug)]
pub enum ReceiveError {
    TooLarge,
    /// The sender went away in the middle.
    Broken,
    /// Nothing came for a while.
    Slow,
    Disk(io::Error),
}

impl From<io::Error> for ReceiveError {
    fn from(cause: io::Error) -> Self {
        Self::Disk(cause)
    }
}

/// A file in the making; removed when dropped before [`NewFile::keep`].
#[derive(Debug)]
pub struct NewFile {
    file: tokio::fs::File,
    part: PathBuf,
    goal: Goal,
    kept: bool,
}

/// Where it goes when it is whole.
#[derive(Debug)]
enum Goal {
    File(PathBuf),
    Object(Box<(Bucket, String)>),
}

impl Files {
    pub async fn begin(&self, id: &str) -> io::Result<NewFile> {
        let part = self.folder.join(format!("{id}{PART}"));
        let mut options = tokio::fs::OpenOptions::new();
        let file = options.read(true).write(true).create_new(true);
        Ok(NewFile {
            file: file.open(&part).await?,
            part,
            goal: match &self.bucket {
                None => Goal::File(self.folder.join(id)),
                Some(bucket) => Goal::Object(Box::new((bucket.clone(), id.to_owned()))),
            },
            kept: false,
        })
    }
}

impl NewFile {
    /// Writes the body, of which no piece may take longer than `patience`.
    pub async fn receive(
        &mut self,
        body: &mut Body,
        max: u32,
        patience: Duration,
    ) -> Result<Received, ReceiveError> {
        let mut arriving = Arriving::default();
        loop {
            let frame = tokio::time::timeout(patience, body.frame())
                .await
                .map_err(|_| ReceiveError::Slow)?;
            let Some(frame) = frame else { break };
            let Ok(data) = frame.map_err(|_| ReceiveError::Broken)?.into_data() else {
                continue;
            };
            if arriving.look(&data) > u64::from(max) {
                return Err(ReceiveError::TooLarge);
            }
            self.write(&data).await?;
        }
        self.flush().await?;
        Ok(arriving.whole())
    }

    /// Writes the next piece. That it worked is certain only after [`NewFile::flush`].
    pub async fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        self.file.write_all(piece).await
    }

    /// For whoever copies a whole file: flushed by them.
    pub fn sink(&mut self) -> &mut tokio::fs::File {
        &mut self.file
    }

    /// Says whether everything so far was written.
    pub async fn flush(&mut self) -> io::Result<()> {
        self.file.flush().await
    }

    /// Puts the file where it belongs. When this returns, it is on disk there under its name, or the store has it. If it
    /// fails, it may be there all the same: without a row it is removed when it is old.
    pub async fn keep(mut self) -> io::Result<()> {
        match &self.goal {
            Goal::File(whole) => {
                self.file.sync_all().await?;
                tokio::fs::rename(&self.part, whole).await?;
                self.kept = true;
                // Elsewhere than on Unix folders cannot be opened; there the rename is on disk by itself.
                #[cfg(unix)]
                if let Some(folder) = whole.parent() {
                    tokio::fs::File::open(folder).await?.sync_all().await?;
                }
                Ok(())
            }
            Goal::Object(goal) => {
                let (bucket, id) = goal.as_ref();
                let mut file = self.file.try_clone().await?;
                file.rewind().await?;
                bucket.put(id, file).await
            }
        }
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if !self.kept {
            // What cannot be removed now is old one day and then removed.
            let _ = std::fs::remove_file(&self.part);
        }
    }
}
