//! Transitions of the tab Access.

use super::super::access::{AccessPage, AccessState, Change, Whose};
use super::super::requests::Load;
use super::super::signal::{Errand, Spoken};
use super::super::{Connection, Fault, State};
use super::identity::noticed;
use super::{errand, say};
use partner_rules::wire::{Access, AccessChange, AccessUser};
use std::rc::Rc;

/// What somebody does in the tab, and what comes of it.
#[derive(Clone, Debug, PartialEq)]
pub enum AccessAction {
    Searched(String),
    More,
    /// The page that did not come, once more.
    Again,
    Loaded {
        attempt: u32,
        result: Result<AccessPage, Fault>,
    },
    Set {
        whose: Whose,
        to: Access,
    },
    /// `None`: it was the default.
    WasSet {
        attempt: u32,
        result: Result<Option<AccessUser>, Fault>,
    },
    LogOpened(bool),
    LogMore,
    LogAgain,
    LogLoaded {
        attempt: u32,
        result: Result<(Vec<AccessChange>, Option<String>), Fault>,
    },
}

pub(super) fn access(state: &mut State, action: AccessAction) {
    match action {
        AccessAction::Searched(query) => {
            if edit(state).query != query {
                edit(state).query = query;
                reload(state);
            }
        }
        AccessAction::More => {
            if let Some(cursor) = state.access.next_cursor.clone() {
                want(state, Some(cursor));
            }
        }
        AccessAction::Again => {
            if let Load::Failed { cursor, .. } = &state.access.load {
                let cursor = cursor.clone();
                want(state, cursor);
            }
        }
        AccessAction::Loaded { attempt, result } => loaded(state, attempt, result),
        AccessAction::Set { whose, to } => set(state, whose, to),
        AccessAction::WasSet { attempt, result } => was_set(state, attempt, result),
        AccessAction::LogOpened(open) => {
            edit(state).log_open = open;
            if open {
                want_log(state, None);
            }
        }
        AccessAction::LogMore => {
            if let Some(cursor) = state.access.log_cursor.clone() {
                want_log(state, Some(cursor));
            }
        }
        AccessAction::LogAgain => {
            if let Load::Failed { cursor, .. } = &state.access.log_load {
                let cursor = cursor.clone();
                want_log(state, cursor);
            }
        }
        AccessAction::LogLoaded { attempt, result } => log_loaded(state, attempt, result),
    }
}

/// The first page, by the search as it stands.
pub(super) fn reload(state: &mut State) {
    want(state, None);
}

/// Loads once more what failed in this way.
pub(super) fn again_if(state: &mut State, failed: impl Fn(&Load) -> bool) {
    if failed(&state.access.load) {
        access(state, AccessAction::Again);
    }
    if failed(&state.access.log_load) {
        access(state, AccessAction::LogAgain);
    }
}

fn edit(state: &mut State) -> &mut AccessState {
    Rc::make_mut(&mut state.access)
}

fn want(state: &mut State, cursor: Option<Rc<str>>) {
    if state.administers() {
        let attempt = state.attempt();
        edit(state).load = Load::Wanted { attempt, cursor };
    }
}

fn want_log(state: &mut State, cursor: Option<Rc<str>>) {
    if state.administers() {
        let attempt = state.attempt();
        edit(state).log_load = Load::Wanted { attempt, cursor };
    }
}

/// The cursor of the page that is wanted by this attempt, if it still is.
fn wanted(load: &Load, attempt: u32) -> Option<Option<Rc<str>>> {
    match load {
        Load::Wanted {
            attempt: wanted,
            cursor,
        } if *wanted == attempt => Some(cursor.clone()),
        Load::Wanted { .. } | Load::Idle | Load::Ready | Load::Failed { .. } => None,
    }
}

fn loaded(state: &mut State, attempt: u32, result: Result<AccessPage, Fault>) {
    let Some(cursor) = wanted(&state.access.load, attempt) else {
        return;
    };
    match result {
        Err(fault) => {
            edit(state).load = Load::Failed {
                fault: fault.clone(),
                cursor,
            };
            noticed(state, &fault);
        }
        Ok(page) => {
            let access = edit(state);
            if cursor.is_none() {
                access.users.clear();
            }
            access.users.extend(page.users.into_iter().map(Rc::new));
            access.next_cursor = page.next_cursor.map(Rc::from);
            access.default = page.default.or(access.default);
            access.load = Load::Ready;
            access.known = true;
        }
    }
}

fn set(state: &mut State, whose: Whose, to: Access) {
    if !state.administers() {
        return;
    }
    let attempt = state.attempt();
    let access = edit(state);
    access.changes.retain(|change| change.whose != whose);
    access.changes.push(Change {
        attempt,
        whose,
        to,
        fault: None,
    });
}

fn was_set(state: &mut State, attempt: u32, result: Result<Option<AccessUser>, Fault>) {
    let access = edit(state);
    let Some(at) = access
        .changes
        .iter()
        .position(|change| change.attempt == attempt && change.fault.is_none())
    else {
        return;
    };
    let Change { whose, to, .. } = access.changes.remove(at);
    match result {
        Err(fault) => {
            access.changes.push(Change {
                attempt,
                whose: whose.clone(),
                to,
                fault: Some(fault.clone()),
            });
            if let Some(level) = level(&state.access, whose.as_deref()) {
                errand(state, Errand::ShowLevel(whose.clone(), level));
            }
            say(state, Spoken::NotSent(fault.clone()));
            noticed(state, &fault);
            return;
        }
        Ok(Some(user)) => {
            own(state, &user);
            put(edit(state), user);
        }
        Ok(None) => {
            access.default = Some(to);
            // Whoever follows the default has another access now.
            reload(state);
        }
    }
    say(state, Spoken::AccessSet { whose, to });
    if state.access.log_open {
        want_log(state, None);
    }
}

/// What holds, as far as it is known.
fn level(access: &AccessState, whose: Option<&str>) -> Option<Access> {
    let Some(email) = whose else {
        return access.default;
    };
    let known = access.users.iter().find(|user| user.email == email);
    known.map(|user| user.access).or(access.default)
}

/// A user whom nobody had granted anything before may not be in the list yet.
fn put(access: &mut AccessState, user: AccessUser) {
    let user = Rc::new(user);
    match access
        .users
        .iter_mut()
        .find(|known| known.email == user.email)
    {
        Some(known) => *known = user,
        None => access.users.insert(0, user),
    }
}

/// One's own access holds at once.
fn own(state: &mut State, user: &AccessUser) {
    if let Connection::Ready(connected) = &mut state.connection
        && connected.session.user.email.to_lowercase() == user.email.to_lowercase()
    {
        Rc::make_mut(connected).session.access = user.access;
    }
}

fn log_loaded(
    state: &mut State,
    attempt: u32,
    result: Result<(Vec<AccessChange>, Option<String>), Fault>,
) {
    let Some(cursor) = wanted(&state.access.log_load, attempt) else {
        return;
    };
    match result {
        Err(fault) => {
            edit(state).log_load = Load::Failed {
                fault: fault.clone(),
                cursor,
            };
            noticed(state, &fault);
        }
        Ok((changes, next_cursor)) => {
            let access = edit(state);
            if cursor.is_none() {
                access.log.clear();
            }
            access.log.extend(changes.into_iter().map(Rc::new));
            access.log_cursor = next_cursor.map(Rc::from);
            access.log_load = Load::Ready;
        }
    }
}
