//! Varied drafts: mostly right, often with one thing wrong, now and then enormous.

use super::random::Random;
use crate::classify::Account;
use crate::codes::OrgIdKind;
use crate::draft::Draft;
use crate::place::Dc;
use crate::policy::Policy;

/// A draft and what stands around it when it is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    pub draft: Draft,
    pub dc: Dc,
    pub account: Account,
    pub mismatch: bool,
}

/// An endless row of samples; the same seed and policy give the same row everywhere.
#[derive(Clone, Debug)]
pub struct Drafts<'a> {
    random: Random,
    policy: &'a Policy,
}

impl<'a> Drafts<'a> {
    pub const fn new(seed: u64, policy: &'a Policy) -> Self {
        Self {
            random: Random::new(seed),
            policy,
        }
    }

    fn draft(&mut self) -> Draft {
        let superadmin_unknown = self.random.one_in(4);
        let zgid = self.random.one_in(3);
        Draft {
            service: self.service(),
            org_id_kind: if zgid {
                OrgIdKind::Zgid
            } else {
                OrgIdKind::Zoid
            },
            org_id: self.random.identifier(),
            subject: self.random.text(255),
            description: self.random.text(32_000),
            superadmin_email: self.random.address(),
            superadmin_unknown,
            customer_email: if self.random.one_in(2) {
                self.random.address()
            } else {
                String::new()
            },
            zuid: if self.random.one_in(2) {
                self.random.identifier()
            } else {
                String::new()
            },
        }
    }

    fn service(&mut self) -> String {
        let services = self.policy.catalogue().services();
        let names: Vec<&str> = services
            .iter()
            .flat_map(|service| service.aliases.iter().chain([&service.name]))
            .map(String::as_str)
            .collect();
        let name = self.random.pick(&names);
        match self.random.below(16) {
            0 => self.random.odd(12),
            1 => self.random.slip(name),
            2 => name.to_ascii_uppercase(),
            3 => name.trim_start_matches("Zoho ").to_owned(),
            4 => name.replace(' ', ""),
            5 => ["  ", name, "\t"].concat(),
            6 => [name, " ", self.random.word()].concat(),
            7 if self.random.one_in(4) => name.repeat(40),
            _ => name.to_owned(),
        }
    }
}

impl Iterator for Drafts<'_> {
    type Item = Sample;

    fn next(&mut self) -> Option<Sample> {
        let draft = self.draft();
        let account = self
            .random
            .pick(&[Account::Large, Account::Standard, Account::Unknown]);
        let dc = self.random.below(8);
        let dc = usize::try_from(dc)
            .ok()
            .and_then(|dc| Dc::ALL.get(dc))
            .copied()
            .unwrap_or(Dc::Eu);
        Some(Sample {
            draft,
            dc,
            account,
            mismatch: self.random.one_in(5),
        })
    }
}
