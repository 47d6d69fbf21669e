//! The policy file and the endpoint's view of it. Thresholds and licence counts exist only here.

use super::check;
use super::{Channels, Commitment, Limits, Policy, PolicyError};
use crate::classify::Account;
use crate::codes::Field;
use crate::place::Dc;
use crate::service::{Catalogue, Exclusion, Service};
use crate::wire::{ClassView, PolicyView};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A policy file as written. Becomes a [`FullPolicy`] or an error that names the field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawPolicy {
    pub version: String,
    /// `YYYY-MM-DD`.
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

/// The endpoint's policy: the shared rules and the classes with their thresholds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullPolicy {
    rules: Policy,
    basis: Basis,
    classes: Vec<Class>,
}

impl FullPolicy {
    /// The part that both sides use.
    pub fn rules(&self) -> &Policy {
        &self.rules
    }
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// What browsers get: of the thresholds only whether there is one in each served data centre.
    pub fn view(&self, dcs: &[Dc]) -> PolicyView {
        let rules = &self.rules;
        PolicyView {
            version: rules.version.clone(),
            date: rules.date.clone(),
            dcs: dcs.to_vec(),
            classes: self.classes.iter().map(|class| class.view(dcs)).collect(),
            exclusions: rules.exclusions.clone(),
            commitments: rules.commitments.clone(),
            channels: rules.channels.clone(),
            limits: rules.limits,
            services: rules.catalogue.services().to_vec(),
            required_fields: rules.required_fields.clone(),
            demo: false,
        }
    }

    /// What the directory's subscriptions (service id, user licences) say about an account of
    /// this data centre (R1, R13).
    ///
    /// `Unknown` when no priority class has a threshold there (R2), and also when the account has
    /// no eligible subscription at all: then nothing counts, which is not the same as few.
    pub fn account_class<'a>(
        &self,
        subscriptions: impl IntoIterator<Item = (&'a str, u32)>,
        dc: Dc,
    ) -> Account {
        let eligible = subscriptions
            .into_iter()
            .filter(|(service, _)| self.rules.exclusion(service).is_none())
            .map(|(_, licences)| licences);
        let licences = match self.basis {
            Basis::HighestEligible => eligible.max(),
        };
        match (licences, self.priority_threshold(dc)) {
            (Some(licences), Some(threshold)) if licences >= threshold => Account::Large,
            (Some(_), Some(_)) => Account::Standard,
            (None, _) | (_, None) => Account::Unknown,
        }
    }

    /// The smallest threshold of any priority class.
    fn priority_threshold(&self, dc: Dc) -> Option<u32> {
        self.classes
            .iter()
            .filter(|c| c.priority)
            .filter_map(|c| c.thresholds.get(&dc))
            .min()
            .copied()
    }
}

impl Class {
    fn view(&self, dcs: &[Dc]) -> ClassView {
        ClassView {
            name: self.name.clone(),
            priority: self.priority,
            threshold_configured: dcs
                .iter()
                .map(|dc| (*dc, self.thresholds.contains_key(dc)))
                .collect(),
        }
    }
}

impl TryFrom<RawPolicy> for FullPolicy {
    type Error = PolicyError;

    fn try_from(raw: RawPolicy) -> Result<Self, PolicyError> {
        check::classes(&raw.classes)?;
        let rules = check::policy(Policy {
            version: raw.version,
            date: raw.date,
            catalogue: Catalogue::new(raw.services),
            exclusions: raw.exclusions,
            commitments: raw.commitments,
            channels: raw.channels,
            limits: raw.limits,
            required_fields: raw.required_fields,
        })?;
        Ok(Self {
            rules,
            basis: raw.basis,
            classes: raw.classes,
        })
    }
}

impl TryFrom<PolicyView> for Policy {
    type Error = PolicyError;

    /// The browser's side of loading: an endpoint is not trusted to send a sound policy.
    fn try_from(view: PolicyView) -> Result<Self, PolicyError> {
        check::policy(Self {
            version: view.version,
            date: view.date,
            catalogue: Catalogue::new(view.services),
            exclusions: view.exclusions,
            commitments: view.commitments,
            channels: view.channels,
            limits: view.limits,
            required_fields: view.required_fields,
        })
    }
}
