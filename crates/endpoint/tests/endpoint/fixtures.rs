//! The case files of the rules, posted: client and server cannot disagree about a case.

use crate::support::{Answer, TestApp, User, ticket};
use partner_rules::Violation;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
pub(crate) struct Case {
    name: String,
    draft: Value,
    dc: String,
    outcome: String,
    metric: Option<String>,
    violations: Vec<Violation>,
}

pub(crate) fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!("../../../rules/fixtures/drafts.json")).expect("cases")
}

/// The form as the widget sends it.
pub(crate) fn body(case: &Case) -> Value {
    let mut body = case.draft.clone();
    let fields = body.as_object_mut().expect("object");
    let unknown = fields.remove("superadmin_unknown") == Some(Value::Bool(true));
    if unknown {
        fields.insert("superadmin_email".to_owned(), Value::Null);
    }
    for optional in ["customer_email", "zuid"] {
        if fields.get(optional) == Some(&json!("")) {
            fields.remove(optional);
        }
    }
    fields.insert("dc".to_owned(), json!(case.dc));
    fields.insert("region".to_owned(), json!(case.dc));
    body
}

#[tokio::test]
async fn every_draft_of_the_cases_comes_out_as_in_the_browser() {
    let app = TestApp::demo().await;
    let policy = app.app.config.policy.rules();
    let mut posted = 0;
    for (index, case) in cases().iter().enumerate() {
        let answer = app
            .file(User::Superadmin, &format!("case-{index}"), &body(case))
            .await;
        let dc = partner_rules::Dc::parse(&case.dc).expect("data centre");
        if policy.channels().widget_pages(dc).is_empty() {
            answer.problem(422, "channel_unavailable");
        } else if case.violations.is_empty() {
            let receipt = answer.ok(201);
            assert_eq!(
                receipt["classification"]["outcome"], case.outcome,
                "{}",
                case.name
            );
            assert_eq!(
                receipt["classification"]["metric"].as_str(),
                case.metric.as_deref(),
                "{}",
                case.name
            );
            let priority = case.outcome == "priority";
            assert_eq!(
                receipt["severity"].as_str(),
                priority.then_some("S1"),
                "{}",
                case.name
            );
            assert_eq!(receipt["priority_customer"], priority, "{}", case.name);
            assert_eq!(
                receipt["classification"]["commitment"].is_object(),
                priority,
                "{}",
                case.name
            );
        } else {
            let problem = answer.problem(422, "invalid_fields");
            let wanted: Vec<Value> = case
                .violations
                .iter()
                .map(|one| {
                    let mut wanted =
                        json!({"field": one.field.wire_name(), "code": one.code.code()});
                    if let Some(limit) = one.limit {
                        wanted["limit"] = json!(limit);
                    }
                    wanted
                })
                .collect();
            assert_eq!(problem["violations"], json!(wanted), "{}", case.name);
        }
        posted += 1;
    }
    assert!(posted >= 100, "only {posted} cases");
}

fn parts(file: &str, part: Option<&str>) -> Vec<Value> {
    let whole: Value = serde_json::from_str(file).expect("JSON");
    let list = part.map_or(Some(&whole), |part| whole.get(part));
    list.and_then(Value::as_array)
        .expect("a list of cases")
        .clone()
}

/// A complete ticket with one field replaced.
async fn file_with(app: &TestApp, key: &str, field: &str, value: &Value) -> Answer {
    let mut body = ticket();
    body[field] = value.clone();
    app.file(User::Superadmin, key, &body).await
}

/// Stored as the case says, or refused with its code and limit.
async fn judge(app: &TestApp, answer: &Answer, field: &str, case: &Value, sent: &Value) {
    let Some(code) = case["error"].as_str() else {
        let receipt = answer.ok(201);
        let reference = receipt["reference"].as_str().expect("reference");
        let path = format!("/v1/tickets/{reference}");
        let detail = app.get_as(User::Superadmin, &path).await.ok(200);
        assert_eq!(detail[field], *sent, "{case}");
        return;
    };
    let mut wanted = json!({"field": field, "code": code});
    if let Some(limit) = case["limit"].as_u64() {
        wanted["limit"] = json!(limit);
    }
    let problem = answer.problem(422, "invalid_fields");
    assert_eq!(problem["violations"], json!([wanted]), "{case}");
}

#[tokio::test]
async fn every_address_of_the_cases_is_stored_or_refused_as_in_the_browser() {
    let app = TestApp::demo().await;
    let cases = parts(include_str!("../../../rules/fixtures/emails.json"), None);
    for (index, case) in cases.iter().enumerate() {
        let field = "superadmin_email";
        let answer = file_with(&app, &format!("email-{index}"), field, &case["text"]).await;
        judge(&app, &answer, field, case, &case["address"]).await;
    }
}

#[tokio::test]
async fn every_identifier_of_the_cases_is_stored_or_refused_as_in_the_browser() {
    let app = TestApp::demo().await;
    let file = include_str!("../../../rules/fixtures/identifiers.json");
    for (index, case) in parts(file, Some("read")).iter().enumerate() {
        let answer = file_with(&app, &format!("id-{index}"), "org_id", &case["text"]).await;
        judge(&app, &answer, "org_id", case, &case["id"]).await;
    }
}

#[tokio::test]
async fn every_service_name_of_the_cases_is_resolved_as_in_the_browser() {
    let app = TestApp::demo().await;
    let file = include_str!("../../../rules/fixtures/services.json");
    for (index, case) in parts(file, Some("resolve")).iter().enumerate() {
        let answer = file_with(&app, &format!("service-{index}"), "service", &case["typed"]).await;
        let service = answer.ok(201)["service"].clone();
        let wanted = json!({"id": case["id"], "name": case["service"], "listed": case["listed"]});
        assert_eq!(service, wanted, "{case}");
    }
}
