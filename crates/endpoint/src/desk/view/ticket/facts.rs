//! The verdict with its reasons, and what the partner gave.

use super::Page;
use crate::desk::instant::told;
use crate::desk::view::codes;
use maud::{Markup, html};
use partner_rules::OrgIdKind;

pub(super) fn classification(page: Page<'_>) -> Markup {
    let texts = page.signed.visit.texts;
    let case = page.case;
    let verdict = &case.receipt.classification;
    let service = case.receipt.service.name.as_str();
    html! {
        section.card aria-labelledby="verdict" data-testid="desk-classification"
            data-outcome=(verdict.outcome.code()) data-severity=[case.receipt.severity.map(|severity| severity.code())] {
            h2 #verdict { (texts.say("verdict.title")) }
            p { strong { (texts.say(codes::outcome(verdict.outcome))) } }
            ul {
                @for reason in &verdict.reasons {
                    li { (texts.with(codes::reason(*reason), &[("service", service)])) }
                }
                @if let Some(metric) = verdict.metric { li { (texts.say(codes::metric(metric))) } }
                @if case.handling.by_hand { li { (texts.say("verdict.by_hand")) } }
                @if case.handling.raised { li { (texts.say("verdict.raised")) } }
            }
            p.soft { (texts.with("verdict.policy", &[("version", &verdict.policy_version)])) }
        }
    }
}

pub(super) fn ticket(page: Page<'_>) -> Markup {
    let visit = &page.signed.visit;
    let (texts, now) = (visit.texts, visit.now);
    let case = page.case;
    let receipt = &case.receipt;
    let kind = match receipt.org_id_kind {
        OrgIdKind::Zoid => "fact.zoid",
        OrgIdKind::Zgid => "fact.zgid",
    };
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    html! {
        section.card aria-labelledby="facts" {
            h2 #facts { (texts.say("fact.title")) }
            dl.facts {
                @for (label, value) in [
                    ("fact.superadmin_email", optional(&case.superadmin_email)),
                    ("fact.service", receipt.service.name.clone()),
                    (kind, receipt.org_id.clone()),
                    ("fact.customer_email", optional(&case.customer_email)),
                    ("fact.zuid", optional(&case.zuid)),
                    ("fact.shop", case.shop.name.clone()),
                    ("fact.partner", case.partner.name.clone()),
                    ("fact.partner_email", case.partner.email.clone()),
                    ("fact.dc", receipt.dc.code().to_uppercase()),
                    ("fact.region", receipt.region.code().to_uppercase()),
                    ("fact.channel", texts.say(codes::channel(receipt.channel)).to_owned()),
                    ("fact.lang", optional(&case.lang)),
                    ("fact.team", optional(&case.handling.handed_to)),
                ] {
                    @if !value.is_empty() { div { dt { (texts.say(label)) } dd dir="auto" { (value) } } }
                }
                div { dt { (texts.say("fact.created")) } dd { (told(texts, now, &receipt.created_at)) } }
                div { dt { (texts.say("fact.updated")) } dd { (told(texts, now, &receipt.updated_at)) } }
                @if let Some(clock) = &case.handling.clock_at {
                    div { dt { (texts.say("fact.clock")) } dd { (told(texts, now, clock)) } }
                }
            }
        }
    }
}
