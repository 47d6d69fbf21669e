//! `GET /policy`: what a browser may know of the rules.

use crate::codes::Field;
use crate::place::Dc;
use crate::policy::{Channels, Commitment, Limits};
use crate::service::{Exclusion, Service};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
