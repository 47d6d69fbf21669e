//! A request like the one being written.

use crate::desk::{Desk, receipt};
use partner_desk::state::Action;
use partner_desk::state::form::Input;
use partner_desk::state::twin::twin;
use partner_rules::wire::{Receipt, Status};
use partner_rules::{Draft, OrgIdKind, similar};
use serde_json::Value;
use std::rc::Rc;

fn draft() -> Draft {
    Draft {
        service: "Zoho CRM".to_owned(),
        org_id: "20000000001".to_owned(),
        subject: "cannot sign in!".to_owned(),
        ..Draft::default()
    }
}

fn found(draft: &Draft, service_id: &str, receipts: &[Receipt]) -> Option<String> {
    let receipts: Vec<_> = receipts.iter().cloned().map(std::rc::Rc::new).collect();
    twin(draft, service_id, &receipts).map(|receipt| receipt.reference.clone())
}

#[test]
fn a_request_of_the_same_service_and_organisation_with_a_near_subject_is_found() {
    let all = [receipt("PS-EU-000001")];
    assert_eq!(
        found(&draft(), "crm", &all).as_deref(),
        Some("PS-EU-000001")
    );
}

#[test]
fn the_first_of_several_is_named() {
    let all = [receipt("PS-EU-000002"), receipt("PS-EU-000001")];
    assert_eq!(
        found(&draft(), "crm", &all).as_deref(),
        Some("PS-EU-000002")
    );
}

#[test]
fn the_organisation_is_compared_as_it_is_sent_and_not_as_it_is_typed() {
    let pasted = Draft {
        org_id: "https://crm.zoho.eu/crm/org20000000001/".to_owned(),
        ..draft()
    };
    assert!(found(&pasted, "crm", &[receipt("PS-EU-000001")]).is_some());
}

#[test]
fn another_service_organisation_kind_or_subject_is_another_case() {
    let all = [receipt("PS-EU-000001")];
    assert_eq!(found(&draft(), "books", &all), None);
    for other in [
        Draft {
            org_id: "20000000002".to_owned(),
            ..draft()
        },
        Draft {
            org_id: "not a number".to_owned(),
            ..draft()
        },
        Draft {
            org_id_kind: OrgIdKind::Zgid,
            ..draft()
        },
        Draft {
            subject: "Invoices are sent twice".to_owned(),
            ..draft()
        },
        Draft {
            subject: "  ".to_owned(),
            ..draft()
        },
    ] {
        assert_eq!(found(&other, "crm", &all), None, "{other:?}");
    }
}

#[test]
fn a_closed_request_is_not_pointed_out_and_one_on_hold_is() {
    let with = |status| {
        [Receipt {
            status,
            ..receipt("PS-EU-000001")
        }]
    };
    assert_eq!(found(&draft(), "crm", &with(Status::Closed)), None);
    assert!(found(&draft(), "crm", &with(Status::OnHold)).is_some());
}

#[test]
fn subjects_are_compared_as_the_cases_of_the_rules_say() {
    let file = include_str!("../../crates/rules/fixtures/subjects.json");
    let cases: Vec<Value> = serde_json::from_str(file).expect("cases");
    for case in cases {
        let text = |name: &str| case[name].as_str().expect("text").to_owned();
        let written = Draft {
            subject: text("a"),
            ..draft()
        };
        let filed = Receipt {
            subject: text("b"),
            ..receipt("PS-EU-000001")
        };
        let near = case["near"] == Value::Bool(true) && !text("a").trim().is_empty();
        assert_eq!(found(&written, "crm", &[filed]).is_some(), near, "{case}");
        assert_eq!(
            similar::near_equal(&text("b"), &text("a")),
            case["near"],
            "{case}"
        );
    }
}

fn typed(org_id: &str) -> Desk {
    let mut desk = Desk::on_form();
    desk.act(Action::Edited(Input::OrgId(org_id.to_owned())));
    desk
}

fn alike(desk: &mut Desk, receipts: Vec<Receipt>) {
    let attempt = attempt!(desk, LookAlike);
    desk.act(Action::AlikeLoaded {
        attempt,
        result: Ok(receipts),
    });
}

fn read(desk: &mut Desk, address: &str) {
    let attempt = attempt!(desk, ReadUsual);
    desk.act(Action::UsualRead {
        attempt,
        address: Rc::from(address),
    });
}

fn offer(desk: &Desk) -> Option<&str> {
    let state = &desk.state;
    state
        .alike
        .offer(&state.form.draft)
        .map(|address| &**address)
}

#[test]
fn the_address_last_used_for_the_organisation_is_offered_and_not_filled_in() {
    let mut desk = typed("20000000001");
    alike(
        &mut desk,
        vec![receipt("PS-EU-000002"), receipt("PS-EU-000001")],
    );
    let usual = desk.state.alike.usual.as_ref().expect("one to be read");
    assert_eq!(&*usual.reference, "PS-EU-000002");
    assert_eq!(offer(&desk), None);
    read(&mut desk, "admin@large.example");
    assert_eq!(offer(&desk), Some("admin@large.example"));
    assert_eq!(desk.state.form.draft.superadmin_email, "");
    desk.act(Action::UsualTaken);
    assert_eq!(
        desk.state.form.draft.superadmin_email,
        "admin@large.example"
    );
    assert_eq!(offer(&desk), None);
}

#[test]
fn nothing_is_offered_over_what_somebody_has_typed_or_declared() {
    let mut desk = typed("20000000001");
    alike(&mut desk, vec![receipt("PS-EU-000001")]);
    read(&mut desk, "admin@large.example");
    desk.act(Action::Edited(Input::SuperadminUnknown(true)));
    assert_eq!(offer(&desk), None);
    desk.act(Action::Edited(Input::SuperadminUnknown(false)));
    desk.act(Action::Edited(Input::SuperadminEmail(
        "other@large.example".to_owned(),
    )));
    desk.act(Action::UsualTaken);
    assert_eq!(
        desk.state.form.draft.superadmin_email,
        "other@large.example"
    );
}

#[test]
fn another_organisation_and_another_kind_of_id_have_another_address_or_none() {
    let mut desk = typed("20000000001");
    alike(&mut desk, vec![receipt("PS-EU-000001")]);
    read(&mut desk, "admin@large.example");
    desk.act(Action::Edited(Input::OrgIdKind(OrgIdKind::Zgid)));
    assert_eq!(offer(&desk), None);
    desk.act(Action::Edited(Input::OrgIdKind(OrgIdKind::Zoid)));
    read(&mut desk, "admin@large.example");
    assert_eq!(offer(&desk), Some("admin@large.example"));
    desk.act(Action::Edited(Input::OrgId("20000000002".to_owned())));
    assert_eq!(offer(&desk), None);
}

#[test]
fn a_request_without_an_address_offers_none_and_signing_out_forgets() {
    let mut desk = typed("20000000001");
    alike(&mut desk, vec![receipt("PS-EU-000001")]);
    read(&mut desk, "");
    assert_eq!(offer(&desk), None);
    desk.act(Action::SignedOut);
    assert_eq!(desk.state.alike.usual, None);
}
