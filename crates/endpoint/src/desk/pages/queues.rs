//! What waits in a queue, and what a search finds.

use super::overview::search_form;
use crate::app::App;
use crate::casework::queue::{Ask, QueuePage, cursor, position};
use crate::casework::{self, Queue};
use crate::desk::view::codes;
use crate::desk::view::frame::{self, State as PageState};
use crate::desk::view::row::{Row, row};
use crate::desk::visit::Signed;
use crate::problem::{ApiError, ProblemCode};
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::sync::Arc;
use url::form_urlencoded;

/// More is another page, or another search.
const FOUND_MAX: u32 = 50;

/// A parameter of a query; empty if it is not there.
pub(super) fn parameter(query: Option<&str>, name: &str) -> String {
    let mut pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let found = pairs.find(|(known, _)| known == name);
    found
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    signed: Signed,
    Path(code): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Markup, ApiError> {
    let wanted = Queue::parse(&code).ok_or(ProblemCode::NotFound)?;
    let after = parameter(query.as_deref(), "after");
    let after = (!after.is_empty()).then(|| position(wanted, &after));
    let ask = Ask {
        // A place that is none is the beginning.
        after: after.flatten(),
        ..Ask::first(wanted)
    };
    let page = casework::queue(&app, &ask).await?;
    let texts = signed.visit.texts;
    let title = texts.say(codes::queue(wanted));
    let main = html! {
        p { a href="/" { (texts.say("queue.back")) } }
        h1 { (title) }
        p { (texts.say(codes::queue_lead(wanted))) }
        @if page.items.is_empty() { p { (texts.say("queue.empty")) } }
        (items(&signed, &page))
        @if let Some(next) = page.next {
            p { a href=(format!("/queues/{code}?after={}", cursor(wanted, next))) rel="next" data-testid="desk-next" {
                (texts.say("queue.next"))
            } }
        }
    };
    Ok(frame::signed(&signed, title, PageState::Fine, &main))
}

fn items(signed: &Signed, page: &QueuePage) -> Markup {
    html! {
        ul.rows {
            @for item in &page.items {
                (row(signed, Row {
                    receipt: &item.receipt, shop: &item.shop.name, partner: &item.partner.name,
                    handed_to: item.handed_to.as_deref(), inform_at: item.inform_at.as_deref(),
                }))
            }
        }
    }
}

/// A whole reference leads to its ticket.
pub(super) async fn search(
    State(app): State<Arc<App>>,
    signed: Signed,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let wanted = parameter(query.as_deref(), "q").trim().to_owned();
    let reference = wanted.to_uppercase();
    if app.store.case(&reference).await?.is_some() {
        return Ok(Redirect::to(&format!("/tickets/{reference}")).into_response());
    }
    let found = if wanted.is_empty() {
        Vec::new()
    } else {
        app.store
            .search_tickets(&wanted.to_lowercase(), FOUND_MAX)
            .await?
    };
    let texts = signed.visit.texts;
    let title = texts.say("search.title");
    let count = u64::try_from(found.len()).unwrap_or_default();
    let main = html! {
        h1 { (title) }
        (search_form(&signed, &wanted))
        @if !wanted.is_empty() {
            h2 { (texts.count("search.found", count)) }
            @if count >= u64::from(FOUND_MAX) { p { (texts.say("search.more")) } }
        }
        ul.rows {
            @for (ticket, shop) in &found {
                (row(&signed, Row {
                    receipt: &ticket.receipt(), shop, partner: &ticket.created_by_name,
                    handed_to: ticket.work.handed_to.as_deref(), inform_at: None,
                }))
            }
        }
    };
    Ok(frame::signed(&signed, title, PageState::Fine, &main).into_response())
}
