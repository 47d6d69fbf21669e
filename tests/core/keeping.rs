//! What is kept in the browser: restored after a reload, the same in every tab, gone with the person.

use crate::desk::{Desk, options};
use partner_desk::options::Options;
use partner_desk::state::action::Answer;
use partner_desk::state::files::Files;
use partner_desk::state::outbox::{Entry, Standing};
use partner_desk::state::signal::Errand;
use partner_desk::state::storage::{Kept, KeptDraft, Lack, Mirror, Storage};
use partner_desk::state::transition::{OutboxAction, kept_draft};
use partner_desk::state::{Action, Effect, Fault, Input, Screen, pending};
use partner_rules::Draft;
use std::rc::Rc;

fn kept(subject: &str, revision: u32) -> Kept {
    Kept {
        draft: Some(KeptDraft {
            draft: Draft {
                subject: subject.to_owned(),
                ..Draft::default()
            },
            files: Files::default(),
            key: (!subject.is_empty()).then(|| Rc::from("kept-key")),
            revision,
        }),
        ..Kept::default()
    }
}

fn typing(desk: &mut Desk, subject: &str) {
    desk.act(Action::Edited(Input::Subject(subject.to_owned())));
}

fn reads(desk: &Desk) -> bool {
    pending(&desk.state)
        .iter()
        .any(|effect| matches!(effect, Effect::ReadKept { .. }))
}

fn entry(key: &str, standing: Standing) -> Entry {
    let mut desk = Desk::complete();
    desk.act(Action::Submit);
    Entry {
        key: Rc::from(key),
        standing,
        ..desk.shown().clone()
    }
}

#[test]
fn a_draft_is_restored_with_its_key_and_said_to_be() {
    let mut desk = Desk::on_form();
    desk.identify(kept("From before", 7));
    assert_eq!(desk.state.form.draft.subject, "From before");
    assert_eq!(desk.state.form.key.as_deref(), Some("kept-key"));
    assert!(desk.state.restored);
    assert!(
        !desk.state.form.errors.iter().any(|_| true),
        "nothing is red yet"
    );
}

#[test]
fn every_edit_is_kept_once_the_place_is_known() {
    let mut desk = Desk::on_form();
    typing(&mut desk, "Early");
    assert!(desk.written().is_empty(), "nobody knows whose it is");
    desk.identify(Kept::default());
    assert_eq!(desk.written(), [Mirror::draft()], "what was typed before");
    typing(&mut desk, "Late");
    typing(&mut desk, "Later");
    assert_eq!(desk.written(), [Mirror::draft()], "one writing holds both");
    assert_eq!(kept_draft(&desk.state).draft.subject, "Later");
}

#[test]
fn what_the_page_filled_in_is_no_draft() {
    let mut desk = Desk::on_form();
    desk.identify(Kept::default());
    let prefill = Draft {
        subject: "By the page".to_owned(),
        ..Draft::default()
    };
    desk.act(Action::Prefilled(prefill));
    assert!(desk.written().is_empty());
    assert_eq!(kept_draft(&desk.state).draft, Draft::default());
}

#[test]
fn a_restored_draft_goes_before_what_the_page_fills_in() {
    let mut desk = Desk::on_form();
    desk.act(Action::Prefilled(Draft {
        subject: "By the page".to_owned(),
        service: "Zoho CRM".to_owned(),
        ..Draft::default()
    }));
    desk.identify(kept("From before", 7));
    assert_eq!(desk.state.form.draft.subject, "From before");
    assert_eq!(
        desk.state.form.draft.service, "Zoho CRM",
        "empty fields are filled"
    );
    assert!(desk.state.restored);
}

#[test]
fn what_was_typed_before_reading_was_done_and_what_was_kept_both_stay() {
    let mut desk = Desk::on_form();
    typing(&mut desk, "Quick");
    desk.identify(kept("From before", 7));
    assert_eq!(desk.state.form.draft.subject, "Quick");
    assert_eq!(desk.outbox(), [("kept-key", &Standing::Aside)]);
}

#[test]
fn a_discarded_draft_can_be_taken_back() {
    let mut desk = Desk::on_form();
    desk.identify(kept("From before", 7));
    desk.act(Action::DraftDiscarded);
    assert!(desk.state.form.is_empty());
    assert_eq!(kept_draft(&desk.state).draft, Draft::default());
    desk.act(Action::DraftTakenBack);
    assert_eq!(desk.state.form.draft.subject, "From before");
    assert_eq!(desk.state.form.key.as_deref(), Some("kept-key"));
}

#[test]
fn the_newer_draft_of_another_tab_is_taken_and_an_older_one_is_not() {
    let mut desk = Desk::on_form();
    desk.identify(kept("From before", 7));
    desk.act(Action::KeptElsewhere);
    desk.read(Ok(kept("Newer", 8)));
    assert_eq!(desk.state.form.draft.subject, "Newer");
    typing(&mut desk, "Newest, here");
    desk.act(Action::KeptElsewhere);
    desk.read(Ok(kept("Newer", 8)));
    assert_eq!(desk.state.form.draft.subject, "Newest, here");
}

#[test]
fn a_draft_that_another_tab_has_submitted_leaves_the_form() {
    let mut desk = Desk::on_form();
    desk.identify(kept("From before", 7));
    desk.act(Action::KeptElsewhere);
    let mut submitted = kept("", 8);
    submitted.entries.push(entry(
        "kept-key",
        Standing::Unknown {
            fault: Fault::Unreachable,
        },
    ));
    desk.read(Ok(submitted));
    assert!(desk.state.form.is_empty());
    assert_eq!(desk.outbox().len(), 1);
}

#[test]
fn after_a_reload_the_outbox_is_there_and_goes_on() {
    let mut desk = Desk::new("eu");
    desk.act(Action::Opened {
        screen: None,
        now_ms: 0,
    });
    desk.connect(partner_rules::wire::Access::Company);
    desk.identify(Kept {
        entries: vec![entry(
            "key-9",
            Standing::Unknown {
                fault: Fault::Unreachable,
            },
        )],
        ..Kept::default()
    });
    assert_eq!(desk.outbox().len(), 1);
    desk.pause_ends();
    desk.accept();
    assert!(desk.outbox().is_empty());
}

#[test]
fn what_another_tab_has_sent_leaves_the_outbox_and_the_form() {
    let mut desk = Desk::complete();
    desk.identify(Kept::default());
    desk.act(Action::Submit);
    let key = desk.key_sent();
    desk.unknown();
    desk.act(Action::KeptElsewhere);
    desk.read(Ok(Kept {
        over: vec![(key, Some(Rc::from("PS-EU-000001")))],
        ..Kept::default()
    }));
    assert!(desk.outbox().is_empty());
    assert_eq!(desk.state.screen, Screen::Requests);
    assert!(!desk.state.submission.is_frozen());
}

#[test]
fn while_it_is_under_way_here_another_tab_s_word_changes_nothing() {
    let mut desk = Desk::complete();
    desk.identify(Kept::default());
    desk.act(Action::Submit);
    let key = desk.key_sent();
    desk.act(Action::KeptElsewhere);
    desk.read(Ok(Kept {
        over: vec![(key, None)],
        ..Kept::default()
    }));
    assert_eq!(desk.outbox().len(), 1);
    desk.accept();
}

#[test]
fn storage_that_is_wiped_by_others_drops_nothing() {
    let mut desk = Desk::complete();
    desk.identify(Kept::default());
    desk.act(Action::Submit);
    desk.unknown();
    desk.act(Action::KeptElsewhere);
    desk.read(Ok(Kept::default()));
    assert_eq!(desk.outbox().len(), 1);
}

#[test]
fn what_is_submitted_is_written_before_it_leaves() {
    let mut desk = Desk::complete();
    desk.identify(Kept::default());
    let _typed = desk.written();
    desk.act(Action::Submit);
    let effects = pending(&desk.state);
    let at = |wanted: &dyn Fn(&Effect) -> bool| effects.iter().position(wanted);
    let errand = at(&|effect| matches!(effect, Effect::Errand { .. }));
    let submit = at(&|effect| matches!(effect, Effect::Submit { .. }));
    assert!(errand < submit, "writing is asked for first: {effects:?}");
    let entries: Vec<_> = desk
        .written()
        .into_iter()
        .flat_map(|mirror| mirror.entries)
        .collect();
    assert_eq!(entries, [Rc::from("key-1")]);
    assert_eq!(
        kept_draft(&desk.state).draft,
        Draft::default(),
        "it is the outbox's now"
    );
}

#[test]
fn an_acceptance_is_told_to_other_tabs() {
    let mut desk = Desk::complete();
    desk.identify(Kept::default());
    desk.act(Action::Submit);
    desk.accept();
    let over = Errand::KeepOver {
        key: Rc::from("key-1"),
        reference: Some(Rc::from("PS-EU-000001")),
    };
    assert!(
        desk.state
            .signals
            .errands
            .iter()
            .any(|(_, errand)| *errand == over)
    );
}

#[test]
fn without_storage_everything_works_and_the_form_knows() {
    let mut off = options("eu");
    off.storage = false;
    let mut desk = Desk::complete();
    desk.state.options = Rc::new(off);
    desk.act(Action::Identified(Some(Rc::from("owner"))));
    assert!(!reads(&desk));
    assert_eq!(desk.state.storage, Storage::Off);
    desk.act(Action::Submit);
    assert!(desk.written().is_empty());
    desk.accept();
    assert_eq!(desk.state.screen, Screen::Receipt);
}

#[test]
fn a_browser_that_refuses_is_no_obstacle() {
    let mut desk = Desk::complete();
    desk.act(Action::Identified(Some(Rc::from("owner"))));
    desk.read(Err(Lack::Refused));
    assert_eq!(desk.state.storage, Storage::Lacking(Lack::Refused));
    desk.act(Action::Submit);
    assert!(desk.written().is_empty());
    desk.answer(Answer::NotSent(Fault::Unreachable));
    assert_eq!(desk.outbox().len(), 1, "it waits in the page");
}

#[test]
fn full_storage_is_said_and_tried_again() {
    let mut desk = Desk::on_form();
    desk.identify(Kept::default());
    typing(&mut desk, "Long");
    desk.act(Action::Written(Err(Lack::Full)));
    assert_eq!(desk.state.storage, Storage::Lacking(Lack::Full));
    let _before = desk.written();
    typing(&mut desk, "Short");
    assert_eq!(desk.written(), [Mirror::draft()]);
    desk.act(Action::Written(Ok(())));
    assert_eq!(desk.state.storage, Storage::Ready);
}

#[test]
fn switching_storage_off_removes_what_is_there() {
    let mut desk = Desk::on_form();
    desk.identify(Kept::default());
    let off = Options {
        storage: false,
        ..options("eu")
    };
    desk.act(Action::OptionsChanged(Rc::new(off)));
    assert_eq!(desk.state.storage, Storage::Off);
    let purge = Errand::Purge {
        owner: Some(Rc::from("owner")),
        tell: false,
    };
    assert!(
        desk.state
            .signals
            .errands
            .iter()
            .any(|(_, errand)| *errand == purge)
    );
}

#[test]
fn somebody_who_was_signed_out_elsewhere_leaves_nothing_here() {
    let mut desk = Desk::complete();
    desk.identify(Kept::default());
    desk.act(Action::SignedOutElsewhere);
    assert!(desk.state.form.is_empty());
    assert_eq!(desk.state.owner, None);
    let purges = |(_, errand): &(u32, Errand)| matches!(errand, Errand::Purge { .. });
    assert!(
        !desk.state.signals.errands.iter().any(purges),
        "that tab has done it"
    );
}

#[test]
fn another_data_centre_s_outbox_is_not_mixed_in() {
    let mut desk = Desk::complete();
    desk.identify(Kept::default());
    desk.act(Action::Submit);
    desk.unknown();
    desk.act(Action::Identified(Some(Rc::from("other"))));
    desk.read(Ok(Kept::default()));
    assert!(desk.outbox().is_empty());
    assert!(!desk.state.submission.is_frozen());
}

#[test]
fn a_reading_from_before_a_cancellation_brings_nothing_back() {
    let mut desk = Desk::complete();
    desk.identify(Kept::default());
    desk.act(Action::Submit);
    desk.answer(Answer::NotSent(Fault::Unreachable));
    let before = desk.shown().clone();
    desk.act(Action::KeptElsewhere);
    let early = read_attempt(&desk);
    desk.act(Action::Outbox(OutboxAction::Cancel(Rc::clone(&before.key))));
    let result = Ok(Box::new(Kept {
        entries: vec![before],
        ..Kept::default()
    }));
    desk.act(Action::KeptRead {
        attempt: early,
        result,
    });
    assert!(desk.outbox().is_empty());
    assert_ne!(read_attempt(&desk), early, "it is read once more");
}

fn read_attempt(desk: &Desk) -> u32 {
    attempt!(desk, ReadKept)
}

#[test]
fn what_has_left_is_not_taken_for_unsent_because_a_writing_failed() {
    let mut desk = Desk::complete();
    desk.identify(Kept::default());
    desk.act(Action::Submit);
    desk.unknown();
    let stored = Entry {
        standing: Standing::Waiting {
            fault: Fault::Unreachable,
        },
        ..desk.shown().clone()
    };
    desk.act(Action::KeptElsewhere);
    desk.read(Ok(Kept {
        entries: vec![stored],
        ..Kept::default()
    }));
    assert!(matches!(
        desk.outbox().as_slice(),
        [(_, Standing::Unknown { .. })]
    ));
}

#[test]
fn submitting_writes_the_entry_together_with_the_empty_draft() {
    let mut desk = Desk::complete();
    desk.identify(Kept::default());
    let _typed = desk.written();
    desk.act(Action::Submit);
    assert_eq!(desk.written(), [Mirror::both(&Rc::from("key-1"))]);
}

#[test]
fn reading_again_starts_no_round_of_its_own() {
    let mut desk = Desk::complete();
    desk.identify(Kept::default());
    desk.act(Action::Submit);
    desk.answer(Answer::NotSent(Fault::Unreachable));
    desk.pause_ends();
    desk.answer(Answer::NotSent(Fault::Unreachable));
    let entry = desk.shown().clone();
    desk.act(Action::KeptElsewhere);
    desk.read(Ok(Kept {
        entries: vec![Entry {
            round: 0,
            ..entry.clone()
        }],
        ..Kept::default()
    }));
    assert_eq!(desk.shown().round, entry.round);
}

#[test]
fn an_outcome_that_stayed_unknown_for_longer_than_keys_are_kept_is_not_sent_by_itself() {
    let mut desk = Desk::on_form();
    desk.state.now_ms = 40 * 86_400_000;
    desk.identify(Kept {
        entries: vec![entry(
            "key-9",
            Standing::Unknown {
                fault: Fault::Unreachable,
            },
        )],
        ..Kept::default()
    });
    assert_eq!(desk.outbox(), [("key-9", &Standing::Stale)]);
    let sends = |effect: &Effect| matches!(effect, Effect::Pause { .. } | Effect::Submit { .. });
    assert!(!pending(&desk.state).iter().any(sends));
    desk.act(Action::Outbox(OutboxAction::Edit(Rc::from("key-9"))));
    assert_eq!(desk.state.form.draft.subject, "Cannot sign in");
}

#[test]
fn a_full_disk_does_not_drop_what_only_the_page_knows() {
    let mut desk = Desk::complete();
    desk.identify(Kept::default());
    desk.act(Action::Written(Err(Lack::Full)));
    desk.act(Action::Submit);
    desk.answer(Answer::NotSent(Fault::Unreachable));
    desk.act(Action::Identified(Some(Rc::from("other"))));
    assert_eq!(desk.outbox().len(), 1);
}

#[test]
fn when_there_is_room_again_everything_is_written() {
    let mut desk = Desk::complete();
    desk.identify(Kept::default());
    desk.act(Action::Written(Err(Lack::Full)));
    desk.act(Action::Submit);
    desk.answer(Answer::NotSent(Fault::Unreachable));
    let _failed = desk.written();
    desk.act(Action::Written(Ok(())));
    let written = desk.written();
    assert!(
        written.contains(&Mirror::entry(&Rc::from("key-1"))),
        "{written:?}"
    );
    assert!(written.contains(&Mirror::draft()));
}

#[test]
fn another_owner_is_listened_to_anew() {
    let mut desk = Desk::on_form();
    desk.identify(Kept::default());
    let listens = |desk: &Desk| {
        desk.attempt(|effect| {
            if let Effect::Listen { since } = effect {
                Some(since)
            } else {
                None
            }
        })
    };
    let before = listens(&desk);
    desk.act(Action::Identified(Some(Rc::from("other"))));
    assert_ne!(listens(&desk), before);
}

#[test]
fn what_is_known_of_the_account_stays_while_another_tab_types() {
    let mut desk = Desk::complete();
    desk.identify(Kept::default());
    let attempt = attempt!(desk, Verify);
    let result = Ok(partner_rules::Account::Large);
    desk.act(Action::Verified { attempt, result });
    let mut typed = kept_draft(&desk.state);
    typed.draft.description.push_str(", and it goes on");
    typed.revision += 1;
    desk.act(Action::KeptElsewhere);
    desk.read(Ok(Kept {
        draft: Some(typed),
        ..Kept::default()
    }));
    assert!(desk.state.form.draft.description.ends_with("goes on"));
    assert_eq!(desk.outcome(), "priority");
    let asks = |effect: &Effect| matches!(effect, Effect::Verify { .. });
    assert!(!pending(&desk.state).iter().any(asks));
}
