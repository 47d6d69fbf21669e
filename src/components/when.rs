//! A point in time as people say it, with the exact time on hover and for machines.

use super::use_texts;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct WhenProps {
    /// RFC 3339.
    pub at: AttrValue,
    pub now_ms: i64,
}

#[component]
pub fn When(props: &WhenProps) -> Html {
    let texts = use_texts();
    let formats = texts.formats();
    let Some(at_ms) = formats.instant(&props.at) else {
        return html! { <time>{ props.at.clone() }</time> };
    };
    html! {
        <time datetime={props.at.clone()} title={formats.date_time(at_ms)}>
            { formats.relative(at_ms, props.now_ms) }
        </time>
    }
}
