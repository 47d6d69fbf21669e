//! The service name: free text with the catalogue to choose from.

use super::PartProps;
use super::hints::{Remarks, Suggestion};
use crate::components::{Combobox, FieldFrame, Row, use_texts};
use crate::i18n::{Key, Texts};
use crate::state::{Action, Connected, Input};
use partner_rules::Field;
use partner_rules::service::Match;
use yew::prelude::*;

#[component]
pub fn Service(props: &PartProps) -> Html {
    let texts = use_texts();
    let form = &props.form;
    let typed = &form.draft.service;
    let rows = {
        let texts = texts.clone();
        use_memo(
            (typed.clone(), props.connected.clone(), props.frozen),
            move |(typed, connected, frozen)| {
                if *frozen {
                    Vec::new()
                } else {
                    rows(&texts, connected, typed)
                }
            },
        )
    };
    let error = form.error(Field::Service);
    let on_take = props
        .dispatch
        .reform(|name: String| Action::Edited(Input::Service(name)));
    let on_count = props.dispatch.reform(Action::OptionsCounted);
    let remarks = html! {
        <>
            <Suggestion form={props.form.clone()} field={Field::Service} dispatch={props.dispatch.clone()} />
            <Remarks form={props.form.clone()} field={Field::Service} dispatch={props.dispatch.clone()} />
        </>
    };
    html! {
        <FieldFrame field={Field::Service} label={AttrValue::from(texts.get(Key::FormService))} {error} {remarks}
            hint={AttrValue::from(texts.get(Key::FormServiceHint))}>
            <Combobox field={Field::Service} value={typed.clone()} rows={(*rows).clone()}
                list_label={AttrValue::from(texts.get(Key::FormServiceOptions))} hint=true
                invalid={error.is_some()} read_only={props.frozen}
                on_input={props.on_input(Input::Service)} {on_take} {on_count}
                on_leave={props.on_leave(Field::Service)} />
        </FieldFrame>
    }
}

fn rows(texts: &Texts, connected: &Connected, typed: &str) -> Vec<Row> {
    let policy = &connected.policy;
    let row = |found: Match<'_>| {
        let service = found.service;
        let note = if policy.exclusion(&service.id).is_some() {
            texts.get(Key::FormServiceExcludedNote).to_string()
        } else {
            category(texts, &service.categories)
        };
        Row {
            value: AttrValue::from(service.name.clone()),
            id: AttrValue::from(service.id.clone()),
            parts: parts(&service.name, found.emphasis),
            note: AttrValue::from(note),
            description: description(service, texts),
        }
    };
    policy
        .catalogue()
        .search(typed)
        .into_iter()
        .map(row)
        .collect()
}

/// The first category; those that a policy adds are shown by their key.
fn category(texts: &Texts, categories: &[String]) -> String {
    let Some(first) = categories.first() else {
        return String::new();
    };
    let mut name = String::from("category.");
    name.push_str(first);
    texts
        .find(&name)
        .map_or_else(|| first.clone(), |label| label.to_string())
}

/// The policy's one-line description in this language, otherwise in English.
fn description(service: &partner_rules::service::Service, texts: &Texts) -> Option<AttrValue> {
    let described = &service.description;
    described
        .get(texts.lang())
        .or_else(|| described.get("en"))
        .cloned()
        .map(AttrValue::from)
}

fn parts(name: &str, emphasis: Option<(usize, usize)>) -> [AttrValue; 3] {
    let split = emphasis
        .and_then(|(from, to)| Some((name.get(..from)?, name.get(from..to)?, name.get(to..)?)));
    let (before, typed, after) = split.unwrap_or((name, "", ""));
    [before, typed, after].map(|part| AttrValue::from(part.to_owned()))
}
