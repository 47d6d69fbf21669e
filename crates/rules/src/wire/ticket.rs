//! A ticket on its way in and back.

use super::conversation::is_false;
use super::{Attachment, HistoryEntry, LastChange, Message, TimelineEntry};
use crate::classify::{Classification, Outcome};
use crate::codes::{Metric, OrgIdKind, Reason, Severity};
use crate::draft::Draft;
use crate::place::{Dc, Region};
use crate::policy::Hours;
use crate::service::Resolved;
use serde::{Deserialize, Serialize};

/// The body of `POST /tickets`, as the widget sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewTicket {
    pub dc: Dc,
    /// Absent or `null`: the region of `dc`.
    #[cfg_attr(feature = "openapi", schema(required = false, nullable))]
    pub region: Region,
    /// As typed; the server resolves it.
    pub service: String,
    pub org_id_kind: OrgIdKind,
    pub org_id: String,
    pub subject: String,
    pub description: String,
    /// `null`: declared unknown; it must not be absent.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    // Named, so that a missing field is an error and not `None`.
    #[serde(deserialize_with = "Option::deserialize")]
    pub superadmin_email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zuid: Option<String>,
    #[cfg_attr(feature = "openapi", schema(nullable))]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uploads: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<Preview>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// What the widget had shown before submitting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Preview {
    pub outcome: Outcome,
    pub policy_version: String,
}

/// 201 of `POST /tickets`, and a row of `GET /tickets`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    pub reference: String,
    pub dc: Dc,
    pub region: Region,
    pub created_at: String,
    pub updated_at: String,
    pub subject: String,
    pub org_id_kind: OrgIdKind,
    pub org_id: String,
    pub status: Status,
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub severity: Option<Severity>,
    pub priority_customer: bool,
    pub channel: Channel,
    pub service: Resolved,
    pub classification: ClassificationView,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<Preview>,
    /// The target that comes next; absent: there is none, or none any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<TimelineEntry>,
    /// What happened at `updated_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<LastChange>,
    /// An agent did something that the asking user has not looked at yet, on a ticket that they filed,
    /// answered or have opened before.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unread: bool,
}

/// `GET /tickets/{reference}`: the receipt and the remaining fields, normalised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TicketDetail {
    #[serde(flatten)]
    pub receipt: Receipt,
    #[serde(flatten)]
    pub more: TicketMore,
}

/// What the detail adds to the receipt. A type of its own, since the widget reads receipt and rest
/// one after the other: serde's `flatten` buffers, which costs bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TicketMore {
    pub description: String,
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub superadmin_email: Option<String>,
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub customer_email: Option<String>,
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub zuid: Option<String>,
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub lang: Option<String>,
    pub messages: Vec<Message>,
    pub attachments: Vec<Attachment>,
    pub timeline: Vec<TimelineEntry>,
    pub history: Vec<HistoryEntry>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Open,
    OnHold,
    Closed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Widget,
    HelpCenter,
    Email,
    Phone,
    Chat,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassificationView {
    pub outcome: Outcome,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metric: Option<Metric>,
    pub reasons: Vec<Reason>,
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub commitment: Option<Hours>,
    pub policy_version: String,
}

impl From<&NewTicket> for Draft {
    /// The form as it would hold this body, so that both sides check the same thing.
    fn from(body: &NewTicket) -> Self {
        Self {
            service: body.service.clone(),
            org_id_kind: body.org_id_kind,
            org_id: body.org_id.clone(),
            subject: body.subject.clone(),
            description: body.description.clone(),
            superadmin_email: body.superadmin_email.clone().unwrap_or_default(),
            superadmin_unknown: body.superadmin_email.is_none(),
            customer_email: body.customer_email.clone().unwrap_or_default(),
            zuid: body.zuid.clone().unwrap_or_default(),
        }
    }
}

impl From<&Classification> for ClassificationView {
    fn from(verdict: &Classification) -> Self {
        Self {
            outcome: verdict.outcome,
            metric: verdict.metric,
            reasons: verdict.reasons.clone(),
            commitment: verdict.commitment,
            policy_version: verdict.policy_version.clone(),
        }
    }
}
