//! A maildir that is watched: what the mail server put into `new/` is taken, then moved to `cur/`. A crash in
//! between only means that the same mail is looked at twice, and known the second time. What is set aside goes
//! to `.set-aside/`, with its reason in a file beside it.

use super::{Aside, Fate, MailError, Office};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

const NEW: &str = "new";
const CUR: &str = "cur";
const SET_ASIDE: &str = ".set-aside";
/// Says in a maildir that a mail was seen.
const SEEN: &str = ":2,S";
/// After a failure that may pass.
const PAUSE: Duration = Duration::from_secs(30);
/// Mails of one look, so that those who wait for the list do not wait for thousands.
const ROUND: usize = 500;

/// Looks for mails again and again, until it is dropped.
pub(crate) async fn watch(office: Office) {
    let Some(folder) = office.config.maildir.clone() else {
        return;
    };
    loop {
        let pause = match round(&office, &folder).await {
            Ok(0) => office.config.poll,
            Ok(_) => continue,
            Err(cause) => {
                tracing::warn!(%cause, "a mail could not be taken; it is tried again");
                PAUSE
            }
        };
        tokio::time::sleep(pause).await;
    }
}

/// Takes what is there, oldest name first; how many there were. A failure ends the round, but a mail that
/// cannot be taken now holds up no other.
async fn round(office: &Office, folder: &Path) -> Result<usize, MailError> {
    let mut failed = None;
    let mut taken = 0;
    for path in waiting(&folder.join(NEW)).await? {
        match one(office, folder, &path).await {
            Ok(()) => taken += 1,
            Err(cause) => failed = Some(cause),
        }
    }
    match failed {
        Some(cause) => Err(cause),
        None => Ok(taken),
    }
}

async fn waiting(new: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = tokio::fs::read_dir(new).await?;
    let mut paths = Vec::new();
    while let Some(entry) = entries.next_entry().await? {
        // No links: they could lead to other files of the machine.
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden && entry.file_type().await?.is_file() {
            paths.push(entry.path());
        }
    }
    paths.sort();
    paths.truncate(ROUND);
    Ok(paths)
}

async fn one(office: &Office, folder: &Path, path: &Path) -> Result<(), MailError> {
    let raw = match read(path, office.config.max_bytes).await {
        // Somebody else has taken it.
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(()),
        other => other?,
    };
    let fate = office.ingest(raw).await?;
    told(&fate);
    match fate {
        Fate::SetAside(aside) => put_aside(folder, path, aside).await?,
        Fate::Ticket(_) | Fate::Reply(_) | Fate::Unverified(_) | Fate::Known => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = match name.contains(":2,") {
                true => name.into_owned(),
                false => format!("{name}{SEEN}"),
            };
            let cur = folder.join(CUR);
            tokio::fs::create_dir_all(&cur).await?;
            tokio::fs::rename(path, cur.join(name)).await?;
        }
    }
    Ok(())
}

/// At most one byte more than may be there: enough to know that it is too much.
pub(super) async fn read(path: &Path, max: usize) -> io::Result<Vec<u8>> {
    let path = path.to_owned();
    tokio::task::spawn_blocking(move || bounded(std::fs::File::open(path)?, max))
        .await
        .map_err(io::Error::other)?
}

pub(super) fn bounded(from: impl Read, max: usize) -> io::Result<Vec<u8>> {
    let mut raw = Vec::new();
    let max = u64::try_from(max).unwrap_or(u64::MAX);
    from.take(max.saturating_add(1)).read_to_end(&mut raw)?;
    Ok(raw)
}

/// Moves a mail out of the way; the reason is there first.
async fn put_aside(folder: &Path, path: &Path, aside: Aside) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default();
    let place = folder.join(SET_ASIDE);
    tokio::fs::create_dir_all(&place).await?;
    explain(&place.join(name), aside).await?;
    tokio::fs::rename(path, place.join(name)).await
}

/// Keeps a mail that came by a pipe, under a name that nothing has.
pub(super) async fn keep_aside(
    folder: &Path,
    name: &str,
    raw: &[u8],
    aside: Aside,
) -> io::Result<()> {
    let place = folder.join(SET_ASIDE);
    tokio::fs::create_dir_all(&place).await?;
    let path = place.join(name);
    explain(&path, aside).await?;
    tokio::fs::write(path, raw).await
}

async fn explain(path: &Path, aside: Aside) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".reason");
    tokio::fs::write(beside, format!("{}\n", aside.code())).await
}

/// A line for the operator, without what the mail says.
pub(super) fn told(fate: &Fate) {
    match fate {
        Fate::Ticket(reference) => tracing::info!(reference, "a mail became a ticket"),
        Fate::Reply(reference) => tracing::info!(reference, "a mail became an answer"),
        Fate::Unverified(mail) => tracing::info!(mail, "a mail's sender is not verified"),
        Fate::Known => tracing::info!("a mail came again"),
        Fate::SetAside(aside) => tracing::info!(reason = aside.code(), "a mail was set aside"),
    }
}
