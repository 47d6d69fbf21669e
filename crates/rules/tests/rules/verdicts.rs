//! What a verdict says besides its outcome.

use crate::support::{full, policy, raw};
use partner_rules::{
    Account, Change, Dc, Draft, Field, OrgIdKind, Outcome, Reason, Severity, ViolationCode, check,
    classify, classify_decided,
};

fn complete() -> Draft {
    Draft {
        service: "Zoho CRM".to_owned(),
        org_id: "20087654321".to_owned(),
        subject: "Contacts do not sync".to_owned(),
        description: "Since this morning.".to_owned(),
        superadmin_email: "admin@unknown.example".to_owned(),
        ..Draft::default()
    }
}

#[test]
fn priority_alone_has_severity_flag_and_commitment() {
    let policy = policy();
    let verdict = classify(&complete(), &policy, Account::Large);
    assert_eq!(verdict.outcome, Outcome::Priority);
    assert_eq!(verdict.severity, Some(Severity::S1));
    assert!(verdict.priority_customer);
    assert_eq!(verdict.commitment, policy.hours(Severity::S1));
    assert_eq!(
        verdict.reasons,
        [Reason::ServiceEligible, Reason::AccountLarge]
    );
    assert_eq!(verdict.changes, []);
    assert_eq!(verdict.policy_version, "2026-11");

    let verdict = classify(&complete(), &policy, Account::Standard);
    assert_eq!(verdict.outcome, Outcome::Standard);
    assert_eq!((verdict.severity, verdict.commitment), (None, None));
    assert!(!verdict.priority_customer);
    assert_eq!(
        verdict.reasons,
        [Reason::ServiceEligible, Reason::AccountStandard]
    );
    assert_eq!(verdict.changes, [Change::AccountGrows]);
}

#[test]
fn undecided_is_up_to_zoho() {
    let verdict = classify(&complete(), &policy(), Account::Unknown);
    assert_eq!(verdict.outcome, Outcome::Undecided);
    assert_eq!(
        verdict.reasons,
        [Reason::ServiceEligible, Reason::AccountUnverified]
    );
    assert_eq!(verdict.changes, [Change::ZohoConfirms]);
}

#[test]
fn a_mismatch_leaves_even_a_large_account_undecided() {
    let verdict = classify_decided(&complete(), &policy(), Account::Large, true);
    assert_eq!(verdict.outcome, Outcome::Undecided);
    assert_eq!(
        verdict.reasons,
        [
            Reason::ServiceEligible,
            Reason::AccountUnverified,
            Reason::AccountMismatch
        ]
    );
    assert_eq!(
        verdict.changes,
        [Change::MatchAddressAndId, Change::ZohoConfirms]
    );
    assert_eq!(verdict.severity, None);
}

#[test]
fn an_excluded_service_stays_excluded_whatever_else() {
    let policy = policy();
    let draft = Draft {
        service: "Campaigns".to_owned(),
        ..Draft::default()
    };
    let verdict = classify_decided(&draft, &policy, Account::Large, true);
    assert_eq!(verdict.outcome, Outcome::Excluded);
    assert_eq!(
        verdict.reasons,
        [Reason::ServiceExcluded, Reason::FormIncomplete]
    );
    assert_eq!(
        verdict.changes,
        [Change::FillMissing, Change::NameOtherService]
    );
    assert_eq!(
        verdict.missing,
        [
            Field::OrgId,
            Field::Subject,
            Field::Description,
            Field::SuperadminEmail
        ]
    );

    let draft = Draft {
        service: "Campaigns".to_owned(),
        ..complete()
    };
    let verdict = classify(&draft, &policy, Account::Large);
    assert_eq!(verdict.reasons, [Reason::ServiceExcluded]);
    assert_eq!(verdict.changes, [Change::NameOtherService]);
    assert_eq!((verdict.severity, verdict.commitment), (None, None));
}

#[test]
fn an_incomplete_draft_says_what_the_service_is_once_it_is_named() {
    let policy = policy();
    let verdict = classify(&Draft::default(), &policy, Account::Large);
    assert_eq!(verdict.outcome, Outcome::Incomplete);
    assert_eq!(verdict.reasons, [Reason::FormIncomplete]);
    assert_eq!(verdict.changes, [Change::FillMissing]);
    let draft = Draft {
        service: "Foobar".to_owned(),
        ..Draft::default()
    };
    let verdict = classify(&draft, &policy, Account::Large);
    assert_eq!(
        verdict.reasons,
        [Reason::ServiceUnlisted, Reason::FormIncomplete]
    );
}

#[test]
fn manual_asks_for_the_address() {
    let draft = Draft {
        superadmin_unknown: true,
        ..complete()
    };
    let verdict = classify(&draft, &policy(), Account::Large);
    assert_eq!(verdict.outcome, Outcome::Manual);
    assert_eq!(
        verdict.reasons,
        [Reason::ServiceEligible, Reason::SuperadminUnknown]
    );
    assert_eq!(verdict.changes, [Change::ProvideSuperadmin]);
    assert_eq!(verdict.severity, None);
}

#[test]
fn texts_of_a_ticket_are_normalised() {
    let draft = Draft {
        service: " zoho  crm".to_owned(),
        org_id: "https://crm.zoho.eu/crm/org20087654321/".to_owned(),
        subject: "  Contacts ".to_owned(),
        description: "\r\none\r\ntwo\rthree\n ".to_owned(),
        superadmin_email: " Admin@\u{200B}unknown.example".to_owned(),
        ..complete()
    };
    let ticket = check(&draft, &policy(), Dc::Eu).ticket.unwrap();
    assert_eq!(
        (ticket.service().name.as_str(), ticket.service().listed),
        ("Zoho CRM", true)
    );
    assert_eq!(ticket.org_id().as_str(), "20087654321");
    assert_eq!(ticket.subject(), "Contacts");
    assert_eq!(ticket.description(), "one\ntwo\nthree");
    assert_eq!(
        ticket.superadmin_email().unwrap().as_str(),
        "Admin@unknown.example"
    );
}

#[test]
fn line_ends_count_once() {
    let mut draft = Draft {
        description: "a\r\n".repeat(15_999),
        ..complete()
    };
    draft.description.push_str("bc");
    assert!(check(&draft, &policy(), Dc::Eu).ticket.is_ok());
    draft.description.push('d');
    let violations = check(&draft, &policy(), Dc::Eu).ticket.unwrap_err();
    assert_eq!(violations[0].code, ViolationCode::TooLong);
    assert_eq!(violations[0].limit, Some(32_000));
}

#[test]
fn extra_fields_count_only_when_asked_for() {
    let draft = Draft {
        customer_email: "user@unknown.example".to_owned(),
        zuid: "20012345678".to_owned(),
        ..complete()
    };
    let ticket = check(&draft, &policy(), Dc::Eu).ticket.unwrap();
    assert_eq!((ticket.customer_email(), ticket.zuid()), (None, None));

    let draft = Draft {
        superadmin_unknown: true,
        org_id_kind: OrgIdKind::Zgid,
        ..draft
    };
    let ticket = check(&draft, &policy(), Dc::Eu).ticket.unwrap();
    assert_eq!(ticket.superadmin_email(), None);
    assert_eq!(
        ticket.customer_email().unwrap().as_str(),
        "user@unknown.example"
    );
    assert_eq!(ticket.zuid().unwrap().as_str(), "20012345678");
}

#[test]
fn fields_that_an_operator_requires_are_required() {
    let mut raw = raw();
    raw.required_fields
        .extend([Field::CustomerEmail, Field::Zuid]);
    let policy = full(raw).rules().clone();
    let verdict = classify(&complete(), &policy, Account::Large);
    assert_eq!(verdict.missing, [Field::CustomerEmail, Field::Zuid]);
    let draft = Draft {
        customer_email: "user@unknown.example".to_owned(),
        zuid: "20012345678".to_owned(),
        ..complete()
    };
    let ticket = check(&draft, &policy, Dc::Eu).ticket.unwrap();
    assert!(ticket.customer_email().is_some() && ticket.zuid().is_some());
}

#[test]
fn limits_of_the_policy_are_the_limits() {
    let mut raw = raw();
    raw.limits.subject_max = 3;
    raw.limits.email_max = 10;
    let policy = full(raw).rules().clone();
    let violations = check(&complete(), &policy, Dc::Eu).ticket.unwrap_err();
    let found: Vec<_> = violations
        .iter()
        .map(|v| (v.field, v.code, v.limit))
        .collect();
    assert_eq!(
        found,
        [
            (Field::Subject, ViolationCode::TooLong, Some(3)),
            (Field::SuperadminEmail, ViolationCode::TooLong, Some(10)),
        ]
    );
}
