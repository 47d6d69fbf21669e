//! The JSON of `/v1` (design, section 4). IDs are strings, times RFC 3339 UTC.

use crate::classify::{Account, Outcome};
use crate::codes::{Field, Metric, OrgIdKind, Reason, Severity};
use crate::place::{Dc, Region};
use crate::policy::{Channels, Commitment, Hours, Limits};
use crate::service::{Exclusion, Resolved, Service};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `GET /session`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    pub user: User,
    pub shop: Shop,
    pub role: Role,
    pub access: Access,
    /// The endpoint's first data centre; the page's `dc` attribute decides where a ticket goes.
    pub dc: Dc,
    pub server_time: String,
    pub limits: Limits,
    pub policy_version: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct User {
    pub email: String,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shop {
    pub id: String,
    pub name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Superadmin,
    Member,
}

/// Which tickets a user may see and whether they may file any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Access {
    None,
    Own,
    Company,
}

/// `GET /policy`: the rules without thresholds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyView {
    pub version: String,
    pub date: String,
    /// Data centres served by this endpoint.
    pub dcs: Vec<Dc>,
    pub classes: Vec<ClassView>,
    pub exclusions: Vec<Exclusion>,
    pub commitments: Vec<Commitment>,
    pub channels: Channels,
    pub limits: Limits,
    pub services: Vec<Service>,
    pub required_fields: Vec<Field>,
    /// Present and true in demo mode only; lets the widget honour its `qa` attribute.
    #[serde(default, skip_serializing_if = "is_false")]
    pub demo: bool,
}

fn is_false(value: &bool) -> bool {
    !*value
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassView {
    pub name: String,
    pub priority: bool,
    pub threshold_configured: BTreeMap<Dc, bool>,
}

/// The body of `POST /tickets`, as the widget sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewTicket {
    pub dc: Dc,
    pub region: Region,
    /// As typed; the server resolves it.
    pub service: String,
    pub org_id_kind: OrgIdKind,
    pub org_id: String,
    pub subject: String,
    pub description: String,
    /// `null`: declared unknown.
    pub superadmin_email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zuid: Option<String>,
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
    pub severity: Option<Severity>,
    pub priority_customer: bool,
    pub channel: Channel,
    pub service: Resolved,
    pub classification: ClassificationView,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<Preview>,
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
    pub superadmin_email: Option<String>,
    pub customer_email: Option<String>,
    pub zuid: Option<String>,
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
    pub commitment: Option<Hours>,
    pub policy_version: String,
}

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
    pub content_type: String,
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
    pub severity: Option<Severity>,
    pub priority_customer: bool,
    pub classification: ClassificationView,
}

/// `POST /accounts/verify`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VerifyRequest {
    pub superadmin_email: String,
    pub service: String,
    pub dc: Dc,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VerifyAnswer {
    pub account: Account,
    pub policy_version: String,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next_cursor: Option<String>,
}

/// RFC 9457 `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    #[serde(rename = "type", default = "about_blank")]
    pub kind: String,
    /// The HTTP reason phrase, nothing more.
    pub title: String,
    pub status: u16,
    pub code: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub violations: Vec<WireViolation>,
}

fn about_blank() -> String {
    "about:blank".to_owned()
}

/// A violation on the wire; `field` is a JSON name, also of fields that we do not know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WireViolation {
    pub field: String,
    pub code: crate::codes::ViolationCode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}
