//! The foot of the form: the preview, always in view, and the button below it.

use super::Part;
use super::preview::preview;
use crate::i18n::Key;
use crate::state::State;
use crate::state::outbox::{Entry, Standing};
use std::rc::Rc;
use yew::prelude::*;

pub(super) fn foot(part: &Part<'_>, state: &State) -> Html {
    html! {
        <div class="pd-foot">
            { preview(part, state.verification.is_running() && !part.frozen, state.help.asked) }
            { send(part, state.shown()) }
        </div>
    }
}

/// One button, whatever the state: it submits, or asks again with the same key. It is never
/// disabled, so focus on it is never lost.
fn send(part: &Part<'_>, shown: Option<&Rc<Entry>>) -> Html {
    let texts = part.texts;
    let (hook, label, sending) = match shown.map(|entry| &entry.standing) {
        Some(Standing::Unknown { .. }) => ("pd-retry", Key::FormCheckAgain, false),
        Some(Standing::Waiting { .. }) => ("pd-retry", Key::OutboxSend, false),
        Some(Standing::Sending { .. }) => ("pd-submit", Key::FormSending, true),
        Some(Standing::Aside | Standing::Refused { .. } | Standing::Stale) | None => {
            ("pd-submit", Key::FormSubmit, false)
        }
    };
    html! {
        <button type="submit" class="pd-button" data-look="main" data-testid={hook}
            aria-describedby="pd-verdict"
            aria-disabled={sending.then_some("true")}>{ texts.get(label) }</button>
    }
}
