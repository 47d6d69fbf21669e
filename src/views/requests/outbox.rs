//! What is not sent yet, on top of the list: what is known about it, and what can be done.

use crate::components::{Tone, notice};
use crate::i18n::{Key, Texts};
use crate::state::outbox::{Entry, Parcel, Standing};
use crate::state::reply::Act;
use crate::state::transition::OutboxAction;
use crate::state::{Action, State};
use crate::views::add_ticket::kept::lacking;
use crate::views::fault::fault_text;
use std::rc::Rc;
use yew::prelude::*;

/// A row for each entry, oldest first; `sent` rows of the list follow.
pub(super) fn rows(texts: &Texts, state: &State, sent: usize, dispatch: &Callback<Action>) -> Html {
    let of = state.outbox.entries.len() + sent;
    let row = |(at, entry): (usize, &Rc<Entry>)| row(texts, state, entry, (at + 1, of), dispatch);
    state.outbox.entries.iter().enumerate().map(row).collect()
}

/// What waits is lost with the page, if nothing is kept.
pub(super) fn not_kept(texts: &Texts, state: &State) -> Option<Html> {
    let lacking = lacking(&state.storage).filter(|_| !state.outbox.entries.is_empty())?;
    Some(html! { <p class="pd-remark" data-testid="pd-not-kept">{ texts.get(lacking) }</p> })
}

/// The last cancellation can be taken back.
pub(super) fn undo(texts: &Texts, state: &State, dispatch: &Callback<Action>) -> Option<Html> {
    state.outbox.cancelled.as_ref()?;
    let onclick = dispatch.reform(|_: MouseEvent| Action::Outbox(OutboxAction::Undo));
    Some(thrown_away(
        texts,
        Key::OutboxCancelled,
        "pd-outbox-undo",
        onclick,
    ))
}

/// Something was thrown away; a button takes it back.
pub fn thrown_away(
    texts: &Texts,
    title: Key,
    hook: &'static str,
    onclick: Callback<MouseEvent>,
) -> Html {
    let button = html! {
        <button type="button" class="pd-button" data-look="quiet" id="pd-undo" data-testid={hook} {onclick}>
            { texts.get(Key::OutboxUndo) }
        </button>
    };
    notice(Tone::Accent, &texts.get(title), None, button)
}

/// `place`: in the whole list, from 1, and how long that is.
fn row(
    texts: &Texts,
    state: &State,
    entry: &Rc<Entry>,
    place: (usize, usize),
    dispatch: &Callback<Action>,
) -> Html {
    let subject = title(texts, entry);
    let (tone, badge) = look(&entry.standing);
    let kept = state.outbox.kept.as_ref() == Some(&entry.key);
    html! {
        <li class="pd-requests__item pd-unsent" key={entry.key.to_string()} data-testid="pd-request"
            aria-posinset={place.0.to_string()} aria-setsize={place.1.to_string()}
            data-sync="unsent" data-standing={code(&entry.standing)} data-draft={entry.key.to_string()}>
            <p class="pd-request__top">
                <span class="pd-badge" data-tone={tone}>{ texts.get(badge) }</span>
                <span class="pd-request__subject"><bdi>{ subject.clone() }</bdi></span>
            </p>
            <p class="pd-request__meta">
                { for sentences(texts, state, entry).into_iter().map(|text| html! { <span>{ text }</span> }) }
            </p>
            if kept {
                <p class="pd-field__error" role="alert">{ texts.get(kept_key(entry)) }</p>
            }
            <div class="pd-buttons">
                { buttons(texts, entry, dispatch) }
                if entry.standing.is_uncertain() {
                    { button(texts, entry, Key::OutboxShow, OutboxAction::Show, dispatch) }
                }
            </div>
        </li>
    }
}

/// What it is, in a few words.
pub fn title(texts: &Texts, entry: &Entry) -> String {
    match &entry.parcel {
        Parcel::Ticket { draft, .. } => match draft.subject.trim() {
            "" => texts.get(Key::OutboxNoSubject).to_string(),
            subject => subject.to_owned(),
        },
        Parcel::Remark(remark) => {
            let key = match remark.act {
                Act::Reply => Key::OutboxReply,
                Act::Close => Key::OutboxClosing,
                Act::Reopen => Key::OutboxReopening,
            };
            texts.with(key, &[("reference", &remark.reference)])
        }
    }
}

/// Why a cancellation was turned down.
pub fn kept_key(entry: &Entry) -> Key {
    match &entry.parcel {
        Parcel::Ticket { .. } => Key::OutboxKept,
        Parcel::Remark(_) => Key::OutboxKeptRemark,
    }
}

pub fn look(standing: &Standing) -> (&'static str, Key) {
    match standing {
        Standing::Aside => ("neutral", Key::OutboxAside),
        Standing::Waiting { .. } => ("amber", Key::OutboxWaiting),
        Standing::Sending { .. } => ("accent", Key::FormSending),
        Standing::Unknown { .. } => ("amber", Key::OutboxUnknown),
        Standing::Refused { .. } => ("critical", Key::OutboxRefused),
        Standing::Stale => ("amber", Key::OutboxUnknown),
    }
}

pub const fn code(standing: &Standing) -> &'static str {
    match standing {
        Standing::Aside => "aside",
        Standing::Waiting { .. } => "waiting",
        Standing::Sending { .. } => "sending",
        Standing::Unknown { .. } => "unknown",
        Standing::Refused { .. } => "refused",
        Standing::Stale => "stale",
    }
}

/// What is known, and what happens next.
pub fn sentences(texts: &Texts, state: &State, entry: &Entry) -> Vec<String> {
    let plain = |key| texts.get(key).to_string();
    let next = state
        .outbox
        .pause
        .and_then(|pause| pause.at_ms)
        .map(|at_ms| {
            let time = texts.formats().time(at_ms);
            texts.with(Key::OutboxNextAt, &[("time", &time)])
        });
    let (unknown, stale) = match &entry.parcel {
        Parcel::Ticket { .. } => (Key::OutboxUnknownText, Key::OutboxStaleText),
        Parcel::Remark(_) => (Key::OutboxUnknownRemark, Key::OutboxStaleRemark),
    };
    if state.outbox.ahead_of(entry).is_some() {
        // It has not been tried: something about the same request goes before it.
        return vec![plain(Key::OutboxWaitingText)];
    }
    match &entry.standing {
        Standing::Aside => vec![plain(Key::OutboxAsideText)],
        Standing::Sending { .. } => Vec::new(),
        Standing::Waiting { fault } => {
            let mut all = vec![fault_text(texts, fault), plain(Key::OutboxWaitingText)];
            all.extend(next);
            all
        }
        Standing::Unknown { fault } => {
            let mut all = vec![fault_text(texts, fault), plain(unknown)];
            all.extend(next);
            all
        }
        Standing::Refused { fault } => vec![fault_text(texts, fault)],
        Standing::Stale => vec![plain(stale)],
    }
}

/// What can be done with it, wherever it is shown.
pub fn buttons(texts: &Texts, entry: &Rc<Entry>, dispatch: &Callback<Action>) -> Html {
    let button = |label, action| button(texts, entry, label, action, dispatch);
    let send = |label| button(label, OutboxAction::Send);
    let edit = || button(Key::OutboxEdit, OutboxAction::Edit);
    let cancel = || button(Key::OutboxCancel, OutboxAction::Cancel);
    match &entry.standing {
        Standing::Sending { .. } => Html::default(),
        Standing::Waiting { .. } => {
            html! { <>{ send(Key::OutboxSend) }{ edit() }{ cancel() }</> }
        }
        Standing::Unknown { .. } => {
            html! { <>{ send(Key::FormCheckAgain) }{ cancel() }</> }
        }
        // The request may have been reopened since.
        Standing::Refused { .. } if entry.remark().is_some() => {
            html! { <>{ send(Key::OutboxSend) }{ edit() }{ cancel() }</> }
        }
        Standing::Refused { .. } | Standing::Aside | Standing::Stale => {
            html! { <>{ edit() }{ cancel() }</> }
        }
    }
}

/// Several entries have the same buttons: the name says which one is meant.
fn button(
    texts: &Texts,
    entry: &Entry,
    label: Key,
    action: fn(Rc<str>) -> OutboxAction,
    dispatch: &Callback<Action>,
) -> Html {
    let action = action(Rc::clone(&entry.key));
    let hook = match &action {
        OutboxAction::Send(_) => "pd-outbox-send",
        OutboxAction::Edit(_) => "pd-outbox-edit",
        OutboxAction::Cancel(_) => "pd-outbox-cancel",
        OutboxAction::Show(_) => "pd-outbox-show",
        OutboxAction::Undo
        | OutboxAction::Nudged
        | OutboxAction::Pausing { .. }
        | OutboxAction::Due { .. } => "",
    };
    let onclick = dispatch.reform(move |_: MouseEvent| Action::Outbox(action.clone()));
    let label = texts.get(label);
    let name = texts.with(
        Key::OutboxNamed,
        &[("action", &label), ("subject", &title(texts, entry))],
    );
    html! {
        <button type="button" class="pd-button" data-look="quiet" data-testid={hook}
            aria-label={name} {onclick}>{ label }</button>
    }
}
