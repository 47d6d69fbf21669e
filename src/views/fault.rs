//! What went wrong, in words, and what to do about it.

use crate::components::{Tone, notice};
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

/// Something could not be loaded: why, and the way to try again.
pub fn fault_notice(texts: &Texts, fault: &Fault, on_retry: &Callback<()>) -> Html {
    let onclick = on_retry.reform(|_: MouseEvent| ());
    let content = html! {
        <>
            <p>{ fault_text(texts, fault) }</p>
            <button type="button" class="pd-button" data-look="quiet" data-testid="pd-reload" {onclick}>
                { texts.get(Key::FormRetry) }
            </button>
        </>
    };
    notice(Tone::Amber, &texts.get(Key::FaultNotLoaded), None, content)
}
