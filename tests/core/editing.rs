//! Typing, leaving fields, errors and hints.

use crate::desk::Desk;
use partner_desk::state::signal::{Errand, FocusTarget, Spoken};
use partner_desk::state::{Action, Input, Screen};
use partner_rules::{Draft, Field, Outcome};

#[test]
fn the_preview_follows_every_edit() {
    let mut desk = Desk::on_form();
    assert_eq!(desk.outcome(), "incomplete");
    desk.act(Action::Edited(Input::Service("Zoho Campaigns".to_owned())));
    assert_eq!(desk.outcome(), "excluded");
    desk.fill("Zoho CRM", "20000000001", "admin@large.example");
    assert_eq!(desk.outcome(), "undecided");
}

#[test]
fn nothing_is_red_before_the_first_submit() {
    let mut desk = Desk::on_form();
    desk.act(Action::Edited(Input::OrgId("x".to_owned())));
    desk.act(Action::Left(Field::OrgId));
    assert!(desk.errors().is_empty());
}

#[test]
fn a_failed_submit_shows_every_error_and_takes_focus() {
    let mut desk = Desk::on_form();
    desk.act(Action::Submit);
    assert_eq!(
        desk.errors(),
        [
            Field::Service,
            Field::OrgId,
            Field::Subject,
            Field::Description,
            Field::SuperadminEmail
        ]
    );
    assert_eq!(desk.focus(), Some(&FocusTarget::ErrorSummary));
}

#[test]
fn an_error_goes_as_soon_as_its_cause_is_gone_and_comes_back_on_leaving() {
    let mut desk = Desk::on_form();
    desk.act(Action::Submit);
    desk.act(Action::Edited(Input::Subject("Cannot sign in".to_owned())));
    assert!(!desk.errors().contains(&Field::Subject));
    desk.act(Action::Edited(Input::Subject(String::new())));
    assert!(
        !desk.errors().contains(&Field::Subject),
        "never while somebody is typing"
    );
    desk.act(Action::Left(Field::Subject));
    assert!(desk.errors().contains(&Field::Subject));
}

#[test]
fn an_exact_service_is_taken_on_leaving_and_a_near_one_only_suggested() {
    let mut desk = Desk::on_form();
    desk.act(Action::Edited(Input::Service("crm".to_owned())));
    desk.act(Action::Left(Field::Service));
    assert_eq!(desk.state.form.draft.service, "Zoho CRM");

    desk.act(Action::Edited(Input::Service("Zoho Campagins".to_owned())));
    desk.act(Action::Left(Field::Service));
    assert_eq!(desk.state.form.draft.service, "Zoho Campagins");
    desk.act(Action::SuggestionTaken(Field::Service));
    assert_eq!(desk.state.form.draft.service, "Zoho Campaigns");
}

#[test]
fn the_number_of_services_is_not_announced_once_the_field_is_left() {
    let mut desk = Desk::on_form();
    desk.act(Action::OptionsCounted(3));
    let waiting = |desk: &Desk| {
        let errands = &desk.state.signals.errands;
        errands
            .iter()
            .any(|(_, errand)| matches!(errand, Errand::SayLater(_)))
    };
    assert!(waiting(&desk));
    desk.act(Action::Left(Field::Service));
    assert!(!waiting(&desk));
}

#[test]
fn hints_wait_until_the_field_has_been_left() {
    let mut desk = Desk::on_form();
    desk.act(Action::Edited(Input::OrgId("org808232144".to_owned())));
    assert_eq!(desk.state.form.hints(Field::OrgId).count(), 0);
    desk.act(Action::Left(Field::OrgId));
    assert!(desk.state.form.hints(Field::OrgId).count() > 0);
    assert_eq!(
        desk.state.form.draft.org_id, "org808232144",
        "what was typed stays"
    );
}

#[test]
fn not_knowing_the_address_moves_the_requirement() {
    let mut desk = Desk::on_form();
    desk.fill("Zoho CRM", "20000000001", "");
    desk.act(Action::Edited(Input::SuperadminUnknown(true)));
    assert_eq!(desk.outcome(), "manual");
    desk.act(Action::Edited(Input::OrgIdKind(
        partner_rules::OrgIdKind::Zgid,
    )));
    assert_eq!(desk.outcome(), "incomplete");
    desk.act(Action::Submit);
    assert_eq!(desk.errors(), [Field::CustomerEmail]);
    desk.act(Action::Edited(Input::Zuid("20012345678".to_owned())));
    assert_eq!(desk.outcome(), "manual");
}

#[test]
fn prefill_fills_empty_fields_only() {
    let mut desk = Desk::on_form();
    desk.act(Action::Edited(Input::Subject("Mine".to_owned())));
    desk.act(Action::Prefilled(Draft {
        service: "Zoho CRM".to_owned(),
        subject: "Theirs".to_owned(),
        ..Draft::default()
    }));
    assert_eq!(desk.state.form.draft.service, "Zoho CRM");
    assert_eq!(desk.state.form.draft.subject, "Mine");
}

#[test]
fn what_is_typed_survives_closing_and_other_screens() {
    let mut desk = Desk::complete();
    let typed = desk.state.form.draft.clone();
    desk.act(Action::Closed);
    desk.act(Action::Opened {
        screen: Some(Screen::Requests),
        now_ms: 5,
    });
    desk.act(Action::Go(Screen::AddTicket));
    assert_eq!(desk.state.form.draft, typed);
}

#[test]
fn the_verdict_is_said_although_the_service_field_was_left_at_once() {
    let mut desk = Desk::complete();
    desk.state.signals.errands.clear();
    desk.act(Action::Edited(Input::Service("Zoho Campaigns".into())));
    desk.act(Action::OptionsCounted(1));
    desk.act(Action::Left(Field::Service));
    let later: Vec<_> = desk
        .state
        .signals
        .errands
        .iter()
        .filter_map(|(_, errand)| {
            if let Errand::SayLater(said) = errand {
                Some(said.clone())
            } else {
                None
            }
        })
        .collect();
    assert_eq!(later, [Spoken::Verdict(Outcome::Excluded)]);
}
