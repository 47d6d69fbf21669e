//! The whole request in words: to be copied as text, and to be printed.

use super::Part;
use super::conversation::{changed, who};
use super::facts;
use super::timeline::{stage_key, told};
use super::why;
use crate::components::badge_text;
use crate::i18n::Key;
use crate::state::Action;
use crate::state::conversation::Line;
use crate::state::signal::Sheet;
use partner_rules::wire::Attachment;
use std::rc::Rc;
use yew::prelude::*;

pub(super) fn buttons(part: &Part<'_>) -> Html {
    let lines = lines(part);
    let title = part.ticket.receipt.subject.clone();
    let text: Rc<str> = Rc::from(as_text(&title, &lines));
    let sheet = Rc::new(Sheet { title, lines });
    let button = |hook: &'static str, label: Key, action: Action| {
        let onclick = part.dispatch.reform(move |_: MouseEvent| action.clone());
        html! {
            <button type="button" class="pd-link" data-testid={hook} {onclick}>
                { part.texts.get(label) }
            </button>
        }
    };
    html! {
        <div class="pd-talk__buttons">
            { button("pd-copy", Key::ReceiptCopy, Action::Copy(text)) }
            { button("pd-print", Key::ReceiptPrint, Action::Print(sheet)) }
        </div>
    }
}

/// Label and value of everything, in the order of the screen.
fn lines(part: &Part<'_>) -> Vec<(String, String)> {
    let (texts, ticket) = (part.texts, part.ticket);
    let receipt = &ticket.receipt;
    let label = |key: Key| texts.get(key).to_string();
    let mut lines = vec![
        (label(Key::ReceiptReference), receipt.reference.clone()),
        (label(Key::ReceiptDecided), badge_text(texts, receipt)),
    ];
    lines.extend(ticket.more.timeline.iter().map(|entry| {
        let told = told(texts, ticket, entry, part.state.now_ms);
        (label(stage_key(entry.stage)), told.lines.join(" · "))
    }));
    let reasons = why::told(texts, &receipt.classification, &receipt.service.name);
    lines.push((label(Key::DetailWhy), reasons.join(" ")));
    lines.extend(facts::lines(texts, ticket));
    lines.extend(ticket.lines().into_iter().map(|line| spoken(part, line)));
    lines
}

/// A line of the conversation: who and when, and what.
fn spoken(part: &Part<'_>, line: Line<'_>) -> (String, String) {
    let (texts, ticket) = (part.texts, part.ticket);
    let formats = texts.formats();
    let head = |who: String, at: &str| {
        let at = formats
            .instant(at)
            .map_or_else(|| at.to_owned(), |at| formats.date_time(at));
        [who, at].join(" · ")
    };
    match line {
        Line::Filed => {
            let who = who(texts, ticket.author(&line), part.me);
            (
                head(who, &ticket.receipt.created_at),
                with_files(&ticket.more.description, &ticket.more.attachments),
            )
        }
        Line::Message(message) => {
            let who = who(texts, Some(&message.author), part.me);
            let text = with_files(&message.text, &message.attachments);
            (head(who, &message.created_at), text)
        }
        Line::Change(entry) => (
            head(changed(texts, entry, part.me), &entry.at),
            entry.reason.clone().unwrap_or_default(),
        ),
    }
}

fn with_files(text: &str, files: &[Attachment]) -> String {
    let mut text = text.to_owned();
    for file in files {
        text.push_str("\n– ");
        text.push_str(&file.name);
    }
    text
}

fn as_text(title: &str, lines: &[(String, String)]) -> String {
    let mut text = title.to_owned();
    for (label, value) in lines {
        text.push('\n');
        text.push_str(label);
        if !value.is_empty() {
            text.push_str(": ");
            text.push_str(value);
        }
    }
    text
}
