//! `transition`: the only place where state changes.

mod access;
mod alike;
mod attaching;
mod editing;
mod feedback;
mod help;
mod identity;
mod keeping;
mod leaving;
mod listing;
mod mailing;
mod outbox;
mod sending;

pub use access::AccessAction;
pub use keeping::kept_draft;
pub use leaving::Leaving;
pub use outbox::OutboxAction;

use super::action::Action;
use super::connection::Connection;
use super::requests::{Detail, Load};
use super::screen::Screen;
use super::signal::{Errand, FocusTarget, Spoken};
use super::{Fault, State, Verification};
use std::rc::Rc;

/// Applies an action. Total: an action that does not fit the state changes nothing.
pub fn transition(state: &mut State, action: Action) {
    match action {
        Action::Opened { screen, now_ms } => opened(state, screen, now_ms),
        Action::Closed => state.open = false,
        Action::OptionsChanged(options) => options_changed(state, options),
        Action::SignedOut => identity::somebody_else(state),
        Action::SignedOutElsewhere => identity::left_elsewhere(state),
        Action::SignOutWanted => leaving::wanted(state),
        Action::LeaveDue { attempt } => leaving::due(state, attempt),
        Action::ProviderChanged => identity::provider_changed(state),
        Action::SessionLost => identity::session_lost(state),
        Action::Waiting { attempt, at_ms } => identity::waiting(state, attempt, at_ms),
        Action::Waited { attempt } => identity::waited(state, attempt),
        Action::Tick { now_ms } => state.now_ms = now_ms,
        Action::ClockDoubted => {
            if state.connected().is_some() {
                state.doubt = Some(state.attempt());
            }
        }
        Action::ClockSet { attempt, now_ms } => {
            if state.doubt == Some(attempt) {
                state.doubt = None;
                state.now_ms = now_ms;
            }
        }
        Action::Go(screen) => {
            go(state, screen);
            focus_screen(state);
        }
        Action::TabChosen(screen) => go(state, screen),
        Action::Back => back(state),

        Action::Reconnect => connect(state),
        Action::Connected {
            attempt,
            connected,
            now_ms,
        } => {
            if state.connection == (Connection::Wanted { attempt }) {
                state.now_ms = now_ms;
                state.connection = Connection::Ready(connected);
                editing::assess(state);
                attaching::go_on(state);
                state.screen = allowed(state, state.screen.clone());
                enter(state);
                leaving::look(state);
                if state.open && matches!(state.screen, Screen::AddTicket | Screen::Composer) {
                    focus(state, arrival(state, FocusTarget::FirstField));
                }
            }
        }
        Action::ConnectFailed { attempt, fault } => {
            if state.connection == (Connection::Wanted { attempt }) {
                identity::wait(state, &fault);
                state.connection = Connection::Failed(fault);
                leaving::look(state);
            }
        }

        Action::Identified(owner) => keeping::identified(state, owner),
        Action::KeptRead { attempt, result } => keeping::read(state, attempt, result),
        Action::KeptElsewhere => keeping::changed_elsewhere(state),
        Action::Written(Ok(())) => keeping::kept(state),
        Action::Written(Err(lack)) => keeping::lacking(state, lack),
        Action::DraftDiscarded => keeping::discarded(state),
        Action::DraftTakenBack => keeping::taken_back(state),
        Action::Outbox(action) => outbox::outbox(state, action),

        Action::Prefilled(draft) => editing::prefilled(state, draft),
        Action::Edited(input) => editing::edited(state, input),
        Action::Left(field) => editing::left(state, field),
        Action::SuggestionTaken(field) => editing::suggestion_taken(state, field),
        Action::KeyMade(key) => editing::key_made(state, key),
        Action::Verified { attempt, result } => editing::verified(state, attempt, result),
        Action::FieldWanted(field) => focus(state, FocusTarget::Field(field)),

        Action::Files(action) => attaching::files(state, action),
        Action::AlikeLoaded { attempt, result } => alike::loaded(state, attempt, result),

        Action::Submit => sending::submit(state),
        Action::SubmitAnswered { attempt, answer } => sending::answered(state, attempt, answer),

        Action::RequestsWanted => listing::reload(state),
        Action::MoreWanted => listing::more(state),
        Action::RequestsAgain => listing::again(state),
        Action::RequestsLoaded { attempt, result } => listing::loaded(state, attempt, result),
        Action::DetailLoaded { attempt, result } => listing::detail_loaded(state, attempt, result),

        Action::Access(action) => access::access(state, action),
        Action::GuideWanted => help::want(state),
        Action::GuideLoaded { attempt, result } => help::loaded(state, attempt, result),
        Action::Searched(query) => help::searched(state, query),
        Action::PlaceChosen(place) => state.help.place = place,
        Action::Asked(topic) => help::asked(state, topic),
        Action::Feedback(action) => feedback::feedback(state, action),
        Action::LanguageChosen(tag) => errand(state, Errand::Speak(tag)),
        Action::LauncherMoved => {
            errand(state, Errand::MoveLauncher);
            say(state, Spoken::LauncherMoved);
        }
        Action::MailWanted(wish) => mailing::wanted(state, wish),

        Action::ErrandDone(number) => errand_done(state, number),
        Action::OptionsCounted(count) => {
            hush(state, counts);
            errand(state, Errand::SayLater(Spoken::OptionCount(count)));
        }
        Action::Copy(text) => errand(state, Errand::Copy(text)),
        Action::Copied(worked) => say(state, Spoken::Copied(worked)),
        Action::Print(sheet) => errand(state, Errand::Print(sheet)),
    }
}

fn opened(state: &mut State, screen: Option<Screen>, now_ms: i64) {
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
fn allowed(state: &State, screen: Screen) -> Screen {
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

fn options_changed(state: &mut State, options: Rc<super::Options>) {
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

fn connect(state: &mut State) {
    if state.options.endpoints.is_empty() {
        state.connection = Connection::Failed(Fault::WrongDataCentre);
        return;
    }
    let attempt = state.attempt();
    state.connection = Connection::Wanted { attempt };
}

fn go(state: &mut State, screen: Screen) {
    let screen = allowed(state, screen);
    help::leave(state, &screen);
    arrive(state, screen);
    enter(state);
}

/// Another screen is shown. An entry that the form shows stays in the outbox when one leaves it.
fn arrive(state: &mut State, screen: Screen) {
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
    // Of another screen.
    hush(state, |_| true);
}

/// One step back: inner screens lead to the list, focus to where one came from.
fn back(state: &mut State) {
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
    arrive(state, Screen::Requests);
    enter(state);
    focus(state, target);
}

/// Loads what the screen needs.
fn enter(state: &mut State) {
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
            if !matches!(state.requests.load, Load::Wanted { .. }) {
                listing::reload(state);
            }
        }
        Screen::Request(reference) => listing::open(state, reference),
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

fn focus_screen(state: &mut State) {
    let field = FocusTarget::Field(partner_rules::Field::Service);
    focus(state, arrival(state, field));
}

/// Where focus goes on a screen that has just come: to `field` where there are fields.
fn arrival(state: &State, field: FocusTarget) -> FocusTarget {
    let form = state.screen == Screen::AddTicket && state.may_file();
    if form || state.screen == Screen::Composer {
        field
    } else {
        FocusTarget::Title
    }
}

fn focus(state: &mut State, target: FocusTarget) {
    // A later target replaces an earlier one that was not reached yet.
    state
        .signals
        .errands
        .retain(|(_, errand)| !matches!(errand, Errand::Focus(_)));
    errand(state, Errand::Focus(target));
}

/// What of this kind waited for a pause is not said any more: something newer is there.
fn hush(state: &mut State, outdated: impl Fn(&Spoken) -> bool) {
    state
        .signals
        .errands
        .retain(|(_, errand)| !matches!(errand, Errand::SayLater(said) if outdated(said)));
}

/// How many services fit; the verdict on the form is another matter.
fn counts(said: &Spoken) -> bool {
    matches!(said, Spoken::OptionCount(_))
}

fn errand_done(state: &mut State, number: u32) {
    let at = state
        .signals
        .errands
        .iter()
        .position(|(known, _)| *known == number);
    if let Some(at) = at
        && let (_, Errand::SayLater(spoken)) = state.signals.errands.remove(at)
    {
        state.signals.spoken = Some((number, spoken));
    }
}

fn errand(state: &mut State, errand: Errand) {
    let number = state.attempt();
    state.signals.errands.push((number, errand));
}

fn say(state: &mut State, spoken: Spoken) {
    let number = state.attempt();
    state.signals.spoken = Some((number, spoken));
}
