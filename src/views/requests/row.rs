//! A row of the list (a component: thousands of rows need not be drawn again): badge and subject, then where
//! it stands. Every row has the same height, whatever it says: what has no room ends in an ellipsis.

use crate::components::{badge, place, use_texts};
use crate::i18n::{Key, Texts};
use crate::state::requests::filter::status_code;
use crate::state::{Action, Screen};
use partner_rules::wire::{AuthorKind, LastChange, Receipt, Stage, Status, TicketChange};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct RequestRowProps {
    pub receipt: Rc<Receipt>,
    /// Its place in the whole list, from 1, and how long that is: not all of it is drawn.
    pub at: usize,
    pub of: usize,
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
    html! {
        <li class="pd-requests__item pd-requests__row" data-rows="1" aria-posinset={props.at.to_string()}
            aria-setsize={props.of.to_string()}>
            <button type="button" class="pd-request" id={row_id(&receipt.reference)}
                data-testid="pd-request" data-reference={receipt.reference.clone()}
                data-status={status_code(receipt.status)} data-sync="sent"
                data-severity={receipt.severity.map(|_| "S1")}
                data-unread={receipt.unread.then_some("true")} {onclick}>
                <span class="pd-request__top">
                    if receipt.unread {
                        <span class="pd-request__unread">
                            <span class="pd-hidden">{ texts.get(Key::RequestsUnread) }{ " " }</span>
                        </span>
                    }
                    { badge(&texts, receipt) }
                    // By its own direction, so that it is cut where it ends.
                    <span class="pd-request__subject" dir="auto" title={receipt.subject.clone()}>
                        { receipt.subject.clone() }
                    </span>
                </span>
                <span class="pd-request__meta">
                    { fact(html! { <bdi>{ receipt.reference.clone() }</bdi> }) }
                    { fact(html! { texts.get(status_key(receipt.status)) }) }
                    { place(last(&texts, receipt, props.now_ms).map(fact)) }
                </span>
                <span class="pd-request__meta">
                    { place(due(&texts, receipt, props.now_ms).map(fact)) }
                    // An e-mail may not say it.
                    if !receipt.service.name.is_empty() {
                        { fact(html! { receipt.service.name.clone() }) }
                    }
                </span>
            </button>
        </li>
    }
}

/// What stands between two of them is made by the style sheet and read to nobody.
fn fact(content: Html) -> Html {
    html! { <><span class="pd-request__fact">{ content }</span>{ " " }</> }
}

/// The target that comes next. Relative only: a time of day would read as a promise (R12).
fn due(texts: &Texts, receipt: &Receipt, now_ms: i64) -> Option<Html> {
    let next = receipt.due.as_ref()?;
    let formats = texts.formats();
    let left = formats.instant(&next.due_at)? - now_ms;
    let key = match (next.stage, left < 0) {
        (Stage::FirstResponse, false) => Key::TargetFirstResponseDue,
        (Stage::FirstResponse, true) => Key::TargetFirstResponsePassed,
        (Stage::ProblemDetermination, false) => Key::TargetProblemDeterminationDue,
        (Stage::ProblemDetermination, true) => Key::TargetProblemDeterminationPassed,
        (Stage::Resolution, false) => Key::TargetResolutionDue,
        (Stage::Resolution, true) => Key::TargetResolutionPassed,
    };
    let passed = (left < 0).then_some("true");
    let text = texts.with(key, &[("time", &formats.duration(left))]);
    Some(html! { <span class="pd-request__due" data-passed={passed}>{ text }</span> })
}

/// What happened last, and when: the exact time on hover and for machines.
fn last(texts: &Texts, receipt: &Receipt, now_ms: i64) -> Option<Html> {
    let formats = texts.formats();
    let at_ms = formats.instant(&receipt.updated_at)?;
    let when = formats.relative(at_ms, now_ms);
    let text = texts.with(last_key(receipt.last), &[("when", &when)]);
    Some(html! {
        <time datetime={receipt.updated_at.clone()} title={formats.date_time(at_ms)}>{ text }</time>
    })
}

/// Without a change to tell of, nothing has happened since it was filed.
fn last_key(last: Option<LastChange>) -> Key {
    let Some(LastChange { change, by }) = last else {
        return Key::LastFiled;
    };
    match (change, by) {
        (TicketChange::Filed, _) => Key::LastFiled,
        (TicketChange::Replied, AuthorKind::Agent) => Key::LastSupportReplied,
        (TicketChange::Replied, AuthorKind::Partner) => Key::LastPartnerReplied,
        (TicketChange::Closed, _) => Key::LastClosed,
        (TicketChange::Reopened, _) => Key::LastReopened,
        (TicketChange::Held, _) => Key::LastHeld,
        (TicketChange::Resumed, _) => Key::LastResumed,
        (TicketChange::Completed, _) => Key::LastCompleted,
        (TicketChange::Verified, _) => Key::LastVerified,
        (TicketChange::Reclassified, _) => Key::LastReclassified,
        (TicketChange::Raised, _) => Key::LastRaised,
    }
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
