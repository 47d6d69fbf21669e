//! Calm remarks on a field. They never block and never turn anything red.

use crate::components::{Glyph, Icon, use_texts};
use crate::i18n::Key;
use crate::state::{Action, Form};
use partner_rules::{Field, Hint, HintCode};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct RemarksProps {
    pub form: Rc<Form>,
    pub field: Field,
    pub dispatch: Callback<Action>,
}

/// Every remark on a field except the suggestion of a service.
#[component]
pub(super) fn Remarks(props: &RemarksProps) -> Html {
    let texts = use_texts();
    let remark = |hint: &Hint| {
        let value = hint.value.clone().unwrap_or_default();
        let text = texts.with(sentence(hint.code), &[("value", &value)]);
        // Only a typing slip proposes another text; the other remarks tell what will be sent.
        if hint.code == HintCode::LikelyTypo && !value.is_empty() {
            let field = props.field;
            let onclick = props
                .dispatch
                .reform(move |_: MouseEvent| Action::SuggestionTaken(field));
            return html! {
                <button type="button" class="pd-link" {onclick}><bdi>{ text }</bdi></button>
            };
        }
        html! { <><Icon glyph={Glyph::Info} /><span>{ text }</span></> }
    };
    let remarks: Vec<Html> = props
        .form
        .hints(props.field)
        .map(
            |hint| html! { <p class="pd-remark" data-hint={hint.code.code()}>{ remark(hint) }</p> },
        )
        .collect();
    remarks.into_iter().collect()
}

/// "Did you mean Zoho Campaigns?": a near miss is suggested, never taken by itself.
#[component]
pub(super) fn Suggestion(props: &RemarksProps) -> Html {
    let texts = use_texts();
    let value = props
        .form
        .hints(props.field)
        .find(|hint| hint.code == HintCode::UnlistedService)
        .and_then(|hint| hint.value.clone());
    let Some(value) = value else {
        return Html::default();
    };
    let field = props.field;
    let onclick = props
        .dispatch
        .reform(move |_: MouseEvent| Action::SuggestionTaken(field));
    html! {
        <p class="pd-remark">
            <button type="button" class="pd-link" data-testid="pd-suggestion" {onclick}>
                { texts.with(Key::HintSuggestService, &[("value", &value)]) }
            </button>
        </p>
    }
}

const fn sentence(code: HintCode) -> Key {
    match code {
        HintCode::RegionShape => Key::HintRegionShape,
        HintCode::OrgPrefixRemoved => Key::HintOrgPrefixRemoved,
        HintCode::UrlExtracted => Key::HintUrlExtracted,
        HintCode::SeparatorsRemoved => Key::HintSeparatorsRemoved,
        HintCode::DigitsConverted => Key::HintDigitsConverted,
        HintCode::InvisibleRemoved => Key::HintInvisibleRemoved,
        HintCode::LikelyTypo => Key::HintLikelyTypo,
        HintCode::GenericProvider => Key::HintGenericProvider,
        HintCode::UnlistedService => Key::HintUnlistedService,
        HintCode::AccountMismatch => Key::HintAccountMismatch,
    }
}
