//! The three targets of a commitment, in hours. Targets, never promises (R12).

use crate::i18n::{Key, Texts};
use partner_rules::policy::Hours;
use yew::prelude::*;

pub fn commitment(texts: &Texts, hours: &Hours) -> Html {
    let target = |[from, to]: [u32; 2], label: Key| {
        let formats = texts.formats();
        let (from, to) = (formats.number(from), formats.number(to));
        html! {
            <div class="pd-commitment__target">
                <dt>{ texts.get(label) }</dt>
                <dd>{ texts.with(Key::TargetHours, &[("from", &from), ("to", &to)]) }</dd>
            </div>
        }
    };
    html! {
        <dl class="pd-commitment">
            { target(hours.first_response_h, Key::TargetFirstResponse) }
            { target(hours.problem_determination_h, Key::TargetProblemDetermination) }
            { target(hours.resolution_h, Key::TargetResolution) }
        </dl>
    }
}
