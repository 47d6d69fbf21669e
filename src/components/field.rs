//! The frame of a form field: label, hint, error and counter around one control, tied together by
//! ids. Order as GOV.UK has it: label, hint, error, control.

use super::{use_texts, violation_text};
use crate::i18n::Key;
use partner_rules::{Field, Violation};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct FieldFrameProps {
    pub field: Field,
    pub label: AttrValue,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    #[prop_or_default]
    pub error: Option<Violation>,
    #[prop_or_default]
    pub optional: bool,
    pub children: Html,
    /// Calm remarks below the control.
    #[prop_or_default]
    pub remarks: Html,
}

#[component]
pub fn FieldFrame(props: &FieldFrameProps) -> Html {
    let texts = use_texts();
    let hint = props
        .hint
        .clone()
        .map(|hint| html! { <p class="pd-field__hint" id={hint_id(props.field)}>{ hint }</p> });
    let error = props.error.map(|violation| {
        html! {
            <p class="pd-field__error" id={error_id(props.field)}
                data-testid={test_id("pd-error-", props.field)}>
                <span class="pd-hidden">{ texts.get(Key::ErrorPrefix) }{ " " }</span>
                { violation_text(&texts, &violation) }
            </p>
        }
    });
    let optional = props.optional.then(|| {
        html! { <span class="pd-field__optional">{ texts.get(Key::FormOptional) }</span> }
    });
    let invalid = props.error.is_some().then_some("true");
    html! {
        <div class="pd-field" data-invalid={invalid}>
            <label class="pd-field__label" for={control_id(props.field)}>
                { props.label.clone() }{ optional.as_ref().map(|_| " ") }{ optional }
            </label>
            { hint }
            { error }
            { props.children.clone() }
            { props.remarks.clone() }
        </div>
    }
}

/// The id of the control of a field.
pub fn control_id(field: Field) -> String {
    test_id("pd-control-", field)
}

/// The value of `aria-describedby` for a control.
pub fn described_by(field: Field, hint: bool, error: bool) -> Option<String> {
    match (hint, error) {
        (false, false) => None,
        (true, false) => Some(hint_id(field)),
        (false, true) => Some(error_id(field)),
        (true, true) => {
            let mut ids = hint_id(field);
            ids.push(' ');
            ids.push_str(&error_id(field));
            Some(ids)
        }
    }
}

fn hint_id(field: Field) -> String {
    test_id("pd-hint-", field)
}

fn error_id(field: Field) -> String {
    test_id("pd-problem-", field)
}

/// A prefix and the field's name in test ids.
pub(super) fn test_id(prefix: &str, field: Field) -> String {
    let mut id = String::from(prefix);
    id.push_str(field.hook_name());
    id
}
