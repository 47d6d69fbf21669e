//! Transitions of Help: loading what it says, searching it, leading there from the form and back.

use super::super::guide::{Guide, Loading, Topic};
use super::super::signal::{Errand, FocusTarget, Spoken};
use super::super::{Fault, Screen, State};
use super::{errand, focus, go, hush, say};
use std::rc::Rc;

/// Help is on screen: what it says is wanted, unless it is there or under way.
pub(super) fn enter(state: &mut State) {
    match state.help.guide {
        Loading::Idle | Loading::Failed(_) => want(state),
        Loading::Wanted { .. } | Loading::Ready(_) => {}
    }
}

pub(super) fn want(state: &mut State) {
    let attempt = state.attempt();
    state.help.guide = Loading::Wanted { attempt };
}

pub(super) fn loaded(state: &mut State, attempt: u32, result: Result<Rc<Guide>, Fault>) {
    if state.help.guide != (Loading::Wanted { attempt }) {
        return;
    }
    state.help.guide = match result {
        Ok(guide) => Loading::Ready(guide),
        Err(fault) => Loading::Failed(fault),
    };
}

/// Another language is another file. Nothing is fetched before somebody looks.
pub(super) fn language_changed(state: &mut State) {
    state.help.guide = Loading::Idle;
    if matches!(state.screen, Screen::Help | Screen::Answer(_)) {
        want(state);
    }
}

/// The number of answers is said once typing pauses.
pub(super) fn searched(state: &mut State, query: Rc<str>) {
    let found = match &state.help.guide {
        Loading::Ready(guide) if !query.trim().is_empty() => Some(guide.search(&query).count()),
        Loading::Ready(_) | Loading::Idle | Loading::Wanted { .. } | Loading::Failed(_) => None,
    };
    state.help.query = query;
    hush(state, |said| matches!(said, Spoken::Found(_)));
    if let Some(found) = found {
        let found = u32::try_from(found).unwrap_or(u32::MAX);
        errand(state, Errand::SayLater(Spoken::Found(found)));
    }
}

pub(super) fn asked(state: &mut State, topic: Topic) {
    go(state, Screen::Answer(Rc::from(topic.id())));
    state.help.asked = Some(topic);
    focus(state, FocusTarget::Title);
}

/// Keeps where "back" leads, before the screen changes to `next`.
pub(super) fn leave(state: &mut State, next: &Screen) {
    state.help.asked = None;
    if *next == Screen::Composer {
        // It shows what its buttons have said; what another screen said is no news here.
        state.signals.spoken = None;
    }
    if matches!(next, Screen::Answer(_) | Screen::Composer)
        && !matches!(state.screen, Screen::Answer(_) | Screen::Composer)
    {
        state.help.origin = Some(state.screen.clone());
    }
}

/// From an answer or the composer to where one came from, with focus on what led away from it.
pub(super) fn back(state: &mut State) {
    let origin = state.help.origin.take().unwrap_or(Screen::Requests);
    let target = match (&state.screen, &origin, state.help.asked) {
        (_, Screen::AddTicket, Some(topic)) => FocusTarget::Asked(topic),
        (Screen::Answer(id), Screen::Help, _) => FocusTarget::Question(Rc::clone(id)),
        (Screen::Composer, Screen::Help, _) => FocusTarget::Compose,
        (_, Screen::Requests, _) => FocusTarget::AddTicket,
        _ => FocusTarget::Title,
    };
    state.screen = super::allowed(state, origin);
    super::enter(state);
    focus(state, target);
}

/// Said at once: somebody has pressed a button for it.
pub(super) fn saved(state: &mut State) {
    say(state, Spoken::Saved);
}
