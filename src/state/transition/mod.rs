//! `transition`: the only place where state changes.

mod access;
mod alike;
mod answering;
mod attaching;
mod conversing;
mod editing;
mod feedback;
mod help;
mod identity;
mod keeping;
mod leaving;
mod listing;
mod mailing;
mod navigating;
mod news;
mod outbox;
mod sending;
mod viewing;
mod writing;

pub use access::AccessAction;
pub use answering::ConversingAction;
pub use keeping::kept_draft;
pub use leaving::Leaving;
pub use listing::ListAction;
pub use outbox::OutboxAction;
pub use viewing::ViewingAction;

use super::State;
use super::action::Action;
use super::connection::Connection;
use super::screen::Screen;
use super::signal::{Errand, FocusTarget, Spoken};
use navigating::{allowed, arrival, connect, enter, focus_screen, go};

/// Applies an action. Total: an action that does not fit the state changes nothing.
pub fn transition(state: &mut State, action: Action) {
    act(state, action);
    news::after(state);
}

fn act(state: &mut State, action: Action) {
    match action {
        Action::Opened { screen, now_ms } => navigating::opened(state, screen, now_ms),
        Action::Closed => state.open = false,
        Action::OptionsChanged(options) => navigating::options_changed(state, options),
        Action::SignedOut => identity::somebody_else(state),
        Action::SignedOutElsewhere => identity::left_elsewhere(state),
        Action::SignOutWanted => leaving::wanted(state),
        Action::LeaveDue { attempt } => leaving::due(state, attempt),
        Action::ProviderChanged => identity::provider_changed(state),
        Action::SessionLost => identity::session_lost(state),
        Action::Waiting { attempt, at_ms } => identity::waiting(state, attempt, at_ms),
        Action::Waited { attempt } => identity::waited(state, attempt),
        Action::Tick { now_ms } => {
            state.now_ms = now_ms;
            news::ask(state);
        }
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
        Action::Back => navigating::back(state),

        Action::Reconnect => connect(state),
        Action::Connected {
            attempt,
            connected,
            now_ms,
        } => {
            if state.connection == (Connection::Wanted { attempt }) {
                state.now_ms = now_ms;
                state.connection = Connection::Ready(connected);
                news::connected(state);
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

        Action::UsualRead { attempt, address } => alike::usual_read(state, attempt, address),
        Action::UsualTaken => editing::usual_taken(state),

        Action::Submit => sending::submit(state),
        Action::SubmitAnswered { attempt, answer } => sending::answered(state, attempt, answer),

        Action::RequestsWanted => listing::reload(state),
        Action::List(action) => listing::list(state, action),
        Action::RequestsAgain => listing::again(state),
        Action::RequestsLoaded { attempt, result } => listing::loaded(state, attempt, result),
        Action::DetailLoaded { attempt, result } => conversing::loaded(state, attempt, result),
        Action::DetailStale { reference } => conversing::stale(state, &reference),

        Action::News(action) => news::news(state, action),
        Action::Viewing(action) => viewing::viewing(state, action),
        Action::Conversing(action) => answering::conversing(state, action),

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
