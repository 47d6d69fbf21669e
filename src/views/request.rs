//! One request: where it stands, its targets, and what was sent.

use super::add_ticket::preview::{metric_key, reason_text};
use super::fault::FaultNotice;
use super::help::dc_name;
use super::receipt::outcome_key;
use super::waiting::Waiting;
use crate::components::{Badge, use_texts};
use crate::i18n::{Key, Texts};
use crate::state::requests::Ticket;
use crate::state::{Action, Detail, Screen};
use partner_rules::wire::{Stage, TimelineEntry};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct RequestViewProps {
    pub detail: Detail,
    pub now_ms: i64,
    pub dispatch: Callback<Action>,
}

#[component]
pub fn RequestView(props: &RequestViewProps) -> Html {
    let content = match &props.detail {
        Detail::Closed | Detail::Wanted { .. } => html! { <Waiting rows={6} /> },
        Detail::Failed { reference, fault } => {
            let reference = Rc::clone(reference);
            let on_retry = props
                .dispatch
                .reform(move |()| Action::Go(Screen::Request(Rc::clone(&reference))));
            html! { <FaultNotice fault={fault.clone()} {on_retry} /> }
        }
        Detail::Ready(ticket) => {
            html! { <Sent ticket={Rc::clone(ticket)} now_ms={props.now_ms} /> }
        }
    };
    html! { <div class="pd-scroll">{ content }</div> }
}

#[derive(Properties, PartialEq)]
struct SentProps {
    ticket: Rc<Ticket>,
    now_ms: i64,
}

#[component]
fn Sent(props: &SentProps) -> Html {
    let texts = use_texts();
    let (receipt, more) = (&props.ticket.receipt, &props.ticket.more);
    let classification = &receipt.classification;
    let reasons = classification
        .reasons
        .iter()
        .map(|reason| reason_text(&texts, *reason, &receipt.service.name));
    html! {
        <article class="pd-detail">
            <p class="pd-badges">
                <Badge status={receipt.status} critical={receipt.severity.is_some()}
                    outcome={classification.outcome} />
                if receipt.priority_customer {
                    <span class="pd-badge" data-tone="neutral">{ texts.get(Key::BadgePriorityCustomer) }</span>
                }
            </p>
            if !more.timeline.is_empty() {
                <h3>{ texts.get(Key::DetailTargets) }</h3>
                <Timeline entries={more.timeline.clone()} now_ms={props.now_ms} />
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
                { for facts(&texts, &props.ticket).into_iter().map(|(label, value)| html! {
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

#[derive(Properties, PartialEq)]
struct TimelineProps {
    entries: Vec<TimelineEntry>,
    now_ms: i64,
}

/// Each target with its aim and its bound; position and words tell the state, not colour alone.
#[component]
fn Timeline(props: &TimelineProps) -> Html {
    let texts = use_texts();
    let formats = texts.formats();
    let entry = |entry: &TimelineEntry| {
        let relative = |at: &str| {
            formats
                .instant(at)
                .map_or_else(String::new, |at| formats.relative(at, props.now_ms))
        };
        let passed = formats
            .instant(&entry.due_at)
            .is_some_and(|due| due < props.now_ms);
        let state = match (&entry.done_at, passed) {
            (Some(_), _) => "done",
            (None, true) => "passed",
            (None, false) => "due",
        };
        let line = match &entry.done_at {
            Some(done) => html! { { texts.with(Key::TargetDone, &[("when", &relative(done))]) } },
            None => html! {
                { texts.with(Key::TargetAim, &[("from", &relative(&entry.aim_at)), ("to", &relative(&entry.due_at))]) }
            },
        };
        html! {
            <li class="pd-timeline__entry" data-state={state}>
                <span class="pd-timeline__stage">{ texts.get(stage_key(entry.stage)) }</span>
                <span class="pd-timeline__when">{ line }</span>
            </li>
        }
    };
    html! { <ol class="pd-timeline" data-testid="pd-timeline">{ for props.entries.iter().map(entry) }</ol> }
}

const fn stage_key(stage: Stage) -> Key {
    match stage {
        Stage::FirstResponse => Key::TargetFirstResponseTitle,
        Stage::ProblemDetermination => Key::TargetProblemDeterminationTitle,
        Stage::Resolution => Key::TargetResolutionTitle,
    }
}
