//! A text control for one field, one line or several. Values are written by the framework only
//! when they differ, so a composition under way (Japanese, Chinese, Korean) is never disturbed.

use super::field::{control_id, described_by, test_id};
use partner_rules::Field;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct TextFieldProps {
    pub field: Field,
    pub value: AttrValue,
    pub on_input: Callback<String>,
    pub on_leave: Callback<()>,
    #[prop_or_default]
    pub hint: bool,
    #[prop_or_default]
    pub invalid: bool,
    #[prop_or_default]
    pub lines: Option<u32>,
    /// `email` or `numeric` for the on-screen keyboard; such text is never rewritten or checked
    /// by the browser.
    #[prop_or_default]
    pub keyboard: Option<AttrValue>,
    #[prop_or_default]
    pub read_only: bool,
    #[prop_or_default]
    pub required: bool,
}

#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let onblur = props.on_leave.reform(|_: FocusEvent| ());
    let described = described_by(props.field, props.hint, props.invalid);
    let invalid = props.invalid.then_some("true");
    let required = props.required.then_some("true");
    let machine = props.keyboard.is_some();
    if let Some(lines) = props.lines {
        let oninput = props.on_input.reform(|event: InputEvent| {
            event.target_unchecked_into::<HtmlTextAreaElement>().value()
        });
        return html! {
            <textarea class="pd-control" id={control_id(props.field)} rows={lines.to_string()}
                data-testid={test_id("pd-", props.field)} value={props.value.clone()} dir="auto"
                aria-describedby={described} aria-invalid={invalid} aria-required={required}
                readonly={props.read_only} {oninput} {onblur} />
        };
    }
    let oninput = props
        .on_input
        .reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    html! {
        <input class="pd-control" type="text" id={control_id(props.field)} autocomplete="off"
            data-testid={test_id("pd-", props.field)} value={props.value.clone()}
            dir={if machine { "ltr" } else { "auto" }} inputmode={props.keyboard.clone()}
            autocapitalize={machine.then_some("none")} spellcheck={machine.then_some("false")}
            aria-describedby={described} aria-invalid={invalid} aria-required={required}
            readonly={props.read_only} {oninput} {onblur} />
    }
}
