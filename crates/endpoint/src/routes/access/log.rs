//! `GET /v1/access-log`: who changed whose access when, newest first.

use super::{read_cursor, write_cursor};
use crate::app::App;
use crate::identity::SuperAdmin;
use crate::problem::ApiError;
use crate::routes::openapi::{PageSize, Refusals};
use crate::routes::parameters::{Parameters, RawQuery};
use axum::Json;
use axum::extract::State;
use partner_rules::wire::{AccessChange, Page};
use std::sync::Arc;

const LIST: char = 'l';

/// The changes of access in this shop, newest first.
#[utoipa::path(
    get,
    path = "/access-log",
    operation_id = "access_log",
    tag = "access",
    security(("bearer" = [])),
    params(
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before"),
        ("limit" = inline(Option<PageSize>), Query, description = "1 to 200, default 50; more is taken for 200"),
    ),
    responses(
        (status = 200, body = Page<AccessChange>, links(
            ("next_page" = (operation_id = "access_log", parameters(("cursor" = "$response.body#/next_cursor"))))
        )),
        Refusals
    )
)]
pub(in crate::routes) async fn list(
    State(app): State<Arc<App>>,
    SuperAdmin(caller): SuperAdmin,
    query: RawQuery,
) -> Result<Json<Page<AccessChange>>, ApiError> {
    let mut parameters = Parameters::read(query)?;
    let before = parameters.one("cursor", |cursor| {
        let id = read_cursor(LIST, cursor)?.parse::<i64>().ok()?;
        // Numbers have other spellings, such as +1 and 01.
        (write_cursor(LIST, &id.to_string()) == cursor).then_some(id)
    });
    let limit = parameters.limit();
    parameters.finish()?;
    // One more than asked for says whether there is a next page.
    let mut found = app
        .store
        .access_changes(&caller.shop.id, before, limit + 1)
        .await?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let last = found.last().filter(|_| more);
    let next_cursor = last.map(|last| write_cursor(LIST, &last.id.to_string()));
    let items = found.into_iter().map(|change| AccessChange {
        at: change.at.rfc3339(),
        by: change.by,
        email: change.email,
        from: change.from,
        to: change.to,
    });
    Ok(Json(Page {
        items: items.collect(),
        next_cursor,
        total: None,
    }))
}
