//! All that is kept of a person or a shop, as JSON and files in a folder: `about.json`, `tickets.jsonl` with a ticket a
//! line as partners see it, and `files/` with their files, named by id. Notes among agents are not in it.

use super::ErasureError;
use crate::clock::Timestamp;
use crate::files::Files;
use crate::store::Store;
use crate::store::erasure::Person;
use crate::store::tickets::Sight;
use partner_rules::wire::TicketDetail;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// What is in the folder now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Copied {
    pub(super) tickets: usize,
    pub(super) files: usize,
}

pub(super) async fn person(
    store: &Store,
    files: &Files,
    person: &Person,
    to: &Path,
    now: Timestamp,
) -> Result<Copied, ErasureError> {
    let about = json!({
        "exported_at": now.rfc3339(),
        "shop": person.shop_id,
        "address": person.key,
        "kept": store.kept_of_person(person).await?,
    });
    write(
        store,
        files,
        (&person.shop_id, Some(&person.key)),
        &about,
        to,
    )
    .await
}

pub(super) async fn shop(
    store: &Store,
    files: &Files,
    shop_id: &str,
    to: &Path,
    now: Timestamp,
) -> Result<Copied, ErasureError> {
    let about = json!({
        "exported_at": now.rfc3339(),
        "shop": shop_id,
        "kept": store.kept_of_shop(shop_id).await?,
    });
    write(store, files, (shop_id, None), &about, to).await
}

async fn write(
    store: &Store,
    files: &Files,
    (shop_id, user): (&str, Option<&String>),
    about: &Value,
    to: &Path,
) -> Result<Copied, ErasureError> {
    empty(to)?;
    let text = serde_json::to_string_pretty(about)?;
    let path = to.join("about.json");
    std::fs::write(&path, text).map_err(at(&path))?;
    let sight = Sight {
        shop_id: shop_id.to_owned(),
        created_by: user.cloned(),
        viewer: user.cloned().unwrap_or_default(),
    };
    let path = to.join("tickets.jsonl");
    let mut lines = BufWriter::new(File::create_new(&path).map_err(at(&path))?);
    let mut copied = Copied::default();
    let mut last = 0;
    loop {
        let page = store.references_after(&sight, last).await?;
        let Some((end, _)) = page.last() else { break };
        last = *end;
        for (_, reference) in &page {
            // One may have gone since.
            let Some(whole) = store.ticket(&sight, reference).await? else {
                continue;
            };
            let detail = whole.detail();
            serde_json::to_writer(&mut lines, &detail)?;
            writeln!(lines)?;
            copied.tickets += 1;
            copied.files += copy_files(files, &detail, to)?;
        }
    }
    let file = lines
        .into_inner()
        .map_err(|cause| at(&path)(cause.into_error()))?;
    file.sync_all().map_err(at(&path))?;
    Ok(copied)
}

/// How many there were; one that is missing on our disk is for `check` to find.
fn copy_files(files: &Files, ticket: &TicketDetail, to: &Path) -> Result<usize, ErasureError> {
    let of_messages = ticket
        .more
        .messages
        .iter()
        .flat_map(|message| &message.attachments);
    let mut count = 0;
    for attachment in ticket.more.attachments.iter().chain(of_messages) {
        let folder = to.join("files");
        std::fs::create_dir_all(&folder).map_err(at(&folder))?;
        let path = folder.join(&attachment.id);
        match std::fs::copy(files.path(&attachment.id), &path) {
            Ok(_) => count += 1,
            Err(cause) if cause.kind() == ErrorKind::NotFound => {}
            Err(cause) => return Err(at(&path)(cause)),
        }
    }
    Ok(count)
}

/// Made if missing, for nobody but ourselves; what is there already is never written over.
fn empty(folder: &Path) -> Result<(), ErasureError> {
    let mut folders = std::fs::DirBuilder::new();
    folders.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folders, 0o700);
    folders.create(folder).map_err(at(folder))?;
    let mut entries = std::fs::read_dir(folder).map_err(at(folder))?;
    match entries.next() {
        None => Ok(()),
        Some(_) => Err(ErasureError::Exists(folder.to_owned())),
    }
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> ErasureError + use<> {
    let path: PathBuf = path.to_owned();
    move |cause| ErasureError::Disk { path, cause }
}
