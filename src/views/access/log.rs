//! Who changed what when.

use super::{Part, access_key};
use crate::components::{place, when};
use crate::i18n::Key;
use crate::state::requests::Load;
use crate::state::transition::AccessAction;
use crate::views::fault::fault_notice;
use partner_rules::wire::AccessChange;
use web_sys::Element;
use yew::prelude::*;

pub(super) fn log(part: Part<'_>) -> Html {
    let access = &part.state.access;
    let ontoggle = part.act(|event: Event| {
        let details = event.target_unchecked_into::<Element>();
        AccessAction::LogOpened(details.has_attribute("open"))
    });
    html! {
        <details class="pd-access__log" data-testid="pd-access-log" {ontoggle}>
            <summary>{ part.texts.get(Key::AccessLog) }</summary>
            if access.log_open { { entries(part) } }
        </details>
    }
}

fn entries(part: Part<'_>) -> Html {
    let (texts, access) = (part.texts, &part.state.access);
    let failed = match &access.log_load {
        Load::Failed { fault, .. } => {
            let again = part.act(|()| AccessAction::LogAgain);
            Some(fault_notice(texts, part.state, fault, &again))
        }
        Load::Idle | Load::Wanted { .. } | Load::Ready => None,
    };
    let nothing = match &access.log_load {
        Load::Ready if access.log.is_empty() => Some(Key::AccessLogEmpty),
        Load::Wanted { .. } if access.log.is_empty() => Some(Key::PanelLoading),
        Load::Idle | Load::Wanted { .. } | Load::Ready | Load::Failed { .. } => None,
    };
    html! {
        <>
            { place(nothing.map(|key| html! { <p>{ texts.get(key) }</p> })) }
            <ol class="pd-access__changes">
                { for access.log.iter().map(|change| entry(part, change)) }
            </ol>
            { place(failed) }
            if access.log_cursor.is_some() {
                <button type="button" class="pd-button" data-look="quiet"
                    onclick={part.act(|_: MouseEvent| AccessAction::LogMore)}>{ texts.get(Key::AccessMore) }</button>
            }
        </>
    }
}

fn entry(part: Part<'_>, change: &AccessChange) -> Html {
    let texts = part.texts;
    let operator = texts.get(Key::AccessOperator);
    let everybody = texts.get(Key::AccessDefault);
    let by = change.by.as_deref().unwrap_or(&operator);
    let who = change.email.as_deref().unwrap_or(&everybody);
    let (from, to) = (
        texts.get(access_key(change.from)),
        texts.get(access_key(change.to)),
    );
    let line = texts.with(
        Key::AccessLogLine,
        &[("by", by), ("who", who), ("from", &from), ("to", &to)],
    );
    html! {
        <li data-testid="pd-access-change">
            <p>{ line }</p>
            <p class="pd-access__how">{ when(texts, &change.at, part.state.now_ms) }</p>
        </li>
    }
}
