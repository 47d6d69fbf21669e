//! The receipt of a ticket just filed: reference, what was expected, what was decided and why.

use super::add_ticket::preview::{metric_key, reason_text};
use super::help::dc_name;
use crate::components::{Tone, badge, commitment, notice, place, priority_badge};
use crate::i18n::{Key, Texts};
use crate::state::signal::Sheet;
use crate::state::{Action, Filed, Screen};
use partner_rules::Outcome;
use std::rc::Rc;
use yew::prelude::*;

pub fn receipt(texts: &Texts, filed: &Filed, dispatch: &Callback<Action>) -> Html {
    let receipt = &filed.receipt;
    let lines = lines(texts, filed);
    let row = |(label, value): &(String, String)| {
        html! { <><dt>{ label }</dt><dd><bdi>{ value }</bdi></dd></> }
    };
    html! {
        <div class="pd-scroll" key="receipt">
            <div class="pd-receipt" data-testid="pd-receipt" data-reference={receipt.reference.clone()}
                data-outcome={receipt.classification.outcome.code()}
                data-severity={receipt.severity.map(|severity| severity.code())}>
                { head(texts, filed) }
                <p class="pd-badges">
                    { badge(texts, receipt) }
                    { place(priority_badge(texts, receipt)) }
                </p>
                <p>{ next(texts, filed) }</p>
                if let Some(hours) = &receipt.classification.commitment {
                    { commitment(texts, hours) }
                    <p class="pd-preview__note">{ texts.get(Key::TargetNote) }</p>
                }
                <p class="pd-receipt__difference">{ texts.get(difference(filed)) }</p>
                <ul class="pd-reasons">
                    { for reasons(texts, filed).iter().map(|reason| html! { <li>{ reason }</li> }) }
                </ul>
                <dl class="pd-facts">{ for lines.iter().map(row) }</dl>
                { buttons(texts, lines, dispatch) }
            </div>
        </div>
    }
}

fn head(texts: &Texts, filed: &Filed) -> Html {
    let content = html! {
        <>
            <p class="pd-receipt__reference"><bdi>{ filed.receipt.reference.clone() }</bdi></p>
            if filed.replayed {
                <p>{ texts.get(Key::ReceiptReplayed) }</p>
            }
        </>
    };
    notice(Tone::Done, &heading(texts), None, content)
}

fn buttons(texts: &Texts, lines: Vec<(String, String)>, dispatch: &Callback<Action>) -> Html {
    let text: Rc<str> = Rc::from(as_text(texts, &lines));
    let sheet = Rc::new(Sheet {
        title: heading(texts),
        lines,
    });
    let button = |hook: &'static str, label: Key, look: &'static str, action: Action| {
        let onclick = dispatch.reform(move |_: MouseEvent| action.clone());
        html! {
            <button type="button" class="pd-button" data-look={look} data-testid={hook} {onclick}>
                { texts.get(label) }
            </button>
        }
    };
    html! {
        <>
            <div class="pd-buttons">
                { button("pd-copy", Key::ReceiptCopy, "quiet", Action::Copy(text)) }
                { button("pd-print", Key::ReceiptPrint, "quiet", Action::Print(sheet)) }
            </div>
            <div class="pd-buttons">
                { button("pd-to-requests", Key::ReceiptToRequests, "main", Action::Back) }
                { button("pd-another", Key::ReceiptAnother, "quiet", Action::Go(Screen::AddTicket)) }
            </div>
        </>
    }
}

fn heading(texts: &Texts) -> String {
    texts.get(Key::ReceiptTitle).to_string()
}

/// What happens now.
fn next(texts: &Texts, filed: &Filed) -> String {
    let classification = &filed.receipt.classification;
    if let Some(hours) = classification.commitment {
        let [from, to] = hours.first_response_h;
        let (from, to) = (texts.formats().number(from), texts.formats().number(to));
        return texts.with(Key::ReceiptNextPriority, &[("from", &from), ("to", &to)]);
    }
    let key = match classification.outcome {
        Outcome::Priority | Outcome::Undecided => Key::ReceiptNextUndecided,
        Outcome::Manual => Key::ReceiptNextManual,
        Outcome::Excluded | Outcome::Standard | Outcome::Incomplete => Key::ReceiptNextNormal,
    };
    texts.get(key).to_string()
}

/// Previewed against decided.
fn difference(filed: &Filed) -> Key {
    let decided = &filed.receipt.classification;
    if filed.previewed == Some(decided.outcome) {
        return Key::ReceiptSame;
    }
    let rules_before = filed
        .receipt
        .preview
        .as_ref()
        .map(|preview| &preview.policy_version);
    if rules_before.is_some_and(|version| *version != decided.policy_version) {
        return Key::ReceiptDiffersRules;
    }
    match decided.outcome {
        Outcome::Priority => Key::ReceiptDiffersPriority,
        Outcome::Standard => Key::ReceiptDiffersStandard,
        Outcome::Undecided => Key::ReceiptDiffersUndecided,
        Outcome::Excluded | Outcome::Manual | Outcome::Incomplete => Key::ReceiptDiffersRules,
    }
}

fn reasons(texts: &Texts, filed: &Filed) -> Vec<String> {
    let classification = &filed.receipt.classification;
    let service = &filed.receipt.service.name;
    let mut reasons: Vec<String> = classification
        .reasons
        .iter()
        .map(|reason| reason_text(texts, *reason, service))
        .collect();
    if let Some(metric) = classification.metric {
        reasons.push(texts.get(metric_key(metric)).to_string());
    }
    reasons
}

fn lines(texts: &Texts, filed: &Filed) -> Vec<(String, String)> {
    let receipt = &filed.receipt;
    let formats = texts.formats();
    let at = formats
        .instant(&receipt.created_at)
        .map_or_else(|| receipt.created_at.clone(), |at| formats.date_time(at));
    let outcome = |outcome: Outcome| texts.get(outcome_key(outcome)).to_string();
    let mut lines = vec![
        (Key::ReceiptReference, receipt.reference.clone()),
        (Key::ReceiptDataCentre, dc_name(texts, receipt.dc)),
        (Key::ReceiptFiledAt, at),
        (Key::ReceiptEndpoint, filed.endpoint.to_string()),
        (Key::ReceiptDecided, outcome(receipt.classification.outcome)),
    ];
    if let Some(previewed) = filed.previewed {
        lines.insert(4, (Key::ReceiptPreviewed, outcome(previewed)));
    }
    lines.push((Key::ReceiptService, receipt.service.name.clone()));
    lines.push((Key::ReceiptSubject, receipt.subject.clone()));
    lines.push((
        Key::ReceiptRules,
        receipt.classification.policy_version.clone(),
    ));
    lines
        .into_iter()
        .map(|(key, value)| (texts.get(key).to_string(), value))
        .collect()
}

fn as_text(texts: &Texts, lines: &[(String, String)]) -> String {
    let mut text = heading(texts);
    for (label, value) in lines {
        text.push('\n');
        text.push_str(label);
        text.push_str(": ");
        text.push_str(value);
    }
    text
}

/// An outcome in a table.
pub const fn outcome_key(outcome: Outcome) -> Key {
    match outcome {
        Outcome::Excluded => Key::OutcomeExcluded,
        Outcome::Incomplete => Key::OutcomeIncomplete,
        Outcome::Manual => Key::OutcomeManual,
        Outcome::Priority => Key::OutcomePriority,
        Outcome::Standard => Key::OutcomeStandard,
        Outcome::Undecided => Key::OutcomeUndecided,
    }
}
