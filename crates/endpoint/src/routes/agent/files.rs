//! Files that agents send along with replies and notes, and what anybody attached.

use crate::app::App;
use crate::casework::Agent;
use crate::layers::body::Stream;
use crate::problem::{ApiError, ProblemCode};
use crate::rates::Identity;
use crate::routes::download;
use crate::routes::uploads::take_in;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::{Extension, Json};
use partner_rules::wire::Upload;
use std::sync::Arc;

/// Takes a file for a reply or a note on a ticket of this one's shop, within a day.
pub(super) async fn upload(
    State(app): State<Arc<App>>,
    agent: Agent,
    reference: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    Extension(body): Extension<Stream>,
) -> Result<(StatusCode, Json<Upload>), ApiError> {
    let Path(reference) = reference.map_err(|_| ProblemCode::NotFound)?;
    let case = app.store.case(&reference).await?;
    let (ticket, _) = case.ok_or(ProblemCode::NotFound)?;
    let sub = agent.sub();
    let whose = Identity {
        shop_id: &ticket.shop_id,
        sub: &sub,
    };
    let sender = Identity {
        shop_id: "",
        sub: &sub,
    };
    let upload = take_in(&app, whose, sender, &headers, &body).await?;
    Ok((StatusCode::CREATED, Json(upload)))
}

/// The bytes of an attachment: of the ticket, of a message, or of a note.
pub(super) async fn attachment(
    State(app): State<Arc<App>>,
    _agent: Agent,
    place: Result<Path<(String, String)>, PathRejection>,
) -> Result<Response, ApiError> {
    let Path((reference, id)) = place.map_err(|_| ProblemCode::NotFound)?;
    let found = app.store.case_attachment(&reference, &id).await?;
    download::answer(&app, &found.ok_or(ProblemCode::NotFound)?).await
}
