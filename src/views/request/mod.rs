//! One request: where it stands, its targets, and what was said and done.

mod attachments;
mod conversation;
mod facts;
mod links;
mod timeline;
mod why;

use super::fault::fault_notice;
use super::waiting::waiting;
use crate::components::{badge, priority_badge};
use crate::i18n::Texts;
use crate::state::{Action, Detail, Screen, State, Ticket};
use std::rc::Rc;
use yew::prelude::*;

pub fn request(texts: &Texts, state: &State, dispatch: &Callback<Action>) -> Html {
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
                me: state
                    .connected()
                    .map_or("", |connected| &*connected.session.user.email),
            };
            known(&part)
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
}

fn known(part: &Part<'_>) -> Html {
    let (texts, receipt) = (part.texts, &part.ticket.receipt);
    html! {
        <article class="pd-detail">
            <p class="pd-badges">
                { badge(texts, receipt) }
                { for priority_badge(texts, receipt) }
            </p>
            { for timeline::timeline(texts, part.ticket, part.state.now_ms) }
            <div class="pd-more">
                { why::why(part) }
                { facts::facts(texts, part.ticket) }
            </div>
            { conversation::conversation(part) }
        </article>
    }
}
