//! Why the request is classified this way, and how that has changed; folded up.

use super::Part;
use super::conversation::{change_key, decides};
use crate::components::when;
use crate::i18n::{Key, Texts};
use crate::views::add_ticket::preview::{metric_key, reason_text};
use crate::views::receipt::outcome_key;
use partner_rules::wire::{ClassificationView, HistoryEntry, TicketChange};
use yew::prelude::*;

pub(super) fn why(part: &Part<'_>) -> Html {
    let (texts, receipt) = (part.texts, &part.ticket.receipt);
    let (classification, service) = (&receipt.classification, &receipt.service.name);
    let history: Vec<&HistoryEntry> = part
        .ticket
        .more
        .history
        .iter()
        .filter(|entry| entry.change == TicketChange::Filed || decides(entry.change))
        .collect();
    html! {
        <details class="pd-fold" data-testid="pd-classification">
            <summary>{ texts.get(Key::DetailWhy) }</summary>
            <p>{ texts.get(outcome_key(classification.outcome)) }</p>
            { reasons(texts, classification, service) }
            if history.len() > 1 {
                <h3>{ texts.get(Key::DetailHistory) }</h3>
                <ol class="pd-history">{ for history.iter().map(|entry| step(part, entry)) }</ol>
            }
        </details>
    }
}

fn reasons(texts: &Texts, classification: &ClassificationView, service: &str) -> Html {
    html! {
        <ul class="pd-reasons">
            { for told(texts, classification, service).into_iter().map(|line| html! { <li>{ line }</li> }) }
        </ul>
    }
}

/// The reasons of a verdict in words, and by which rules.
pub(super) fn told(
    texts: &Texts,
    classification: &ClassificationView,
    service: &str,
) -> Vec<String> {
    let reasons = classification.reasons.iter();
    let mut lines: Vec<String> = reasons
        .map(|reason| reason_text(texts, *reason, service))
        .collect();
    let metric = classification.metric.map(metric_key);
    lines.extend(metric.map(|key| texts.get(key).to_string()));
    let version = [("version", &*classification.policy_version)];
    lines.push(texts.with(Key::DetailRules, &version));
    lines
}

/// What was decided once, by whom and why.
fn step(part: &Part<'_>, entry: &HistoryEntry) -> Html {
    let texts = part.texts;
    let service = &part.ticket.receipt.service.name;
    html! {
        <li>
            <p>
                { texts.get(change_key(entry.change)) }{ " · " }
                { when(texts, &entry.at, part.state.now_ms) }
            </p>
            <p>{ texts.get(outcome_key(entry.classification.outcome)) }</p>
            if let Some(reason) = &entry.reason {
                <p dir="auto">{ reason.clone() }</p>
            }
            { reasons(texts, &entry.classification, service) }
        </li>
    }
}
