//! Tab Help: the channels for this data centre and region, questions and answers, and one answer on
//! a screen of its own.
//!
//! Channels and the obligation are compiled in; steps and answers are fetched when somebody looks,
//! so what cannot be fetched never takes the channels with it.

pub mod channels;
mod language;
mod launcher;
mod place;
pub mod questions;
mod steps;

pub use channels::{Help, channels};
pub use place::dc_name;

use super::fault::fault_notice;
use super::waiting::waiting;
use crate::i18n::{Key, Texts};
use crate::state::guide::{Guide, Loading};
use crate::state::help::Place;
use crate::state::{Action, Screen, State, builtin};
use std::rc::Rc;
use yew::prelude::*;

pub fn help(texts: &Texts, state: &State, dispatch: &Callback<Action>) -> Html {
    let query = &*state.help.query;
    let guide = ready(&state.help.guide);
    html! {
        <>
            { questions::search(texts, query, dispatch) }
            if query.trim().is_empty() {
                { everything(texts, state, guide, dispatch) }
            } else if let Some(guide) = guide {
                { questions::found(texts, guide, query, dispatch) }
            } else {
                { not_ready(texts, state, dispatch) }
            }
        </>
    }
}

/// One answer: what the form or another answer led to.
pub fn answer(texts: &Texts, state: &State, id: &str, dispatch: &Callback<Action>) -> Html {
    let Some(guide) = ready(&state.help.guide) else {
        return not_ready(texts, state, dispatch);
    };
    let content = match guide.entry(id) {
        Some(entry) => questions::answer(texts, guide, entry, dispatch),
        None => html! { <p>{ texts.get(Key::HelpGone) }</p> },
    };
    html! { <>{ content }{ more(texts, dispatch) }</> }
}

/// The question that an answer belongs to, once it is there.
pub fn question(state: &State, id: &str) -> Option<Rc<str>> {
    let entry = ready(&state.help.guide)?.entry(id)?;
    Some(Rc::clone(&entry.question))
}

/// Where there is no form: the channels, and the way to the rest.
pub fn instead(texts: &Texts, state: &State, dispatch: &Callback<Action>) -> Html {
    html! { <>{ ways(texts, state, None, dispatch) }{ more(texts, dispatch) }</> }
}

fn everything(
    texts: &Texts,
    state: &State,
    guide: Option<&Guide>,
    dispatch: &Callback<Action>,
) -> Html {
    html! {
        <>
            if state.options.dc.is_none() {
                <p>{ texts.get(Key::HelpChooseDc) }</p>
                { place::chooser(texts, state.help.place, dispatch) }
            } else {
                <h3 class="pd-help__title">{ texts.get(Key::HelpTitle) }</h3>
            }
            { ways(texts, state, guide, dispatch) }
            <h3 class="pd-help__title">{ texts.get(Key::HelpQuestions) }</h3>
            if let Some(guide) = guide {
                { questions::all(texts, guide, dispatch) }
            } else {
                { not_ready(texts, state, dispatch) }
            }
            { language::menu(texts, state, dispatch) }
            { launcher::launcher(texts, state, dispatch) }
        </>
    }
}

fn ways(texts: &Texts, state: &State, guide: Option<&Guide>, dispatch: &Callback<Action>) -> Html {
    let builtin = builtin::channels();
    let connected = state.connected();
    let place = match state.options.dc {
        // A choice only counts where the page says nothing.
        None => Place {
            region: state.help.place.region.or(state.options.region),
            ..state.help.place
        },
        dc => Place {
            dc,
            region: state.options.region,
        },
    };
    channels(
        texts,
        &Help {
            channels: connected.map_or(&builtin, |connected| connected.policy.channels()),
            place,
            guide,
            composer: state.mail_address().is_some(),
            dispatch,
        },
    )
}

fn more(texts: &Texts, dispatch: &Callback<Action>) -> Html {
    let onclick = dispatch.reform(|_: MouseEvent| Action::Go(Screen::Help));
    html! {
        <p class="pd-help__more">
            <button type="button" class="pd-link" data-testid="pd-to-help" {onclick}>{ texts.get(Key::HelpAll) }</button>
        </p>
    }
}

fn ready(loading: &Loading) -> Option<&Guide> {
    match loading {
        Loading::Ready(guide) => Some(guide),
        Loading::Idle | Loading::Wanted { .. } | Loading::Failed(_) => None,
    }
}

fn not_ready(texts: &Texts, state: &State, dispatch: &Callback<Action>) -> Html {
    match &state.help.guide {
        Loading::Failed(fault) => {
            let again = dispatch.reform(|()| Action::GuideWanted);
            fault_notice(texts, state, fault, &again)
        }
        Loading::Idle | Loading::Wanted { .. } | Loading::Ready(_) => waiting(texts, 4),
    }
}
