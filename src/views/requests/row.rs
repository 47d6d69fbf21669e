//! A row of the list (a component: thousands of rows need not be drawn again): badge, subject, and one line on where it stands.

use crate::components::{badge, use_texts, when};
use crate::i18n::{Key, Texts};
use crate::state::{Action, Screen};
use partner_rules::wire::{Receipt, Status};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct RequestRowProps {
    pub receipt: Rc<Receipt>,
    pub now_ms: i64,
    pub dispatch: Callback<Action>,
}

#[component]
pub fn RequestRow(props: &RequestRowProps) -> Html {
    let texts = use_texts();
    let receipt = &props.receipt;
    let reference: Rc<str> = Rc::from(receipt.reference.as_str());
    let onclick = {
        let reference = Rc::clone(&reference);
        props
            .dispatch
            .reform(move |_: MouseEvent| Action::Go(Screen::Request(Rc::clone(&reference))))
    };
    let status = texts.get(status_key(receipt.status));
    let meta = texts.with(
        Key::RequestsMeta,
        &[("reference", &receipt.reference), ("status", &status)],
    );
    html! {
        <li class="pd-requests__item">
            <button type="button" class="pd-request" id={row_id(&receipt.reference)}
                data-testid="pd-request" data-reference={receipt.reference.clone()}
                data-status={status_code(receipt.status)} data-sync="sent"
                data-severity={receipt.severity.map(|_| "S1")} {onclick}>
                <span class="pd-request__top">
                    { badge(&texts, receipt) }
                    <span class="pd-request__subject"><bdi>{ receipt.subject.clone() }</bdi></span>
                </span>
                <span class="pd-request__meta">
                    { meta }{ " · " }{ standing(&texts, receipt, props.now_ms) }
                </span>
            </button>
        </li>
    }
}

/// The first response while it is awaited, otherwise when the ticket was filed.
fn standing(texts: &Texts, receipt: &Receipt, now_ms: i64) -> Html {
    let formats = texts.formats();
    let due = receipt
        .classification
        .commitment
        .filter(|_| receipt.status != Status::Closed)
        .zip(formats.instant(&receipt.created_at))
        .map(|(hours, at)| {
            let [_, to] = hours.first_response_h;
            at + i64::from(to) * 3_600_000
        });
    if let Some(due) = due {
        let key = if due < now_ms {
            Key::TargetFirstResponsePassed
        } else {
            Key::TargetFirstResponseDue
        };
        let time = formats.duration(due - now_ms);
        // Relative only: a time of day would read as a promise (R12).
        return html! { texts.with(key, &[("time", &time)]) };
    }
    when(texts, &receipt.created_at, now_ms)
}

/// The id of a row's button, for focus.
pub fn row_id(reference: &str) -> String {
    let mut id = String::from("pd-row-");
    id.push_str(reference);
    id
}

pub fn status_key(status: Status) -> Key {
    match status {
        Status::Open => Key::StatusOpen,
        Status::OnHold => Key::StatusOnHold,
        Status::Closed => Key::StatusClosed,
    }
}

const fn status_code(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::OnHold => "on_hold",
        Status::Closed => "closed",
    }
}
