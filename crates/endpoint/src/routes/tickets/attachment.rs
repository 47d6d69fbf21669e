//! `GET /v1/tickets/{reference}/attachments/{id}`. For those who may see the ticket; to be saved, never to
//! be shown in place of a page.

use crate::app::App;
use crate::identity::Caller;
use crate::problem::{ApiError, ProblemCode};
use crate::routes::download;
use crate::routes::openapi::{FileBytes, Refusals};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use std::sync::Arc;

/// The bytes of an attachment.
#[utoipa::path(
    get,
    path = "/tickets/{reference}/attachments/{id}",
    operation_id = "attachment",
    tag = "tickets",
    security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "As on the receipt"),
        ("id" = String, Path, description = "As in the ticket's `attachments`")
    ),
    responses(
        (status = 200, body = FileBytes, content_type = "*/*", headers(
            ("Content-Disposition" = String, description = "`attachment` and the file's name")
        )),
        Refusals
    )
)]
pub(in crate::routes) async fn attachment(
    State(app): State<Arc<App>>,
    caller: Caller,
    place: Result<Path<(String, String)>, PathRejection>,
) -> Result<Response, ApiError> {
    let Path((reference, id)) = place.map_err(|_| ProblemCode::NotFound)?;
    let found = app
        .store
        .attachment(&caller.sight(), &reference, &id)
        .await?
        .ok_or(ProblemCode::NotFound)?;
    download::answer(&app, &found).await
}
