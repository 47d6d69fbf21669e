//! Transitions of the outbox: when what waits goes out, and what somebody does with an entry.

use super::super::form::Form;
use super::super::outbox::{Entry, Parcel, Pause, Standing};
use super::super::signal::{Errand, FocusTarget, HostEvent, Spoken};
use super::super::storage::Mirror;
use super::super::{Fault, Screen, State, Submission};
use super::keeping::keep;
use super::sending::{fresh, send};
use super::{errand, focus, focus_screen, go, say, writing};
use std::rc::Rc;

/// What somebody does with an entry, and what comes of time.
#[derive(Clone, Debug, PartialEq)]
pub enum OutboxAction {
    Send(Rc<str>),
    /// Into the form: only what has not left, or was refused.
    Edit(Rc<str>),
    Cancel(Rc<str>),
    /// Takes the last cancellation back.
    Undo,
    /// Shows it in the form, to be read.
    Show(Rc<str>),
    /// The network is back, or somebody looks again.
    Nudged,
    /// The pause of this attempt is over at that time.
    Pausing {
        attempt: u32,
        at_ms: i64,
    },
    Due {
        attempt: u32,
    },
}

/// Soon, but not at once: a network that has just come back is not ready yet, and somebody may be
/// about to press the button.
const SOON_MS: u32 = 2_500;

pub(super) fn outbox(state: &mut State, action: OutboxAction) {
    match action {
        OutboxAction::Send(key) => {
            edit(state).kept = None;
            send(state, &key, true);
        }
        OutboxAction::Edit(key) => to_form(state, &key),
        OutboxAction::Cancel(key) => cancel(state, &key),
        OutboxAction::Undo => undo(state),
        OutboxAction::Show(key) => show(state, &key),
        OutboxAction::Nudged => soon(state),
        OutboxAction::Pausing { attempt, at_ms } => {
            if let Some(pause) = &mut edit(state).pause
                && pause.attempt == attempt
            {
                pause.at_ms = Some(at_ms);
            }
        }
        OutboxAction::Due { attempt } => {
            if state
                .outbox
                .pause
                .is_some_and(|pause| pause.attempt == attempt)
            {
                let outbox = edit(state);
                outbox.pause = None;
                outbox.round += 1;
                go_on(state);
            }
        }
    }
}

fn edit(state: &mut State) -> &mut super::super::outbox::Outbox {
    Rc::make_mut(&mut state.outbox)
}

/// The next one of this round; after the last one a pause, if anything still waits.
pub(super) fn go_on(state: &mut State) {
    if !state.outbox.is_waiting() {
        edit(state).pause = None;
    }
    let held = state.retry.is_some() || state.outbox.pause.is_some();
    if state.outbox.is_sending() || held {
        return;
    }
    if let Some(key) = state.outbox.next() {
        send(state, &key, false);
        return;
    }
    if state.outbox.is_waiting() {
        let nudged = std::mem::take(&mut edit(state).nudged);
        let ms = if nudged {
            SOON_MS
        } else {
            state.outbox.pause_ms()
        };
        edit(state).vain += 1;
        pause(state, ms);
    }
}

/// What waits goes out soon, whatever the pause was.
pub(super) fn soon(state: &mut State) {
    if state.retry.is_some() {
        // As long as an endpoint has asked for.
        return;
    }
    if state.outbox.is_sending() {
        let outbox = edit(state);
        (outbox.vain, outbox.nudged) = (0, true);
        return;
    }
    let sooner = state.outbox.pause.is_none_or(|pause| pause.ms > SOON_MS);
    if state.outbox.is_waiting() && sooner {
        edit(state).vain = 0;
        pause(state, SOON_MS);
    }
}

fn pause(state: &mut State, ms: u32) {
    let attempt = state.attempt();
    edit(state).pause = Some(Pause {
        attempt,
        ms,
        at_ms: None,
    });
}

/// Everything that can go, now: somebody is leaving.
pub(super) fn all(state: &mut State) {
    let keys: Vec<Rc<str>> = state
        .outbox
        .entries
        .iter()
        .filter(|entry| entry.standing.goes_by_itself())
        .map(|entry| Rc::clone(&entry.key))
        .collect();
    for key in keys {
        send(state, &key, false);
    }
}

/// Waiting as long as an endpoint has asked for is over.
pub(super) fn after_wait(state: &mut State) {
    let limited: Vec<Rc<str>> = state
        .outbox
        .entries
        .iter()
        .filter(|entry| match &entry.standing {
            Standing::Waiting { fault } | Standing::Unknown { fault } => {
                matches!(fault, Fault::RateLimited { .. })
            }
            Standing::Aside
            | Standing::Sending { .. }
            | Standing::Refused { .. }
            | Standing::Stale => false,
        })
        .map(|entry| Rc::clone(&entry.key))
        .collect();
    for key in limited {
        send(state, &key, false);
    }
    edit(state).round += 1;
    go_on(state);
}

/// The draft that was put away while the form showed an entry comes back.
pub(super) fn put_back(state: &mut State) {
    let draft = state.shelved.take();
    fresh(state, draft.map_or_else(Form::default, Rc::unwrap_or_clone));
}

/// Leaving the form that shows an entry: the entry stays in the outbox, the draft is back.
pub(super) fn leave(state: &mut State) {
    if state.submission.is_frozen() {
        put_back(state);
    }
}

fn show(state: &mut State, key: &str) {
    let Some(entry) = state.outbox.entry(key).cloned() else {
        return;
    };
    if let Some(remark) = entry.remark() {
        go(state, Screen::Request(Rc::clone(&remark.reference)));
        return focus(state, FocusTarget::Title);
    }
    leave(state);
    let form = form_of(&entry);
    state.shelved = Some(std::mem::replace(&mut state.form, Rc::new(form)));
    state.submission = Submission::Filing {
        key: Rc::clone(&entry.key),
    };
    super::editing::assess(state);
    state.screen = Screen::AddTicket;
    focus(state, FocusTarget::Title);
}

fn form_of(entry: &Entry) -> Form {
    Form {
        draft: entry.draft().cloned().unwrap_or_default(),
        files: entry.files.clone(),
        key: Some(Rc::clone(&entry.key)),
        touched: true,
        typed: true,
        ..Form::default()
    }
}

fn to_form(state: &mut State, key: &str) {
    let Some(entry) = state.outbox.entry(key).cloned() else {
        return;
    };
    if entry.standing.is_uncertain() {
        return;
    }
    if let Some(remark) = entry.remark() {
        edit(state).remove(key);
        writing::to_writing(state, &entry, remark);
        return go_on(state);
    }
    if state.submission.shows(key) {
        put_back(state);
    } else {
        leave(state);
    }
    aside(state);
    edit(state).remove(key);
    let mut form = form_of(&entry);
    form.submitted = entry.body().is_some();
    if entry.standing
        == (Standing::Refused {
            fault: Fault::KeyUsed,
        })
    {
        form.key = None;
    }
    fresh(state, form);
    if let Standing::Refused { fault } = &entry.standing {
        state.submission = Submission::Refused {
            fault: fault.clone(),
        };
    }
    state.restored = false;
    keep(state, Mirror::both(&entry.key));
    go_on(state);
    state.screen = Screen::AddTicket;
    focus_screen(state);
}

/// Whatever stands in the form makes room and waits in the outbox: nothing typed is lost.
pub(super) fn aside(state: &mut State) {
    let form = std::mem::take(&mut state.form);
    put_aside(state, &form);
}

/// The draft behind an entry that has become the draft again.
pub(super) fn shelved_aside(state: &mut State) {
    if let Some(form) = state.shelved.take() {
        put_aside(state, &form);
    }
}

/// A draft becomes an entry that goes nowhere by itself.
pub(super) fn put_aside(state: &mut State, form: &Form) {
    let (Some(key), true) = (&form.key, form.typed && !form.is_empty()) else {
        return;
    };
    let entry = Entry {
        key: Rc::clone(key),
        parcel: Parcel::Ticket {
            draft: form.draft.clone(),
            body: None,
        },
        files: form.files.clone(),
        bases: Rc::from([]),
        made_ms: state.now_ms,
        standing: Standing::Aside,
        round: 0,
    };
    edit(state).put(Rc::new(entry));
    keep(state, Mirror::entry(key));
}

fn cancel(state: &mut State, key: &Rc<str>) {
    let Some(entry) = state.outbox.entry(key) else {
        return;
    };
    if entry.standing.is_uncertain() {
        // It may be filed: throwing it away here would not take it back there.
        edit(state).kept = Some(Rc::clone(key));
        say(state, Spoken::NotCancelled);
        return;
    }
    if state.submission.shows(key) {
        put_back(state);
    }
    let outbox = edit(state);
    outbox.kept = None;
    outbox.cancelled = outbox.remove(key);
    super::keeping::outdated(state);
    errand(
        state,
        Errand::KeepOver {
            key: Rc::clone(key),
            reference: None,
        },
    );
    go_on(state);
    say(state, Spoken::Cancelled);
    focus(state, FocusTarget::Undo);
}

fn undo(state: &mut State) {
    if let Some(entry) = edit(state).cancelled.take() {
        let key = Rc::clone(&entry.key);
        edit(state).put(entry);
        keep(state, Mirror::entry(&key));
        focus(state, FocusTarget::Title);
        go_on(state);
    }
}

/// The one who was signed in has gone: each entry that is not sent is told to the page.
pub(super) fn dropped(state: &mut State) -> u32 {
    let mut count = 0;
    for entry in state.outbox.entries.clone() {
        if entry.dc().is_some() {
            count += 1;
            errand(
                state,
                Errand::Emit(HostEvent::Failed {
                    draft: Rc::clone(&entry.key),
                    code: Rc::from(Fault::SignedOut.code()),
                    retryable: false,
                }),
            );
        }
    }
    count
}
