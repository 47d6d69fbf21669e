//! Feedback on translations, to read: a list, one in full, and its screenshots as downloads.

use crate::app::App;
use crate::desk::instant::time;
use crate::desk::view::frame::{self, State as PageState};
use crate::desk::view::words;
use crate::desk::visit::Signed;
use crate::feedback::{Kept, Summary, number, reference};
use crate::problem::{ApiError, ProblemCode};
use crate::routes::download;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use maud::{Markup, html};
use std::sync::Arc;
use url::form_urlencoded;

const PAGE: u32 = 50;

pub(super) async fn list(
    State(app): State<Arc<App>>,
    signed: Signed,
    RawQuery(query): RawQuery,
) -> Result<Markup, ApiError> {
    let texts = signed.visit.texts;
    let query = query.unwrap_or_default();
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let before = pairs
        .find(|(name, _)| name == "before")
        .and_then(|(_, value)| number(&value));
    let page = app
        .store
        .feedback_before(before.unwrap_or(i64::MAX), PAGE)
        .await?;
    let older = page
        .last()
        .filter(|_| page.len() >= PAGE as usize)
        .map(|last| reference(last.id));
    let title = texts.say("feedback.title");
    let main = html! {
        h1 { (title) }
        p { (texts.say("feedback.lead")) }
        @if page.is_empty() { p { (texts.say("feedback.empty")) } }
        ul.rows { @for summary in &page { (row(&signed, summary)) } }
        @if let Some(older) = older {
            p { a href=(format!("/feedback?before={older}")) rel="next" { (texts.say("feedback.older")) } }
        }
    };
    Ok(frame::signed(&signed, title, PageState::Fine, &main))
}

fn row(signed: &Signed, summary: &Summary) -> Markup {
    let texts = signed.visit.texts;
    let reference = reference(summary.id);
    html! {
        li.row data-testid="desk-feedback" data-reference=(reference) {
            a.row__subject href=(format!("/feedback/{reference}")) {
                bdi { (summary.subject) }
            }
            p.row__facts {
                span { (reference) } " · "
                bdi { (summary.name) } " · "
                (time(texts, signed.visit.now, summary.created_at)) " · "
                (texts.count("feedback.screenshots", u64::from(summary.screenshots)))
            }
        }
    }
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    signed: Signed,
    Path(wanted): Path<String>,
) -> Result<Markup, ApiError> {
    let kept = find(&app, &wanted).await?;
    let texts = signed.visit.texts;
    let said = &kept.feedback;
    let reference = reference(kept.id);
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    let main = html! {
        p { a href="/feedback" { (texts.say("feedback.back")) } }
        h1 dir="auto" { (said.subject) }
        dl.facts {
            div { dt { (texts.say("feedback.reference")) } dd { (reference) } }
            div { dt { (texts.say("feedback.when")) } dd { (time(texts, signed.visit.now, kept.created_at)) } }
            @for (label, value) in [
                ("feedback.name", said.name.clone()),
                ("feedback.email", said.email.clone()),
                ("feedback.lang", said.lang.clone()),
                ("feedback.version", optional(&said.version)),
                ("feedback.page", optional(&said.page_url)),
            ] {
                @if !value.is_empty() { div { dt { (texts.say(label)) } dd dir="auto" { (value) } } }
            }
        }
        @if let Some(text) = &said.description { (words::quoted(text)) }
        @if !kept.screenshots.is_empty() {
            h2 { (texts.say("feedback.screenshots_title")) }
            (words::files(texts, &format!("/feedback/{reference}"), &kept.screenshots))
        }
    };
    Ok(frame::signed(
        &signed,
        &said.subject,
        PageState::Fine,
        &main,
    ))
}

pub(super) async fn screenshot(
    State(app): State<Arc<App>>,
    _signed: Signed,
    Path((wanted, id)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    let kept = find(&app, &wanted).await?;
    let mut screenshots = kept.screenshots.into_iter();
    let file = screenshots.find(|file| file.id == id);
    download::answer(&app, &file.ok_or(ProblemCode::NotFound)?).await
}

async fn find(app: &App, wanted: &str) -> Result<Kept, ApiError> {
    let id = number(wanted).ok_or(ProblemCode::NotFound)?;
    let found = app.store.feedback(id).await?;
    found.ok_or_else(|| ProblemCode::NotFound.into())
}
