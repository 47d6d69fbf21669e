//! What can happen to the attachments, and what of it is said aloud.
//! Never carries bytes: the shell has made ids, names and sizes of what was picked.

use super::limits::about_the_file;
use super::{Fault, Files, Picked, Standing};
use partner_rules::policy::Limits;
use partner_rules::wire::WireViolation;
use std::rc::Rc;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilesAction {
    /// Chosen, dropped or pasted.
    Picked(Vec<Picked>),
    /// Also ends an upload that is under way.
    Removed(Rc<str>),
    Retried(Rc<str>),
    /// The bytes of this file are in the browser's storage.
    Kept(Rc<str>),
    Progress {
        attempt: u32,
        bytes: u64,
    },
    Answered {
        attempt: u32,
        arrival: Arrival,
    },
}

/// What became of an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    Uploaded(Uploaded),
    /// Violations are those of the endpoint, by JSON name.
    Failed {
        fault: Fault,
        violations: Vec<WireViolation>,
    },
    /// The browser could not read the bytes: the file was changed or moved after it was picked.
    Unreadable,
}

/// What the endpoint says of a file that it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uploaded {
    pub id: Rc<str>,
    pub expires_at_ms: Option<i64>,
}

/// What the live region says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    Added(u32),
    /// So many of those just picked cannot be sent.
    NotTaken(u32),
    Removed(Rc<str>),
    /// Everything is there that can be sent.
    AllThere,
    Failed(Rc<str>),
}

impl Files {
    /// Applies an action; gives what is worth saying. Total: what does not fit changes nothing.
    pub fn apply(&mut self, action: FilesAction, limits: &Limits) -> Option<Told> {
        match action {
            FilesAction::Picked(picked) => self.picked(picked, limits),
            FilesAction::Removed(id) => {
                let removed = self.remove(&id, limits)?;
                Some(Told::Removed(removed.name))
            }
            FilesAction::Retried(id) => {
                self.retry(&id);
                None
            }
            FilesAction::Kept(id) => {
                self.kept(&id);
                None
            }
            FilesAction::Progress { attempt, bytes } => {
                self.progress(attempt, bytes);
                None
            }
            FilesAction::Answered { attempt, arrival } => self.answered(attempt, arrival, limits),
        }
    }

    fn picked(&mut self, picked: Vec<Picked>, limits: &Limits) -> Option<Told> {
        let (before, count) = (self.list.len(), picked.len());
        self.add(picked, limits);
        let refused = |file: &&super::Attached| matches!(file.standing, Standing::Refused(_));
        let refused = self.list.iter().skip(before).filter(refused).count();
        let refused = u32::try_from(refused).unwrap_or(u32::MAX);
        match refused.saturating_add(self.left_out) {
            0 if count == 0 => None,
            0 => Some(Told::Added(u32::try_from(count).unwrap_or(u32::MAX))),
            not_taken => Some(Told::NotTaken(not_taken)),
        }
    }

    fn answered(&mut self, attempt: u32, arrival: Arrival, limits: &Limits) -> Option<Told> {
        let file = self.on_its_way(attempt)?;
        let name = Rc::clone(&file.name);
        file.standing = match arrival {
            Arrival::Uploaded(upload) => Standing::Ready {
                upload_id: upload.id,
                expires_at_ms: upload.expires_at_ms,
            },
            Arrival::Failed { fault, violations } => {
                match about_the_file(&fault, &violations, limits) {
                    Some(violation) => Standing::Refused(violation),
                    None => Standing::Failed(fault),
                }
            }
            Arrival::Unreadable => Standing::Gone,
        };
        let arrived = matches!(file.standing, Standing::Ready { .. });
        // What is refused takes no place any more.
        self.measure(limits);
        if !arrived {
            return Some(Told::Failed(name));
        }
        self.upload_ids().map(|_| Told::AllThere)
    }
}
