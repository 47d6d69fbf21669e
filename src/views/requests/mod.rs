//! Tab Requests: search and filters, the list, and the button that opens the form.

mod filters;
mod list;
pub mod outbox;
pub mod row;

use super::fault::fault_notice;
use super::help;
use super::waiting::waiting;
use crate::components::{Glyph, Tone, icon, notice, place};
use crate::i18n::{Key, Texts};
use crate::state::requests::Load;
use crate::state::transition::ListAction;
use crate::state::{Action, Connected, Connection, Fault, Screen, State};
use partner_rules::wire::Access;
use yew::prelude::*;

pub fn requests(texts: &Texts, state: &State, dispatch: &Callback<Action>) -> Html {
    let content = match &state.connection {
        Connection::Ready(connected) => ready(texts, state, connected, dispatch),
        Connection::Failed(fault) => html! {
            <>
                { place(outbox::not_kept(texts, state)) }
                if *fault != Fault::SignedOut && !state.outbox.entries.is_empty() {
                    { list::list(texts, state, None, dispatch) }
                }
                { fault_notice(texts, state, fault, &dispatch.reform(|()| Action::Reconnect)) }
                { help::instead(texts, state, dispatch) }
            </>
        },
        Connection::NoDataCentre | Connection::Idle | Connection::Wanted { .. } => {
            waiting(texts, 4)
        }
    };
    let onscroll = list::onscroll(&state.requests, dispatch);
    html! { <div class="pd-scroll" key="requests" {onscroll}>{ content }</div> }
}

fn ready(texts: &Texts, state: &State, connected: &Connected, dispatch: &Callback<Action>) -> Html {
    let may_file = connected.may_file(state.options.dc);
    let (files, finds) = (may_file || state.mails_instead(), state.requests.finds());
    html! {
        <>
            if files || finds {
                <div class="pd-toolbar">
                    if finds {
                        { filters::search(texts, state, dispatch) }
                    }
                    if files {
                        <button type="button" class="pd-button" data-look="main" id="pd-add-ticket"
                            data-testid="pd-add-ticket"
                            onclick={dispatch.reform(|_: MouseEvent| Action::Go(Screen::AddTicket))}>
                            { texts.get(Key::RequestsAddTicket) }
                        </button>
                    }
                </div>
            }
            if finds {
                { place(filters::problem(texts, state)) }
                { filters::filters(texts, state, connected, dispatch) }
            }
            { content(texts, state, connected, dispatch) }
            if !may_file {
                { instead(texts, state, connected, dispatch) }
            }
        </>
    }
}

/// Without access, or without a widget channel, the channels stand in place of the form.
fn instead(
    texts: &Texts,
    state: &State,
    connected: &Connected,
    dispatch: &Callback<Action>,
) -> Html {
    let key = if connected.session.access == Access::None {
        Key::RequestsNoAccess
    } else {
        Key::RequestsNoChannel
    };
    html! {
        <>
            { notice(Tone::Amber, &texts.get(key), None, Html::default()) }
            { help::instead(texts, state, dispatch) }
        </>
    }
}

fn content(
    texts: &Texts,
    state: &State,
    connected: &Connected,
    dispatch: &Callback<Action>,
) -> Html {
    let requests = &state.requests;
    let failed = match &requests.load {
        Load::Failed { fault, .. } => {
            let again = dispatch.reform(|()| Action::RequestsAgain);
            Some(fault_notice(texts, state, fault, &again))
        }
        Load::Idle | Load::Wanted { .. } | Load::Ready => None,
    };
    // What another filter had found would not be what the filter says.
    let outdated = failed.is_some() && requests.shown != requests.filter;
    let shows = !requests.items.is_empty() && !outdated;
    let unsent = !state.outbox.entries.is_empty();
    let nothing = requests.known && requests.items.is_empty() && failed.is_none();
    let narrow = requests.shown.is_narrow();
    let may_file = connected.may_file(state.options.dc);
    html! {
        <>
            { place(outbox::undo(texts, state, dispatch)) }
            { place(outbox::not_kept(texts, state)) }
            if shows {
                { head(texts, state, connected, dispatch) }
            }
            if shows || unsent {
                { list::list(texts, state, shows.then_some(HEAD_ID), dispatch) }
            }
            if nothing && narrow {
                { empty(texts, Key::RequestsNothingTitle, Key::RequestsNothingText, Some(clear(texts, dispatch))) }
            } else if nothing && may_file && !unsent {
                { empty(texts, Key::RequestsEmptyTitle, Key::RequestsEmptyText, None) }
            }
            if !requests.known && failed.is_none() {
                { waiting(texts, 4) }
            } else if failed.is_some() || requests.shows_gap() {
                // Over rows that are not there it stays in sight; it never covers one that is.
                <div class="pd-requests__foot" data-sticks={requests.shows_gap().then_some("true")}>
                    if failed.is_none() {
                        <p class="pd-requests__loading">{ texts.get(Key::PanelLoading) }</p>
                    }
                    { place(failed) }
                </div>
            }
        </>
    }
}

const HEAD_ID: &str = "pd-requests-title";

/// Whose tickets these are, and how many are left of them.
fn head(texts: &Texts, state: &State, connected: &Connected, dispatch: &Callback<Action>) -> Html {
    let requests = &state.requests;
    let title = match connected.session.access {
        Access::Company => Key::RequestsCompany,
        Access::Own | Access::None => Key::RequestsOwn,
    };
    let rows = u32::try_from(requests.rows()).unwrap_or(u32::MAX);
    let filters = requests.shown.count();
    let narrow = requests.shown.is_narrow();
    html! {
        <div class="pd-requests__head">
            <h3 id={HEAD_ID}>{ texts.get(title) }</h3>
            <p class="pd-requests__count" data-testid="pd-request-count">
                if narrow {
                    <span>{ texts.count(Key::RequestsFound, rows) }</span>
                } else {
                    <span>{ texts.formats().number(rows) }</span>
                }
                if filters > 0 {
                    { " " }<span>{ texts.count(Key::RequestsFilters, filters) }</span>
                }
            </p>
            if narrow {
                { clear(texts, dispatch) }
            }
        </div>
    }
}

fn clear(texts: &Texts, dispatch: &Callback<Action>) -> Html {
    let onclick = dispatch.reform(|_: MouseEvent| Action::List(ListAction::Cleared));
    html! {
        <button type="button" class="pd-link" data-testid="pd-filters-clear" {onclick}>
            { texts.get(Key::RequestsClear) }
        </button>
    }
}

fn empty(texts: &Texts, title: Key, text: Key, way_out: Option<Html>) -> Html {
    let glyph = if way_out.is_some() {
        Glyph::Search
    } else {
        Glyph::Inbox
    };
    html! {
        <div class="pd-empty">
            { icon(glyph) }
            <p class="pd-empty__title">{ texts.get(title) }</p>
            <p>{ texts.get(text) }</p>
            { place(way_out) }
        </div>
    }
}
