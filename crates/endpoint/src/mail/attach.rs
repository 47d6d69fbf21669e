//! The files of a mail, by the same rules as uploads: kinds, names, sizes, number, a user's quota. What is not
//! taken is named, so that an agent can ask for it another way.

use super::letter::Enclosure;
use super::{MailError, Office};
use crate::files::{Arriving, kind, name};
use crate::random;
use crate::rates::Identity;
use crate::store::files::Room;

/// The text of a mail that did not fit, or was cut.
const WHOLE: &str = "mail.txt";

/// A file on disk that no row names yet.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) size: u32,
    pub(super) sha256: String,
    pub(super) content_type: &'static str,
}

#[derive(Debug, Default)]
pub(super) struct Attached {
    pub(super) kept: Vec<Kept>,
    /// Names of files that were not taken.
    pub(super) refused: Vec<String>,
}

impl Office {
    /// Writes what may be kept. What is in the layout of the text comes last: a logo must not take the place of
    /// a log. `whole`: the mail's text, if the ticket has not all of it.
    pub(super) async fn attach(
        &self,
        whose: Identity<'_>,
        enclosures: &[Enclosure],
        whole: Option<&str>,
    ) -> Result<Attached, MailError> {
        let mut attached = Attached::default();
        let whole = whole.map(|text| Enclosure {
            name: WHOLE.to_owned(),
            bytes: text.as_bytes().to_vec(),
            inline: false,
        });
        let first = enclosures.iter().filter(|one| !one.inline);
        let last = enclosures.iter().filter(|one| one.inline);
        for enclosure in whole.iter().chain(first).chain(last) {
            if let Err(cause) = self.put(whose, enclosure, &mut attached).await {
                self.drop_files(&attached).await;
                return Err(cause);
            }
        }
        Ok(attached)
    }

    /// Removes files that no row will name.
    pub(super) async fn drop_files(&self, attached: &Attached) {
        for kept in &attached.kept {
            self.files.remove(&kept.id).await;
        }
    }

    async fn put(
        &self,
        whose: Identity<'_>,
        enclosure: &Enclosure,
        attached: &mut Attached,
    ) -> Result<(), MailError> {
        let limits = self.policy.rules().limits();
        let name = name::harmless(&enclosure.name);
        let mut arriving = Arriving::default();
        let size = arriving.look(&enclosure.bytes);
        let received = arriving.whole();
        let count = u32::try_from(attached.kept.len()).unwrap_or(u32::MAX);
        let kind = kind::judge(&name, &received.seen)
            .filter(|_| count < limits.files_max && size <= u64::from(limits.file_bytes_max));
        let Some(kind) = kind else {
            attached.refused.push(name);
            return Ok(());
        };
        let taken: u64 = attached.kept.iter().map(|one| u64::from(one.size)).sum();
        let now = self.clock.now();
        let room = self.store.room(whose, size + taken, self.uploads, now);
        if room.await? != Room::Free {
            attached.refused.push(name);
            return Ok(());
        }
        let id = random::hex(&random::bytes::<16>()?);
        let mut file = self.files.begin(&id).await?;
        file.write(&enclosure.bytes).await?;
        file.flush().await?;
        file.keep().await?;
        attached.kept.push(Kept {
            id,
            name,
            size: received.size,
            sha256: random::hex(&received.sha256),
            content_type: kind.content_type,
        });
        Ok(())
    }
}
