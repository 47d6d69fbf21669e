//! The rules as data. What browsers get is [`wire::PolicyView`](crate::wire::PolicyView);
//! thresholds stay with the endpoint.

use crate::codes::{Field, Metric};
use crate::place::{Dc, Region};
use crate::service::{Catalogue, Exclusion, Service};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The built-in policy file: version and date, one class without thresholds, five exclusions.
pub const DEFAULT_JSON: &str = include_str!("../policy/default.json");

/// The checked rules as both sides use them: no thresholds, no licence counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    pub(crate) version: String,
    pub(crate) date: String,
    pub(crate) catalogue: Catalogue,
    pub(crate) exclusions: Vec<Exclusion>,
    pub(crate) commitments: Vec<Commitment>,
    pub(crate) channels: Channels,
    pub(crate) limits: Limits,
    pub(crate) required_fields: Vec<Field>,
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
        self.exclusions.iter().find(|e| e.service == service_id).map(|e| e.metric)
    }
    pub fn commitments(&self) -> &[Commitment] {
        &self.commitments
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
}

/// Hours from receipt: lower bound = aim, upper bound = passed (R10–R12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    pub first_response_h: [u32; 2],
    pub problem_determination_h: [u32; 2],
    pub resolution_h: [u32; 2],
}

/// The targets for a severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    pub severity: crate::codes::Severity,
    pub first_response_h: [u32; 2],
    pub problem_determination_h: [u32; 2],
    pub resolution_h: [u32; 2],
}

/// Where partners can turn (facts, section 3). Lists of places that the source does not name are
/// simply absent: "the source names none".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channels {
    pub widget: Vec<WidgetChannel>,
    pub help_center: Vec<HelpCenterChannel>,
    pub email: Vec<EmailChannel>,
    /// Not published; configuration only.
    #[serde(default)]
    pub phone: Vec<ContactChannel>,
    /// Not published; configuration only.
    #[serde(default)]
    pub chat: Vec<ContactChannel>,
}

/// Pages on which the widget is found, for some data centres.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WidgetChannel {
    pub dcs: Vec<Dc>,
    pub pages: Vec<String>,
}

/// The Zoho Help Center of some data centres.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpCenterChannel {
    pub dcs: Vec<Dc>,
    pub url: String,
}

/// The e-mail address of some regions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailChannel {
    pub regions: Vec<Region>,
    pub address: String,
}

/// A phone number or chat address for some regions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactChannel {
    pub regions: Vec<Region>,
    pub contact: String,
}

impl Channels {
    /// Empty when the policy has no widget channel for this data centre.
    pub fn widget_pages(&self, dc: Dc) -> &[String] {
        self.widget.iter().find(|c| c.dcs.contains(&dc)).map_or(&[], |c| &c.pages)
    }
    pub fn help_center_url(&self, dc: Dc) -> Option<&str> {
        self.help_center.iter().find(|c| c.dcs.contains(&dc)).map(|c| c.url.as_str())
    }
    pub fn email_address(&self, region: Region) -> Option<&str> {
        self.email.iter().find(|c| c.regions.contains(&region)).map(|c| c.address.as_str())
    }
}

/// Bounds in characters (Unicode scalar values), files and bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    pub service_max: u32,
    pub subject_max: u32,
    pub description_max: u32,
    pub email_max: u32,
    pub files_max: u32,
    pub file_bytes_max: u32,
}

/// A class of accounts with its thresholds. Endpoint only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    pub name: String,
    pub priority: bool,
    /// User licences from which an account belongs to the class, by data centre (R2).
    #[serde(default)]
    pub thresholds: BTreeMap<Dc, u32>,
}

/// Which licences count (R13): the highest number among eligible subscriptions, never the sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    HighestEligible,
}

/// A policy file as written. Becomes a [`FullPolicy`] or an error that names the field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawPolicy {
    pub version: String,
    pub date: String,
    pub basis: Basis,
    pub classes: Vec<Class>,
    pub exclusions: Vec<Exclusion>,
    pub commitments: Vec<Commitment>,
    pub channels: Channels,
    pub limits: Limits,
    pub required_fields: Vec<Field>,
    pub services: Vec<Service>,
}

/// What is wrong with a policy file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("policy field `{field}`: {problem}")]
pub struct PolicyError {
    /// Path into the file, such as `services[3].id`.
    pub field: String,
    pub problem: String,
}

/// The endpoint's policy: the shared rules and the classes with their thresholds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullPolicy {
    pub(crate) rules: Policy,
    pub(crate) classes: Vec<Class>,
}

impl FullPolicy {
    /// The part that both sides use.
    pub fn rules(&self) -> &Policy {
        &self.rules
    }
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }
}

impl TryFrom<RawPolicy> for FullPolicy {
    type Error = PolicyError;

    fn try_from(_raw: RawPolicy) -> Result<Self, PolicyError> {
        Err(PolicyError { field: String::new(), problem: String::new() })
    }
}
