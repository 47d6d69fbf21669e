//! Sending did not work, or we do not know whether it did. Never untrue, never a dead end.

use crate::components::{Notice, Tone, use_texts};
use crate::i18n::Key;
use crate::state::Submission;
use crate::views::fault::fault_text;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct ProblemProps {
    pub submission: Submission,
}

#[component]
pub(super) fn Problem(props: &ProblemProps) -> Html {
    let texts = use_texts();
    let (tone, title, fault, after) = match &props.submission {
        Submission::Editing | Submission::Sending { .. } => return Html::default(),
        Submission::Unknown { fault, .. } => {
            let after = [Key::FaultUnknownOutcomeText, Key::FormFrozen];
            (Tone::Amber, Key::FaultUnknownOutcome, fault, after.to_vec())
        }
        Submission::Refused { fault } => (
            Tone::Critical,
            Key::FaultNotSent,
            fault,
            vec![Key::FaultUnreachableDo],
        ),
    };
    html! {
        <Notice {tone} title={AttrValue::from(texts.get(title))} id="pd-problem">
            <p>{ fault_text(&texts, fault) }</p>
            { for after.iter().map(|key| html! { <p>{ texts.get(*key) }</p> }) }
        </Notice>
    }
}
