//! Section "Partner Information": the SuperAdmin address of the customer's account, or the
//! declaration that it is not known and what stands in for it (R8, R8a, R14).

use super::PartProps;
use super::hints::Remarks;
use crate::components::{EmailField, FieldFrame, TextField, use_texts};
use crate::i18n::Key;
use crate::state::{Action, Input};
use partner_rules::Field;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[component]
pub fn PartnerInformation(props: &PartProps) -> Html {
    let texts = use_texts();
    let draft = &props.form.draft;
    let on_unknown = props.dispatch.reform(|event: Event| {
        let checked = event.target_unchecked_into::<HtmlInputElement>().checked();
        Action::Edited(Input::SuperadminUnknown(checked))
    });
    let required = props.connected.policy.required_fields();
    let wants = |field: Field| draft.superadmin_unknown || required.contains(&field);
    html! {
        <fieldset class="pd-section">
            <legend class="pd-section__title">{ texts.get(Key::FormPartnerInformation) }</legend>
            <EmailField field={Field::SuperadminEmail} label={AttrValue::from(texts.get(Key::FormSuperadminEmail))}
                hint={AttrValue::from(texts.get(Key::FormSuperadminEmailHint))}
                value={draft.superadmin_email.clone()} error={props.form.error(Field::SuperadminEmail)}
                read_only={props.frozen || draft.superadmin_unknown} required={!draft.superadmin_unknown}
                remarks={remarks(props, Field::SuperadminEmail)}
                on_input={props.on_input(Input::SuperadminEmail)}
                on_leave={props.on_leave(Field::SuperadminEmail)} />
            <div class="pd-check">
                <input type="checkbox" id="pd-control-superadmin-unknown" data-testid="pd-superadmin-unknown"
                    checked={draft.superadmin_unknown} disabled={props.frozen} onchange={on_unknown}
                    aria-describedby={draft.superadmin_unknown.then_some("pd-unknown-hint")} />
                <label for="pd-control-superadmin-unknown">{ texts.get(Key::FormSuperadminUnknown) }</label>
            </div>
            if draft.superadmin_unknown {
                <p class="pd-field__hint" id="pd-unknown-hint">{ texts.get(Key::FormSuperadminUnknownHint) }</p>
            }
            if wants(Field::CustomerEmail) {
                <EmailField field={Field::CustomerEmail} label={AttrValue::from(texts.get(Key::FormCustomerEmail))}
                    value={draft.customer_email.clone()} error={props.form.error(Field::CustomerEmail)}
                    read_only={props.frozen} remarks={remarks(props, Field::CustomerEmail)}
                    on_input={props.on_input(Input::CustomerEmail)}
                    on_leave={props.on_leave(Field::CustomerEmail)} />
            }
            if wants(Field::Zuid) {
                <Zuid ..props.clone() />
            }
        </fieldset>
    }
}

#[component]
fn Zuid(props: &PartProps) -> Html {
    let texts = use_texts();
    let error = props.form.error(Field::Zuid);
    html! {
        <FieldFrame field={Field::Zuid} label={AttrValue::from(texts.get(Key::FormZuid))} {error}
            remarks={remarks(props, Field::Zuid)}>
            <TextField field={Field::Zuid} value={props.form.draft.zuid.clone()} keyboard="text"
                invalid={error.is_some()} read_only={props.frozen}
                on_input={props.on_input(Input::Zuid)} on_leave={props.on_leave(Field::Zuid)} />
        </FieldFrame>
    }
}

fn remarks(props: &PartProps, field: Field) -> Html {
    html! { <Remarks form={props.form.clone()} {field} dispatch={props.dispatch.clone()} /> }
}
