//! The relay's settings as given. Nothing is judged here.

use crate::config::Secret;
use clap::Args;
use serde::{Deserialize, Serialize};

/// Tickets handed on to a Zoho Desk portal: off until `relay_org_id` is given.
#[derive(Args, Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct RawRelay {
    /// The portal's organisation ID; switches the relay to Zoho Desk on. No default
    #[arg(long, env = "PARTNER_ENDPOINT_RELAY_ORG_ID", value_name = "ID")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relay_org_id: Option<String>,

    /// The department that gets the tickets ("Partner Support"), by its ID. Required with `relay_org_id`
    #[arg(long, env = "PARTNER_ENDPOINT_RELAY_DEPARTMENT_ID", value_name = "ID")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relay_department_id: Option<String>,

    /// The portal's data centre; tickets of this one are handed on. Required with `relay_org_id`
    #[arg(long, env = "PARTNER_ENDPOINT_RELAY_DC", value_name = "DC")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relay_dc: Option<String>,

    /// Where Zoho Desk is, such as https://desk.zoho.eu. Default: by `relay_dc`; for uk there is none
    #[arg(long, env = "PARTNER_ENDPOINT_RELAY_DESK_URL", value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relay_desk_url: Option<String>,

    /// Where Zoho's accounts are, such as https://accounts.zoho.eu. Default: by `relay_dc`
    #[arg(long, env = "PARTNER_ENDPOINT_RELAY_ACCOUNTS_URL", value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relay_accounts_url: Option<String>,

    /// The OAuth client. Required with `relay_org_id`
    #[arg(long, env = "PARTNER_ENDPOINT_RELAY_CLIENT_ID", value_name = "ID")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relay_client_id: Option<String>,

    /// The OAuth client's secret. Required with `relay_org_id`
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_RELAY_CLIENT_SECRET",
        value_name = "SECRET",
        hide_env_values = true
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relay_client_secret: Option<Secret>,

    /// The refresh token that the OAuth client was given. Required with `relay_org_id`
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_RELAY_REFRESH_TOKEN",
        value_name = "TOKEN",
        hide_env_values = true
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relay_refresh_token: Option<Secret>,

    /// API name of the field "Customer Primary Email Address", such as cf_customer_primary_email_address. Required
    /// with `relay_org_id`
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_RELAY_FIELD_CUSTOMER_EMAIL",
        value_name = "CF"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relay_field_customer_email: Option<String>,

    /// API name of the field for the service's name. Required with `relay_org_id`
    #[arg(long, env = "PARTNER_ENDPOINT_RELAY_FIELD_SERVICE", value_name = "CF")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relay_field_service: Option<String>,

    /// API name of the field for the organisation ID. Required with `relay_org_id`
    #[arg(long, env = "PARTNER_ENDPOINT_RELAY_FIELD_ORG_ID", value_name = "CF")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relay_field_org_id: Option<String>,

    /// API name of the field for the kind of that ID, ZOID or ZGID. Required with `relay_org_id`
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_RELAY_FIELD_ORG_ID_KIND",
        value_name = "CF"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relay_field_org_id_kind: Option<String>,

    /// API name of the field for our reference, a line of text: by it tickets are found again. Required with
    /// `relay_org_id`
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_RELAY_FIELD_REFERENCE",
        value_name = "CF"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relay_field_reference: Option<String>,

    /// API name of the box "Priority Customer – Large User Account", which is read back. Default: none
    #[arg(long, env = "PARTNER_ENDPOINT_RELAY_FIELD_FLAG", value_name = "CF")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relay_field_flag: Option<String>,

    /// API name of the field for the severity, which is read back. Default: none
    #[arg(long, env = "PARTNER_ENDPOINT_RELAY_FIELD_SEVERITY", value_name = "CF")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relay_field_severity: Option<String>,

    /// Write our own verdict into both fields, instead of leaving that to the portal's workflow. Default: false
    #[arg(long, env = "PARTNER_ENDPOINT_RELAY_WRITE_VERDICT", num_args = 0..=1, default_missing_value = "true")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relay_write_verdict: Option<bool>,

    /// Tickets that are worked on at a time; the portal's edition allows 5, 10, 15 or 25 calls. Default: 4
    #[arg(long, env = "PARTNER_ENDPOINT_RELAY_CALLS_MAX", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relay_calls_max: Option<u32>,

    /// Seconds for which a ticket that may have been created is looked for before it is created again: longer than
    /// the portal's search is behind. Default: 600
    #[arg(
        long,
        env = "PARTNER_ENDPOINT_RELAY_SETTLING_SECONDS",
        value_name = "N"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relay_settling_seconds: Option<u32>,
}

impl PartialEq for RawRelay {
    /// By what is written: a new setting cannot be forgotten here.
    fn eq(&self, other: &Self) -> bool {
        let written = |raw: &Self| serde_json::to_string(raw).ok();
        written(self) == written(other)
    }
}
