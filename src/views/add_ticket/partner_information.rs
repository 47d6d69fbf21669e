//! Section "Partner Information": the SuperAdmin address of the customer's account, or the
//! declaration that it is not known and what stands in for it (R8, R8a, R14).

use super::Part;
use super::hints::{remarks, usual};
use crate::components::{FieldFrame, TextField, field_frame, text_field};
use crate::i18n::Key;
use crate::state::{Action, Input};
use partner_rules::Field;
use web_sys::HtmlInputElement;
use yew::prelude::*;

pub(super) fn partner_information(part: &Part<'_>) -> Html {
    let (texts, draft) = (part.texts, &part.form.draft);
    let unknown = draft.superadmin_unknown;
    let on_unknown = part.dispatch.reform(|event: Event| {
        let checked = event.target_unchecked_into::<HtmlInputElement>().checked();
        Action::Edited(Input::SuperadminUnknown(checked))
    });
    let required = part.policy.required_fields();
    let wants = |field: Field| unknown || required.contains(&field);
    html! {
        <fieldset class="pd-section">
            <legend class="pd-section__title">{ texts.get(Key::FormPartnerInformation) }</legend>
            { control(part, Entry {
                field: Field::SuperadminEmail,
                value: &draft.superadmin_email,
                input: Input::SuperadminEmail,
                label: Key::FormSuperadminEmail,
                hint: Some(Key::FormSuperadminEmailHint),
                keyboard: "email",
                read_only: unknown,
                required: !unknown,
            }) }
            <div class="pd-check">
                <input type="checkbox" id="pd-control-superadmin-unknown" data-testid="pd-superadmin-unknown"
                    checked={unknown} disabled={part.frozen} onchange={on_unknown}
                    aria-describedby={unknown.then_some("pd-unknown-hint")} />
                <label for="pd-control-superadmin-unknown">{ texts.get(Key::FormSuperadminUnknown) }</label>
            </div>
            if unknown {
                <p class="pd-field__hint" id="pd-unknown-hint">{ texts.get(Key::FormSuperadminUnknownHint) }</p>
            }
            if wants(Field::CustomerEmail) {
                { control(part, Entry {
                    field: Field::CustomerEmail,
                    value: &draft.customer_email,
                    input: Input::CustomerEmail,
                    label: Key::FormCustomerEmail,
                    hint: None,
                    keyboard: "email",
                    read_only: false,
                    required: required.contains(&Field::CustomerEmail),
                }) }
            }
            if wants(Field::Zuid) {
                { control(part, Entry {
                    field: Field::Zuid,
                    value: &draft.zuid,
                    input: Input::Zuid,
                    label: Key::FormZuid,
                    hint: None,
                    keyboard: "text",
                    read_only: false,
                    required: required.contains(&Field::Zuid),
                }) }
            }
        </fieldset>
    }
}

struct Entry<'a> {
    field: Field,
    value: &'a str,
    input: fn(String) -> Input,
    label: Key,
    hint: Option<Key>,
    keyboard: &'static str,
    read_only: bool,
    required: bool,
}

fn control(part: &Part<'_>, entry: Entry<'_>) -> Html {
    let field = entry.field;
    let error = part.form.error(field);
    let control = text_field(TextField {
        field,
        value: entry.value,
        on_input: part.on_input(entry.input),
        on_leave: part.on_leave(field),
        hint: entry.hint.is_some(),
        invalid: error.is_some(),
        lines: 1,
        keyboard: Some(entry.keyboard),
        read_only: part.frozen || entry.read_only,
        required: entry.required,
    });
    field_frame(
        part.texts,
        FieldFrame {
            field,
            label: entry.label,
            hint: entry.hint,
            error: error.as_ref(),
            control,
            remarks: match (field, usual(part)) {
                (Field::SuperadminEmail, Some(usual)) => usual,
                (_, _) => remarks(part, field),
            },
        },
    )
}
