//! A point in time as people say it, with the exact time on hover and for machines.

use crate::i18n::Texts;
use yew::prelude::*;

/// `at` is RFC 3339.
pub fn when(texts: &Texts, at: &str, now_ms: i64) -> Html {
    let formats = texts.formats();
    let Some(at_ms) = formats.instant(at) else {
        return html! { <time>{ at.to_owned() }</time> };
    };
    html! {
        <time datetime={at.to_owned()} title={formats.date_time(at_ms)}>
            { formats.relative(at_ms, now_ms) }
        </time>
    }
}
