//! What is kept in the browser: drafts and the outbox, for the one who is signed in. The state says
//! what has to be kept ([`Mirror`]); the shell writes what the state holds at that moment.

use super::feedback::Feedback;
use super::files::Files;
use super::outbox::Entry;
use super::reply::Writing;
use partner_rules::Draft;
use std::rc::Rc;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Storage {
    /// Before it is known who is signed in.
    #[default]
    Unasked,
    /// `storage="off"`.
    Off,
    /// Being read, for the first time or since another tab has changed it.
    Wanted {
        attempt: u32,
        again: bool,
    },
    Ready,
    /// The browser refuses it, or it is full: everything works, nothing more is kept.
    Lacking(Lack),
}

/// Why nothing is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Blocked, private, broken.
    Refused,
    /// Full.
    Full,
}

impl Storage {
    /// Whether what is typed now is kept.
    pub fn keeps(&self) -> bool {
        match self {
            Self::Ready | Self::Wanted { again: true, .. } => true,
            Self::Unasked | Self::Off | Self::Wanted { again: false, .. } => false,
            // Full today may have room for the next, smaller thing.
            Self::Lacking(lack) => *lack == Lack::Full,
        }
    }
}

/// What is to be brought in line with the state, together or not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mirror {
    /// The draft as it stands.
    pub draft: bool,
    /// These entries: written if they are in the outbox, removed if they are not.
    pub entries: Vec<Rc<str>>,
    /// What is being said about the translation.
    pub feedback: bool,
    /// What is being written about these requests.
    pub writings: Vec<Rc<str>>,
}

impl Mirror {
    pub fn draft() -> Self {
        Self {
            draft: true,
            ..Self::default()
        }
    }

    pub fn entry(key: &Rc<str>) -> Self {
        Self {
            entries: vec![Rc::clone(key)],
            ..Self::default()
        }
    }

    pub fn both(key: &Rc<str>) -> Self {
        Self {
            draft: true,
            ..Self::entry(key)
        }
    }

    pub fn writing(reference: &Rc<str>) -> Self {
        Self {
            writings: vec![Rc::clone(reference)],
            ..Self::default()
        }
    }

    pub fn feedback() -> Self {
        Self {
            feedback: true,
            ..Self::default()
        }
    }
}

/// A draft as it was kept. An empty one says that there is none any more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptDraft {
    pub draft: Draft,
    pub files: Files,
    pub key: Option<Rc<str>>,
    /// Counts the changes, over all tabs: the higher one is the newer one.
    pub revision: u32,
}

/// Everything that was kept for somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    pub draft: Option<KeptDraft>,
    pub entries: Vec<Entry>,
    /// Keys that are not in the outbox any more, with the reference where there is one: other tabs
    /// learn by it that theirs is over.
    pub over: Vec<(Rc<str>, Option<Rc<str>>)>,
    /// What was being said about the translation.
    pub feedback: Option<Feedback>,
    /// What was being written about requests; empty ones say that nothing is any more.
    pub writings: Vec<Writing>,
}
