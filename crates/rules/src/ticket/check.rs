//! Checks every field of a draft, each on its own and then what they owe each other (R14).
//!
//! The only checker: form, endpoint and verdict all come here, so that they cannot disagree.

use super::Ticket;
use super::texts::{REQUIRED, Wrong, line, prose};
use crate::codes::{Field, Hint, HintCode, OrgIdKind, Violation};
use crate::draft::Draft;
use crate::email::{self, Email};
use crate::identifier::{self, Identifier, Reading};
use crate::place::Dc;
use crate::policy::Policy;
use crate::service::Resolved;
use crate::text::is_blank;

/// The result of checking a draft. Hints are there in both cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Violations are ordered by field, one per field at most, and never empty.
    pub ticket: Result<Ticket, Vec<Violation>>,
    /// Ordered by field; none on a field that is wrong, except on what was taken out of an ID.
    pub hints: Vec<Hint>,
}

/// Checks a draft. Total: any draft, any policy, no panic.
///
/// `dc` only serves the `region_shape` hint.
pub fn check(draft: &Draft, policy: &Policy, dc: Dc) -> Checked {
    let fields = Fields::read(draft, policy);
    let hints = fields.hints(draft, policy, dc);
    Checked {
        ticket: fields.ticket(draft),
        hints,
    }
}

/// What [`check`] would find wrong.
pub(crate) fn violations(draft: &Draft, policy: &Policy) -> Vec<Violation> {
    Fields::read(draft, policy).violations()
}

/// Every field, read once. A `None` was not asked for, or is not there and need not be.
struct Fields {
    service: Result<Resolved, Wrong>,
    org_id: Reading,
    subject: Result<String, Wrong>,
    description: Result<String, Wrong>,
    superadmin_email: Option<Result<Email, Wrong>>,
    customer_email: Option<Result<Email, Wrong>>,
    zuid: Option<Reading>,
}

impl Fields {
    fn read(draft: &Draft, policy: &Policy) -> Self {
        let limits = policy.limits();
        let email = |text: &str| email::parse_within(text, limits.email_max);
        let wanted = |field, text: &str| {
            policy.requires(field) || (draft.superadmin_unknown && !is_blank(text))
        };
        let mut fields = Self {
            service: line(&draft.service, limits.service_max)
                .map(|typed| policy.catalogue().resolve(typed)),
            org_id: identifier::read(&draft.org_id),
            subject: line(&draft.subject, limits.subject_max).map(str::to_owned),
            description: prose(&draft.description, limits.description_max),
            superadmin_email: (!draft.superadmin_unknown).then(|| email(&draft.superadmin_email)),
            customer_email: wanted(Field::CustomerEmail, &draft.customer_email)
                .then(|| email(&draft.customer_email)),
            zuid: wanted(Field::Zuid, &draft.zuid).then(|| identifier::read(&draft.zuid)),
        };
        if draft.superadmin_unknown && !fields.leads_to_account(draft.org_id_kind) {
            fields.customer_email = Some(Err(REQUIRED));
        }
        fields
    }

    /// Without the SuperAdmin address an agent needs one of customer address, ZUID or ZOID (R9,
    /// R14); a ZGID is not enough (R9b). A customer address or ZUID that is wrong counts here: it
    /// has a violation of its own. A ZOID that is wrong leads nowhere.
    fn leads_to_account(&self, org_id_kind: OrgIdKind) -> bool {
        let zoid = org_id_kind == OrgIdKind::Zoid && self.org_id.identifier.is_ok();
        zoid || self.customer_email.is_some() || self.zuid.is_some()
    }

    fn violations(&self) -> Vec<Violation> {
        let zuid = self.zuid.as_ref().and_then(|zuid| wrong(&zuid.identifier));
        [
            (Field::Service, wrong(&self.service)),
            (Field::OrgId, wrong(&self.org_id.identifier)),
            (Field::Subject, wrong(&self.subject)),
            (Field::Description, wrong(&self.description)),
            (
                Field::SuperadminEmail,
                self.superadmin_email.as_ref().and_then(wrong),
            ),
            (
                Field::CustomerEmail,
                self.customer_email.as_ref().and_then(wrong),
            ),
            (Field::Zuid, zuid),
        ]
        .into_iter()
        .filter_map(|(field, wrong)| wrong.map(|(code, limit)| Violation { field, code, limit }))
        .collect()
    }

    fn hints(&self, draft: &Draft, policy: &Policy, dc: Dc) -> Vec<Hint> {
        let mut hints = Vec::new();
        if self.service.as_ref().is_ok_and(|service| !service.listed) {
            let near = policy.catalogue().near(&draft.service);
            hints.push(Hint {
                field: Field::Service,
                code: HintCode::UnlistedService,
                value: near.map(|service| service.name.clone()),
            });
        }
        hints.extend(readings(Field::OrgId, &self.org_id));
        if self
            .org_id
            .identifier
            .as_ref()
            .is_ok_and(|id| !identifier::fits(id, dc))
        {
            hints.push(Hint {
                field: Field::OrgId,
                code: HintCode::RegionShape,
                value: None,
            });
        }
        for (field, text, email) in [
            (
                Field::SuperadminEmail,
                &draft.superadmin_email,
                &self.superadmin_email,
            ),
            (
                Field::CustomerEmail,
                &draft.customer_email,
                &self.customer_email,
            ),
        ] {
            if let Some(Ok(email)) = email {
                hints.extend(email::remarks(text, email, field));
            }
        }
        if let Some(zuid) = &self.zuid {
            hints.extend(readings(Field::Zuid, zuid));
        }
        hints
    }

    fn ticket(self, draft: &Draft) -> Result<Ticket, Vec<Violation>> {
        let violations = self.violations();
        let parse = || -> Result<Ticket, Wrong> {
            Ok(Ticket {
                service: self.service?,
                org_id_kind: draft.org_id_kind,
                org_id: self.org_id.identifier?,
                subject: self.subject?,
                description: self.description?,
                superadmin_email: self.superadmin_email.transpose()?,
                customer_email: self.customer_email.transpose()?,
                zuid: self.zuid.map(|zuid| zuid.identifier).transpose()?,
            })
        };
        parse().map_err(|_| violations)
    }
}

fn wrong<T>(field: &Result<T, Wrong>) -> Option<Wrong> {
    field.as_ref().err().copied()
}

fn readings(field: Field, reading: &Reading) -> impl Iterator<Item = Hint> {
    let value = reading.identifier.as_ref().ok().map(Identifier::as_str);
    let hint = move |code: &HintCode| Hint {
        field,
        code: *code,
        value: value.map(str::to_owned),
    };
    reading.hints.iter().map(hint)
}
