//! From screen to screen: opening, going, coming back, what each screen needs when it is entered, and where focus goes.

use super::super::connection::Connection;
use super::super::conversation::Detail;
use super::super::requests::Load;
use super::super::screen::Screen;
use super::super::signal::FocusTarget;
use super::super::{Fault, Options, State, Verification};
use super::{access, answering, conversing, editing, focus, help, hush, keeping, listing, outbox};
use std::rc::Rc;

pub(super) fn opened(state: &mut State, screen: Option<Screen>, now_ms: i64) {
    state.open = true;
    if state.connected().is_none() {
        // Afterwards the endpoint's time counts; the browser's may be wrong by hours.
        state.now_ms = now_ms;
    }
    if let Some(screen) = screen {
        arrive(state, screen);
    }
    match state.connection {
        Connection::Idle | Connection::Failed(_) => connect(state),
        Connection::NoDataCentre | Connection::Wanted { .. } | Connection::Ready(_) => {}
    }
    enter(state);
    focus_screen(state);
    outbox::soon(state);
}

/// Without a data centre there is nothing but the channels.
pub(super) fn allowed(state: &State, screen: Screen) -> Screen {
    match state.connection {
        Connection::NoDataCentre => match screen {
            Screen::Answer(_) | Screen::Feedback => screen,
            Screen::Requests
            | Screen::Help
            | Screen::Access
            | Screen::Composer
            | Screen::AddTicket
            | Screen::Receipt
            | Screen::Request(_) => Screen::Help,
        },
        // Where the rules name no widget, an e-mail stands in place of the form.
        Connection::Ready(_) if screen == Screen::AddTicket && state.mails_instead() => {
            Screen::Composer
        }
        Connection::Idle
        | Connection::Wanted { .. }
        | Connection::Ready(_)
        | Connection::Failed(_) => screen,
    }
}

pub(super) fn options_changed(state: &mut State, options: Rc<Options>) {
    let old = std::mem::replace(&mut state.options, options);
    if old.lang != state.options.lang {
        help::language_changed(state);
    }
    if old.storage != state.options.storage {
        keeping::option_changed(state);
    }
    if old.dc == state.options.dc && old.endpoints == state.options.endpoints {
        return;
    }
    // Another data centre is another endpoint with other rules and other tickets; what is typed
    // stays. An attempt under way keeps its parcel: its answer still counts.
    state.requests = Rc::default();
    state.detail = Detail::Closed;
    state.verification = Verification::Idle;
    state.access = Rc::default();
    state.retry = None;
    if state.options.dc.is_none() {
        state.connection = Connection::NoDataCentre;
        state.screen = Screen::Help;
        if state.open {
            help::enter(state);
        }
    } else {
        state.connection = Connection::Idle;
        if old.dc.is_none() && state.screen == Screen::Help {
            state.screen = Screen::Requests;
        }
        if state.open {
            connect(state);
        }
    }
}

pub(super) fn connect(state: &mut State) {
    if state.options.endpoints.is_empty() {
        state.connection = Connection::Failed(Fault::WrongDataCentre);
        return;
    }
    let attempt = state.attempt();
    state.connection = Connection::Wanted { attempt };
}

pub(super) fn go(state: &mut State, screen: Screen) {
    let screen = allowed(state, screen);
    help::leave(state, &screen);
    arrive(state, screen);
    enter(state);
}

/// Another screen is shown. An entry that the form shows stays in the outbox when one leaves it.
pub(super) fn arrive(state: &mut State, screen: Screen) {
    let stays = match screen {
        Screen::Answer(_) | Screen::Composer => true,
        Screen::AddTicket => state.screen != Screen::Requests,
        Screen::Requests
        | Screen::Help
        | Screen::Feedback
        | Screen::Access
        | Screen::Receipt
        | Screen::Request(_) => false,
    };
    if !stays {
        outbox::leave(state);
        let outbox = Rc::make_mut(&mut state.outbox);
        (outbox.kept, outbox.cancelled) = (None, None);
    }
    state.screen = allowed(state, screen);
    state.viewing = Rc::default();
    answering::leave(state);
    // Of another screen.
    hush(state, |_| true);
}

/// One step back: inner screens lead to the list, focus to where one came from.
pub(super) fn back(state: &mut State) {
    let target = match &state.screen {
        Screen::Request(reference) => FocusTarget::Row(Rc::clone(reference)),
        Screen::AddTicket | Screen::Receipt => FocusTarget::AddTicket,
        Screen::Answer(_) | Screen::Composer => return help::back(state),
        Screen::Feedback => {
            go(state, Screen::Help);
            return focus(state, FocusTarget::Id("pd-feedback-open"));
        }
        Screen::Requests | Screen::Help | Screen::Access => return,
    };
    if let Screen::Request(reference) = state.screen.clone() {
        listing::keep_drawn(state, reference);
    }
    arrive(state, Screen::Requests);
    enter(state);
    focus(state, target);
}

/// Loads what the screen needs.
pub(super) fn enter(state: &mut State) {
    if matches!(state.screen, Screen::Help | Screen::Answer(_)) {
        help::enter(state);
    }
    if state.screen == Screen::Composer {
        editing::assess(state);
    }
    if state.connected().is_none() {
        return;
    }
    match state.screen.clone() {
        Screen::Requests => {
            listing::come_back(state);
            if !matches!(state.requests.load, Load::Wanted { .. }) {
                listing::reload(state);
            }
        }
        Screen::Request(reference) => conversing::open(state, reference),
        Screen::Access if state.administers() => access::reload(state),
        // Somebody else has signed in meanwhile.
        Screen::Access => go(state, Screen::Requests),
        Screen::AddTicket
        | Screen::Composer
        | Screen::Receipt
        | Screen::Help
        | Screen::Feedback
        | Screen::Answer(_) => {}
    }
}

pub(super) fn focus_screen(state: &mut State) {
    let field = FocusTarget::Field(partner_rules::Field::Service);
    focus(state, arrival(state, field));
}

/// Where focus goes on a screen that has just come: to `field` where there are fields.
pub(super) fn arrival(state: &State, field: FocusTarget) -> FocusTarget {
    let form = state.screen == Screen::AddTicket && state.may_file();
    if form || state.screen == Screen::Composer {
        field
    } else {
        FocusTarget::Title
    }
}
