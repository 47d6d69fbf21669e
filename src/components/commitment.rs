//! The three targets of a commitment, in hours. Targets, never promises (R12).

use super::use_texts;
use crate::i18n::Key;
use partner_rules::policy::Hours;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct CommitmentProps {
    pub hours: Hours,
}

#[component]
pub fn Commitment(props: &CommitmentProps) -> Html {
    let texts = use_texts();
    let target = |[from, to]: [u32; 2], label: Key| {
        let formats = texts.formats();
        let range = [
            ("from", &*formats.number(from)),
            ("to", &*formats.number(to)),
        ]
        .map(|(k, v)| (k, v.to_owned()));
        let range: Vec<(&str, &str)> = range.iter().map(|(k, v)| (*k, v.as_str())).collect();
        html! {
            <div class="pd-commitment__target">
                <dt>{ texts.get(label) }</dt>
                <dd>{ texts.with(Key::TargetHours, &range) }</dd>
            </div>
        }
    };
    html! {
        <dl class="pd-commitment">
            { target(props.hours.first_response_h, Key::TargetFirstResponse) }
            { target(props.hours.problem_determination_h, Key::TargetProblemDetermination) }
            { target(props.hours.resolution_h, Key::TargetResolution) }
        </dl>
    }
}
