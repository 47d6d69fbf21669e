//! Asking the endpoint about the account.

use crate::desk::Desk;
use partner_desk::state::{Action, Effect, Fault, Input, pending};
use partner_rules::Account;

fn attempt(desk: &Desk) -> u32 {
    attempt!(desk, Verify)
}

fn is_asking(desk: &Desk) -> bool {
    pending(&desk.state)
        .iter()
        .any(|effect| matches!(effect, Effect::Verify { .. }))
}

#[test]
fn a_complete_address_is_asked_about_and_refines_the_preview() {
    let mut desk = Desk::complete();
    let attempt = attempt(&desk);
    desk.act(Action::Verified {
        attempt,
        result: Ok(Account::Large),
    });
    assert_eq!(desk.outcome(), "priority");
    assert!(!is_asking(&desk));
}

#[test]
fn late_answer_is_ignored() {
    let mut desk = Desk::complete();
    let late = attempt(&desk);
    desk.act(Action::Edited(Input::SuperadminEmail(
        "other@company.example".to_owned(),
    )));
    desk.act(Action::Verified {
        attempt: late,
        result: Ok(Account::Large),
    });
    assert_eq!(desk.outcome(), "undecided");
    assert!(
        is_asking(&desk),
        "the new address is still to be asked about"
    );
}

#[test]
fn a_known_answer_is_kept_while_other_fields_change_and_dropped_with_the_address() {
    let mut desk = Desk::complete();
    let attempt = attempt(&desk);
    desk.act(Action::Verified {
        attempt,
        result: Ok(Account::Standard),
    });
    desk.act(Action::Edited(Input::Subject("Another subject".to_owned())));
    assert_eq!(desk.outcome(), "standard");
    assert!(!is_asking(&desk));
    desk.act(Action::Edited(Input::SuperadminEmail(
        "b@company.example".to_owned(),
    )));
    assert_eq!(desk.outcome(), "undecided");
}

#[test]
fn a_failed_verification_blocks_nothing() {
    let mut desk = Desk::complete();
    let attempt = attempt(&desk);
    desk.act(Action::Verified {
        attempt,
        result: Err(Fault::Unreachable),
    });
    assert_eq!(desk.outcome(), "undecided");
    assert!(!is_asking(&desk));
    desk.act(Action::Submit);
    assert!(
        pending(&desk.state)
            .iter()
            .any(|effect| matches!(effect, Effect::Submit { .. }))
    );
}

#[test]
fn an_incomplete_address_an_excluded_service_and_a_declared_gap_are_not_asked_about() {
    let mut desk = Desk::on_form();
    desk.fill("Zoho CRM", "20000000001", "admin@large");
    assert!(!is_asking(&desk));
    desk.fill("Zoho Campaigns", "20000000001", "admin@large.example");
    assert!(!is_asking(&desk));
    desk.fill("Zoho CRM", "20000000001", "admin@large.example");
    desk.act(Action::Edited(Input::SuperadminUnknown(true)));
    assert!(!is_asking(&desk));
}

#[test]
fn what_is_known_of_an_account_does_not_outlive_its_data_centre() {
    let mut desk = Desk::complete();
    let attempt = attempt(&desk);
    desk.act(Action::Verified {
        attempt,
        result: Ok(Account::Large),
    });
    desk.act(Action::OptionsChanged(std::rc::Rc::new(
        crate::desk::options("us"),
    )));
    desk.connect(partner_rules::wire::Access::Company);
    assert_eq!(desk.outcome(), "undecided");
    assert!(is_asking(&desk));
}
