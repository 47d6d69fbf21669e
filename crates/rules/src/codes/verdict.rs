//! The codes of which a verdict consists.

use super::coded;
use serde::{Deserialize, Serialize};

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

coded!(Metric {
    Contacts => "contacts",
    MonthlyRows => "monthly_rows",
    MonthlyVisitors => "monthly_visitors",
    Volume => "volume",
});

/// Severity; S2–S4 are not published (R12) and therefore not modelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Severity {
    S1,
}

coded!(Severity { S1 => "S1", });

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

coded!(Reason {
    ServiceExcluded => "service_excluded",
    ServiceEligible => "service_eligible",
    ServiceUnlisted => "service_unlisted",
    FormIncomplete => "form_incomplete",
    SuperadminUnknown => "superadmin_unknown",
    AccountLarge => "account_large",
    AccountStandard => "account_standard",
    AccountUnverified => "account_unverified",
    AccountMismatch => "account_mismatch",
});

/// What would change a verdict, the partner's own possibilities first. Nothing for `priority`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The fields in `missing` are filled in and right.
    FillMissing,
    /// The case concerns another, eligible service, and the ticket names that one.
    NameOtherService,
    /// The SuperAdmin address is given after all: then the account can be verified at once.
    ProvideSuperadmin,
    /// Address and organisation ID are corrected to those of one account.
    MatchAddressAndId,
    /// Zoho confirms the account's user licences.
    ZohoConfirms,
    /// The account's user licences reach the regional classification.
    AccountGrows,
}

coded!(Change {
    FillMissing => "fill_missing",
    NameOtherService => "name_other_service",
    ProvideSuperadmin => "provide_superadmin",
    MatchAddressAndId => "match_address_and_id",
    ZohoConfirms => "zoho_confirms",
    AccountGrows => "account_grows",
});
