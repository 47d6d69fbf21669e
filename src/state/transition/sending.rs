//! Transitions of sending a ticket: three results, not two – accepted, refused, unknown. And "not
//! sent", when nothing has left the browser.

use super::super::action::Answer;
use super::super::form::Form;
use super::super::outbox::{Entry, Standing};
use super::super::signal::{Errand, FocusTarget, HostEvent, Spoken};
use super::super::storage::Mirror;
use super::super::submission::{Filed, Taken, What, entry};
use super::super::{Fault, Screen, State, Submission, Verification};
use super::keeping::keep;
use super::{answering, attaching, errand, focus, hush, leaving, outbox, say};
use partner_rules::wire::WireViolation;
use partner_rules::{Field, Violation};
use std::rc::Rc;

pub(super) fn submit(state: &mut State) {
    if let Submission::Filing { key } = &state.submission {
        // Not another ticket: the same one again.
        let key = Rc::clone(key);
        send(state, &key, true);
        return;
    }
    if !state.may_file() {
        return;
    }
    let violations = state.form.obstacles();
    if violations.is_empty() {
        // Without a key (it is made right after the first edit) nothing may leave.
        let base = state
            .connected()
            .map(|connected| Rc::clone(&connected.base));
        let made = base.and_then(|base| entry(&state.form, &state.options, &base, state.now_ms));
        if let Some(entry) = made {
            into_outbox(state, entry);
        }
        return;
    }
    state.submission = Submission::Editing;
    show_errors(state, violations);
}

/// Every error at its field, and a summary that takes focus.
pub(super) fn show_errors(state: &mut State, violations: Vec<Violation>) {
    let form = Rc::make_mut(&mut state.form);
    form.touched = true;
    form.submitted = true;
    form.errors = violations;
    form.settled = Field::ALL.to_vec();
    focus(state, FocusTarget::ErrorSummary);
}

/// From the form into the outbox, and from there on its way.
fn into_outbox(state: &mut State, entry: Entry) {
    let key = Rc::clone(&entry.key);
    Rc::make_mut(&mut state.form).errors.clear();
    Rc::make_mut(&mut state.outbox).put(Rc::new(entry));
    state.submission = Submission::Filing {
        key: Rc::clone(&key),
    };
    state.shelved = None;
    state.restored = false;
    // What is expected of it does not matter once it is on its way.
    hush(state, |_| true);
    // Together: were only the empty draft written, nothing would be left.
    start(state, &key, true, Mirror::both(&key));
}

/// Sends an entry, unless it is under way or has to wait for another one about the same request: then
/// that one goes.
pub(super) fn send(state: &mut State, key: &Rc<str>, by_hand: bool) {
    start(state, key, by_hand, Mirror::entry(key));
}

pub(super) fn start(state: &mut State, key: &Rc<str>, by_hand: bool, mirror: Mirror) {
    let entry = state.outbox.entry(key);
    if let Some(first) = entry.and_then(|entry| state.outbox.ahead_of(entry)) {
        let first = Rc::clone(&first.key);
        keep(state, mirror);
        return start(state, &first, by_hand, Mirror::entry(&first));
    }
    let (attempt, now_ms) = (state.attempt(), state.now_ms);
    let outbox = Rc::make_mut(&mut state.outbox);
    let round = outbox.round;
    let Some(entry) = outbox.entry_mut(key) else {
        return;
    };
    let uncertain = match entry.standing {
        Standing::Sending { .. } | Standing::Aside | Standing::Stale => return,
        Standing::Unknown { .. } => true,
        Standing::Waiting { .. } | Standing::Refused { .. } => false,
    };
    entry.round = round;
    entry.standing = Standing::Sending {
        attempt,
        uncertain,
        by_hand,
        renewed: false,
    };
    entry.files.retry_all();
    if !uncertain {
        // If it was stored, the endpoint knows it by the uploads of then.
        entry.files.lapse(now_ms);
    }
    // Written as "may have been stored" before anything leaves: a crash must not make it look unsent.
    keep(state, mirror);
    if by_hand {
        say(state, Spoken::Sending);
    }
    attaching::go_on(state);
}

/// One attempt that has come to its end.
struct Ended {
    key: Rc<str>,
    uncertain: bool,
    by_hand: bool,
}

/// What an endpoint, or the way to it, has answered.
pub(super) fn answered(state: &mut State, attempt: u32, answer: Answer) {
    if !attaching::renew(state, attempt, &answer) {
        settle(state, attempt, answer);
    }
}

pub(super) fn settle(state: &mut State, attempt: u32, answer: Answer) {
    let Some(sent) = state.outbox.sent_by(attempt).cloned() else {
        return;
    };
    let Standing::Sending {
        uncertain, by_hand, ..
    } = sent.standing
    else {
        return;
    };
    let ended = Ended {
        key: Rc::clone(&sent.key),
        uncertain,
        by_hand,
    };
    match answer {
        Answer::Accepted(filed) => accepted(state, &ended.key, *filed),
        Answer::Taken(taken) => self::taken(state, &ended, *taken),
        Answer::Unknown(fault) => unknown(state, &ended, fault),
        Answer::NotSent(fault) if uncertain => unknown(state, &ended, fault),
        Answer::NotSent(fault) => waiting(state, &ended, fault),
        Answer::Busy => busy(state, &ended),
        // Turned away at the door: what became of the attempt before is still not known.
        Answer::Refused { fault, .. } if uncertain && fault.leaves_open() => {
            unknown(state, &ended, fault);
        }
        Answer::Refused { fault, violations } => refused(state, &ended, fault, &violations),
    }
    outbox::go_on(state);
    leaving::look(state);
}

fn stand(state: &mut State, key: &str, standing: Standing) {
    if let Some(entry) = Rc::make_mut(&mut state.outbox).entry_mut(key) {
        entry.standing = standing;
    }
}

fn unknown(state: &mut State, ended: &Ended, fault: Fault) {
    // What goes on trying by itself is told once, not at every try.
    if ended.by_hand || !ended.uncertain {
        failed(state, &ended.key, &fault, true);
        say(state, Spoken::NotSent(fault.clone()));
    }
    told(state, ended);
    super::identity::wait(state, &fault);
    stand(state, &ended.key, Standing::Unknown { fault });
}

/// Nothing has left: it waits, and may still be edited.
fn waiting(state: &mut State, ended: &Ended, fault: Fault) {
    if ended.by_hand {
        let draft = Rc::clone(&ended.key);
        errand(state, Errand::Emit(HostEvent::Queued { draft }));
        let remark = state.outbox.entry(&ended.key);
        let remark = remark.is_some_and(|entry| entry.remark().is_some());
        say(
            state,
            if remark {
                Spoken::RemarkQueued
            } else {
                Spoken::Queued
            },
        );
    }
    told(state, ended);
    stand(state, &ended.key, Standing::Waiting { fault });
    keep(state, Mirror::entry(&ended.key));
}

/// Somebody who waits at the form is led to what is said there.
fn told(state: &mut State, ended: &Ended) {
    if ended.by_hand && state.submission.shows(&ended.key) {
        focus(state, FocusTarget::Problem);
    }
}

/// Another tab is sending it: we hear from it.
fn busy(state: &mut State, ended: &Ended) {
    let fault = Fault::Unreachable;
    let standing = if ended.uncertain {
        Standing::Unknown { fault }
    } else {
        Standing::Waiting { fault }
    };
    stand(state, &ended.key, standing);
    super::keeping::changed_elsewhere(state);
}

fn accepted(state: &mut State, key: &Rc<str>, filed: Filed) {
    let receipt = &filed.receipt;
    let reference: Rc<str> = Rc::from(receipt.reference.as_str());
    let event = HostEvent::Submitted {
        reference: Rc::clone(&reference),
        outcome: receipt.classification.outcome,
        severity: receipt.severity,
        endpoint: Rc::clone(&filed.endpoint),
        replayed: filed.replayed,
    };
    Rc::make_mut(&mut state.requests).put_first(receipt.clone());
    arrived(state, key, &reference, &filed.endpoint);
    errand(state, Errand::Emit(event));
    say(state, Spoken::Filed { reference });
    if !state.submission.shows(key) {
        return;
    }
    outbox::put_back(state);
    state.filed = Some(Rc::new(filed));
    if state.screen == Screen::AddTicket {
        state.screen = Screen::Receipt;
        focus(state, FocusTarget::Title);
    } else if state.help.origin == Some(Screen::AddTicket) {
        // Somebody reads an answer meanwhile: "back" leads to what the form has become.
        state.help.origin = Some(Screen::Receipt);
    }
}

/// An entry is at the endpoint, and so in no tab's outbox any more.
fn arrived(state: &mut State, key: &Rc<str>, reference: &Rc<str>, endpoint: &Rc<str>) {
    let outbox = Rc::make_mut(&mut state.outbox);
    let sent = outbox.remove(key);
    outbox.vain = 0;
    outbox.pause = None;
    let here = state.options.dc;
    let same_dc = sent.as_ref().and_then(|sent| sent.dc()) == here;
    attaching::drop_of(state, sent.as_deref());
    if let Some(leaving) = &mut state.leaving {
        leaving.sent += 1;
    }
    super::keeping::outdated(state);
    errand(
        state,
        Errand::KeepOver {
            key: Rc::clone(key),
            reference: Some(Rc::clone(reference)),
        },
    );
    if same_dc {
        took_over(state, endpoint);
    }
}

/// Something about a request is stored: what is shown of it knows at once.
fn taken(state: &mut State, ended: &Ended, taken: Taken) {
    let Some(remark) = state
        .outbox
        .entry(&ended.key)
        .and_then(|entry| entry.remark())
    else {
        return;
    };
    let reference = Rc::clone(&remark.reference);
    arrived(state, &ended.key, &reference, &taken.endpoint);
    match taken.what {
        What::Message(message) => answering::replied(state, &reference, message),
        What::Switched(receipt) => answering::switched(state, &reference, *receipt, ended.by_hand),
    }
    // What waited for this one goes now.
    let next = state.outbox.about(&reference).next();
    let next = next.filter(|entry| entry.standing.goes_by_itself());
    if let Some(key) = next.map(|entry| Rc::clone(&entry.key)) {
        send(state, &key, false);
    }
}

/// Whoever took a ticket is asked from now on: the one before did not answer.
fn took_over(state: &mut State, endpoint: &Rc<str>) {
    if let super::super::Connection::Ready(connected) = &mut state.connection
        && connected.base != *endpoint
        && state.options.endpoints.contains(endpoint)
    {
        Rc::make_mut(connected).base = Rc::clone(endpoint);
    }
}

fn refused(state: &mut State, ended: &Ended, fault: Fault, violations: &[WireViolation]) {
    let key = &ended.key;
    let later = matches!(fault, Fault::RateLimited { .. });
    super::identity::wait(state, &fault);
    // What goes by itself is not taken out of the outbox because somebody was turned away at the door.
    let by_itself = !ended.by_hand && fault.leaves_open();
    if by_itself || !state.submission.shows(key) {
        refused_unseen(state, ended, fault);
        return;
    }
    failed(state, key, &fault, later);
    say(state, Spoken::NotSent(fault.clone()));
    // The form shows it, so it is the draft again.
    outbox::shelved_aside(state);
    let sent = Rc::make_mut(&mut state.outbox).remove(key);
    let sent_files = sent.map(|sent| sent.files.clone()).unwrap_or_default();
    let errors: Vec<Violation> = violations.iter().filter_map(known_field).collect();
    let form = Rc::make_mut(&mut state.form);
    form.submitted = true;
    form.files = sent_files;
    form.errors = errors;
    form.errors.sort_by_key(|error| error.field);
    if fault == Fault::KeyUsed {
        // The stored ticket keeps that key; what stands in the form now is another one.
        form.key = None;
    }
    let target = if form.errors.is_empty() {
        FocusTarget::Problem
    } else {
        FocusTarget::ErrorSummary
    };
    state.submission = if form.errors.is_empty() {
        Submission::Refused { fault }
    } else {
        Submission::Editing
    };
    keep(state, Mirror::both(key));
    focus(state, target);
}

/// What nobody looks at stays in the outbox. Being turned away at the door is no verdict on it.
fn refused_unseen(state: &mut State, ended: &Ended, fault: Fault) {
    if answering::needless(state, &ended.key, &fault) {
        return;
    }
    if fault.leaves_open() {
        stand(state, &ended.key, Standing::Waiting { fault });
        keep(state, Mirror::entry(&ended.key));
        return;
    }
    failed(state, &ended.key, &fault, false);
    say(state, Spoken::NotSent(fault.clone()));
    stand(state, &ended.key, Standing::Refused { fault });
    keep(state, Mirror::entry(&ended.key));
}

fn failed(state: &mut State, key: &Rc<str>, fault: &Fault, retryable: bool) {
    errand(
        state,
        Errand::Emit(HostEvent::Failed {
            draft: Rc::clone(key),
            code: Rc::from(fault.code()),
            retryable,
        }),
    );
}

fn known_field(violation: &WireViolation) -> Option<Violation> {
    let field = Field::from_wire_name(&violation.field)?;
    Some(Violation {
        field,
        code: violation.code,
        limit: violation.limit,
    })
}

/// An empty form; the verification of the one before means nothing to it.
pub(super) fn fresh(state: &mut State, form: Form) {
    state.form = Rc::new(form);
    state.verification = Verification::Idle;
    state.submission = Submission::Editing;
    super::editing::assess(state);
}
