//! `GET /v1/tickets/{reference}`. A ticket that the caller may not see looks like none.

use crate::app::App;
use crate::identity::Caller;
use crate::problem::{ApiError, ProblemCode};
use crate::routes::openapi::Refusals;
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use partner_rules::wire::TicketDetail;
use std::sync::Arc;

/// One ticket with everything about it.
#[utoipa::path(
    get,
    path = "/tickets/{reference}",
    operation_id = "ticket",
    tag = "tickets",
    security(("bearer" = [])),
    params(("reference" = String, Path, description = "As on the receipt")),
    responses(
        (status = 200, body = TicketDetail, links(
            ("attachment" = (operation_id = "attachment", parameters(
                ("reference" = "$response.body#/reference"), ("id" = "$response.body#/attachments/0/id")
            )))
        )),
        Refusals
    )
)]
pub(in crate::routes) async fn detail(
    State(app): State<Arc<App>>,
    caller: Caller,
    reference: Result<Path<String>, PathRejection>,
) -> Result<Json<TicketDetail>, ApiError> {
    let Path(reference) = reference.map_err(|_| ProblemCode::NotFound)?;
    let found = app.store.ticket(&caller.sight(), &reference).await?;
    Ok(Json(found.ok_or(ProblemCode::NotFound)?.detail()))
}
