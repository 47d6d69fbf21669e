//! Transitions of the list of requests.

use super::super::requests::Load;
use super::super::signal::{FocusTarget, Spoken};
use super::super::{Fault, State};
use super::identity::noticed;
use super::{focus, say};
use partner_rules::wire::Receipt;
use std::rc::Rc;

pub(super) fn reload(state: &mut State) {
    want(state, None);
}

pub(super) fn more(state: &mut State) {
    let cursor = match (&state.requests.load, &state.requests.next_cursor) {
        (Load::Ready | Load::Failed { .. }, Some(cursor)) => Rc::clone(cursor),
        (Load::Ready | Load::Failed { .. } | Load::Idle | Load::Wanted { .. }, _) => return,
    };
    want(state, Some(cursor));
}

pub(super) fn again(state: &mut State) {
    if let Load::Failed { cursor, .. } = &state.requests.load {
        let cursor = cursor.clone();
        want(state, cursor);
    }
}

fn want(state: &mut State, cursor: Option<Rc<str>>) {
    if state.connected().is_none() {
        return;
    }
    let attempt = state.attempt();
    Rc::make_mut(&mut state.requests).load = Load::Wanted { attempt, cursor };
}

pub(super) fn loaded(
    state: &mut State,
    attempt: u32,
    result: Result<(Vec<Receipt>, Option<String>), Fault>,
) {
    let cursor = match &state.requests.load {
        Load::Wanted {
            attempt: wanted,
            cursor,
        } if *wanted == attempt => cursor.clone(),
        Load::Wanted { .. } | Load::Idle | Load::Ready | Load::Failed { .. } => return,
    };
    let first = cursor.is_none();
    let requests = Rc::make_mut(&mut state.requests);
    let before = requests.items.len();
    match result {
        Err(fault) => {
            requests.load = Load::Failed {
                fault: fault.clone(),
                cursor,
            };
            noticed(state, &fault);
        }
        Ok((items, next_cursor)) => {
            requests.take(first, items, next_cursor);
            let more = requests.items.len().saturating_sub(before);
            if !first {
                say(
                    state,
                    Spoken::Loaded {
                        more: u32::try_from(more).unwrap_or(u32::MAX),
                    },
                );
                // The button that was pressed may be gone: on with the first new row.
                focus(state, FocusTarget::RowAt(before));
            }
        }
    }
}
