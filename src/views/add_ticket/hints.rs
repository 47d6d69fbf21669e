//! Calm remarks on a field. They never block and never turn anything red.

use super::Part;
use crate::components::{Glyph, icon};
use crate::i18n::Key;
use crate::state::Action;
use partner_rules::{Field, Hint, HintCode};
use yew::prelude::*;

/// Every remark on a field, once it has been left.
pub(super) fn remarks(part: &Part<'_>, field: Field) -> Html {
    let remark = |hint: &Hint| {
        let value = hint.value.clone().unwrap_or_default();
        let text = part.texts.with(sentence(hint.code), &[("value", &value)]);
        // Only a typing slip proposes another text; the other remarks tell what will be sent.
        let content = if hint.code == HintCode::LikelyTypo && !value.is_empty() {
            propose(part, field, None, text)
        } else {
            html! { <>{ icon(Glyph::Info) }<span>{ text }</span></> }
        };
        html! { <p class="pd-remark" data-hint={hint.code.code()}>{ content }</p> }
    };
    part.form.hints(field).map(remark).collect()
}

/// "Did you mean Zoho Campaigns?": a near miss is suggested, never taken by itself.
pub(super) fn suggestion(part: &Part<'_>, field: Field) -> Option<Html> {
    let hint = part
        .form
        .hints(field)
        .find(|hint| hint.code == HintCode::UnlistedService)?;
    let value = hint.value.clone()?;
    let text = part
        .texts
        .with(Key::HintSuggestService, &[("value", &value)]);
    let content = propose(part, field, Some("pd-suggestion"), text);
    Some(html! { <p class="pd-remark">{ content }</p> })
}

/// The address last used for the same organisation: one click, and never by itself (R8a).
pub(super) fn usual(part: &Part<'_>) -> Option<Html> {
    let address = part.usual.filter(|_| !part.frozen)?;
    let onclick = part.dispatch.reform(|_: MouseEvent| Action::UsualTaken);
    let text = part.texts.with(Key::HintUsual, &[("value", address)]);
    Some(html! {
        <p class="pd-remark">
            <button type="button" class="pd-link" data-testid="pd-superadmin-usual" {onclick}><bdi>{ text }</bdi></button>
        </p>
    })
}

fn propose(part: &Part<'_>, field: Field, hook: Option<&'static str>, text: String) -> Html {
    let onclick = part
        .dispatch
        .reform(move |_: MouseEvent| Action::SuggestionTaken(field));
    html! {
        <button type="button" class="pd-link" data-testid={hook} {onclick}><bdi>{ text }</bdi></button>
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
