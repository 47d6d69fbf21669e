//! The fields of the form and their names at each boundary.

use serde::{Deserialize, Serialize};

/// A field of the form, in the order in which the form shows it and violations are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Service,
    OrgId,
    Subject,
    Description,
    SuperadminEmail,
    CustomerEmail,
    Zuid,
    Attachments,
}

impl Field {
    pub const ALL: [Self; 8] = [
        Self::Service,
        Self::OrgId,
        Self::Subject,
        Self::Description,
        Self::SuperadminEmail,
        Self::CustomerEmail,
        Self::Zuid,
        Self::Attachments,
    ];

    /// The JSON name on the wire (`uploads` carries the attachments).
    pub const fn wire_name(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::OrgId => "org_id",
            Self::Subject => "subject",
            Self::Description => "description",
            Self::SuperadminEmail => "superadmin_email",
            Self::CustomerEmail => "customer_email",
            Self::Zuid => "zuid",
            Self::Attachments => "uploads",
        }
    }

    /// The kebab-case name in test ids: `pd-error-<name>`.
    pub const fn hook_name(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::OrgId => "org-id",
            Self::Subject => "subject",
            Self::Description => "description",
            Self::SuperadminEmail => "superadmin-email",
            Self::CustomerEmail => "customer-email",
            Self::Zuid => "zuid",
            Self::Attachments => "attachments",
        }
    }

    pub fn from_wire_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|field| field.wire_name() == name)
    }
}

/// Which organisation ID the partner has. ZGID here is the organisation number in Zoho CRM.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum OrgIdKind {
    #[default]
    Zoid,
    Zgid,
}

super::coded!(OrgIdKind {
    Zoid => "zoid",
    Zgid => "zgid",
});
