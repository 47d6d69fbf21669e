//! Tab Requests: the list, newest first, and the button that opens the form.

pub mod outbox;
pub mod row;

use super::fault::fault_notice;
use super::help;
use super::waiting::waiting;
use crate::components::{Glyph, Tone, icon, notice};
use crate::i18n::{Key, Texts};
use crate::state::requests::Load;
use crate::state::{Action, Connected, Connection, Fault, Screen, State};
use partner_rules::wire::Access;
use row::RequestRow;
use std::rc::Rc;
use yew::prelude::*;

pub fn requests(texts: &Texts, state: &State, dispatch: &Callback<Action>) -> Html {
    let content = match &state.connection {
        Connection::Ready(connected) => ready(texts, state, connected, dispatch),
        Connection::Failed(fault) => html! {
            <>
                { for outbox::not_kept(texts, state) }
                if *fault != Fault::SignedOut && !state.outbox.entries.is_empty() {
                    { rows(texts, outbox::rows(texts, state, dispatch), Html::default()) }
                }
                { fault_notice(texts, state, fault, &dispatch.reform(|()| Action::Reconnect)) }
                { help::instead(texts, state, dispatch) }
            </>
        },
        Connection::NoDataCentre | Connection::Idle | Connection::Wanted { .. } => {
            waiting(texts, 4)
        }
    };
    html! { <div class="pd-scroll" key="requests">{ content }</div> }
}

fn ready(texts: &Texts, state: &State, connected: &Connected, dispatch: &Callback<Action>) -> Html {
    let may_file = connected.may_file(state.options.dc);
    html! {
        <>
            if may_file || state.mails_instead() {
                <div class="pd-toolbar">
                    <button type="button" class="pd-button" data-look="main" id="pd-add-ticket"
                        data-testid="pd-add-ticket"
                        onclick={dispatch.reform(|_: MouseEvent| Action::Go(Screen::AddTicket))}>
                        { texts.get(Key::RequestsAddTicket) }
                    </button>
                </div>
            }
            { list(texts, state, may_file, dispatch) }
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

fn list(texts: &Texts, state: &State, may_file: bool, dispatch: &Callback<Action>) -> Html {
    let (requests, now_ms) = (&state.requests, state.now_ms);
    let first_page = requests.items.is_empty();
    let unsent = outbox::rows(texts, state, dispatch);
    let is_empty = first_page && state.outbox.entries.is_empty();
    let failed = match &requests.load {
        Load::Failed { fault, .. } => {
            let again = dispatch.reform(|()| Action::RequestsAgain);
            Some(fault_notice(texts, state, fault, &again))
        }
        Load::Idle | Load::Wanted { .. } | Load::Ready => None,
    };
    if first_page {
        return html! {
            <>
                { for outbox::undo(texts, state, dispatch) }
                { for outbox::not_kept(texts, state) }
                if !is_empty {
                    { rows(texts, unsent, Html::default()) }
                }
                if failed.is_none() && !requests.known {
                    { waiting(texts, 4) }
                } else if requests.known && may_file && is_empty {
                    { empty(texts) }
                }
                { for failed }
            </>
        };
    }
    let sent = requests.items.iter().map(|receipt| {
        html! {
            <RequestRow key={receipt.reference.clone()} receipt={Rc::clone(receipt)} {now_ms}
                dispatch={dispatch.clone()} />
        }
    });
    html! {
        <>
            { for outbox::undo(texts, state, dispatch) }
            { for outbox::not_kept(texts, state) }
            { rows(texts, unsent, sent.collect()) }
            { for failed }
            if requests.next_cursor.is_some() {
                { more(texts, matches!(requests.load, Load::Wanted { .. }), dispatch) }
            }
        </>
    }
}

/// What is not sent yet comes first.
fn rows(texts: &Texts, unsent: Html, sent: Html) -> Html {
    html! {
        <ul class="pd-requests" data-testid="pd-request-list" aria-label={texts.get(Key::RequestsList)}>
            { unsent }
            { sent }
        </ul>
    }
}

fn more(texts: &Texts, loading: bool, dispatch: &Callback<Action>) -> Html {
    html! {
        <button type="button" class="pd-button" data-look="quiet" data-testid="pd-more"
            aria-disabled={loading.then_some("true")}
            onclick={dispatch.reform(|_: MouseEvent| Action::MoreWanted)}>
            { texts.get(if loading { Key::PanelLoading } else { Key::RequestsMore }) }
        </button>
    }
}

fn empty(texts: &Texts) -> Html {
    html! {
        <div class="pd-empty">
            { icon(Glyph::Inbox) }
            <p class="pd-empty__title">{ texts.get(Key::RequestsEmptyTitle) }</p>
            <p>{ texts.get(Key::RequestsEmptyText) }</p>
        </div>
    }
}
