//! The rules as data. What browsers get is [`wire::PolicyView`](crate::wire::PolicyView);
//! thresholds stay with the endpoint.
//!
//! Never here: a rule that an operator could not read in a policy file, and a threshold in
//! anything that reaches a browser.

mod channels;
mod check;
mod error;
mod file;

pub use channels::{Channels, ContactChannel, EmailChannel, HelpCenterChannel, WidgetChannel};
pub use error::PolicyError;
pub use file::{Basis, Class, FullPolicy, RawPolicy};

use crate::codes::{Field, Metric, Severity};
use crate::service::{Catalogue, Exclusion};
use serde::{Deserialize, Serialize};

/// The built-in policy file: version and date, one class without thresholds, five exclusions.
///
/// Category keys in it, in the order of the source's menu: `sales`, `marketing`, `commerce`,
/// `support`, `finance`, `collaboration`, `hr`, `security-it`, `analytics`, `projects`,
/// `developer`, `suite`. An operator's policy may bring others.
pub const DEFAULT_JSON: &str = include_str!("../policy/default.json");

/// The checked rules as both sides use them: no thresholds, no licence counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    version: String,
    date: String,
    catalogue: Catalogue,
    exclusions: Vec<Exclusion>,
    commitments: Vec<Commitment>,
    channels: Channels,
    limits: Limits,
    required_fields: Vec<Field>,
}

impl Policy {
    pub fn version(&self) -> &str {
        &self.version
    }
    /// `YYYY-MM-DD`.
    pub fn date(&self) -> &str {
        &self.date
    }
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }
    pub fn exclusions(&self) -> &[Exclusion] {
        &self.exclusions
    }
    /// The metric if the service with this id is excluded.
    pub fn exclusion(&self, service_id: &str) -> Option<Metric> {
        self.exclusions
            .iter()
            .find(|e| e.service == service_id)
            .map(|e| e.metric)
    }
    pub fn commitments(&self) -> &[Commitment] {
        &self.commitments
    }
    /// The targets for a severity.
    pub fn hours(&self, severity: Severity) -> Option<Hours> {
        self.commitments
            .iter()
            .find(|c| c.severity == severity)
            .map(Commitment::hours)
    }
    pub fn channels(&self) -> &Channels {
        &self.channels
    }
    pub fn limits(&self) -> &Limits {
        &self.limits
    }
    pub fn required_fields(&self) -> &[Field] {
        &self.required_fields
    }
    /// Whether the policy requires this field of every ticket.
    pub fn requires(&self, field: Field) -> bool {
        self.required_fields.contains(&field)
    }
}

/// Hours from receipt: lower bound = aim, upper bound = passed (R10–R12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hours {
    pub first_response_h: [u32; 2],
    pub problem_determination_h: [u32; 2],
    pub resolution_h: [u32; 2],
}

/// The targets for a severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Commitment {
    pub severity: Severity,
    pub first_response_h: [u32; 2],
    pub problem_determination_h: [u32; 2],
    pub resolution_h: [u32; 2],
}

impl Commitment {
    pub fn hours(&self) -> Hours {
        Hours {
            first_response_h: self.first_response_h,
            problem_determination_h: self.problem_determination_h,
            resolution_h: self.resolution_h,
        }
    }
}

/// Bounds in characters (Unicode scalar values), files and bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Limits {
    pub service_max: u32,
    pub subject_max: u32,
    pub description_max: u32,
    pub email_max: u32,
    pub files_max: u32,
    pub file_bytes_max: u32,
}
