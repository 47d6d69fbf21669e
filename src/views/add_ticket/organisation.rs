//! ID kind and service organisation ID.

use super::PartProps;
use super::hints::Remarks;
use crate::components::{FieldFrame, TextField, use_texts};
use crate::i18n::Key;
use crate::state::{Action, Input};
use partner_rules::{Field, OrgIdKind};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[component]
pub fn Organisation(props: &PartProps) -> Html {
    let texts = use_texts();
    let form = &props.form;
    let error = form.error(Field::OrgId);
    let on_kind = props.dispatch.reform(|event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        let kind = if value == OrgIdKind::Zgid.code() {
            OrgIdKind::Zgid
        } else {
            OrgIdKind::Zoid
        };
        Action::Edited(Input::OrgIdKind(kind))
    });
    let option = |kind: OrgIdKind, label: Key| {
        html! {
            <option value={kind.code()} selected={form.draft.org_id_kind == kind}>{ texts.get(label) }</option>
        }
    };
    let remarks = html! {
        <Remarks form={props.form.clone()} field={Field::OrgId} dispatch={props.dispatch.clone()} />
    };
    html! {
        <div class="pd-pair">
            <div class="pd-field">
                <label class="pd-field__label" for="pd-control-org-id-kind">{ texts.get(Key::FormOrgIdKind) }</label>
                <select class="pd-control" id="pd-control-org-id-kind" data-testid="pd-org-id-kind"
                    disabled={props.frozen} onchange={on_kind}>
                    { option(OrgIdKind::Zoid, Key::FormKindZoid) }
                    { option(OrgIdKind::Zgid, Key::FormKindZgid) }
                </select>
            </div>
            <FieldFrame field={Field::OrgId} label={AttrValue::from(texts.get(Key::FormOrgId))} {error} {remarks}
                hint={AttrValue::from(texts.get(Key::FormOrgIdHint))}>
                <TextField field={Field::OrgId} value={form.draft.org_id.clone()} keyboard="text"
                    hint=true invalid={error.is_some()} read_only={props.frozen} required=true
                    on_input={props.on_input(Input::OrgId)} on_leave={props.on_leave(Field::OrgId)} />
            </FieldFrame>
        </div>
    }
}
