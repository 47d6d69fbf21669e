//! `GET` and `PUT /v1/access-default`: what users have whom nobody granted anything.

use super::level;
use crate::app::App;
use crate::identity::SuperAdmin;
use crate::problem::ApiError;
use crate::routes::openapi::{BodyRefusals, Refusals};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use partner_rules::wire::AccessLevel;
use std::sync::Arc;

/// The shop's default.
#[utoipa::path(
    get,
    path = "/access-default",
    operation_id = "default_access",
    tag = "access",
    security(("bearer" = [])),
    responses((status = 200, body = AccessLevel), Refusals)
)]
pub(in crate::routes) async fn read(SuperAdmin(caller): SuperAdmin) -> Json<AccessLevel> {
    Json(AccessLevel {
        access: caller.shop.default_access,
    })
}

/// Sets the shop's default. The same again changes nothing.
#[utoipa::path(
    put,
    path = "/access-default",
    operation_id = "set_default_access",
    tag = "access",
    security(("bearer" = [])),
    request_body = AccessLevel,
    responses((status = 200, body = AccessLevel), BodyRefusals)
)]
pub(in crate::routes) async fn write(
    State(app): State<Arc<App>>,
    SuperAdmin(caller): SuperAdmin,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<AccessLevel>, ApiError> {
    app.rates.write(caller.identity())?;
    let access = level(&headers, &body)?;
    app.store
        .set_default_access(
            &caller.shop.id,
            access,
            Some(&caller.email),
            app.clock.now(),
        )
        .await?;
    Ok(Json(AccessLevel { access }))
}
