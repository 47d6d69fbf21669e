//! What happened: as partners see it, and the audit trail for agents; and what is new since a form was opened.

use super::Page;
use crate::casework::audit::Entry;
use crate::desk::acts::News;
use crate::desk::instant::told;
use crate::desk::view::codes;
use maud::{Markup, html};

pub(super) fn history(page: Page<'_>) -> Markup {
    let visit = &page.signed.visit;
    let texts = visit.texts;
    html! {
        details.act {
            summary { (texts.say("history.title")) }
            ol.trail data-testid="desk-history" {
                @for entry in &page.case.history {
                    li {
                        (told(texts, visit.now, &entry.at)) " – " strong { (texts.say(codes::change(entry.change))) }
                        @if let Some(by) = &entry.by { " – " bdi { (by.name) } }
                        " – " (texts.say(codes::outcome(entry.classification.outcome)))
                        @if let Some(reason) = &entry.reason { p.text dir="auto" { (reason) } }
                    }
                }
            }
        }
    }
}

pub(super) fn audit(page: Page<'_>) -> Markup {
    let texts = page.signed.visit.texts;
    html! {
        details.act {
            summary { (texts.say("audit.title")) }
            @if page.case.audit.is_empty() { p { (texts.say("audit.empty")) } }
            ol.trail data-testid="desk-audit" {
                @for entry in &page.case.audit { li { (line(page, entry)) } }
            }
        }
    }
}

fn line(page: Page<'_>, entry: &Entry) -> Markup {
    let visit = &page.signed.visit;
    let texts = visit.texts;
    html! {
        (told(texts, visit.now, &entry.at)) " – " strong { (texts.say(codes::audit(entry.act))) } " – "
        @match &entry.by {
            Some(who) => { bdi { (who.name) } " " span.soft { bdi { (who.email) } } }
            None => { (texts.say("audit.by_itself")) }
        }
        @if entry.before.is_some() || entry.after.is_some() {
            p.soft {
                bdi { (entry.before.as_deref().unwrap_or("–")) } " → " bdi { (entry.after.as_deref().unwrap_or("–")) }
            }
        }
        @if let Some(reason) = &entry.reason { p.text dir="auto" { (reason) } }
    }
}

/// Somebody else was faster: what they did, before what was typed is sent again.
pub(super) fn news(page: Page<'_>, news: &News) -> Markup {
    let visit = &page.signed.visit;
    let texts = visit.texts;
    let case = page.case;
    let audit = case.audit.get(news.audit_seen..).unwrap_or_default();
    let later = |at: &str| at > news.seen_at.as_str();
    let messages = case
        .messages
        .iter()
        .filter(|message| !message.internal && later(&message.message.created_at));
    let history = case.history.iter().filter(|entry| later(&entry.at));
    html! {
        div.summary role="alert" tabindex="-1" autofocus aria-labelledby="news" data-testid="desk-conflict" {
            h2 #news { (texts.say("conflict.title")) }
            p { (texts.say("conflict.text")) }
            ul {
                @for entry in audit { li { (line(page, entry)) } }
                @for message in messages {
                    li {
                        (texts.say("change.replied")) " – " bdi { (message.message.author.name) } " – "
                        (told(texts, visit.now, &message.message.created_at))
                    }
                }
                @for entry in history {
                    li { (texts.say(codes::change(entry.change))) " – " (told(texts, visit.now, &entry.at)) }
                }
            }
        }
    }
}
