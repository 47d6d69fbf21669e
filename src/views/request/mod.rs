//! One request: where it stands, its targets, what was said and done, and the reply at its foot.

mod attachments;
mod conversation;
mod facts;
mod foot;
mod links;
mod outgoing;
mod paper;
mod timeline;
mod why;

use super::add_ticket::dropping::{Dropping, dropping};
use super::fault::fault_notice;
use super::waiting::waiting;
use crate::components::{badge, place, priority_badge};
use crate::i18n::Texts;
use crate::state::transition::ConversingAction;
use crate::state::{Action, Detail, Screen, State, Ticket};
use std::rc::Rc;
use web_sys::File;
use yew::prelude::*;

pub fn request(
    texts: &Texts,
    state: &State,
    dispatch: &Callback<Action>,
    on_pick: &Callback<Vec<File>>,
) -> Html {
    let content = match &state.detail {
        Detail::Closed | Detail::Wanted { .. } => waiting(texts, 6),
        Detail::Failed { reference, fault } => {
            let reference = Rc::clone(reference);
            let again = move |()| Action::Go(Screen::Request(Rc::clone(&reference)));
            fault_notice(texts, state, fault, &dispatch.reform(again))
        }
        Detail::Ready { ticket, .. } => {
            let part = Part {
                texts,
                state,
                ticket,
                me: state.me(),
                dispatch,
            };
            return known(&part, on_pick);
        }
    };
    html! { <div class="pd-scroll" key="request" tabindex="0">{ content }</div> }
}

/// What every part of the view gets.
struct Part<'a> {
    texts: &'a Texts,
    state: &'a State,
    ticket: &'a Ticket,
    /// The address of whoever is signed in: what they wrote is theirs.
    me: &'a str,
    dispatch: &'a Callback<Action>,
}

impl Part<'_> {
    fn act(&self, action: ConversingAction) -> Callback<MouseEvent> {
        self.dispatch
            .reform(move |_: MouseEvent| Action::Conversing(action.clone()))
    }
}

fn known(part: &Part<'_>, on_pick: &Callback<Vec<File>>) -> Html {
    let (texts, receipt) = (part.texts, &part.ticket.receipt);
    let onsubmit = part.dispatch.reform(|event: SubmitEvent| {
        event.prevent_default();
        Action::Conversing(ConversingAction::Send)
    });
    let Dropping {
        ondragover,
        ondragleave,
        ondrop,
        onpaste,
    } = dropping(foot::is_open(part), on_pick);
    // Another request begins at its top.
    html! {
        <form class="pd-form" key={receipt.reference.clone()} novalidate=true autocomplete="off" {onsubmit}
            {ondragover} {ondragleave} {ondrop} {onpaste}>
            <div class="pd-scroll" tabindex="0">
                <article class="pd-detail">
                    <p class="pd-badges">
                        { badge(texts, receipt) }
                        { place(priority_badge(texts, receipt)) }
                    </p>
                    { place(timeline::timeline(texts, part.ticket, part.state.now_ms)) }
                    <div class="pd-more">
                        { why::why(part) }
                        { facts::facts(texts, part.ticket) }
                    </div>
                    { conversation::conversation(part) }
                    { paper::buttons(part) }
                </article>
            </div>
            { place(foot::foot(part, on_pick)) }
        </form>
    }
}
