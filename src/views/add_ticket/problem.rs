//! Sending did not work, or we do not know whether it did. Never untrue, never a dead end.

use crate::components::{Tone, notice};
use crate::i18n::{Key, Texts};
use crate::state::{Fault, State, Submission};
use crate::views::fault::fault_content;
use yew::prelude::*;

pub(super) fn problem(texts: &Texts, state: &State) -> Option<Html> {
    match &state.submission {
        Submission::Editing | Submission::Sending { .. } => None,
        Submission::Unknown { fault, .. } => {
            let after = [Key::FaultUnknownOutcomeText, Key::FormFrozen];
            Some(told(
                texts,
                state,
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
                state,
                Tone::Critical,
                Key::FaultNotSent,
                fault,
                &after,
            ))
        }
    }
}

fn told(
    texts: &Texts,
    state: &State,
    tone: Tone,
    title: Key,
    fault: &Fault,
    after: &[Key],
) -> Html {
    let content = html! {
        <>
            { fault_content(texts, state, fault) }
            { for after.iter().map(|key| html! { <p>{ texts.get(*key) }</p> }) }
        </>
    };
    notice(tone, &texts.get(title), Some("pd-problem"), content)
}
