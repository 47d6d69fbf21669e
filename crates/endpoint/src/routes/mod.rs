//! The calls: parse, ask rules and store, answer. A file per noun.

pub(crate) mod access;
pub mod accounts;
pub mod agent;
pub(crate) mod download;
pub(crate) mod events;
pub(crate) mod feedback;
mod fields;
mod health;
pub mod openapi;
pub(crate) mod parameters;
pub mod policy;
mod receipt;
mod session;
pub mod tickets;
pub(crate) mod uploads;

pub(crate) use fields::Fields;

use crate::app::App;
use crate::problem::{ApiError, ProblemCode};
use axum::Router;
use axum::http::{HeaderMap, header};
use axum::routing::get;
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// All calls, without the layers around them and without an answer to what is none of them.
pub fn router() -> Router<Arc<App>> {
    let (router, document) = documented().split_for_parts();
    router
        .route(
            "/v1/openapi.json",
            get(move || openapi::answer(document.clone())),
        )
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
}

/// The calls that the OpenAPI document describes.
fn documented() -> OpenApiRouter<Arc<App>> {
    let v1 = OpenApiRouter::new()
        .routes(routes!(session::session))
        .routes(routes!(policy::policy))
        .routes(routes!(tickets::list::list, tickets::create::create))
        .routes(routes!(tickets::detail::detail))
        .routes(routes!(tickets::reply::reply))
        .routes(routes!(tickets::status::close))
        .routes(routes!(tickets::status::reopen))
        .routes(routes!(tickets::seen::seen))
        .routes(routes!(tickets::attachment::attachment))
        .routes(routes!(events::events))
        .routes(routes!(uploads::upload))
        .routes(routes!(accounts::verify))
        .routes(routes!(feedback::create))
        .routes(routes!(access::users::list))
        .routes(routes!(access::users::grant))
        .routes(routes!(access::default::read, access::default::write))
        .routes(routes!(access::log::list));
    OpenApiRouter::with_openapi(openapi::frame()).nest("/v1", v1)
}

pub(crate) async fn not_found() -> ApiError {
    ProblemCode::NotFound.into()
}

pub(crate) async fn method_not_allowed() -> ApiError {
    ProblemCode::MethodNotAllowed.into()
}

/// Refuses anything but `application/json`, parameters aside.
pub(crate) fn must_be_json(headers: &HeaderMap) -> Result<(), ApiError> {
    must_be("application/json", headers)
}

/// Refuses any other type of body, parameters aside.
pub(crate) fn must_be(kind: &str, headers: &HeaderMap) -> Result<(), ApiError> {
    let given = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case(kind) {
        Ok(())
    } else {
        Err(ProblemCode::UnsupportedMediaType.into())
    }
}
