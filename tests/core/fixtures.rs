//! The case files of the rules, typed into the form: the widget cannot disagree with the rules or
//! with the endpoint, which reads the same files.

use crate::desk::Desk;
use partner_desk::state::{Action, Effect, Input};
use partner_rules::{Account, Field, OrgIdKind, Violation};
use serde_json::Value;

const EMAILS: &str = include_str!("../../crates/rules/fixtures/emails.json");
const IDENTIFIERS: &str = include_str!("../../crates/rules/fixtures/identifiers.json");
const SERVICES: &str = include_str!("../../crates/rules/fixtures/services.json");
const DRAFTS: &str = include_str!("../../crates/rules/fixtures/drafts.json");

fn cases(file: &str, part: Option<&str>) -> Vec<Value> {
    let whole: Value = serde_json::from_str(file).expect("JSON");
    let list = part.map_or(Some(&whole), |part| whole.get(part));
    list.and_then(Value::as_array)
        .expect("a list of cases")
        .clone()
}

fn text<'a>(case: &'a Value, name: &str) -> &'a str {
    case.get(name).and_then(Value::as_str).unwrap_or("")
}

fn told(violation: Option<Violation>) -> (String, Option<u64>) {
    violation.map_or((String::new(), None), |v| {
        (v.code.code().to_owned(), v.limit.map(u64::from))
    })
}

fn wanted(case: &Value) -> (String, Option<u64>) {
    (
        text(case, "error").to_owned(),
        case.get("limit").and_then(Value::as_u64),
    )
}

#[test]
fn every_address_is_taken_or_refused_as_written() {
    let mut desk = Desk::complete();
    for case in cases(EMAILS, None) {
        desk.act(Action::Edited(Input::SuperadminEmail(
            text(&case, "text").to_owned(),
        )));
        let found = told(desk.state.form.violation(Field::SuperadminEmail));
        assert_eq!(found, wanted(&case), "{case}");
    }
}

#[test]
fn every_identifier_is_taken_or_refused_as_written() {
    let mut desk = Desk::complete();
    for case in cases(IDENTIFIERS, Some("read")) {
        desk.act(Action::Edited(Input::OrgId(text(&case, "text").to_owned())));
        assert_eq!(
            told(desk.state.form.violation(Field::OrgId)),
            wanted(&case),
            "{case}"
        );
    }
}

#[test]
fn an_exact_service_is_taken_on_leaving_and_no_other_text_is_changed() {
    let mut desk = Desk::on_form();
    for case in cases(SERVICES, Some("exact")) {
        let typed = text(&case, "typed");
        desk.act(Action::Edited(Input::Service(typed.to_owned())));
        desk.act(Action::Left(Field::Service));
        let now = &desk.state.form.draft.service;
        let policy = &desk.state.connected().expect("connected").policy;
        match case.get("id").and_then(Value::as_str) {
            Some(id) => assert_eq!(policy.catalogue().resolve(now).id, id, "{case}"),
            None => assert_eq!(now, typed, "{case}"),
        }
    }
}

#[test]
fn every_draft_gets_its_outcome_and_its_violations() {
    let all = cases(DRAFTS, None);
    assert!(all.len() >= 100, "only {} cases", all.len());
    for case in all {
        let mut desk = Desk::on_form_of(text(&case, "dc"));
        type_in(&mut desk, case.get("draft").expect("a draft"));
        answer(&mut desk, text(&case, "account"));
        if desk.state.may_file() {
            assert_eq!(desk.outcome(), text(&case, "outcome"), "{case}");
        }
        let found: Vec<_> = desk
            .state
            .form
            .violations()
            .iter()
            .map(|v| told(Some(*v)))
            .collect();
        let listed = case
            .get("violations")
            .and_then(Value::as_array)
            .expect("violations");
        let listed: Vec<_> = listed
            .iter()
            .map(|v| {
                (
                    text(v, "code").to_owned(),
                    v.get("limit").and_then(Value::as_u64),
                )
            })
            .collect();
        assert_eq!(found, listed, "{case}");
    }
}

fn type_in(desk: &mut Desk, draft: &Value) {
    let field = |name: &str| text(draft, name).to_owned();
    let kind = if text(draft, "org_id_kind") == "zgid" {
        OrgIdKind::Zgid
    } else {
        OrgIdKind::Zoid
    };
    let unknown = draft.get("superadmin_unknown") == Some(&Value::Bool(true));
    for input in [
        Input::Service(field("service")),
        Input::OrgIdKind(kind),
        Input::OrgId(field("org_id")),
        Input::Subject(field("subject")),
        Input::Description(field("description")),
        Input::SuperadminEmail(field("superadmin_email")),
        Input::SuperadminUnknown(unknown),
        Input::CustomerEmail(field("customer_email")),
        Input::Zuid(field("zuid")),
    ] {
        desk.act(Action::Edited(input));
    }
}

/// The endpoint's word on the account, if the form asks for it.
fn answer(desk: &mut Desk, account: &str) {
    let account = match account {
        "large" => Account::Large,
        "standard" => Account::Standard,
        _ => Account::Unknown,
    };
    let asked = partner_desk::state::pending(&desk.state)
        .into_iter()
        .find_map(|effect| {
            if let Effect::Verify { attempt } = effect {
                Some(attempt)
            } else {
                None
            }
        });
    if let Some(attempt) = asked {
        desk.act(Action::Verified {
            attempt,
            result: Ok(account),
        });
    }
}
