//! The attachments of a form: what was picked, how far it has got, what keeps the ticket from going.
//!
//! Knows ids, names and sizes, never bytes: those stay in the shell, under the id. Files go up one at a
//! time, in the order in which they were picked. An answer for another attempt changes nothing.

mod action;
mod limits;

pub use action::{Arrival, FilesAction, Told, Uploaded};

use super::fault::Fault;
use partner_rules::Violation;
use partner_rules::policy::Limits;
use std::rc::Rc;

/// How many may stand on the list, too many ones included: somebody who picks a whole folder gets no
/// list without end.
const LISTED_MAX: usize = 20;
/// An upload that expires within this time counts as expired: it has to last until the ticket is there.
const MARGIN_MS: i64 = 60_000;

/// A file as it is picked; the id is made by the shell and names the bytes there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picked {
    pub id: Rc<str>,
    pub name: Rc<str>,
    /// In bytes.
    pub size: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    pub id: Rc<str>,
    pub name: Rc<str>,
    /// In bytes.
    pub size: u64,
    /// The bytes are stored in the browser, so that they survive a reload.
    pub kept: bool,
    pub standing: Standing,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Waiting,
    Sending {
        attempt: u32,
        sent_bytes: u64,
    },
    /// At the endpoint, until it expires there.
    Ready {
        upload_id: Rc<str>,
        expires_at_ms: Option<i64>,
    },
    /// It did not arrive; it can be tried again.
    Failed(Fault),
    /// It will never be taken: too large, one too many, of a type that is not taken.
    Refused(Violation),
    /// Its bytes cannot be read any more; it has to be picked again.
    Gone,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// In the order in which they were picked, which is the ticket's.
    pub list: Vec<Attached>,
    /// How many of those picked last did not even come onto the list.
    pub left_out: u32,
}

impl Files {
    /// Puts files on the list. What breaks a limit stands there as refused; only beyond what can be
    /// listed they are counted and no more.
    pub fn add(&mut self, picked: Vec<Picked>, limits: &Limits) {
        let room = LISTED_MAX.saturating_sub(self.list.len());
        let beyond = picked.len().saturating_sub(room);
        self.left_out = u32::try_from(beyond).unwrap_or(u32::MAX);
        self.list
            .extend(picked.into_iter().take(room).map(|file| Attached {
                id: file.id,
                name: file.name,
                size: file.size,
                kept: false,
                standing: Standing::Waiting,
            }));
        self.measure(limits);
    }

    /// Takes a file off the list, also one that is on its way. One that was too many moves up.
    pub fn remove(&mut self, id: &str, limits: &Limits) -> Option<Attached> {
        let at = self.list.iter().position(|file| &*file.id == id)?;
        let removed = self.list.remove(at);
        self.left_out = 0;
        self.measure(limits);
        Some(removed)
    }

    /// The file that goes next; none while another one is on its way.
    pub fn next_to_send(&self) -> Option<&Attached> {
        let mut all = self.list.iter();
        let next = all.clone().find(|file| file.standing == Standing::Waiting);
        let busy = all.any(|file| matches!(file.standing, Standing::Sending { .. }));
        next.filter(|_| !busy)
    }

    /// Starts the next file, if one is due.
    pub fn start(&mut self, attempt: u32) {
        let next = self.next_to_send().map(|file| Rc::clone(&file.id));
        if let Some(file) = next.and_then(|id| self.find(&id)) {
            file.standing = Standing::Sending {
                attempt,
                sent_bytes: 0,
            };
        }
    }

    /// The file on its way, with its attempt.
    pub fn sending(&self) -> Option<(&Attached, u32)> {
        self.list.iter().find_map(|file| match file.standing {
            Standing::Sending { attempt, .. } => Some((file, attempt)),
            Standing::Waiting
            | Standing::Ready { .. }
            | Standing::Failed(_)
            | Standing::Refused(_)
            | Standing::Gone => None,
        })
    }

    pub fn progress(&mut self, attempt: u32, bytes: u64) {
        if let Some(file) = self.on_its_way(attempt) {
            let sent_bytes = bytes.min(file.size);
            file.standing = Standing::Sending {
                attempt,
                sent_bytes,
            };
        }
    }

    /// Its bytes are stored in the browser.
    pub fn kept(&mut self, id: &str) {
        if let Some(file) = self.find(id) {
            file.kept = true;
        }
    }

    /// Its bytes are neither in the page nor in storage, as after a reload.
    pub fn gone(&mut self, id: &str) {
        if let Some(file) = self.find(id) {
            file.standing = Standing::Gone;
        }
    }

    pub fn retry(&mut self, id: &str) {
        if let Some(file) = self.find(id) {
            again(file);
        }
    }

    /// Everything that failed, once more: the way to the endpoint is open again, or the ticket wants to go.
    pub fn retry_all(&mut self) {
        self.list.iter_mut().for_each(again);
    }

    /// The uploads count no more (`upload_expired`, or another endpoint): all files go up again.
    pub fn expired(&mut self) {
        self.drop_uploads(|_| true);
    }

    /// Uploads that will have expired before the ticket is there go up again.
    pub fn lapse(&mut self, now_ms: i64) {
        let over = now_ms.saturating_add(MARGIN_MS);
        self.drop_uploads(|expires_at_ms| expires_at_ms.is_some_and(|at| at < over));
    }

    /// What the ticket names, once every file is there.
    pub fn upload_ids(&self) -> Option<Vec<String>> {
        let upload = |file: &Attached| match &file.standing {
            Standing::Ready { upload_id, .. } => Some(String::from(&**upload_id)),
            Standing::Waiting
            | Standing::Sending { .. }
            | Standing::Failed(_)
            | Standing::Refused(_)
            | Standing::Gone => None,
        };
        self.list.iter().map(upload).collect()
    }

    /// Of all that may be sent, in bytes.
    pub fn total_bytes(&self) -> u64 {
        let counts = |file: &&Attached| !matches!(file.standing, Standing::Refused(_));
        let sizes = self.list.iter().filter(counts).map(|file| file.size);
        sizes.fold(0, u64::saturating_add)
    }

    fn find(&mut self, id: &str) -> Option<&mut Attached> {
        self.list.iter_mut().find(|file| &*file.id == id)
    }

    fn on_its_way(&mut self, attempt: u32) -> Option<&mut Attached> {
        self.list.iter_mut().find(|file| {
            matches!(file.standing, Standing::Sending { attempt: sent, .. } if sent == attempt)
        })
    }

    fn drop_uploads(&mut self, counts_no_more: impl Fn(Option<i64>) -> bool) {
        for file in &mut self.list {
            if let Standing::Ready { expires_at_ms, .. } = file.standing
                && counts_no_more(expires_at_ms)
            {
                file.standing = Standing::Waiting;
            }
        }
    }
}

fn again(file: &mut Attached) {
    if matches!(file.standing, Standing::Failed(_)) {
        file.standing = Standing::Waiting;
    }
}
