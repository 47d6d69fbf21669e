//! A refusal as a page.

use super::frame;
use crate::desk::texts::{Lang, Texts};
use crate::problem::{ProblemCode, Refusal};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::html;

/// The page for a refusal, with the answer's status and what else must not get lost of it.
pub(in crate::desk) fn page(lang: Lang, code: ProblemCode, refused: Response) -> Response {
    let texts = Texts::of(lang);
    let (title, text) = words(code);
    let title = texts.say(title);
    let main = html! {
        h1 { (title) }
        p { (texts.say(text)) }
        p { a href="/" { (texts.say("refusal.to_overview")) } }
    };
    let markup = frame::bare(texts, title, &html! {}, &main);
    let (parts, _) = refused.into_parts();
    let mut response = (parts.status, markup).into_response();
    for name in [header::RETRY_AFTER, header::CONNECTION, header::ALLOW] {
        if let Some(value) = parts.headers.get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    if let Some(refusal) = parts.extensions.get::<Refusal>() {
        // For the one place that logs.
        response.extensions_mut().insert(refusal.clone());
    }
    response
}

/// Title and text.
fn words(code: ProblemCode) -> (&'static str, &'static str) {
    match code.status().as_u16() {
        403 if code == ProblemCode::FormForeign || code == ProblemCode::OriginNotAllowed => {
            ("refusal.form_title", "refusal.form_text")
        }
        403 => ("refusal.denied_title", "refusal.denied_text"),
        404 | 405 => ("refusal.not_found_title", "refusal.not_found_text"),
        408 | 413 => ("refusal.size_title", "refusal.size_text"),
        429 => ("refusal.often_title", "refusal.often_text"),
        503 => ("refusal.busy_title", "refusal.busy_text"),
        _ => ("refusal.internal_title", "refusal.internal_text"),
    }
}
