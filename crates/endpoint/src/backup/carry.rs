//! Goes through the rows of files: compares each with its file, and copies it if asked to.

use super::error::at;
use super::{BackupError, Out, Verdict, line};
use crate::files::{Bytestream, Files, poured};
use crate::store::archive::{Archive, Expected};
use std::io::{self, ErrorKind};

#[derive(Debug, Default)]
pub(super) struct Tally {
    files: usize,
    pub(super) lacking: usize,
    pub(super) left_over: usize,
    /// Removed in the ordinary way since the rows were read.
    pub(super) gone: Vec<String>,
}

impl Tally {
    /// Says how many files there are, and gives the verdict.
    pub(super) fn told(&self, what: &str, out: Out<'_>) -> Result<Verdict, BackupError> {
        let Self {
            files,
            lacking,
            left_over,
            gone: _,
        } = self;
        writeln!(
            out,
            "{files} files {what}, {lacking} faults, {left_over} files left over"
        )
        .map_err(BackupError::Output)?;
        Ok(match (lacking, left_over) {
            (0, 0) => Verdict::Sound,
            (0, _) => Verdict::LeftOver,
            _ => Verdict::Lacking,
        })
    }
}

/// A file that is missing is so only if the live database still has its row.
pub(super) async fn carry(
    rows: &Archive,
    live: &Archive,
    from: &Files,
    to: Option<&Files>,
    out: Out<'_>,
) -> Result<Tally, BackupError> {
    let mut tally = Tally::default();
    let mut last = String::new();
    loop {
        let page = rows.files_after(&last).await?;
        let Some(end) = page.last() else {
            return Ok(tally);
        };
        last.clone_from(&end.id);
        for expected in &page {
            let fault = match one(expected, from, to).await {
                Ok(true) => {
                    tally.files += 1;
                    continue;
                }
                Ok(false) => "damaged",
                Err(Trouble::Missing) => {
                    if !live.without_row(&[&expected.id]).await?.is_empty() {
                        tally.gone.push(expected.id.clone());
                        continue;
                    }
                    "missing"
                }
                Err(Trouble::Other(error)) => return Err(error),
            };
            tally.lacking += 1;
            let ticket = expected.reference.as_deref().unwrap_or("no ticket");
            line(out, &[fault, &expected.id, ticket])?;
        }
    }
}

enum Trouble {
    Missing,
    Other(BackupError),
}

/// Whether the file is what its row says.
async fn one(expected: &Expected, from: &Files, to: Option<&Files>) -> Result<bool, Trouble> {
    let source = from.path(&expected.id);
    let bytes = match from.open(&expected.id).await {
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Err(Trouble::Missing),
        other => other.map_err(|cause| Trouble::Other(at(&source)(cause)))?,
    };
    let seen = match to {
        None => poured(bytes, &mut tokio::io::sink()).await,
        Some(to) => copied(bytes, to, &expected.id).await,
    };
    let (size, sha256) = seen.map_err(|cause| Trouble::Other(at(&source)(cause)))?;
    Ok(size == expected.size && sha256 == expected.sha256)
}

async fn copied(bytes: Bytestream, to: &Files, id: &str) -> io::Result<(u64, String)> {
    let mut copy = to.begin(id).await?;
    let seen = poured(bytes, copy.sink()).await?;
    copy.keep().await?;
    Ok(seen)
}
