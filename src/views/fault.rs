//! What went wrong, in words, and what to do about it.

use crate::components::{Glyph, Tone, icon, notice, place};
use crate::i18n::{Key, Texts};
use crate::state::{Fault, State};
use partner_rules::Dc;
use yew::prelude::*;

/// The sentence for a fault.
pub fn fault_text(texts: &Texts, fault: &Fault) -> String {
    let plain = |key| texts.get(key).to_string();
    match fault {
        Fault::Unreachable => plain(Key::FaultUnreachable),
        Fault::Server { status, .. } => {
            texts.with(Key::FaultServer, &[("status", &status.to_string())])
        }
        Fault::Unreadable => plain(Key::FaultUnreadable),
        Fault::SignedOut => plain(Key::FaultSignedOut),
        Fault::Token => plain(Key::FaultToken),
        Fault::Provider => plain(Key::FaultProvider),
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
        Fault::TicketClosed => plain(Key::FaultTicketClosed),
        Fault::TicketNotClosed => plain(Key::FaultTicketNotClosed),
        Fault::TicketFull => plain(Key::FaultTicketFull),
        Fault::Refused { code, .. } => texts.with(Key::FaultRefused, &[("code", code)]),
    }
}

/// Why something did not work, as it stands in a notice: with when it goes on, or where to sign in.
pub fn fault_content(texts: &Texts, state: &State, fault: &Fault) -> Html {
    let again_at = state.retry.and_then(|retry| retry.at_ms);
    match (fault, again_at) {
        (Fault::RateLimited { .. }, Some(at_ms)) => {
            let time = texts.formats().time(at_ms);
            html! { <p>{ texts.with(Key::FaultRateLimitedAt, &[("time", &time)]) }</p> }
        }
        (Fault::SignedOut, _) => html! {
            <>
                <p>{ fault_text(texts, fault) }</p>
                { place(state.options.dc.map(|dc| sign_in(texts, dc))) }
            </>
        },
        _ => html! { <p>{ fault_text(texts, fault) }</p> },
    }
}

/// The first step of every way to the widget: the partner's own account, by its data centre.
fn sign_in(texts: &Texts, dc: Dc) -> Html {
    html! {
        <p class="pd-help__link">
            <a href={dc.sign_in_url()} target="_blank" rel="noopener noreferrer" data-testid="pd-sign-in">
                { texts.get(Key::FaultSignIn) }{ icon(Glyph::External) }
            </a>
        </p>
    }
}

/// Something could not be loaded: why, and the way to try again.
pub fn fault_notice(texts: &Texts, state: &State, fault: &Fault, on_retry: &Callback<()>) -> Html {
    let onclick = on_retry.reform(|_: MouseEvent| ());
    let content = html! {
        <>
            { fault_content(texts, state, fault) }
            <button type="button" class="pd-button" data-look="quiet" data-testid="pd-reload" {onclick}>
                { texts.get(Key::FormRetry) }
            </button>
        </>
    };
    let title = match fault {
        Fault::SignedOut => Key::FaultSignedOutTitle,
        Fault::Unreachable
        | Fault::Server { .. }
        | Fault::Unreadable
        | Fault::Token
        | Fault::Provider
        | Fault::RateLimited { .. }
        | Fault::AccessDenied
        | Fault::WrongDataCentre
        | Fault::ChannelUnavailable
        | Fault::NotFound
        | Fault::KeyUsed
        | Fault::TicketClosed
        | Fault::TicketNotClosed
        | Fault::TicketFull
        | Fault::Refused { .. } => Key::FaultNotLoaded,
    };
    notice(Tone::Amber, &texts.get(title), None, content)
}
