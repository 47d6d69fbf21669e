//! What happens to a ticket after it was filed.

use super::ClassificationView;
use crate::codes::Severity;
use serde::{Deserialize, Serialize};

/// The body of `POST /tickets/{reference}/replies`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewReply {
    pub text: String,
    #[cfg_attr(feature = "openapi", schema(nullable))]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uploads: Vec<String>,
}

/// The body of `POST /tickets/{reference}/close` and `/reopen`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StatusChange {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A reply: 201 of `POST /tickets/{reference}/replies`, and one of a ticket's `messages`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Message {
    pub id: String,
    pub created_at: String,
    pub author: Author,
    pub text: String,
    pub attachments: Vec<Attachment>,
    /// It tells where the matter stands, since a solution takes longer (R11).
    #[serde(default, skip_serializing_if = "is_false")]
    pub status_note: bool,
}

/// Who wrote or did something, as their token named them then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Author {
    pub kind: AuthorKind,
    pub name: String,
    /// `null`: partners are not told it.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub email: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum AuthorKind {
    Partner,
    Agent,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attachment {
    pub id: String,
    pub name: String,
    pub size: u32,
    /// In lower-case hexadecimal.
    pub sha256: String,
    #[serde(rename = "type")]
    pub content_type: String,
}

/// 201 of `POST /uploads`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Upload {
    pub id: String,
    /// As it is kept: made harmless.
    pub name: String,
    pub size: u32,
    /// In lower-case hexadecimal.
    pub sha256: String,
    pub expires_at: String,
}

/// One target of the commitment on this ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelineEntry {
    pub stage: Stage,
    /// Lower bound: what Zoho aims at.
    pub aim_at: String,
    /// Upper bound: after it the target is passed.
    pub due_at: String,
    /// When it happened.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub done_at: Option<String>,
    /// When the partner was last told where it stands (R11); on the resolution only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub informed_at: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    FirstResponse,
    ProblemDetermination,
    Resolution,
}

/// One change of the ticket, and how it was classified from then on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryEntry {
    pub at: String,
    pub change: TicketChange,
    /// `null`: nobody is known to have done it.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub by: Option<Author>,
    /// Why it was closed or reopened.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub reason: Option<String>,
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub severity: Option<Severity>,
    pub priority_customer: bool,
    pub classification: ClassificationView,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TicketChange {
    Filed,
    /// Somebody wrote a message. In lists and events only: the history leaves messages out.
    Replied,
    Closed,
    Reopened,
    /// An agent waits for something outside: "On Hold".
    Held,
    /// Open again after having been on hold.
    Resumed,
    /// An agent has set "Customer Primary Email Address" (R9).
    Completed,
    /// An agent has confirmed the account's class.
    Verified,
    /// New accounts or new rules have changed the verdict.
    Reclassified,
    /// An agent has raised the severity by hand (R15).
    Raised,
}

/// What an event tells: a change of the ticket, or that the same user has looked at it elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EventChange {
    Filed,
    Replied,
    Closed,
    Reopened,
    Held,
    Resumed,
    Completed,
    Verified,
    Reclassified,
    Raised,
    /// Told to the user who has looked at the ticket, and to nobody else.
    Seen,
}

impl From<TicketChange> for EventChange {
    fn from(change: TicketChange) -> Self {
        match change {
            TicketChange::Filed => Self::Filed,
            TicketChange::Replied => Self::Replied,
            TicketChange::Closed => Self::Closed,
            TicketChange::Reopened => Self::Reopened,
            TicketChange::Held => Self::Held,
            TicketChange::Resumed => Self::Resumed,
            TicketChange::Completed => Self::Completed,
            TicketChange::Verified => Self::Verified,
            TicketChange::Reclassified => Self::Reclassified,
            TicketChange::Raised => Self::Raised,
        }
    }
}

/// The data of an event of `GET /events`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TicketEvent {
    pub reference: String,
    pub change: EventChange,
}

/// What happened last on a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LastChange {
    pub change: TicketChange,
    pub by: AuthorKind,
}

/// For `skip_serializing_if`: what is rarely true is left out.
pub(super) fn is_false(flag: &bool) -> bool {
    !flag
}
