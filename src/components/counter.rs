//! "41 of 255" under a text field; over the limit it says by how many characters.

use super::use_texts;
use crate::i18n::Key;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct CounterProps {
    pub id: AttrValue,
    pub used: u32,
    pub max: u32,
}

#[component]
pub fn Counter(props: &CounterProps) -> Html {
    let texts = use_texts();
    let over = props.used.saturating_sub(props.max);
    let text = if over > 0 {
        texts.count(Key::FormCountOver, over)
    } else {
        let formats = texts.formats();
        let (used, max) = (formats.number(props.used), formats.number(props.max));
        texts.with(Key::FormCount, &[("used", &used), ("max", &max)])
    };
    let over = (over > 0).then_some("true");
    html! { <p class="pd-counter" id={props.id.clone()} data-over={over}>{ text }</p> }
}
