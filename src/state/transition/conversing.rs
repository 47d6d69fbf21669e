//! Transitions of the request that is open: loading it, and keeping it as it is at the endpoint.

use super::super::conversation::{Detail, Ticket};
use super::super::signal::Errand;
use super::super::{Fault, State};
use super::identity::noticed;
use super::{attaching, errand};
use std::rc::Rc;

/// What is known of it already stays on screen while it is fetched.
pub(super) fn open(state: &mut State, reference: Rc<str>) {
    let attempt = state.attempt();
    state.detail = match std::mem::take(&mut state.detail) {
        Detail::Ready { ticket, .. } if *ticket.receipt.reference == *reference => Detail::Ready {
            ticket,
            again: Some(attempt),
        },
        Detail::Ready { .. } | Detail::Closed | Detail::Wanted { .. } | Detail::Failed { .. } => {
            Detail::Wanted { attempt, reference }
        }
    };
    state.coming = true;
    if state.detail.ticket().is_some() {
        errand(state, Errand::Begin { line: None });
    }
    // What was attached to a reply earlier goes up.
    attaching::go_on(state);
}

/// Something has happened to a request: the shown one is fetched once more, in place. An answer that is on
/// its way may be from before.
pub(super) fn stale(state: &mut State, reference: &str) {
    if state.connected().is_none() {
        return;
    }
    let next = state.attempt();
    match &mut state.detail {
        Detail::Ready { ticket, again } if ticket.receipt.reference == reference => {
            *again = Some(next);
        }
        Detail::Wanted {
            attempt,
            reference: wanted,
        } if **wanted == *reference => *attempt = next,
        Detail::Ready { .. } | Detail::Wanted { .. } | Detail::Closed | Detail::Failed { .. } => {}
    }
}

pub(super) fn loaded(state: &mut State, attempt: u32, result: Result<Box<Ticket>, Fault>) {
    let Some((wanted, reference)) = state.detail.fetching() else {
        return;
    };
    if wanted != attempt {
        return;
    }
    let reference: Rc<str> = Rc::from(reference);
    let coming = std::mem::take(&mut state.coming);
    match result {
        Ok(ticket) => {
            let line = ticket.first_new(state.me());
            let shown = state.detail.ticket().is_some();
            if coming && (line.is_some() || !shown) {
                errand(state, Errand::Begin { line });
            }
            Rc::make_mut(&mut state.requests).renew(&ticket.receipt);
            state.detail = Detail::Ready {
                ticket: Rc::new(*ticket),
                again: None,
            };
        }
        Err(fault) => {
            match &mut state.detail {
                // What is there is better than nothing, unless it is not ours to see any more.
                Detail::Ready { again, .. } if fault != Fault::NotFound => *again = None,
                Detail::Ready { .. }
                | Detail::Wanted { .. }
                | Detail::Closed
                | Detail::Failed { .. } => {
                    let fault = fault.clone();
                    state.detail = Detail::Failed { reference, fault };
                }
            }
            noticed(state, &fault);
        }
    }
}
