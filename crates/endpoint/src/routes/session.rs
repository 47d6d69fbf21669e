//! `GET /v1/session`: who the token stands for, and what that user may do here.

use super::openapi::Refusals;
use crate::app::App;
use crate::identity::Caller;
use crate::problem::ApiError;
use axum::Json;
use axum::extract::State;
use partner_rules::wire::{Session, Shop, User};
use std::sync::Arc;

/// Who the token stands for.
#[utoipa::path(
    get,
    path = "/session",
    tag = "session",
    security(("bearer" = [])),
    responses((status = 200, body = Session), Refusals)
)]
pub(super) async fn session(
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Result<Json<Session>, ApiError> {
    caller.remember(&app).await;
    let unread = app.store.unread(&caller.sight()).await?;
    let rules = app.config.policy.rules();
    Ok(Json(Session {
        user: User {
            email: caller.email,
            name: caller.name,
        },
        shop: Shop {
            id: caller.shop.id,
            name: caller.shop.name,
        },
        role: caller.role,
        access: caller.access,
        dc: app.config.first_dc,
        server_time: app.clock.now().rfc3339(),
        limits: *rules.limits(),
        policy_version: rules.version().to_owned(),
        unread,
    }))
}
