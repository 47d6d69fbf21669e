//! Transitions of who is signed in, and of waiting after too many requests.

use super::super::conversation::Detail;
use super::super::requests::Load;
use super::super::retry::{self, Retry};
use super::super::signal::{Errand, Spoken};
use super::super::{Connection, Fault, Screen, State, Storage, Submission, Verification};
use super::{connect, conversing, editing, errand, listing, outbox, say, sending};
use std::rc::Rc;

/// The token speaks for somebody else than the one before, who is thereby signed out.
pub(super) fn somebody_else(state: &mut State) {
    outbox::dropped(state);
    signed_out(state);
}

/// Nothing of the one who was signed in stays. Attempt numbers go on: an answer for the one before
/// must not be taken for a later one.
pub(super) fn signed_out(state: &mut State) {
    let owner = state.owner.clone();
    forget(state, Some(Errand::Purge { owner, tell: true }));
}

/// Another tab has signed this person out, and removed what was kept.
pub(super) fn left_elsewhere(state: &mut State) {
    if state.storage != Storage::Ready {
        // What only this tab knew of that one could not tell.
        outbox::dropped(state);
    }
    forget(state, None);
}

fn forget(state: &mut State, purge: Option<Errand>) {
    let (open, attempts, now_ms) = (state.open, state.attempts, state.now_ms);
    let mut errands = std::mem::take(&mut state.signals.errands);
    // What the page has to hear of it.
    errands.retain(|(_, errand)| {
        matches!(
            errand,
            Errand::Emit(_) | Errand::Purge { .. } | Errand::Left { .. }
        )
    });
    let leaving = state.leaving.take();
    let (visible, told) = (state.news.visible, state.news.told);
    *state = State::new((*state.options).clone());
    (state.open, state.attempts, state.now_ms) = (open, attempts, now_ms);
    (state.news.visible, state.news.told) = (visible, told);
    state.signals.errands = errands;
    if let Some(purge) = purge {
        errand(state, purge);
    }
    errand(state, Errand::ForgetToken);
    if let Some(leaving) = leaving {
        // Somebody waits for it, whoever was faster.
        errand(
            state,
            Errand::Left {
                sent: leaving.sent,
                dropped: leaving.dropped,
            },
        );
    }
    if open && state.options.dc.is_some() {
        connect(state);
    }
}

/// The page has another token provider, or none: the token in hand may be somebody else's.
pub(super) fn provider_changed(state: &mut State) {
    errand(state, Errand::RenewToken);
    if state.open
        && let Connection::Failed(Fault::SignedOut | Fault::Token | Fault::Provider) =
            state.connection
    {
        connect(state);
    }
}

/// The page says that nobody is signed in. What belongs to an account goes from the screen; what was
/// typed waits, and is dropped should somebody else sign in.
pub(super) fn session_lost(state: &mut State) {
    if state.connected().is_none() {
        return;
    }
    state.connection = Connection::Failed(Fault::SignedOut);
    say(state, Spoken::NotSent(Fault::SignedOut));
    state.requests = Rc::default();
    state.detail = Detail::Closed;
    state.viewing = Rc::default();
    state.verification = Verification::Idle;
    state.filed = None;
    state.access = Rc::default();
    match state.screen {
        Screen::Request(_) | Screen::Receipt => state.screen = Screen::Requests,
        Screen::Requests
        | Screen::Help
        | Screen::Access
        | Screen::Answer(_)
        | Screen::Feedback
        | Screen::Composer
        | Screen::AddTicket => {}
    }
    if let Some(Screen::Request(_) | Screen::Receipt) = state.help.origin {
        state.help.origin = None;
    }
}

/// Something that was asked for reading did not come: what that means beyond its own place.
pub(super) fn noticed(state: &mut State, fault: &Fault) {
    if *fault == Fault::SignedOut {
        session_lost(state);
    }
    wait(state, fault);
}

/// Waits if the fault asks for it. A longer wait replaces a shorter one.
pub(super) fn wait(state: &mut State, fault: &Fault) {
    let Some(seconds) = retry::wait_s(fault) else {
        return;
    };
    if state.retry.is_none_or(|retry| retry.seconds <= seconds) {
        let attempt = state.attempt();
        state.retry = Some(Retry {
            attempt,
            seconds,
            at_ms: None,
        });
    }
}

pub(super) fn waiting(state: &mut State, attempt: u32, at_ms: i64) {
    if let Some(retry) = &mut state.retry
        && retry.attempt == attempt
    {
        retry.at_ms = Some(at_ms);
    }
}

fn limited(load: &Load) -> bool {
    matches!(
        load,
        Load::Failed {
            fault: Fault::RateLimited { .. },
            ..
        }
    )
}

/// The wait is over: everything that was too much goes again.
pub(super) fn waited(state: &mut State, attempt: u32) {
    if state.retry.is_none_or(|retry| retry.attempt != attempt) {
        return;
    }
    state.retry = None;
    if let Connection::Failed(Fault::RateLimited { .. }) = state.connection {
        connect(state);
        return;
    }
    if limited(&state.requests.load) {
        listing::again(state);
    }
    super::access::again_if(state, limited);
    if let Detail::Failed {
        reference,
        fault: Fault::RateLimited { .. },
    } = state.detail.clone()
    {
        conversing::open(state, reference);
    }
    if let Verification::Failed { .. } = state.verification {
        state.verification = Verification::Idle;
        editing::assess(state);
    }
    if let Submission::Refused {
        fault: Fault::RateLimited { .. },
    } = state.submission
    {
        sending::submit(state);
    }
    outbox::after_wait(state);
}
