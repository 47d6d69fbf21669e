//! What went wrong, in words, and what to do about it.

use crate::components::{Notice, Tone, use_texts};
use crate::i18n::{Key, Texts};
use crate::state::Fault;
use yew::prelude::*;

/// The sentence for a fault.
pub fn fault_text(texts: &Texts, fault: &Fault) -> String {
    let plain = |key| texts.get(key).to_string();
    match fault {
        Fault::Unreachable => plain(Key::FaultUnreachable),
        Fault::Server { status } => {
            texts.with(Key::FaultServer, &[("status", &status.to_string())])
        }
        Fault::Unreadable => plain(Key::FaultUnreadable),
        Fault::SignedOut => plain(Key::FaultSignedOut),
        Fault::Token => plain(Key::FaultToken),
        Fault::RateLimited {
            retry_after_s: Some(seconds),
        } => texts.count(Key::FaultRateLimitedS, *seconds),
        Fault::RateLimited {
            retry_after_s: None,
        } => plain(Key::FaultRateLimited),
        Fault::AccessDenied => plain(Key::FaultAccessDenied),
        Fault::WrongDataCentre => plain(Key::FaultWrongDc),
        Fault::ChannelUnavailable => plain(Key::FaultChannelUnavailable),
        Fault::NotFound => plain(Key::FaultNotFound),
        Fault::KeyUsed => plain(Key::FaultKeyUsed),
        Fault::Refused { code, .. } => texts.with(Key::FaultRefused, &[("code", code)]),
    }
}

#[derive(Properties, PartialEq)]
pub struct FaultNoticeProps {
    pub fault: Fault,
    pub on_retry: Callback<()>,
}

/// Something could not be loaded: why, and the way to try again.
#[component]
pub fn FaultNotice(props: &FaultNoticeProps) -> Html {
    let texts = use_texts();
    let onclick = props.on_retry.reform(|_: MouseEvent| ());
    html! {
        <Notice tone={Tone::Amber} title={AttrValue::from(texts.get(Key::FaultNotLoaded))}>
            <p>{ fault_text(&texts, &props.fault) }</p>
            <button type="button" class="pd-button" data-look="quiet" data-testid="pd-reload" {onclick}>
                { texts.get(Key::FormRetry) }
            </button>
        </Notice>
    }
}
