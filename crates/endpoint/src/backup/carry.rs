//! Goes through the rows of files: compares each with its file, and copies it if asked to.

use super::error::at;
use super::{BackupError, Out, Verdict, line};
use crate::files::{Files, poured};
use crate::store::archive::{Archive, Expected};
use std::fs::File;
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
            let fault = match one(expected, from, to) {
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
fn one(expected: &Expected, from: &Files, to: Option<&Files>) -> Result<bool, Trouble> {
    let source = from.path(&expected.id);
    let mut file = match File::open(&source) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Err(Trouble::Missing),
        other => other.map_err(|cause| Trouble::Other(at(&source)(cause)))?,
    };
    let (size, sha256) = match to {
        None => poured(&mut file, &mut io::sink()),
        Some(to) => File::create_new(to.path(&expected.id)).and_then(|mut copy| {
            let seen = poured(&mut file, &mut copy)?;
            copy.sync_all()?;
            Ok(seen)
        }),
    }
    .map_err(|cause| Trouble::Other(at(&source)(cause)))?;
    Ok(size == expected.size && sha256 == expected.sha256)
}
