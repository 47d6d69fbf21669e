//! The frame of a form field: label, hint, error and counter around one control, tied together by
//! ids. Order as GOV.UK has it: label, hint, error, control.

use super::{place, violation_text};
use crate::i18n::{Key, Texts};
use partner_rules::{Field, Violation};
use yew::prelude::*;

pub struct FieldFrame<'a> {
    pub field: Field,
    pub label: Key,
    pub hint: Option<Key>,
    pub error: Option<&'a Violation>,
    pub control: Html,
    /// Calm remarks below the control.
    pub remarks: Html,
}

pub fn field_frame(texts: &Texts, frame: FieldFrame<'_>) -> Html {
    let error = frame
        .error
        .map(|violation| violation_text(texts, violation));
    let told = ToldFrame {
        field: frame.field,
        label: frame.label,
        hint: frame.hint.map(|hint| texts.get(hint).to_string()),
        errors: error.into_iter().collect(),
        control: frame.control,
        remarks: frame.remarks,
    };
    told_frame(texts, told)
}

/// The same with what it says in words already, and any number of errors.
pub struct ToldFrame {
    pub field: Field,
    pub label: Key,
    pub hint: Option<String>,
    pub errors: Vec<String>,
    pub control: Html,
    pub remarks: Html,
}

pub fn told_frame(texts: &Texts, frame: ToldFrame) -> Html {
    let field = frame.field;
    let hint = frame
        .hint
        .map(|hint| html! { <p class="pd-field__hint" id={hint_id(field)}>{ hint }</p> });
    let invalid = !frame.errors.is_empty();
    html! {
        <div class="pd-field" data-invalid={invalid.then_some("true")}>
            <label class="pd-field__label" for={control_id(field)}>{ texts.get(frame.label) }</label>
            { place(hint) }
            { place(field_errors(texts, field, &frame.errors)) }
            { frame.control }
            { frame.remarks }
        </div>
    }
}

/// What is wrong with a field, if anything is.
pub fn field_errors(texts: &Texts, field: Field, errors: &[String]) -> Option<Html> {
    if errors.is_empty() {
        return None;
    }
    Some(html! {
        <div class="pd-field__error" id={error_id(field)} data-testid={test_id("pd-error-", field)}>
            { for errors.iter().map(|error| error_line(texts, error)) }
        </div>
    })
}

/// An error in words, said to be one where it cannot be seen.
pub fn error_line(texts: &Texts, error: &str) -> Html {
    html! {
        <p>
            <span class="pd-hidden">{ texts.get(Key::ErrorPrefix) }{ " " }</span>
            { error.to_owned() }
        </p>
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
