//! A mail that is nobody's, as somebody may look at it: text, and the names of its files. Nothing in it is followed,
//! loaded or shown as anything else.

use super::{MailError, Office, filing};
use serde::Serialize;

/// More than anybody reads; the rest is in the ticket's file, once it is one. In characters.
const TEXT_MAX: u32 = 100_000;

/// What can be read in a mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sheet {
    pub text: String,
    /// There is more.
    pub cut: bool,
    pub files: Vec<Enclosed>,
}

/// A file that came with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Enclosed {
    /// As the sender named it.
    pub name: String,
    /// In bytes.
    pub size: u32,
}

impl Office {
    /// `None`: it was not kept, or cannot be read.
    pub async fn sheet(&self, mail: i64) -> Result<Option<Sheet>, MailError> {
        let Some(kept) = self.store.unverified(mail).await? else {
            return Ok(None);
        };
        let (_, read) = self.read(kept.raw).await?;
        Ok(read.ok().map(|letter| {
            let (text, cut) = filing::shortened(&filing::whole(&letter), TEXT_MAX);
            let files = letter.enclosures.into_iter().map(|file| Enclosed {
                name: file.name,
                size: u32::try_from(file.bytes.len()).unwrap_or(u32::MAX),
            });
            Sheet {
                text,
                cut,
                files: files.collect(),
            }
        }))
    }
}
