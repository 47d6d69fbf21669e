//! `GET /v1/tickets`: pages of receipts, newest first unless asked otherwise.

use super::{cursor, parameters};
use crate::app::App;
use crate::identity::Caller;
use crate::problem::ApiError;
use crate::routes::openapi::{Order, PageSize, Refusals, SeverityWanted, StatusWanted};
use crate::routes::parameters::RawQuery;
use crate::store::tickets::Filter;
use axum::Json;
use axum::extract::State;
use partner_rules::wire::{Page, Receipt};
use std::sync::Arc;

/// The caller's tickets, or the shop's.
#[utoipa::path(
    get,
    path = "/tickets",
    operation_id = "list_tickets",
    tag = "tickets",
    security(("bearer" = [])),
    params(
        ("status" = inline(Option<StatusWanted>), Query, description = "Only tickets with this status"),
        ("service" = Option<String>, Query, description = "Only tickets for this service, by id or name"),
        ("severity" = inline(Option<SeverityWanted>), Query, description = "`S1`, or `none` for those without"),
        ("q" = Option<String>, Query, description = "Text in subject, reference, IDs or addresses"),
        ("sort" = inline(Option<Order>), Query, description = "`newest` (default), `oldest` or `updated`"),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before"),
        ("limit" = inline(Option<PageSize>), Query, description = "1 to 200, default 50; more is taken for 200"),
    ),
    responses(
        (status = 200, body = Page<Receipt>, links(
            ("next_page" = (operation_id = "list_tickets", parameters(("cursor" = "$response.body#/next_cursor")))),
            ("newest" = (operation_id = "ticket", parameters(("reference" = "$response.body#/items/0/reference"))))
        )),
        Refusals
    )
)]
pub(in crate::routes) async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    query: RawQuery,
) -> Result<Json<Page<Receipt>>, ApiError> {
    let filter = parameters::read(query, app.config.policy.rules())?;
    // One more than asked for says whether there is a next page.
    let wanted = Filter {
        limit: filter.limit + 1,
        ..filter.clone()
    };
    let mut found = app.store.tickets(&caller.sight(), &wanted).await?;
    let more = found.len() > filter.limit as usize;
    found.truncate(filter.limit as usize);
    let last = found.last().filter(|_| more);
    let next_cursor = last.map(|last| cursor::write(filter.sort, last.position));
    let total = match filter.after {
        Some(_) => None,
        None if more => app.store.tickets_in_all(&caller.sight(), &filter).await?,
        None => u32::try_from(found.len()).ok(),
    };
    Ok(Json(Page {
        items: found
            .iter()
            .map(|one| one.ticket.receipt_for(one.unread))
            .collect(),
        next_cursor,
        total,
    }))
}
