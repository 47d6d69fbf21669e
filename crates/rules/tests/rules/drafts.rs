//! `fixtures/drafts.json`: whole drafts, from the form to the verdict.

use crate::support::{fixture, policy, report};
use partner_rules::{
    Account, Dc, Draft, Field, HintCode, Metric, OrgIdKind, Outcome, Violation, check, classify,
};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    draft: Form,
    dc: Dc,
    /// The text cannot be typed into the form, only sent.
    #[serde(default, rename = "wire_only")]
    _wire_only: bool,
    #[serde(default)]
    account: Account,
    outcome: Outcome,
    metric: Option<Metric>,
    missing: Vec<Field>,
    violations: Vec<Violation>,
    hints: Vec<Remark>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    service: String,
    org_id_kind: OrgIdKind,
    org_id: String,
    subject: String,
    description: String,
    superadmin_email: String,
    superadmin_unknown: bool,
    customer_email: String,
    zuid: String,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Remark {
    field: Field,
    code: HintCode,
    value: Option<String>,
}

impl From<Form> for Draft {
    fn from(form: Form) -> Self {
        Self {
            service: form.service,
            org_id_kind: form.org_id_kind,
            org_id: form.org_id,
            subject: form.subject,
            description: form.description,
            superadmin_email: form.superadmin_email,
            superadmin_unknown: form.superadmin_unknown,
            customer_email: form.customer_email,
            zuid: form.zuid,
        }
    }
}

fn cases() -> Vec<Case> {
    fixture(include_str!("../../fixtures/drafts.json"))
}

#[test]
fn every_draft_comes_out_as_written() {
    let policy = policy();
    let failures = cases().into_iter().filter_map(|case| {
        let draft = Draft::from(case.draft);
        let checked = check(&draft, &policy, case.dc);
        let verdict = classify(&draft, &policy, case.account);
        let violations = checked.ticket.err().unwrap_or_default();
        let hints = checked.hints.into_iter();
        let hints: Vec<_> = hints
            .map(|hint| Remark {
                field: hint.field,
                code: hint.code,
                value: hint.value,
            })
            .collect();
        let right = verdict.outcome == case.outcome
            && verdict.metric == case.metric
            && verdict.missing == case.missing
            && violations == case.violations
            && hints == case.hints;
        let found = format!("{}: {verdict:?} {violations:?} {hints:?}", case.name);
        (!right).then_some(found)
    });
    report(&failures.collect::<Vec<_>>());
}

#[test]
fn accounts_of_the_cases_are_those_of_the_demo_directory() {
    for case in cases() {
        let address = case.draft.superadmin_email.replace('\u{200B}', "");
        let listed = match (
            case.draft.superadmin_unknown,
            address.trim().to_lowercase().as_str(),
        ) {
            (false, "admin@large.example") => Account::Large,
            (false, "admin@small.example") => Account::Standard,
            _ => Account::Unknown,
        };
        assert_eq!(case.account, listed, "{}", case.name);
    }
}

#[test]
fn names_of_cases_are_unique() {
    let mut names: Vec<_> = cases().into_iter().map(|case| case.name).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
}
