//! One request: where it stands, its targets, and what was sent.

use super::add_ticket::preview::{metric_key, reason_text};
use super::fault::fault_notice;
use super::help::dc_name;
use super::receipt::outcome_key;
use super::waiting::waiting;
use crate::components::{badge, priority_badge};
use crate::i18n::{Key, Texts};
use crate::state::requests::Ticket;
use crate::state::{Action, Detail, Screen, State};
use partner_rules::wire::{Stage, TimelineEntry};
use std::rc::Rc;
use yew::prelude::*;

pub fn request(texts: &Texts, state: &State, dispatch: &Callback<Action>) -> Html {
    let content = match &state.detail {
        Detail::Closed | Detail::Wanted { .. } => waiting(texts, 6),
        Detail::Failed { reference, fault } => {
            let reference = Rc::clone(reference);
            let again = move |()| Action::Go(Screen::Request(Rc::clone(&reference)));
            fault_notice(texts, state, fault, &dispatch.reform(again))
        }
        Detail::Ready(ticket) => sent(texts, ticket, state.now_ms),
    };
    html! { <div class="pd-scroll" key="request" tabindex="0">{ content }</div> }
}

fn sent(texts: &Texts, ticket: &Ticket, now_ms: i64) -> Html {
    let (receipt, more) = (&ticket.receipt, &ticket.more);
    let classification = &receipt.classification;
    let service = &receipt.service.name;
    let reasons = classification
        .reasons
        .iter()
        .map(|reason| reason_text(texts, *reason, service));
    html! {
        <article class="pd-detail">
            <p class="pd-badges">
                { badge(texts, receipt) }
                { for priority_badge(texts, receipt) }
            </p>
            if !more.timeline.is_empty() {
                <h3>{ texts.get(Key::DetailTargets) }</h3>
                { timeline(texts, &more.timeline, now_ms) }
                <p class="pd-preview__note">{ texts.get(Key::TargetNote) }</p>
            }
            <h3>{ texts.get(Key::DetailWhy) }</h3>
            <p>{ texts.get(outcome_key(classification.outcome)) }</p>
            <ul class="pd-reasons">
                { for reasons.map(|reason| html! { <li>{ reason }</li> }) }
                if let Some(metric) = classification.metric {
                    <li>{ texts.get(metric_key(metric)) }</li>
                }
            </ul>
            <h3>{ texts.get(Key::DetailSent) }</h3>
            <p class="pd-detail__text" dir="auto">{ more.description.clone() }</p>
            <dl class="pd-facts">
                { for facts(texts, ticket).into_iter().map(|(label, value)| html! {
                    <><dt>{ label }</dt><dd><bdi>{ value }</bdi></dd></>
                }) }
            </dl>
        </article>
    }
}

fn facts(texts: &Texts, ticket: &Ticket) -> Vec<(String, String)> {
    let (receipt, more) = (&ticket.receipt, &ticket.more);
    let formats = texts.formats();
    let filed = formats
        .instant(&receipt.created_at)
        .map_or_else(|| receipt.created_at.clone(), |at| formats.date_time(at));
    let unknown = || texts.get(Key::DetailUnknownSuperadmin).to_string();
    let mut id = receipt.org_id_kind.code().to_uppercase();
    id.push(' ');
    id.push_str(&receipt.org_id);
    let mut facts = vec![
        (Key::FormService, receipt.service.name.clone()),
        (Key::FormOrgId, id),
        (
            Key::FormSuperadminEmail,
            more.superadmin_email.clone().unwrap_or_else(unknown),
        ),
    ];
    facts.extend(
        more.customer_email
            .clone()
            .map(|value| (Key::FormCustomerEmail, value)),
    );
    facts.extend(more.zuid.clone().map(|value| (Key::FormZuid, value)));
    facts.push((Key::ReceiptFiledAt, filed));
    facts.push((Key::ReceiptDataCentre, dc_name(texts, receipt.dc)));
    facts.push((
        Key::ReceiptRules,
        receipt.classification.policy_version.clone(),
    ));
    facts
        .into_iter()
        .map(|(key, value)| (texts.get(key).to_string(), value))
        .collect()
}

/// Each target with its aim and its bound; position and words tell the state, not colour alone.
fn timeline(texts: &Texts, entries: &[TimelineEntry], now_ms: i64) -> Html {
    let formats = texts.formats();
    let relative = |at: &str| {
        formats
            .instant(at)
            .map_or_else(String::new, |at| formats.relative(at, now_ms))
    };
    let entry = |entry: &TimelineEntry| {
        let left = |at: &str| formats.instant(at).map_or(0, |at| at - now_ms);
        let (aim, due) = (left(&entry.aim_at), left(&entry.due_at));
        let (from, to) = (formats.duration(aim), formats.duration(due));
        let (state, line) = match &entry.done_at {
            Some(done) => (
                "done",
                texts.with(Key::TargetDone, &[("when", &relative(done))]),
            ),
            None if due < 0 => ("passed", texts.with(Key::TargetPassed, &[("to", &to)])),
            None if aim < 0 => ("due", texts.with(Key::TargetAtMost, &[("to", &to)])),
            None => (
                "ahead",
                texts.with(Key::TargetAim, &[("from", &from), ("to", &to)]),
            ),
        };
        html! {
            <li class="pd-timeline__entry" data-state={state}>
                <span class="pd-timeline__stage">{ texts.get(stage_key(entry.stage)) }</span>
                <span class="pd-timeline__when">{ line }</span>
            </li>
        }
    };
    html! { <ol class="pd-timeline" data-testid="pd-timeline">{ for entries.iter().map(entry) }</ol> }
}

const fn stage_key(stage: Stage) -> Key {
    match stage {
        Stage::FirstResponse => Key::TargetFirstResponseTitle,
        Stage::ProblemDetermination => Key::TargetProblemDeterminationTitle,
        Stage::Resolution => Key::TargetResolutionTitle,
    }
}
