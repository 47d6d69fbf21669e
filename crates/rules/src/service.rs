//! The service catalogue: exact names, aliases, near misses (R6; facts, section 5).
//!
//! Never guesses: what is not an exact name or alias stays what was typed, and is only suggested.

mod catalogue;
mod distance;
mod fold;
mod search;

pub use catalogue::Catalogue;
pub(crate) use distance::within;
pub(crate) use fold::folded;
pub use fold::slug;
pub use search::Match;

use crate::codes::Metric;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One service of the policy's catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Service {
    /// Name without "Zoho", lower case, hyphens: `writer-add-ons`.
    pub id: String,
    /// Full name: `Zoho Writer Add-ons`.
    pub name: String,
    /// Catalogue keys such as `sales`, `marketing`; a service can be in several.
    pub categories: Vec<String>,
    /// A suite of services; eligible itself (R6).
    #[serde(default)]
    pub bundle: bool,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// One line by language (`en`, `de`), so that an operator can add a service in one place.
    #[serde(default)]
    pub description: BTreeMap<String, String>,
}

/// What a typed service name stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Resolved {
    /// Catalogue id; for an unlisted service made from the typed text by the same recipe.
    pub id: String,
    /// Catalogue name, or the typed text, trimmed.
    pub name: String,
    pub listed: bool,
}

/// An excluded service and why (R4, R5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Exclusion {
    /// Service id.
    pub service: String,
    pub metric: Metric,
}
