//! The service catalogue: exact names, aliases, near misses (R6; facts, section 5).

use crate::codes::Metric;
use serde::{Deserialize, Serialize};

/// One service of the policy's catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
}

/// What a typed service name stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    /// Catalogue id; for an unlisted service made from the typed text by the same recipe.
    pub id: String,
    /// Catalogue name, or the typed text, trimmed.
    pub name: String,
    pub listed: bool,
}

/// The matcher over a catalogue, with its folded keys computed once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalogue {
    pub(crate) services: Vec<Service>,
}

/// A row of the list that the combobox shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match<'a> {
    pub service: &'a Service,
    /// Byte range in `service.name` that equals the typed text, for emphasis.
    pub emphasis: Option<(usize, usize)>,
}

impl Catalogue {
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// Exact name or alias, without case, spacing, punctuation and "Zoho".
    pub fn exact(&self, _typed: &str) -> Option<&Service> {
        None
    }

    /// Exact if there is one, otherwise the text itself as an unlisted service. Never guesses.
    pub fn resolve(&self, typed: &str) -> Resolved {
        Resolved { id: String::new(), name: typed.trim().to_owned(), listed: false }
    }

    /// The nearest listed service for a text that is not exact, forgiving typing slips. Never
    /// proposes Writer for what looks like Writer Add-ons, nor the reverse.
    pub fn near(&self, _typed: &str) -> Option<&Service> {
        None
    }

    /// Services that fit what is typed so far, best first; all of them for empty text.
    pub fn search(&self, _typed: &str) -> Vec<Match<'_>> {
        Vec::new()
    }
}

/// An excluded service and why (R4, R5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// Service id.
    pub service: String,
    pub metric: Metric,
}
