//! "41 of 255" under a text field; over the limit it says by how many characters.

use crate::i18n::{Key, Texts};
use yew::prelude::*;

pub fn counter(texts: &Texts, id: &'static str, used: u32, max: u32) -> Html {
    let over = used.saturating_sub(max);
    let text = if over > 0 {
        texts.count(Key::FormCountOver, over)
    } else {
        let formats = texts.formats();
        let (used, max) = (formats.number(used), formats.number(max));
        texts.with(Key::FormCount, &[("used", &used), ("max", &max)])
    };
    let over = (over > 0).then_some("true");
    html! { <p class="pd-counter" {id} data-over={over}>{ text }</p> }
}
