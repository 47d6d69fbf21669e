//! A text control for one field, one line or several. Values are written by the framework only
//! when they differ, so a composition under way (Japanese, Chinese, Korean) is never disturbed.

use super::field::{control_id, described_by, test_id};
use partner_rules::Field;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

pub struct TextField<'a> {
    pub field: Field,
    pub value: &'a str,
    pub on_input: Callback<String>,
    pub on_leave: Callback<()>,
    pub hint: bool,
    pub invalid: bool,
    /// More than one: a text area.
    pub lines: u32,
    /// An address or a number: written left to right, never rewritten or checked by the browser.
    /// The value is the on-screen keyboard.
    pub keyboard: Option<&'static str>,
    pub read_only: bool,
    pub required: bool,
}

pub fn text_field(props: TextField<'_>) -> Html {
    let field = props.field;
    let value = props.value.to_owned();
    let onblur = props.on_leave.reform(|_: FocusEvent| ());
    let described = described_by(field, props.hint, props.invalid);
    let invalid = props.invalid.then_some("true");
    let required = props.required.then_some("true");
    if props.lines > 1 {
        let oninput = props.on_input.reform(|event: InputEvent| {
            event.target_unchecked_into::<HtmlTextAreaElement>().value()
        });
        return html! {
            <textarea class="pd-control" id={control_id(field)} rows={props.lines.to_string()}
                data-testid={test_id("pd-", field)} {value} dir="auto" aria-describedby={described}
                aria-invalid={invalid} aria-required={required} readonly={props.read_only}
                {oninput} {onblur} />
        };
    }
    let oninput = props
        .on_input
        .reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    let machine = props.keyboard.is_some();
    html! {
        <input class="pd-control" type="text" id={control_id(field)} autocomplete="off"
            data-testid={test_id("pd-", field)} {value} dir={if machine { "ltr" } else { "auto" }}
            inputmode={props.keyboard} autocapitalize={machine.then_some("none")}
            spellcheck={machine.then_some("false")} aria-describedby={described}
            aria-invalid={invalid} aria-required={required} readonly={props.read_only}
            {oninput} {onblur} />
    }
}
