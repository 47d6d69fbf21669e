//! What was said: the ticket itself, messages, and notes among agents.

use super::Page;
use crate::casework::view::CaseMessage;
use crate::desk::instant::told;
use crate::desk::view::words;
use maud::{Markup, html};
use partner_rules::wire::AuthorKind;

pub(super) fn conversation(page: Page<'_>) -> Markup {
    let case = page.case;
    let texts = page.signed.visit.texts;
    let now = page.signed.visit.now;
    let place = format!("/tickets/{}/files", case.receipt.reference);
    html! {
        section aria-labelledby="talk" {
            h2 #talk { (texts.say("talk.title")) }
            ol.talk data-testid="desk-conversation" {
                li.message data-by="partner" {
                    h3.message__head {
                        bdi { (case.partner.name) } " "
                        span.soft { (texts.say("talk.filed")) " " (told(texts, now, &case.receipt.created_at)) }
                    }
                    (words::quoted(&case.description))
                    @if !case.attachments.is_empty() { (words::files(texts, &place, &case.attachments)) }
                }
                @for message in &case.messages { (one(page, &place, message)) }
            }
        }
    }
}

fn one(page: Page<'_>, place: &str, message: &CaseMessage) -> Markup {
    let texts = page.signed.visit.texts;
    let said = &message.message;
    let (by, side) = match said.author.kind {
        AuthorKind::Partner => ("partner", "talk.partner"),
        AuthorKind::Agent => ("agent", "talk.agent"),
    };
    let by = if message.internal { "note" } else { by };
    html! {
        li.message data-by=(by) data-testid="desk-message" {
            h3.message__head {
                bdi { (said.author.name) } " "
                span.soft {
                    (texts.say(side)) " " (told(texts, page.signed.visit.now, &said.created_at))
                }
                @if message.internal { " " span.badge data-kind="note" { (texts.say("talk.internal")) } }
                @if said.status_note { " " span.badge data-kind="accent" { (texts.say("talk.status_note")) } }
            }
            (words::quoted(&said.text))
            @if !said.attachments.is_empty() { (words::files(texts, place, &said.attachments)) }
        }
    }
}
