//! The steps of a channel: what to do, with a drawing of ours and in words what it shows.

use crate::i18n::{Key, Texts};
use crate::state::guide::{Shape, Step};
use yew::prelude::*;

pub(super) fn steps(texts: &Texts, channel: &'static str, steps: &[Step]) -> Html {
    if steps.is_empty() {
        return Html::default();
    }
    html! {
        <details class="pd-steps" data-testid="pd-steps" data-channel={channel}>
            <summary>{ texts.get(Key::HelpSteps) }</summary>
            <ol>{ for steps.iter().map(step) }</ol>
        </details>
    }
}

fn step(step: &Step) -> Html {
    html! {
        <li class="pd-steps__step">
            <svg class="pd-drawing" viewBox="0 0 160 100" role="img" aria-label={step.shown.to_string()}>
                { for step.drawing.iter().map(shape) }
            </svg>
            <p>{ &*step.text }</p>
        </li>
    }
}

/// How a shape is painted is the style sheet's business.
fn shape(shape: &Shape) -> Html {
    match shape {
        Shape::Path { look, data } => {
            html! { <path data-look={look.to_string()} d={data.to_string()} /> }
        }
        Shape::Word { look, text, x, y } => {
            html! { <text data-look={look.to_string()} x={x.to_string()} y={y.to_string()}>{ &**text }</text> }
        }
    }
}
