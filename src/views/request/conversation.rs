//! What was said and done, oldest first: what the request was filed with, messages, and a line for each
//! change.

use super::Part;
use super::attachments::attached;
use super::links::linked;
use super::outgoing::{outgoing, undo};
use crate::components::{place, when};
use crate::i18n::{Key, Texts};
use crate::state::conversation::{Line, is_me};
use crate::views::receipt::outcome_key;
use partner_rules::wire::{Attachment, Author, AuthorKind, HistoryEntry, Message, TicketChange};
use yew::prelude::*;

pub(super) fn conversation(part: &Part<'_>) -> Html {
    let title = part.texts.get(Key::ConversationTitle);
    let lines = part.ticket.lines();
    html! {
        <section class="pd-talk">
            <h3 id="pd-conversation">{ title }</h3>
            <ol class="pd-conversation" data-testid="pd-conversation" aria-labelledby="pd-conversation">
                { for lines.into_iter().map(|line| row(part, line)) }
                { outgoing(part) }
            </ol>
            { place(undo(part)) }
        </section>
    }
}

fn row(part: &Part<'_>, line: Line<'_>) -> Html {
    match line {
        Line::Filed => filed(part),
        Line::Message(message) => said(part, message),
        Line::Change(entry) => change(part, entry),
    }
}

fn filed(part: &Part<'_>) -> Html {
    let (receipt, more) = (&part.ticket.receipt, &part.ticket.more);
    let by = part.ticket.author(&Line::Filed);
    bubble(
        part,
        &Said {
            key: "filed",
            by,
            at: &receipt.created_at,
            text: &more.description,
            attachments: &more.attachments,
            status_note: false,
        },
    )
}

fn said(part: &Part<'_>, message: &Message) -> Html {
    bubble(
        part,
        &Said {
            key: &message.id,
            by: Some(&message.author),
            at: &message.created_at,
            text: &message.text,
            attachments: &message.attachments,
            status_note: message.status_note,
        },
    )
}

struct Said<'a> {
    key: &'a str,
    by: Option<&'a Author>,
    /// RFC 3339.
    at: &'a str,
    text: &'a str,
    attachments: &'a [Attachment],
    status_note: bool,
}

fn bubble(part: &Part<'_>, said: &Said<'_>) -> Html {
    let texts = part.texts;
    let from = said.by.map_or("partner", |by| side(part, by));
    html! {
        <li class="pd-message" key={said.key.to_owned()} data-testid="pd-message" data-from={from}>
            <h4 class="pd-message__head">
                <bdi>{ who(texts, said.by, part.me) }</bdi>{ " · " }
                { when(texts, said.at, part.state.now_ms) }
            </h4>
            if said.status_note {
                <p><span class="pd-badge" data-tone="accent">{ texts.get(Key::ConversationStatusNote) }</span></p>
            }
            <p class="pd-message__text" dir="auto">{ linked(said.text) }</p>
            { place(attached(part, said.attachments)) }
        </li>
    }
}

/// On which side it stands.
fn side(part: &Part<'_>, by: &Author) -> &'static str {
    match by.kind {
        AuthorKind::Agent => "agent",
        AuthorKind::Partner if is_me(by, part.me) => "you",
        AuthorKind::Partner => "partner",
    }
}

/// Who wrote or did it. Nobody is named where nobody is known.
pub(super) fn who(texts: &Texts, by: Option<&Author>, me: &str) -> String {
    let Some(by) = by else {
        return texts.get(Key::ConversationPartner).to_string();
    };
    if is_me(by, me) {
        return texts.get(Key::ConversationYou).to_string();
    }
    match (by.kind, by.name.trim()) {
        (AuthorKind::Agent, "") => texts.get(Key::ConversationAgent).to_string(),
        (AuthorKind::Partner, "") => texts.get(Key::ConversationPartner).to_string(),
        (AuthorKind::Agent | AuthorKind::Partner, name) => name.to_owned(),
    }
}

fn change(part: &Part<'_>, entry: &HistoryEntry) -> Html {
    let texts = part.texts;
    let line = changed(texts, entry, part.me);
    html! {
        <li class="pd-change" data-testid="pd-change" data-change={change_code(entry.change)}>
            <p><bdi>{ line }</bdi>{ " · " }{ when(texts, &entry.at, part.state.now_ms) }</p>
            if let Some(reason) = &entry.reason {
                <p class="pd-change__reason" dir="auto">{ reason.clone() }</p>
            }
        </li>
    }
}

/// What happened and by whom, in a few words.
pub(super) fn changed(texts: &Texts, entry: &HistoryEntry, me: &str) -> String {
    let mut line = texts.get(change_key(entry.change)).to_string();
    let mut add = |more: &str| {
        line.push_str(" · ");
        line.push_str(more);
    };
    if decides(entry.change) {
        add(&texts.get(outcome_key(entry.classification.outcome)));
    }
    if entry.by.is_some() {
        add(&who(texts, entry.by.as_ref(), me));
    }
    line
}

/// Whether a change may have decided the severity anew.
pub(super) const fn decides(change: TicketChange) -> bool {
    match change {
        TicketChange::Completed
        | TicketChange::Verified
        | TicketChange::Reclassified
        | TicketChange::Raised => true,
        TicketChange::Filed
        | TicketChange::Replied
        | TicketChange::Closed
        | TicketChange::Reopened
        | TicketChange::Held
        | TicketChange::Resumed => false,
    }
}

pub(super) const fn change_key(change: TicketChange) -> Key {
    match change {
        TicketChange::Filed => Key::HistoryFiled,
        TicketChange::Replied => Key::HistoryReplied,
        TicketChange::Closed => Key::HistoryClosed,
        TicketChange::Reopened => Key::HistoryReopened,
        TicketChange::Held => Key::HistoryHeld,
        TicketChange::Resumed => Key::HistoryResumed,
        TicketChange::Completed => Key::HistoryCompleted,
        TicketChange::Verified => Key::HistoryVerified,
        TicketChange::Reclassified => Key::HistoryReclassified,
        TicketChange::Raised => Key::HistoryRaised,
    }
}

const fn change_code(change: TicketChange) -> &'static str {
    match change {
        TicketChange::Filed => "filed",
        TicketChange::Replied => "replied",
        TicketChange::Closed => "closed",
        TicketChange::Reopened => "reopened",
        TicketChange::Held => "held",
        TicketChange::Resumed => "resumed",
        TicketChange::Completed => "completed",
        TicketChange::Verified => "verified",
        TicketChange::Reclassified => "reclassified",
        TicketChange::Raised => "raised",
    }
}
