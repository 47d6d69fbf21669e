//! Sending did not work, or we do not know whether it did. Never untrue, never a dead end.

use crate::components::{Tone, notice};
use crate::i18n::{Key, Texts};
use crate::state::{Fault, Submission};
use crate::views::fault::fault_text;
use yew::prelude::*;

pub(super) fn problem(texts: &Texts, submission: &Submission) -> Option<Html> {
    match submission {
        Submission::Editing | Submission::Sending { .. } => None,
        Submission::Unknown { fault, .. } => {
            let after = [Key::FaultUnknownOutcomeText, Key::FormFrozen];
            Some(told(
                texts,
                Tone::Amber,
                Key::FaultUnknownOutcome,
                fault,
                &after,
            ))
        }
        Submission::Refused { fault } => {
            let after = [Key::FaultUnreachableDo];
            Some(told(
                texts,
                Tone::Critical,
                Key::FaultNotSent,
                fault,
                &after,
            ))
        }
    }
}

fn told(texts: &Texts, tone: Tone, title: Key, fault: &Fault, after: &[Key]) -> Html {
    let content = html! {
        <>
            <p>{ fault_text(texts, fault) }</p>
            { for after.iter().map(|key| html! { <p>{ texts.get(*key) }</p> }) }
        </>
    };
    notice(tone, &texts.get(title), Some("pd-problem"), content)
}
