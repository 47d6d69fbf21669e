//! `GET /agent/queues`, `/agent/tickets`, `/agent/tickets/{reference}`, `/agent/shops`.

use crate::app::App;
use crate::casework::queue::{Ask, Count, QueueItem, ShopName, WITHIN_H, cursor, position};
use crate::casework::{self, Agent, CaseView, Queue};
use crate::problem::{ApiError, ProblemCode};
use crate::routes::parameters::{Parameters, RawQuery};
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use partner_rules::wire::Page;
use serde::Serialize;
use std::sync::Arc;

/// A week: further ahead than any target.
const WITHIN_MAX_H: u32 = 7 * 24;
const DAYS: u32 = 90;
const DAYS_MAX: u32 = 3660;

#[derive(Serialize)]
pub(super) struct Items<T> {
    items: Vec<T>,
}

/// How many tickets are in each queue.
pub(super) async fn queues(
    State(app): State<Arc<App>>,
    _agent: Agent,
    query: RawQuery,
) -> Result<Json<Items<Count>>, ApiError> {
    let mut parameters = Parameters::read(query)?;
    let within_h = number(&mut parameters, "within_h", WITHIN_MAX_H).unwrap_or(WITHIN_H);
    parameters.finish()?;
    let items = casework::queues(&app, within_h).await?;
    Ok(Json(Items { items }))
}

/// A page of a queue, oldest due first.
pub(super) async fn tickets(
    State(app): State<Arc<App>>,
    _agent: Agent,
    query: RawQuery,
) -> Result<Json<Page<QueueItem>>, ApiError> {
    let mut parameters = Parameters::read(query)?;
    let queue = parameters.one("queue", Queue::parse).unwrap_or(Queue::Open);
    let ask = Ask {
        queue,
        within_h: number(&mut parameters, "within_h", WITHIN_MAX_H).unwrap_or(WITHIN_H),
        text: parameters.text("q"),
        after: parameters.one("cursor", |text| position(queue, text)),
        limit: parameters.limit(),
    };
    parameters.finish()?;
    let page = casework::queue(&app, &ask).await?;
    Ok(Json(Page {
        items: page.items,
        next_cursor: page.next.map(|next| cursor(queue, next)),
        total: None,
    }))
}

/// A ticket with everything about it.
pub(super) async fn ticket(
    State(app): State<Arc<App>>,
    agent: Agent,
    reference: Result<Path<String>, PathRejection>,
) -> Result<Json<CaseView>, ApiError> {
    let Path(reference) = reference.map_err(|_| ProblemCode::NotFound)?;
    Ok(Json(casework::view(&app, &agent, &reference).await?))
}

/// How many of a shop's tickets came without a SuperAdmin address.
#[derive(Serialize)]
pub(super) struct Share {
    shop: ShopName,
    tickets: u64,
    without_address: u64,
}

pub(super) async fn shops(
    State(app): State<Arc<App>>,
    _agent: Agent,
    query: RawQuery,
) -> Result<Json<Items<Share>>, ApiError> {
    let mut parameters = Parameters::read(query)?;
    let days = number(&mut parameters, "days", DAYS_MAX).unwrap_or(DAYS);
    parameters.finish()?;
    let since = app.clock.now().plus_seconds(-i64::from(days) * 86_400);
    let shares = app.store.shares(since).await?.into_iter();
    let items = shares.map(|share| Share {
        shop: ShopName {
            id: share.shop_id,
            name: share.shop_name,
        },
        tickets: share.tickets,
        without_address: share.without_address,
    });
    Ok(Json(Items {
        items: items.collect(),
    }))
}

/// A whole number from 1 to this.
fn number(parameters: &mut Parameters, name: &str, max: u32) -> Option<u32> {
    parameters.one(name, |text| {
        let number = text.parse::<u32>().ok();
        number.filter(|number| (1..=max).contains(number))
    })
}
