//! Transitions of the list of requests.

use super::super::requests::filter::Choice;
use super::super::requests::window::Sight;
use super::super::requests::{Load, Requests};
use super::super::signal::{Errand, FocusTarget, Spoken};
use super::super::{Fault, State};
use super::identity::noticed;
use super::{errand, focus, hush};
use partner_rules::wire::{Page, Receipt};
use std::rc::Rc;

/// What somebody does with the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListAction {
    Searched(String),
    Chosen(Choice),
    Cleared,
    /// Service, severity and order are shown or not.
    Unfolded(bool),
    /// Scrolled to here.
    Seen(Sight),
}

pub(super) fn list(state: &mut State, action: ListAction) {
    match action {
        ListAction::Searched(query) => {
            if edit(state).filter.query != query {
                edit(state).filter.query = query;
                ask(state);
            }
        }
        ListAction::Chosen(choice) => {
            edit(state).filter.choose(choice);
            ask(state);
        }
        ListAction::Cleared => {
            let requests = edit(state);
            requests.filter.clear();
            requests.cleared += 1;
            ask(state);
            // The button that was pressed goes.
            focus(state, FocusTarget::Id("pd-search"));
        }
        ListAction::Unfolded(unfolded) => edit(state).unfolded = unfolded,
        ListAction::Seen(sight) => {
            edit(state).sight = sight;
            go_on(state);
        }
    }
}

fn edit(state: &mut State) -> &mut Requests {
    Rc::make_mut(&mut state.requests)
}

/// By another filter the list begins at its top.
fn ask(state: &mut State) {
    hush(state, counts);
    edit(state).sight = Sight::default();
    if state.requests.filter.is_too_long() {
        // Not asked for: an answer to what was typed before would only confuse.
        if matches!(state.requests.load, Load::Wanted { .. }) {
            edit(state).load = Load::Ready;
        }
        return;
    }
    want(state, None);
}

/// Loads the next page as soon as somebody comes near the end of what is there. What has failed is for
/// somebody to try again.
fn go_on(state: &mut State) {
    if state.requests.load == Load::Ready && state.requests.lacks_rows() {
        let cursor = state.requests.next_cursor.clone();
        want(state, cursor);
    }
}

pub(super) fn reload(state: &mut State) {
    if !state.requests.filter.is_too_long() {
        want(state, None);
    }
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
    edit(state).load = Load::Wanted { attempt, cursor };
}

pub(super) fn loaded(state: &mut State, attempt: u32, result: Result<Page<Receipt>, Fault>) {
    let cursor = match &state.requests.load {
        Load::Wanted {
            attempt: wanted,
            cursor,
        } if *wanted == attempt => cursor.clone(),
        Load::Wanted { .. } | Load::Idle | Load::Ready | Load::Failed { .. } => return,
    };
    match (result, cursor) {
        (Err(fault), cursor) => {
            edit(state).load = Load::Failed {
                fault: fault.clone(),
                cursor,
            };
            noticed(state, &fault);
        }
        (Ok(page), None) => {
            let asked = state.requests.known && state.requests.shown != state.requests.filter;
            let seen = edit(state).take_first(page);
            if let Some(rows) = seen.filter(|rows| *rows != 0 && !asked) {
                errand(state, Errand::ScrollRows(rows));
            }
            if asked {
                let count = u32::try_from(state.requests.rows()).unwrap_or(u32::MAX);
                errand(state, Errand::SayLater(Spoken::RequestsFound(count)));
            }
            go_on(state);
        }
        (Ok(page), Some(_)) => {
            edit(state).take_more(page);
            go_on(state);
        }
    }
}

/// How many requests fit.
fn counts(said: &Spoken) -> bool {
    matches!(said, Spoken::RequestsFound(_))
}

/// The row that one comes back to is drawn, wherever it is.
pub(super) fn keep_drawn(state: &mut State, reference: Rc<str>) {
    edit(state).sight.focused = Some(reference);
}

/// The tab stands where it stood.
pub(super) fn come_back(state: &mut State) {
    let px = state.requests.sight.px;
    if px > 0 {
        errand(state, Errand::ScrollTo(px));
    }
}
