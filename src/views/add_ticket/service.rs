//! The service name: free text with the catalogue to choose from.

use super::Part;
use super::hints::{remarks, suggestion};
use crate::components::{Combobox, FieldFrame, Row, field_frame, place, use_texts};
use crate::i18n::{Key, Texts};
use crate::state::{Action, Form, Input};
use partner_rules::service::Match;
use partner_rules::{Field, Policy};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct ServiceProps {
    pub form: Rc<Form>,
    pub policy: Rc<Policy>,
    pub frozen: bool,
    pub dispatch: Callback<Action>,
}

/// A component, so that typing elsewhere does not search the catalogue again.
#[component]
pub(super) fn Service(props: &ServiceProps) -> Html {
    let texts = use_texts();
    let (form, policy, frozen) = (&props.form, &props.policy, props.frozen);
    let part = Part {
        texts: &texts,
        form,
        policy,
        frozen,
        usual: None,
        dispatch: &props.dispatch,
    };
    let typed = &form.draft.service;
    let rows = {
        let texts = texts.clone();
        let parts = (typed.clone(), Rc::clone(policy), frozen);
        use_memo(parts, move |(typed, policy, frozen)| {
            if *frozen {
                Vec::new()
            } else {
                rows(&texts, policy, typed)
            }
        })
    };
    let error = form.error(Field::Service);
    let control = html! {
        <Combobox field={Field::Service} value={typed.clone()} {rows}
            list_label={AttrValue::from(texts.get(Key::FormServiceOptions))} hint=true
            invalid={error.is_some()} read_only={frozen} on_input={part.on_input(Input::Service)}
            on_take={part.on_input(Input::Service)} on_leave={part.on_leave(Field::Service)}
            on_count={props.dispatch.reform(Action::OptionsCounted)} />
    };
    let remarks = html! {
        <>
            { place(suggestion(&part, Field::Service)) }
            { remarks(&part, Field::Service) }
        </>
    };
    let error = error.as_ref();
    let (field, label, hint) = (Field::Service, Key::FormService, Some(Key::FormServiceHint));
    field_frame(
        &texts,
        FieldFrame {
            field,
            label,
            hint,
            error,
            control,
            remarks,
        },
    )
}

fn rows(texts: &Texts, policy: &Policy, typed: &str) -> Vec<Row> {
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
