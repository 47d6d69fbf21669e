//! Bodies as other programs write them.

use partner_rules::wire::{ClassificationView, NewTicket, Problem, TicketDetail, WireViolation};
use partner_rules::{Account, Draft, Field, Violation, ViolationCode, classify};
use serde_json::json;

#[test]
fn no_address_on_the_wire_means_declared_unknown() {
    let body = json!({
        "dc": "eu", "region": "uk", "service": "Zoho CRM", "org_id_kind": "zgid", "org_id": "1",
        "subject": "s", "description": "d", "superadmin_email": null, "zuid": "20012345678",
    });
    let body: NewTicket = serde_json::from_value(body).unwrap();
    let draft = Draft::from(&body);
    assert!(draft.superadmin_unknown);
    assert_eq!(
        (draft.zuid.as_str(), draft.customer_email.as_str()),
        ("20012345678", "")
    );
}

#[test]
fn an_absent_address_on_the_wire_is_missed() {
    let body = json!({
        "dc": "eu", "region": "eu", "service": "CRM", "org_id_kind": "zoid", "org_id": "20000000001",
        "subject": "s", "description": "d",
    });
    let error = serde_json::from_value::<NewTicket>(body).expect_err("missed");
    assert!(error.to_string().contains("superadmin_email"), "{error}");
}

#[test]
fn an_empty_address_on_the_wire_is_only_empty() {
    let body = json!({
        "dc": "eu", "region": "eu", "service": "", "org_id_kind": "zoid", "org_id": "",
        "subject": "", "description": "", "superadmin_email": "",
    });
    let body: NewTicket = serde_json::from_value(body).unwrap();
    assert!(!Draft::from(&body).superadmin_unknown);
}

#[test]
fn a_field_that_nobody_knows_is_refused() {
    let body = json!({
        "dc": "eu", "region": "eu", "service": "", "org_id_kind": "zoid", "org_id": "",
        "subject": "", "description": "", "superadmin_email": "", "severity": "S1",
    });
    let error = serde_json::from_value::<NewTicket>(body)
        .unwrap_err()
        .to_string();
    assert!(error.contains("severity"), "{error}");
}

#[test]
fn a_verdict_on_the_wire_has_no_metric_unless_excluded() {
    let policy = crate::support::policy();
    let verdict = classify(&Draft::default(), &policy, Account::Unknown);
    let view = serde_json::to_value(ClassificationView::from(&verdict)).unwrap();
    let expected = json!({
        "outcome": "incomplete", "reasons": ["form_incomplete"], "commitment": null,
        "policy_version": "2026-11",
    });
    assert_eq!(view, expected);
}

#[test]
fn a_violation_names_the_field_as_the_body_does() {
    let violation = Violation {
        field: Field::Attachments,
        code: ViolationCode::TooManyFiles,
        limit: Some(5),
    };
    let view = serde_json::to_value(WireViolation::from(&violation)).unwrap();
    assert_eq!(
        view,
        json!({"field": "uploads", "code": "too_many_files", "limit": 5})
    );
}

#[test]
fn a_detail_is_flat() {
    let detail = json!({
        "reference": "PD-1", "dc": "eu", "region": "eu", "created_at": "2026-11-23T10:00:00Z",
        "updated_at": "2026-11-23T10:00:00Z", "subject": "s", "org_id_kind": "zoid",
        "org_id": "20000000001", "status": "open", "severity": "S1", "priority_customer": true,
        "channel": "widget", "service": {"id": "crm", "name": "Zoho CRM", "listed": true},
        "classification": {
            "outcome": "priority", "reasons": ["service_eligible", "account_large"],
            "commitment": {
                "first_response_h": [1, 3], "problem_determination_h": [2, 8], "resolution_h": [24, 48],
            },
            "policy_version": "2026-11",
        },
        "description": "d", "superadmin_email": "admin@large.example", "customer_email": null,
        "zuid": null, "lang": null, "messages": [], "attachments": [], "timeline": [], "history": [],
    });
    let read: TicketDetail = serde_json::from_value(detail.clone()).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), detail);
}

#[test]
fn a_problem_without_a_type_is_about_blank() {
    let problem = json!({"title": "Conflict", "status": 409, "code": "idempotency_running"});
    let problem: Problem = serde_json::from_value(problem).unwrap();
    assert_eq!(problem.kind, "about:blank");
    assert!(problem.violations.is_empty());
}
