//! Replying to a request, closing it and reopening it: nothing lost, nothing twice, nothing untrue.

use crate::conversing::{REFERENCE, load, message, plain, ticket};
use crate::desk::{Desk, receipt};
use partner_desk::state::action::Answer;
use partner_desk::state::files::{FilesAction, Picked};
use partner_desk::state::outbox::{Entry, Outbox, Standing};
use partner_desk::state::reply::{Act, Writing};
use partner_desk::state::signal::{Errand, FocusTarget, HostEvent, Spoken};
use partner_desk::state::storage::{Kept, Mirror};
use partner_desk::state::submission::{Taken, What};
use partner_desk::state::transition::{ConversingAction, OutboxAction};
use partner_desk::state::{Action, Effect, Fault, Screen, pending};
use partner_rules::ViolationCode;
use partner_rules::wire::Status;
use std::rc::Rc;

const DOWN: Fault = Fault::Unreachable;

fn act(desk: &mut Desk, action: ConversingAction) {
    desk.act(Action::Conversing(action));
}

fn outbox(desk: &mut Desk, action: fn(Rc<str>) -> OutboxAction, key: &str) {
    desk.act(Action::Outbox(action(Rc::from(key))));
}

fn typed(desk: &mut Desk, text: &str) {
    act(desk, ConversingAction::Typed(Rc::from(text)));
}

fn writing(desk: &Desk) -> Writing {
    desk.state
        .writings
        .of(REFERENCE)
        .cloned()
        .unwrap_or_default()
}

fn replying() -> Desk {
    let mut desk = plain();
    typed(&mut desk, "  Only in Firefox. ");
    act(&mut desk, ConversingAction::Send);
    desk
}

fn only(desk: &Desk) -> &Rc<Entry> {
    desk.state.outbox.entries.first().expect("an entry")
}

fn taken(desk: &mut Desk, what: What) {
    let endpoint = Rc::from("https://desk.example");
    desk.answer(Answer::Taken(Box::new(Taken { endpoint, what })));
}

fn replied(desk: &mut Desk, id: &str) {
    taken(desk, What::Message(message(id, "2026-11-23T11:00:00Z")));
}

fn with_status(status: Status) -> What {
    let mut receipt = receipt(REFERENCE);
    receipt.status = status;
    What::Switched(Box::new(receipt))
}

fn refused(fault: Fault) -> Answer {
    Answer::Refused {
        fault,
        violations: Vec::new(),
    }
}

fn spoken(desk: &Desk) -> Option<&Spoken> {
    desk.state.signals.spoken.as_ref().map(|(_, said)| said)
}

fn attach(desk: &mut Desk, id: &str) {
    let picked = Picked {
        id: Rc::from(id),
        name: Rc::from("a.log"),
        size: 10,
    };
    act(
        desk,
        ConversingAction::Files(FilesAction::Picked(vec![picked])),
    );
}

#[test]
fn a_reply_goes_into_the_outbox_frozen_and_the_draft_is_empty() {
    let desk = replying();
    let entry = only(&desk);
    let remark = entry.remark().expect("a remark");
    assert_eq!(
        (remark.act, &*remark.reference, &*remark.text),
        (Act::Reply, REFERENCE, "Only in Firefox.")
    );
    assert_eq!(&*entry.key, "key-1", "made with the first letter");
    assert!(matches!(
        entry.standing,
        Standing::Sending {
            uncertain: false,
            ..
        }
    ));
    assert!(writing(&desk).is_blank());
    assert_eq!(writing(&desk).key, None, "the next one is another one");
    assert_eq!(desk.state.outbox.unsent(), 1);
}

#[test]
fn an_accepted_reply_is_shown_at_once_and_said() {
    let mut desk = replying();
    replied(&mut desk, "1");
    assert!(desk.state.outbox.entries.is_empty());
    let shown = desk.state.detail.ticket().expect("shown");
    assert_eq!(shown.more.messages.len(), 1);
    assert!(matches!(spoken(&desk), Some(Spoken::Replied { .. })));
    let over = desk.state.signals.errands.iter().any(|(_, errand)| {
        matches!(errand, Errand::KeepOver { key, reference: Some(_) } if &**key == "key-1")
    });
    assert!(over, "other tabs learn it");
    let again = ticket(vec![message("1", "2026-11-23T11:00:00Z")], Vec::new());
    load(&mut desk, Ok(again));
    let shown = desk.state.detail.ticket().expect("shown");
    assert_eq!(shown.more.messages.len(), 1, "not twice");
}

#[test]
fn nothing_and_too_much_are_said_at_the_field() {
    let mut desk = plain();
    for (text, code) in [
        (String::from(" \n "), ViolationCode::Required),
        ("x".repeat(32_001), ViolationCode::TooLong),
        (String::from("a\u{7}b"), ViolationCode::ControlCharacter),
    ] {
        typed(&mut desk, &text);
        act(&mut desk, ConversingAction::Send);
        assert_eq!(writing(&desk).wrong.map(|(code, _)| code), Some(code));
        assert_eq!(desk.focus(), Some(&FocusTarget::Id("pd-reply")));
        assert!(desk.state.outbox.entries.is_empty());
    }
    typed(&mut desk, &"ü".repeat(32_000));
    assert_eq!(writing(&desk).wrong, None, "gone with the next letter");
    act(&mut desk, ConversingAction::Send);
    assert_eq!(desk.outbox().len(), 1);
}

#[test]
fn an_unknown_reply_goes_again_with_the_same_key_and_text() {
    let mut desk = replying();
    desk.unknown();
    let before = only(&desk).clone();
    assert!(Outbox::may_be_stored(&before));
    assert!(matches!(
        desk.events().last(),
        Some(HostEvent::Failed {
            retryable: true,
            ..
        })
    ));
    typed(&mut desk, "Something else");
    desk.pause_ends();
    let now = only(&desk);
    assert_eq!((&now.key, &now.parcel), (&before.key, &before.parcel));
    replied(&mut desk, "1");
    assert_eq!(&*writing(&desk).text, "Something else");
}

#[test]
fn what_has_not_left_waits_and_can_be_written_on() {
    let mut desk = replying();
    desk.answer(Answer::NotSent(DOWN));
    assert!(matches!(
        desk.events().last(),
        Some(HostEvent::Queued { .. })
    ));
    assert_eq!(spoken(&desk), Some(&Spoken::RemarkQueued));
    typed(&mut desk, "And in Safari.");
    desk.act(Action::Back);
    outbox(&mut desk, OutboxAction::Edit, "key-1");
    assert_eq!(desk.state.screen, Screen::Request(Rc::from(REFERENCE)));
    assert_eq!(&*writing(&desk).text, "Only in Firefox.\n\nAnd in Safari.");
    assert_eq!(writing(&desk).key.as_deref(), Some("key-1"));
    assert!(desk.state.outbox.entries.is_empty());
}

#[test]
fn what_may_have_arrived_is_neither_edited_nor_thrown_away() {
    let mut desk = replying();
    desk.unknown();
    outbox(&mut desk, OutboxAction::Edit, "key-1");
    outbox(&mut desk, OutboxAction::Cancel, "key-1");
    assert_eq!(desk.outbox().len(), 1);
    assert_eq!(spoken(&desk), Some(&Spoken::NotCancelled));
}

#[test]
fn what_is_thrown_away_can_be_taken_back() {
    let mut desk = replying();
    desk.answer(Answer::NotSent(DOWN));
    outbox(&mut desk, OutboxAction::Cancel, "key-1");
    assert!(desk.outbox().is_empty());
    desk.act(Action::Outbox(OutboxAction::Undo));
    assert_eq!(desk.outbox().len(), 1);
}

#[test]
fn a_request_that_was_closed_meanwhile_keeps_the_reply_and_is_looked_at_again() {
    let mut desk = replying();
    desk.answer(refused(Fault::TicketClosed));
    let standing = Standing::Refused {
        fault: Fault::TicketClosed,
    };
    assert_eq!(desk.outbox(), [("key-1", &standing)]);
    assert!(desk.state.detail.fetching().is_some());
    outbox(&mut desk, OutboxAction::Send, "key-1");
    replied(&mut desk, "1");
    assert!(desk.outbox().is_empty(), "after it was reopened");
}

#[test]
fn replies_arrive_in_their_order() {
    let mut desk = replying();
    desk.unknown();
    typed(&mut desk, "Second");
    act(&mut desk, ConversingAction::Send);
    let sending = |desk: &Desk| {
        let entries = desk.state.outbox.entries.iter();
        let sent = entries.filter(|entry| matches!(entry.standing, Standing::Sending { .. }));
        sent.map(|entry| entry.key.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(sending(&desk), ["key-1"], "the first one is asked about");
    assert_eq!(desk.written().len(), 0, "nobody is known yet");
    desk.unknown();
    desk.pause_ends();
    assert_eq!(sending(&desk), ["key-1"]);
    replied(&mut desk, "1");
    assert_eq!(sending(&desk), ["key-2"], "at once");
    replied(&mut desk, "2");
    assert!(desk.outbox().is_empty());
}

#[test]
fn a_refused_reply_keeps_no_other_from_going() {
    let mut desk = replying();
    desk.answer(refused(Fault::KeyUsed));
    typed(&mut desk, "Second");
    act(&mut desk, ConversingAction::Send);
    replied(&mut desk, "2");
    assert_eq!(desk.outbox().len(), 1);
    outbox(&mut desk, OutboxAction::Edit, "key-1");
    assert_eq!(
        writing(&desk).key.as_deref(),
        Some("key-3"),
        "the old one stands for something else"
    );
}

#[test]
fn closing_asks_nothing_when_nothing_is_typed() {
    let mut desk = plain();
    act(&mut desk, ConversingAction::Switch(Act::Close));
    act(&mut desk, ConversingAction::Switch(Act::Close));
    let remark = only(&desk).remark().expect("a remark");
    assert_eq!((remark.act, &*remark.text), (Act::Close, ""));
    assert_eq!(desk.outbox().len(), 1, "pressed twice");
    taken(&mut desk, with_status(Status::Closed));
    let shown = desk.state.detail.ticket().expect("shown");
    assert_eq!(shown.receipt.status, Status::Closed);
    assert!(matches!(spoken(&desk), Some(Spoken::Closed { .. })));
    assert_eq!(desk.focus(), Some(&FocusTarget::Id("pd-switch")));
}

#[test]
fn a_closing_that_waits_goes_when_the_button_is_pressed_again() {
    let mut desk = plain();
    act(&mut desk, ConversingAction::Switch(Act::Close));
    desk.answer(Answer::NotSent(DOWN));
    act(&mut desk, ConversingAction::Switch(Act::Close));
    assert_eq!(desk.outbox().len(), 1, "the same one");
    taken(&mut desk, with_status(Status::Closed));
    assert!(desk.outbox().is_empty());
}

#[test]
fn a_reason_goes_along_and_one_that_is_too_long_does_not() {
    let mut desk = plain();
    act(&mut desk, ConversingAction::ReasonWanted);
    act(
        &mut desk,
        ConversingAction::ReasonTyped(Rc::from("x".repeat(1_001))),
    );
    act(&mut desk, ConversingAction::Switch(Act::Close));
    assert!(desk.state.outbox.entries.is_empty());
    assert_eq!(
        writing(&desk).reason_wrong,
        Some((ViolationCode::TooLong, Some(1_000)))
    );
    act(
        &mut desk,
        ConversingAction::ReasonTyped(Rc::from(" Solved ")),
    );
    act(&mut desk, ConversingAction::Switch(Act::Close));
    let remark = only(&desk).remark().expect("a remark");
    assert_eq!(&*remark.text, "Solved");
    assert_eq!(&*writing(&desk).reason, "");
}

#[test]
fn closing_loses_no_reply_that_is_typed() {
    let mut desk = plain();
    typed(&mut desk, "Wait");
    act(&mut desk, ConversingAction::Switch(Act::Close));
    assert!(writing(&desk).asking);
    assert!(desk.state.outbox.entries.is_empty(), "it asks first");
    act(&mut desk, ConversingAction::StayOpen);
    assert!(!writing(&desk).asking);
    act(&mut desk, ConversingAction::Switch(Act::Close));
    act(&mut desk, ConversingAction::CloseOnly);
    assert_eq!(desk.outbox().len(), 1);
    assert_eq!(&*writing(&desk).text, "Wait");
}

#[test]
fn the_reply_goes_before_the_closing() {
    let mut desk = plain();
    typed(&mut desk, "Solved, thank you.");
    act(&mut desk, ConversingAction::Switch(Act::Close));
    act(&mut desk, ConversingAction::SendAndClose);
    let acts = |desk: &Desk| {
        let entries = desk.state.outbox.entries.iter();
        let acts = entries.filter_map(|entry| Some(entry.remark()?.act));
        acts.collect::<Vec<_>>()
    };
    assert_eq!(acts(&desk), [Act::Reply, Act::Close]);
    replied(&mut desk, "1");
    assert_eq!(acts(&desk), [Act::Close]);
    taken(&mut desk, with_status(Status::Closed));
    assert!(acts(&desk).is_empty());
}

#[test]
fn closing_what_is_closed_is_done_and_gives_the_reason_back() {
    let mut desk = plain();
    act(&mut desk, ConversingAction::ReasonTyped(Rc::from("Solved")));
    act(&mut desk, ConversingAction::Switch(Act::Close));
    desk.answer(refused(Fault::TicketClosed));
    assert!(desk.outbox().is_empty());
    assert_eq!(&*writing(&desk).reason, "Solved");
    assert!(desk.state.detail.fetching().is_some());
    assert_eq!(spoken(&desk), Some(&Spoken::NotSent(Fault::TicketClosed)));
}

#[test]
fn files_go_up_while_somebody_types_and_belong_to_the_reply() {
    let mut desk = plain();
    attach(&mut desk, "file-1");
    let attempt = attempt!(desk, Upload);
    typed(&mut desk, "See the log.");
    act(&mut desk, ConversingAction::Send);
    assert_eq!(only(&desk).files.list.len(), 1);
    assert!(writing(&desk).files.list.is_empty());
    let submits = |desk: &Desk| {
        let all = pending(&desk.state);
        all.iter()
            .any(|effect| matches!(effect, Effect::Submit { .. }))
    };
    assert!(!submits(&desk), "first the file");
    desk.act(Action::Files(FilesAction::Answered {
        attempt,
        arrival: partner_desk::state::files::Arrival::Uploaded(
            partner_desk::state::files::Uploaded {
                id: Rc::from("upload-1"),
                expires_at_ms: None,
            },
        ),
    }));
    assert!(submits(&desk));
    replied(&mut desk, "1");
    let dropped = desk.state.signals.errands.iter();
    let dropped = dropped.filter(|(_, errand)| matches!(errand, Errand::DropFiles(_)));
    assert_eq!(dropped.count(), 1, "the bytes are not needed any more");
}

#[test]
fn every_change_of_a_draft_is_written_and_sending_writes_both_at_once() {
    let mut desk = plain();
    desk.identify(Kept::default());
    let _before = desk.written();
    typed(&mut desk, "Only");
    let reference: Rc<str> = Rc::from(REFERENCE);
    assert_eq!(desk.written(), [Mirror::writing(&reference)]);
    act(&mut desk, ConversingAction::Send);
    let together = Mirror {
        entries: vec![Rc::from("key-1")],
        ..Mirror::writing(&reference)
    };
    assert_eq!(desk.written(), [together]);
}

fn kept(text: &str, revision: u32) -> Kept {
    Kept {
        writings: vec![Writing {
            reference: Rc::from(REFERENCE),
            text: Rc::from(text),
            key: Some(Rc::from("kept-key")),
            revision,
            ..Writing::default()
        }],
        ..Kept::default()
    }
}

#[test]
fn a_draft_is_there_again_after_a_reload_and_keeps_its_key() {
    let mut desk = plain();
    desk.identify(kept("From before", 3));
    assert_eq!(&*writing(&desk).text, "From before");
    assert!(writing(&desk).restored);
    act(&mut desk, ConversingAction::Send);
    assert_eq!(&*only(&desk).key, "kept-key");
}

#[test]
fn what_was_typed_before_the_draft_was_read_stands_behind_it() {
    let mut desk = plain();
    typed(&mut desk, "Since then");
    desk.identify(kept("From before", 3));
    assert_eq!(&*writing(&desk).text, "From before\n\nSince then");
}

#[test]
fn a_draft_that_is_read_twice_stands_there_once() {
    let mut desk = plain();
    desk.identify(kept("From before", 3));
    let mut options = crate::desk::options("eu");
    options.storage = false;
    desk.act(Action::OptionsChanged(Rc::new(options)));
    desk.act(Action::OptionsChanged(Rc::new(crate::desk::options("eu"))));
    desk.read(Ok(kept("From before", 3)));
    assert_eq!(&*writing(&desk).text, "From before");
}

#[test]
fn the_newer_draft_counts_wherever_it_was_typed() {
    let mut desk = plain();
    desk.identify(kept("From before", 3));
    desk.act(Action::KeptElsewhere);
    desk.read(Ok(kept("In the other tab", 9)));
    assert_eq!(&*writing(&desk).text, "In the other tab");
    desk.act(Action::KeptElsewhere);
    desk.read(Ok(kept("Older", 5)));
    assert_eq!(&*writing(&desk).text, "In the other tab");
    desk.act(Action::KeptElsewhere);
    desk.read(Ok(kept("", 12)));
    assert!(writing(&desk).is_blank(), "it was sent there");
}

#[test]
fn a_reply_that_another_tab_has_sent_is_over_here_and_looked_for() {
    let mut desk = plain();
    desk.identify(Kept::default());
    typed(&mut desk, "Only");
    act(&mut desk, ConversingAction::Send);
    desk.answer(Answer::NotSent(DOWN));
    desk.act(Action::KeptElsewhere);
    desk.read(Ok(Kept {
        over: vec![(Rc::from("key-1"), Some(Rc::from(REFERENCE)))],
        ..Kept::default()
    }));
    assert!(desk.outbox().is_empty());
    assert!(desk.state.detail.fetching().is_some());
}

#[test]
fn nothing_of_a_draft_stays_for_the_next_one_who_signs_in() {
    let mut desk = plain();
    typed(&mut desk, "Secret");
    desk.act(Action::SignedOut);
    assert!(desk.state.writings.all.is_empty());
}

#[test]
fn signing_out_sends_replies_first_and_counts_those_that_stay() {
    let mut desk = replying();
    desk.answer(Answer::NotSent(DOWN));
    typed(&mut desk, "Second");
    act(&mut desk, ConversingAction::Send);
    desk.answer(Answer::NotSent(DOWN));
    desk.act(Action::SignOutWanted);
    replied(&mut desk, "1");
    desk.unknown();
    let left = desk.state.signals.errands.iter().find_map(|(_, errand)| {
        if let Errand::Left { sent, dropped } = errand {
            Some((*sent, *dropped))
        } else {
            None
        }
    });
    assert_eq!(left, Some((1, 1)));
}
