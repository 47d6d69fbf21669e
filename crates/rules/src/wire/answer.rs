//! Verification, lists and problems.

use crate::classify::Account;
use crate::codes::{Violation, ViolationCode};
use crate::place::Dc;
use serde::{Deserialize, Serialize};

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
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub next_cursor: Option<String>,
    /// How many there are, over all pages. With the first page of some lists; absent where nobody counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u32>,
}

/// The longest text that a list is searched for, in characters: longer than anything one would look
/// for by hand.
pub const SEARCH_MAX: u32 = 255;

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
    pub code: ViolationCode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

impl From<&Violation> for WireViolation {
    fn from(violation: &Violation) -> Self {
        Self {
            field: violation.field.wire_name().to_owned(),
            code: violation.code,
            limit: violation.limit,
        }
    }
}
