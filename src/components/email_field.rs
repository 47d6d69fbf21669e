//! An e-mail field. `type=text`: `type=email` refuses international addresses and rewrites values.

use super::{FieldFrame, TextField};
use partner_rules::{Field, Violation};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct EmailFieldProps {
    pub field: Field,
    pub label: AttrValue,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    pub value: AttrValue,
    #[prop_or_default]
    pub error: Option<Violation>,
    #[prop_or_default]
    pub remarks: Html,
    #[prop_or_default]
    pub read_only: bool,
    #[prop_or_default]
    pub required: bool,
    pub on_input: Callback<String>,
    pub on_leave: Callback<()>,
}

#[component]
pub fn EmailField(props: &EmailFieldProps) -> Html {
    html! {
        <FieldFrame field={props.field} label={props.label.clone()} hint={props.hint.clone()}
            error={props.error} remarks={props.remarks.clone()}>
            <TextField field={props.field} value={props.value.clone()} keyboard="email"
                hint={props.hint.is_some()} invalid={props.error.is_some()}
                read_only={props.read_only} required={props.required}
                on_input={props.on_input.clone()} on_leave={props.on_leave.clone()} />
        </FieldFrame>
    }
}
