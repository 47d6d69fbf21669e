//! A page that leads to itself. Whoever follows a link from elsewhere comes without the session's cookie; from
//! here on it is our own page that asks, and the browser sends it.

use super::frame;
use crate::desk::visit::Visit;
use maud::{Markup, html};

pub(in crate::desk) fn page(visit: &Visit) -> Markup {
    let texts = visit.texts;
    let head = html! {
        meta http-equiv="refresh" content=(format!("0; url={}", visit.place));
    };
    let main = html! {
        h1 { (texts.say("passage.title")) }
        p { a href=(visit.place) { (texts.say("passage.go_on")) } }
    };
    frame::bare(texts, texts.say("passage.title"), &head, &main)
}
