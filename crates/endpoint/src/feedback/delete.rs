//! `partner-endpoint feedback delete …`: removes what visitors said, with names, addresses and screenshots.
//!
//! Rows go first and files after, as everywhere. A crash in between leaves files that belong to nothing, which
//! the endpoint removes when they are old.

use super::command::{Out, named};
use super::{FeedbackError, reference};
use crate::files::Files;
use crate::store::Store;
use crate::store::feedback::{Removal, Removed};
use std::collections::BTreeSet;

/// Removes all of these or, if one of them is not there, none; says what it removed, but not who had said it.
pub(super) async fn delete(
    store: &Store,
    files: &Files,
    references: &[String],
    out: Out<'_>,
) -> Result<(), FeedbackError> {
    let ids: BTreeSet<i64> = references
        .iter()
        .map(|text| named(text))
        .collect::<Result<_, _>>()?;
    let removed = match store.remove_feedback(&ids).await? {
        Removal::Done(removed) => removed,
        Removal::Unknown(ids) => {
            let references: Vec<String> = ids.into_iter().map(reference).collect();
            return Err(FeedbackError::NothingRemoved(references.join(", ")));
        }
    };
    let left = removed_files(files, &removed).await;
    let emptied = store.empty_log().await;
    for one in &removed {
        let count = one.screenshots.len();
        writeln!(out, "removed\t{}\t{count}", reference(one.id))?;
    }
    emptied?;
    if left.is_empty() {
        Ok(())
    } else {
        Err(FeedbackError::FilesLeft(left.join("; ")))
    }
}

/// Removes the files, and gives those that are still there, each with the reason. One that was lost already is
/// no trouble.
async fn removed_files(files: &Files, removed: &[Removed]) -> Vec<String> {
    let mut left = Vec::new();
    for id in removed.iter().flat_map(|one| &one.screenshots) {
        if let Err(cause) = files.try_remove(id).await {
            left.push(format!("{}: {cause}", files.path(id).display()));
        }
    }
    left
}
