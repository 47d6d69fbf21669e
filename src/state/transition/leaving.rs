//! Transitions of `signOut()`: what is unsent gets a last chance, then nothing of the person stays.

use super::super::storage::Storage;
use super::super::{Connection, State};
use super::{connect, identity, outbox};
use crate::state::outbox::Entry;
use std::rc::Rc;

/// Somebody is being signed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaving {
    pub attempt: u32,
    /// Tickets accepted since.
    pub sent: u32,
    /// Tickets that will not be.
    pub dropped: u32,
}

pub(super) fn wanted(state: &mut State) {
    if state.leaving.is_some() {
        return;
    }
    let attempt = state.attempt();
    state.leaving = Some(Leaving {
        attempt,
        sent: 0,
        dropped: 0,
    });
    if matches!(state.connection, Connection::Idle) {
        // Nobody has looked yet what was left behind by an earlier page.
        connect(state);
    }
    Rc::make_mut(&mut state.outbox).round += 1;
    outbox::all(state);
    look(state);
}

pub(super) fn due(state: &mut State, attempt: u32) {
    if state
        .leaving
        .is_some_and(|leaving| leaving.attempt == attempt)
    {
        end(state);
    }
}

/// Whether there is anything left to wait for.
pub(super) fn look(state: &mut State) {
    let Some(_) = state.leaving else { return };
    let finding_out = matches!(state.connection, Connection::Wanted { .. })
        || matches!(state.storage, Storage::Wanted { .. });
    if finding_out || state.outbox.is_sending() {
        return;
    }
    // What came to light only now, or was turned away just before: once.
    let untried = |entry: &Rc<Entry>| entry.standing.goes_by_itself() && entry.round == 0;
    if state.connected().is_some() && state.outbox.entries.iter().any(untried) {
        Rc::make_mut(&mut state.outbox).round += 1;
        outbox::all(state);
        if state.outbox.is_sending() {
            return;
        }
    }
    end(state);
}

fn end(state: &mut State) {
    let dropped = outbox::dropped(state);
    if let Some(leaving) = &mut state.leaving {
        leaving.dropped = dropped;
    }
    identity::signed_out(state);
}
