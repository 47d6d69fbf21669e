//! Drafts from a seed, and one number for what the rules say about all of them, so that browser
//! and native build can be held against each other: same seed, same digest.
//!
//! Never uses a character that a Unicode version younger than the rules' oldest compiler has
//! added: tables differ between compilers, and the digest would too.

mod draft;
mod fnv;
mod random;
mod texts;

pub use draft::{Drafts, Sample};

use crate::classify::{Classification, classify, classify_decided};
use crate::codes::{Hint, Metric, Severity, Violation};
use crate::email::Email;
use crate::identifier::Identifier;
use crate::policy::Policy;
use crate::ticket::{Ticket, check};
use fnv::Fnv;

pub const SEED: u64 = 20_261_123;
pub const COUNT: u32 = 10_000;
/// [`digest`] of [`SEED`] and [`COUNT`] under the default policy. A change of rules, fixtures of
/// the policy or generator changes it: that is the moment to look whether it was meant.
pub const DIGEST: u64 = 0x6554_6AB6_2F75_8959;

/// What check and verdict say about `count` drafts from `seed`, as one number.
pub fn digest(seed: u64, count: u32, policy: &Policy) -> u64 {
    let mut fnv = Fnv::default();
    for sample in Drafts::new(seed, policy).take(usize::try_from(count).unwrap_or(usize::MAX)) {
        let Sample {
            draft,
            dc,
            account,
            mismatch,
        } = &sample;
        let checked = check(draft, policy, *dc);
        match &checked.ticket {
            Ok(ticket) => put_ticket(&mut fnv, ticket),
            Err(violations) => {
                for found in violations {
                    put_violation(&mut fnv, found);
                }
            }
        }
        for hint in &checked.hints {
            put_hint(&mut fnv, hint);
        }
        put_verdict(&mut fnv, &classify(draft, policy, *account));
        put_verdict(
            &mut fnv,
            &classify_decided(draft, policy, *account, *mismatch),
        );
    }
    fnv.finish()
}

fn put_ticket(fnv: &mut Fnv, ticket: &Ticket) {
    let service = ticket.service();
    fnv.text("ticket")
        .text(&service.id)
        .text(&service.name)
        .flag(service.listed);
    fnv.text(ticket.org_id_kind().code())
        .text(ticket.org_id().as_str());
    fnv.text(ticket.subject()).text(ticket.description());
    fnv.optional(ticket.superadmin_email().map(Email::as_str));
    fnv.optional(ticket.customer_email().map(Email::as_str));
    fnv.optional(ticket.zuid().map(Identifier::as_str));
}

fn put_violation(fnv: &mut Fnv, Violation { field, code, limit }: &Violation) {
    fnv.text("violation")
        .text(field.wire_name())
        .text(code.code());
    fnv.number(limit.unwrap_or_default());
}

fn put_hint(fnv: &mut Fnv, Hint { field, code, value }: &Hint) {
    fnv.text("hint")
        .text(field.wire_name())
        .text(code.code())
        .optional(value.as_deref());
}

fn put_verdict(fnv: &mut Fnv, verdict: &Classification) {
    fnv.text("verdict").text(verdict.outcome.code());
    fnv.optional(verdict.metric.map(Metric::code));
    let reasons = verdict.reasons.iter().map(|reason| reason.code());
    let changes = verdict.changes.iter().map(|change| change.code());
    let missing = verdict.missing.iter().map(|field| field.wire_name());
    for code in reasons.chain(changes).chain(missing) {
        fnv.text(code);
    }
    fnv.optional(verdict.severity.map(Severity::code));
    fnv.flag(verdict.priority_customer);
    if let Some(hours) = verdict.commitment {
        let targets = [
            hours.first_response_h,
            hours.problem_determination_h,
            hours.resolution_h,
        ];
        for hours in targets.as_flattened() {
            fnv.number(*hours);
        }
    }
    fnv.text(&verdict.policy_version);
}

#[cfg(test)]
mod tests {
    use super::{COUNT, DIGEST, Drafts, SEED, digest};
    use crate::classify::{Outcome, classify_decided};
    use crate::codes::{HintCode, ViolationCode};
    use crate::policy::{DEFAULT_JSON, FullPolicy, Policy, RawPolicy};
    use crate::ticket::check;
    use std::collections::HashSet;

    fn policy() -> Policy {
        let raw: RawPolicy = serde_json::from_str(DEFAULT_JSON).unwrap();
        FullPolicy::try_from(raw).unwrap().rules().clone()
    }

    #[test]
    fn ten_thousand_drafts_have_the_known_digest() {
        let found = digest(SEED, COUNT, &policy());
        assert_eq!(found, DIGEST, "found {found:#X}");
    }

    #[test]
    fn another_seed_gives_another_digest() {
        assert_ne!(digest(1, 100, &policy()), digest(2, 100, &policy()));
    }

    #[test]
    fn the_drafts_reach_every_outcome_service_violation_and_hint() {
        let policy = policy();
        let (mut outcomes, mut codes) = (HashSet::new(), HashSet::new());
        let (mut hints, mut services) = (HashSet::new(), HashSet::new());
        for sample in Drafts::new(SEED, &policy).take(usize::try_from(COUNT).unwrap()) {
            let verdict = classify_decided(&sample.draft, &policy, sample.account, sample.mismatch);
            outcomes.insert(verdict.outcome);
            let checked = check(&sample.draft, &policy, sample.dc);
            hints.extend(checked.hints.iter().map(|hint| hint.code));
            match checked.ticket {
                Ok(ticket) => drop(services.insert(ticket.service().id.clone())),
                Err(violations) => codes.extend(violations.iter().map(|found| found.code)),
            }
        }
        assert_eq!(outcomes.len(), Outcome::ALL.len());
        let of_files = ViolationCode::ALL
            .iter()
            .position(|c| *c == ViolationCode::TooManyFiles);
        assert_eq!(codes.len(), of_files.unwrap(), "{codes:?}");
        // An account mismatch is the endpoint's to find.
        assert_eq!(hints.len(), HintCode::ALL.len() - 1, "{hints:?}");
        for service in policy.catalogue().services() {
            assert!(services.contains(&service.id), "{}", service.id);
        }
    }
}
