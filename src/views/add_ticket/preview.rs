//! The live preview: verdict, reasons, targets, rules version, what would change it.
//! Not a live region: it would speak on every keystroke. Another verdict is said once typing has paused.

use super::Part;
use crate::components::{Glyph, commitment, field_name, icon, place};
use crate::i18n::{Key, Texts};
use crate::state::guide::{Topic, topics};
use crate::state::{Action, Form};
use partner_rules::codes::Change;
use partner_rules::{Classification, Metric, Outcome, Reason, Severity};
use yew::prelude::*;

pub(super) fn preview(part: &Part<'_>, checking: bool, asked: Option<Topic>) -> Html {
    let texts = part.texts;
    let Some(assessment) = &part.form.assessment else {
        return html! { <section class="pd-preview" id="pd-verdict">{ texts.get(Key::PreviewLoading) }</section> };
    };
    let verdict = &assessment.classification;
    let (tone, glyph) = look(verdict.outcome);
    html! {
        <section class="pd-preview" data-testid="pd-preview" data-outcome={verdict.outcome.code()}
            data-policy={verdict.policy_version.clone()} data-tone={tone}
            aria-label={texts.get(Key::PreviewTitle)}>
            <p class="pd-preview__verdict" id="pd-verdict">{ icon(glyph) }{ title(texts, part.form, verdict) }</p>
            { place(missing(texts, verdict)) }
            { place(lead(part, verdict)) }
            { place(targets(part, verdict)) }
            if checking {
                <p class="pd-preview__note">{ texts.get(Key::PreviewChecking) }</p>
            }
            { why(part, verdict, asked) }
        </section>
    }
}

const fn look(outcome: Outcome) -> (&'static str, Glyph) {
    match outcome {
        Outcome::Priority => ("critical", Glyph::Flag),
        Outcome::Excluded | Outcome::Standard => ("amber", Glyph::Info),
        Outcome::Incomplete | Outcome::Manual | Outcome::Undecided => ("accent", Glyph::Info),
    }
}

fn title(texts: &Texts, form: &Form, verdict: &Classification) -> String {
    if verdict.outcome == Outcome::Incomplete && !form.errors.is_empty() {
        let count = u32::try_from(form.errors.len()).unwrap_or(u32::MAX);
        return texts.count(Key::PreviewCorrect, count);
    }
    texts.get(verdict_key(verdict.outcome)).to_string()
}

/// A verdict in a few words.
pub fn verdict_key(outcome: Outcome) -> Key {
    match outcome {
        Outcome::Incomplete => Key::PreviewIncompleteStart,
        Outcome::Excluded => Key::PreviewExcluded,
        Outcome::Manual => Key::PreviewManual,
        Outcome::Priority => Key::PreviewPriority,
        Outcome::Standard => Key::PreviewStandard,
        Outcome::Undecided => Key::PreviewUndecided,
    }
}

fn missing(texts: &Texts, verdict: &Classification) -> Option<Html> {
    if verdict.missing.is_empty() {
        return None;
    }
    let names: Vec<String> = verdict
        .missing
        .iter()
        .map(|field| field_name(texts, *field))
        .collect();
    let list = texts.formats().list(&names);
    Some(html! {
        <p data-testid="pd-preview-missing" data-missing={missing_codes(verdict)}>
            { texts.with(Key::PreviewNeeded, &[("fields", &list)]) }
        </p>
    })
}

fn missing_codes(verdict: &Classification) -> String {
    let mut codes = String::new();
    for field in &verdict.missing {
        if !codes.is_empty() {
            codes.push(' ');
        }
        codes.push_str(field.wire_name());
    }
    codes
}

/// The reasons that decide, always in view; an incomplete form shows only what is needed.
fn lead(part: &Part<'_>, verdict: &Classification) -> Option<Html> {
    if verdict.outcome == Outcome::Incomplete {
        return None;
    }
    let texts = part.texts;
    let mut lines = reasons(part, verdict);
    if matches!(verdict.outcome, Outcome::Excluded | Outcome::Standard) {
        lines.push(texts.get(Key::ChangeHandledNormally).to_string());
    }
    Some(html! { <p class="pd-preview__reasons">{ sentences(&lines) }</p> })
}

/// One after the other. What ends with an ideographic full stop has its room in it.
pub fn sentences(lines: &[String]) -> Html {
    let line = |line: &String| {
        let room = if line.ends_with('。') { "" } else { " " };
        html! { <span>{ line }{ room }</span> }
    };
    lines.iter().map(line).collect()
}

pub fn reasons(part: &Part<'_>, verdict: &Classification) -> Vec<String> {
    let texts = part.texts;
    let service = service_name(part);
    let mut lines: Vec<String> = verdict
        .reasons
        .iter()
        .map(|reason| reason_text(texts, *reason, &service))
        .collect();
    lines.extend(
        verdict
            .metric
            .map(|metric| texts.get(metric_key(metric)).to_string()),
    );
    lines
}

/// The targets of an expected S1, or those that would hold once it is confirmed.
fn targets(part: &Part<'_>, verdict: &Classification) -> Option<Html> {
    let texts = part.texts;
    if let Some(hours) = &verdict.commitment {
        return Some(commitment(texts, hours));
    }
    if verdict.outcome != Outcome::Undecided {
        return None;
    }
    let hours = part.policy.hours(Severity::S1)?;
    Some(html! {
        <>
            <p class="pd-preview__note">{ texts.get(Key::PreviewIfConfirmed) }</p>
            { commitment(texts, &hours) }
        </>
    })
}

/// Rules version and, folded away, everything else there is to say. It is unfolded for who comes
/// back from an answer.
fn why(part: &Part<'_>, verdict: &Classification, asked: Option<Topic>) -> Html {
    let (texts, policy) = (part.texts, part.policy);
    let formats = texts.formats();
    let date = formats
        .instant(policy.date())
        .map_or_else(|| policy.date().to_owned(), |at| formats.date(at));
    let rules = texts.with(
        Key::PreviewRules,
        &[("version", policy.version()), ("date", &date)],
    );
    html! {
        <details class="pd-why" open={asked.is_some()}>
            <summary>
                <span class="pd-why__rules">{ rules }{ " · " }{ texts.get(Key::TargetNote) }{ " · " }</span>
                <span class="pd-why__ask">{ texts.get(Key::PreviewWhy) }</span>
            </summary>
            <ul>{ for reasons(part, verdict).iter().map(|reason| html! { <li>{ reason }</li> }) }</ul>
            { questions(part, verdict) }
            if !verdict.changes.is_empty() {
                <p class="pd-why__title">{ texts.get(Key::PreviewChanges) }</p>
                <ul>{ for verdict.changes.iter().map(|change| html! { <li>{ texts.get(change_key(*change)) }</li> }) }</ul>
            }
        </details>
    }
}

/// What one may want to ask now, each with its answer in Help.
fn questions(part: &Part<'_>, verdict: &Classification) -> Html {
    let service = service_name(part);
    let link = |topic: Topic| {
        let onclick = part
            .dispatch
            .reform(move |_: MouseEvent| Action::Asked(topic));
        html! {
            <li>
                <button type="button" class="pd-link" id={asked_id(topic)} data-testid="pd-ask"
                    data-question={topic.id()} {onclick}>
                    { part.texts.with(ask_key(topic), &[("service", &service)]) }
                </button>
            </li>
        }
    };
    html! { <ul class="pd-why__asks">{ for topics(verdict).into_iter().map(link) }</ul> }
}

/// Where focus comes back to.
pub fn asked_id(topic: Topic) -> String {
    let mut id = String::from("pd-ask-");
    id.push_str(topic.id());
    id
}

const fn ask_key(topic: Topic) -> Key {
    match topic {
        Topic::Decided => Key::AskDecided,
        Topic::FindZoid => Key::AskFindZoid,
        Topic::Excluded => Key::AskExcluded,
        Topic::AddressMissing => Key::AskAddressMissing,
        Topic::S1 => Key::AskS1,
        Topic::Targets => Key::AskTargets,
        Topic::Undecided => Key::AskUndecided,
        Topic::Classified => Key::AskClassified,
        Topic::PolicyVersion => Key::AskPolicyVersion,
    }
}

/// The service as the catalogue names it.
fn service_name(part: &Part<'_>) -> String {
    let catalogue = part.policy.catalogue();
    catalogue.resolve(&part.form.draft.service).name
}

/// Why, in words; shared with receipt and detail.
pub fn reason_text(texts: &Texts, reason: Reason, service: &str) -> String {
    let key = match reason {
        Reason::ServiceExcluded => Key::ReasonServiceExcluded,
        Reason::ServiceEligible => Key::ReasonServiceEligible,
        Reason::ServiceUnlisted => Key::ReasonServiceUnlisted,
        Reason::FormIncomplete => Key::ReasonFormIncomplete,
        Reason::SuperadminUnknown => Key::ReasonSuperadminUnknown,
        Reason::AccountLarge => Key::ReasonAccountLarge,
        Reason::AccountStandard => Key::ReasonAccountStandard,
        Reason::AccountUnverified => Key::ReasonAccountUnverified,
        Reason::AccountMismatch => Key::ReasonAccountMismatch,
    };
    texts.with(key, &[("service", service)])
}

/// By what an excluded service is rated.
pub const fn metric_key(metric: Metric) -> Key {
    match metric {
        Metric::Contacts => Key::MetricContacts,
        Metric::MonthlyRows => Key::MetricMonthlyRows,
        Metric::MonthlyVisitors => Key::MetricMonthlyVisitors,
        Metric::Volume => Key::MetricVolume,
    }
}

const fn change_key(change: Change) -> Key {
    match change {
        Change::FillMissing => Key::ChangeFillMissing,
        Change::NameOtherService => Key::ChangeNameOtherService,
        Change::ProvideSuperadmin => Key::ChangeProvideSuperadmin,
        Change::MatchAddressAndId => Key::ChangeMatchAddressAndId,
        Change::ZohoConfirms => Key::ChangeZohoConfirms,
        Change::AccountGrows => Key::ChangeAccountGrows,
    }
}
