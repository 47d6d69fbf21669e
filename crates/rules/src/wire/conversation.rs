//! What happens to a ticket after it was filed.

use super::ClassificationView;
use crate::codes::Severity;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Message {
    pub id: String,
    pub author: Author,
    pub at: String,
    pub text: String,
    #[serde(default)]
    pub attachments: Vec<Attachment>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Author {
    pub kind: AuthorKind,
    pub name: String,
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
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    FirstResponse,
    ProblemDetermination,
    Resolution,
}

/// One change of the ticket's classification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryEntry {
    pub at: String,
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub severity: Option<Severity>,
    pub priority_customer: bool,
    pub classification: ClassificationView,
}
