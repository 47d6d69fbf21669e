//! What an agent can do on a ticket: the words of each act as given, and what comes of it.

use partner_rules::OrgIdKind;
use partner_rules::wire::{Message, Receipt};
use serde::{Deserialize, Serialize};

/// One thing to be done on a ticket. Texts are as typed; they are checked when it is done.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// A message that the partner reads.
    Reply(Reply),
    /// A message among agents.
    Note(Note),
    /// "On Hold": something outside is waited for.
    Hold(Reason),
    /// Open again after having been on hold.
    Resume(Reason),
    Close(Reason),
    Reopen(Reason),
    /// A product team works on it. The ticket's status and clock stay as they are: to the partner nothing has
    /// changed. It is among the parked ones until it is taken back.
    HandOver(HandOver),
    /// The product team no longer works on it.
    TakeBack(Reason),
    /// Severity S1 by hand (R15).
    Raise(Raise),
    /// The account's class, as an agent has seen it (R1, R3).
    Verify(Verify),
    /// "Customer Primary Email Address" (R9, R9a).
    Complete(Complete),
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Reply {
    pub text: String,
    /// Ids of this agent's uploads for a ticket of this shop.
    pub uploads: Vec<String>,
    /// It tells where the matter stands (R11).
    pub status_note: bool,
    /// The problem is determined (R10).
    pub determined: bool,
    /// It is solved or restored (R11); then it is determined as well.
    pub resolved: bool,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Note {
    pub text: String,
    pub uploads: Vec<String>,
}

/// Why. The partner reads it, except of [`Act::TakeBack`].
#[derive(Clone, Debug, Default, Serialize)]
pub struct Reason {
    pub reason: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct HandOver {
    /// One line.
    pub team: String,
    /// For agents only.
    pub reason: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Raise {
    /// For agents only.
    pub reason: String,
}

#[derive(Clone, Copy, Debug, Serialize)]
pub struct Verify {
    pub class: Class,
    /// User licences, as seen; for agents only.
    pub licences: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    Large,
    Standard,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Complete {
    pub superadmin_email: String,
    /// Where the ticket names none, or a wrong one: as typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Only with `org_id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_id_kind: Option<OrgIdKind>,
    /// Where the ticket names none, or a wrong one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_id: Option<String>,
}

/// What has been done; also the answer of the JSON calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// The ticket as it is now.
    pub receipt: Receipt,
    /// What was written, of replies and notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
    /// A text for the partner, to be edited and sent as a reply (R9).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<String>,
    /// The key stood for this already: it was done before, and only once.
    #[serde(skip)]
    pub replayed: bool,
}

impl Act {
    /// The last part of the call's path.
    pub fn call(&self) -> &'static str {
        match self {
            Self::Reply(_) => "replies",
            Self::Note(_) => "notes",
            Self::Hold(_) => "hold",
            Self::Resume(_) => "resume",
            Self::Close(_) => "close",
            Self::Reopen(_) => "reopen",
            Self::HandOver(_) => "hand-over",
            Self::TakeBack(_) => "take-back",
            Self::Raise(_) => "raise",
            Self::Verify(_) => "verify",
            Self::Complete(_) => "complete",
        }
    }

    pub(super) fn uploads(&self) -> &[String] {
        match self {
            Self::Reply(reply) => &reply.uploads,
            Self::Note(note) => &note.uploads,
            Self::Hold(_)
            | Self::Resume(_)
            | Self::Close(_)
            | Self::Reopen(_)
            | Self::HandOver(_)
            | Self::TakeBack(_)
            | Self::Raise(_)
            | Self::Verify(_)
            | Self::Complete(_) => &[],
        }
    }

    /// What the act is known by: the words as given, and the files' contents for the uploads.
    pub(super) fn with_uploads(&self, uploads: Vec<String>) -> Self {
        match self.clone() {
            Self::Reply(reply) => Self::Reply(Reply { uploads, ..reply }),
            Self::Note(note) => Self::Note(Note { uploads, ..note }),
            other @ (Self::Hold(_)
            | Self::Resume(_)
            | Self::Close(_)
            | Self::Reopen(_)
            | Self::HandOver(_)
            | Self::TakeBack(_)
            | Self::Raise(_)
            | Self::Verify(_)
            | Self::Complete(_)) => other,
        }
    }
}
