//! `/agent/mails…`: mails of unverified senders. What is done to one needs no key: it can be done once anyway, and
//! who asks for the same again hears the same.

use super::changes::sound;
use crate::app::App;
use crate::casework::mails::{self, Assign, MailItem, MailView};
use crate::casework::{Agent, Refusal};
use crate::problem::{ApiError, ProblemCode};
use crate::routes::parameters::{Parameters, RawQuery};
use crate::routes::{Fields, must_be_json};
use crate::store::mail::Became;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use partner_rules::wire::Page;
use serde::Serialize;
use std::sync::Arc;

/// A mail's number as [`MailItem`] has it.
fn number(id: Result<Path<String>, PathRejection>) -> Result<i64, ApiError> {
    let Path(id) = id.map_err(|_| ProblemCode::NotFound)?;
    mails::number(&id).ok_or_else(|| ProblemCode::NotFound.into())
}

/// A page of what waits, or of what was set aside.
pub(super) async fn list(
    State(app): State<Arc<App>>,
    _agent: Agent,
    query: RawQuery,
) -> Result<Json<Page<MailItem>>, ApiError> {
    let mut parameters = Parameters::read(query)?;
    let became = parameters.one("became", mails::listed);
    let became = became.unwrap_or(Became::Unverified);
    let before = parameters.one("cursor", mails::number);
    let limit = parameters.limit();
    parameters.finish()?;
    let page = mails::mails(&app, became, before, limit).await?;
    Ok(Json(Page {
        items: page.items,
        next_cursor: page.next.map(|next| next.to_string()),
        total: None,
    }))
}

/// One with its text, and what was done with it.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    _agent: Agent,
    id: Result<Path<String>, PathRejection>,
) -> Result<Json<MailView>, ApiError> {
    Ok(Json(mails::mail(&app, number(id)?).await?))
}

/// The ticket that a mail became, or joined.
#[derive(Serialize)]
struct Assigned {
    reference: String,
}

pub(super) async fn assign(
    State(app): State<Arc<App>>,
    agent: Agent,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, ApiError> {
    let id = number(id)?;
    must_be_json(&headers)?;
    let mut fields = Fields::read(&bytes)?;
    let to = Assign {
        shop: fields.text("shop"),
        user: fields.text("user"),
        ticket: fields.optional_text("ticket").unwrap_or_default(),
    };
    sound(fields)?;
    agent.may_write(&app)?;
    let settled = mails::assign(&app, &agent, id, &to).await?;
    let answer = Json(Assigned {
        reference: settled.reference,
    });
    let mut response = (StatusCode::CREATED, answer).into_response();
    if settled.replayed {
        response
            .headers_mut()
            .insert("idempotency-replayed", HeaderValue::from_static("true"));
    }
    Ok(response)
}

pub(super) async fn set_aside(
    State(app): State<Arc<App>>,
    agent: Agent,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Json<MailView>, ApiError> {
    let id = number(id)?;
    must_be_json(&headers)?;
    let mut fields = Fields::read(&bytes)?;
    let reason = fields.text("reason");
    sound(fields)?;
    agent.may_write(&app)?;
    let done: Result<MailView, Refusal> = mails::set_aside(&app, &agent, id, &reason).await;
    Ok(Json(done?))
}
