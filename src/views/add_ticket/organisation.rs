//! ID kind and service organisation ID.

use super::Part;
use super::hints::remarks;
use crate::components::{FieldFrame, TextField, field_frame, text_field};
use crate::i18n::Key;
use crate::state::{Action, Input};
use partner_rules::{Field, OrgIdKind};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

pub(super) fn organisation(part: &Part<'_>) -> Html {
    let (texts, draft) = (part.texts, &part.form.draft);
    let error = part.form.error(Field::OrgId);
    let on_kind = part.dispatch.reform(|event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        let kind = if value == OrgIdKind::Zgid.code() {
            OrgIdKind::Zgid
        } else {
            OrgIdKind::Zoid
        };
        Action::Edited(Input::OrgIdKind(kind))
    });
    let option = |kind: OrgIdKind, label: Key| {
        html! { <option value={kind.code()} selected={draft.org_id_kind == kind}>{ texts.get(label) }</option> }
    };
    let control = text_field(TextField {
        field: Field::OrgId,
        value: &draft.org_id,
        on_input: part.on_input(Input::OrgId),
        on_leave: part.on_leave(Field::OrgId),
        hint: true,
        invalid: error.is_some(),
        lines: 1,
        // Not `numeric`: an address that contains the number may be pasted or typed.
        keyboard: Some("text"),
        read_only: part.frozen,
        required: true,
    });
    html! {
        <div class="pd-pair">
            <div class="pd-field">
                <label class="pd-field__label" for="pd-control-org-id-kind">{ texts.get(Key::FormOrgIdKind) }</label>
                <select class="pd-control" id="pd-control-org-id-kind" data-testid="pd-org-id-kind"
                    disabled={part.frozen} onchange={on_kind}>
                    { option(OrgIdKind::Zoid, Key::FormKindZoid) }
                    { option(OrgIdKind::Zgid, Key::FormKindZgid) }
                </select>
            </div>
            { field_frame(texts, FieldFrame {
                field: Field::OrgId,
                label: Key::FormOrgId,
                hint: Some(Key::FormOrgIdHint),
                error: error.as_ref(),
                control,
                remarks: remarks(part, Field::OrgId),
            }) }
        </div>
    }
}
