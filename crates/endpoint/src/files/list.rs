//! What is there, whether or not a row names it: a page at a time, since there may be very many.

use super::{Files, PART};
use crate::clock::{Clock, SystemClock, Timestamp};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use std::io::{self, ErrorKind};
use std::time::UNIX_EPOCH;

/// For files without a row. Longer than any upload takes; by the clock of the machine that wrote their times.
const STRAY_S: i64 = 24 * 60 * 60;

/// A file as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// With the ending of one that is still arriving.
    pub name: String,
    pub size: u64,
    /// Old enough to be removed if no row names it.
    pub old: bool,
}

/// The folder's files, then the bucket's.
pub struct Listing {
    entries: Option<tokio::fs::ReadDir>,
    /// With a bucket, what is in the folder is what arrives; anything else is from another time.
    arriving_only: bool,
    objects: Option<BoxStream<'static, io::Result<Found>>>,
    oldest: Timestamp,
}

impl Files {
    /// Everything that is there.
    pub async fn list(&self) -> io::Result<Listing> {
        let oldest = SystemClock.now().plus_seconds(-STRAY_S);
        let entries = match tokio::fs::read_dir(&self.folder).await {
            Err(cause) if cause.kind() == ErrorKind::NotFound => None,
            other => Some(other?),
        };
        Ok(Listing {
            entries,
            arriving_only: self.bucket.is_some(),
            objects: self.bucket.as_ref().map(|bucket| bucket.list(oldest)),
            oldest,
        })
    }
}

impl Listing {
    const PAGE: usize = 500;

    /// The next files; none at the end.
    pub async fn page(&mut self) -> io::Result<Vec<Found>> {
        let mut page = Vec::new();
        while page.len() < Self::PAGE
            && let Some(found) = self.next().await?
        {
            page.push(found);
        }
        Ok(page)
    }

    async fn next(&mut self) -> io::Result<Option<Found>> {
        while let Some(entries) = &mut self.entries {
            let Some(entry) = entries.next_entry().await? else {
                self.entries = None;
                break;
            };
            let name = entry.file_name().to_string_lossy().into_owned();
            if self.arriving_only && !name.ends_with(PART) {
                continue;
            }
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
            return Ok(Some(Found {
                name,
                size: meta.len(),
                old: Timestamp::from_millis(changed) < self.oldest,
            }));
        }
        let Some(objects) = &mut self.objects else {
            return Ok(None);
        };
        let found = objects.next().await.transpose()?;
        if found.is_none() {
            self.objects = None;
        }
        Ok(found)
    }
}
