//! Every code that crosses a boundary. Stable: integrators and QA test against them.
//! Sentences for them live in the catalogues, never here.

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

impl OrgIdKind {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zoid => "zoid",
            Self::Zgid => "zgid",
        }
    }
}

/// Why a field cannot be sent as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ViolationCode {
    Required,
    TooLong,
    TooShort,
    ControlCharacter,
    NotDigits,
    LeadingZero,
    /// 16–19 digits: the ID of a record, not of an organisation.
    RecordId,
    Syntax,
    NoDot,
    LabelTooLong,
    LocalTooLong,
    TooManyFiles,
    FileTooLarge,
    FileType,
    UploadExpired,
    UnknownField,
    UnknownValue,
}

/// One violation; `limit` is the bound that was broken (characters, digits, bytes or files).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Violation {
    pub field: Field,
    pub code: ViolationCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Something worth a calm remark. Never blocks, never appears among violations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HintCode {
    RegionShape,
    OrgPrefixRemoved,
    UrlExtracted,
    SeparatorsRemoved,
    DigitsConverted,
    InvisibleRemoved,
    LikelyTypo,
    GenericProvider,
    UnlistedService,
    AccountMismatch,
}

/// A hint on a field. `value` is what will be sent (extractions) or what was probably meant
/// (`likely_typo`: the whole corrected address; `unlisted_service`: the name of the nearest listed
/// service, if one is near).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hint {
    pub field: Field,
    pub code: HintCode,
    pub value: Option<String>,
}

/// By what an excluded service is rated instead of user licences (R5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    Contacts,
    MonthlyRows,
    MonthlyVisitors,
    Volume,
}

/// Severity; S2–S4 are not published (R12) and therefore not modelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Severity {
    S1,
}

/// Why an outcome came out, in the order in which a person would say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The service is one of the excluded ones (R4).
    ServiceExcluded,
    /// The service is listed and not excluded (R4).
    ServiceEligible,
    /// The service name is not in our list; eligible by R4, Zoho decides (R6).
    ServiceUnlisted,
    /// A required field is missing or wrong.
    FormIncomplete,
    /// The partner declared not to know the SuperAdmin address (R14).
    SuperadminUnknown,
    /// The endpoint knows the account as of a priority class.
    AccountLarge,
    /// The endpoint knows the account, below every threshold.
    AccountStandard,
    /// Zoho verifies the account after receipt.
    AccountUnverified,
    /// Address and organisation ID belong to different accounts (R3).
    AccountMismatch,
}
