//! A ticket as a line of a list, and its badges.

use super::codes;
use crate::desk::instant::told;
use crate::desk::texts::Texts;
use crate::desk::visit::Signed;
use maud::{Markup, html};
use partner_rules::wire::{AuthorKind, Receipt};

/// What a line shows besides the receipt.
#[derive(Clone, Copy, Debug)]
pub(in crate::desk) struct Row<'a> {
    pub(in crate::desk) receipt: &'a Receipt,
    pub(in crate::desk) shop: &'a str,
    pub(in crate::desk) partner: &'a str,
    pub(in crate::desk) handed_to: Option<&'a str>,
    pub(in crate::desk) inform_at: Option<&'a str>,
}

pub(in crate::desk) fn row(signed: &Signed, row: Row<'_>) -> Markup {
    let (texts, now) = (signed.visit.texts, signed.visit.now);
    let receipt = row.receipt;
    html! {
        li.row data-testid="desk-ticket" data-reference=(receipt.reference) {
            div.row__head {
                a.row__subject href=(format!("/tickets/{}", receipt.reference)) { bdi { (receipt.subject) } }
                (badges(texts, receipt))
            }
            p.row__facts {
                span { (receipt.reference) } " · " bdi { (row.shop) } " · " bdi { (row.partner) } " · "
                bdi { (receipt.service.name) } " · " (texts.say(codes::channel(receipt.channel)))
            }
            p.row__facts {
                (last(texts, receipt)) " " (told(texts, now, &receipt.updated_at))
                @if let Some(due) = &receipt.due {
                    " · " (texts.say(codes::stage(due.stage))) " " (told(texts, now, &due.due_at))
                }
                @if let Some(team) = row.handed_to { " · " (texts.say("row.with_team")) " " bdi { (team) } }
                @if let Some(at) = row.inform_at { " · " (texts.say("row.inform")) " " (told(texts, now, at)) }
            }
        }
    }
}

fn last(texts: &Texts, receipt: &Receipt) -> String {
    let Some(last) = receipt.last else {
        return texts.say("change.filed").to_owned();
    };
    let by = match last.by {
        AuthorKind::Partner => "row.by_partner",
        AuthorKind::Agent => "row.by_agent",
    };
    texts.with(by, &[("change", texts.say(codes::change(last.change)))])
}

pub(in crate::desk) fn badges(texts: &Texts, receipt: &Receipt) -> Markup {
    html! {
        span.badges {
            @if receipt.severity.is_some() { span.badge data-kind="critical" { (texts.say("badge.s1")) } }
            @if receipt.priority_customer { span.badge data-kind="accent" { (texts.say("badge.priority_customer")) } }
            span.badge data-kind=(codes::status_code(receipt.status)) { (texts.say(codes::status(receipt.status))) }
        }
    }
}
