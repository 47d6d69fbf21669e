//! The foot of the form: the preview, always in view, and the button below it.

use super::Part;
use super::preview::preview;
use crate::i18n::Key;
use crate::state::{State, Submission};
use yew::prelude::*;

pub(super) fn foot(part: &Part<'_>, state: &State) -> Html {
    html! {
        <div class="pd-foot">
            { preview(part, state.verification.is_running(), state.help.asked) }
            { send(part, &state.submission) }
        </div>
    }
}

/// One button, whatever the state: it submits, or asks again with the same key. It is never
/// disabled, so focus on it is never lost.
fn send(part: &Part<'_>, submission: &Submission) -> Html {
    let texts = part.texts;
    let (hook, label, sending) = match submission {
        Submission::Unknown { .. } => ("pd-retry", Key::FormCheckAgain, false),
        Submission::Sending { .. } => ("pd-submit", Key::FormSending, true),
        Submission::Editing | Submission::Refused { .. } => ("pd-submit", Key::FormSubmit, false),
    };
    html! {
        <button type="submit" class="pd-button" data-look="main" data-testid={hook}
            aria-describedby="pd-verdict"
            aria-disabled={sending.then_some("true")}>{ texts.get(label) }</button>
    }
}
