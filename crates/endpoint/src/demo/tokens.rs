//! `GET /demo/token?user=…` and `GET /demo/agent-token`: what a partner's server does elsewhere.

use super::seed::{SHOP_ID, USERS};
use crate::app::App;
use crate::identity::{NewClaims, sign_hs256};
use crate::problem::{ApiError, ProblemCode};
use axum::Json;
use axum::extract::{RawQuery, State};
use partner_rules::wire::Role;
use serde::Serialize;
use std::sync::Arc;

/// As long as the wire contract allows.
const LIFETIME_S: i64 = 15 * 60;

#[derive(Serialize)]
pub(super) struct Token {
    token: String,
}

pub(super) async fn user(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
) -> Result<Json<Token>, ApiError> {
    let query = query.unwrap_or_default();
    let wanted = query.split('&').find_map(|part| part.strip_prefix("user="));
    let user = USERS
        .iter()
        .find(|user| Some(user.key) == wanted)
        .ok_or(ProblemCode::NotFound)?;
    let role = match user.role {
        Role::Superadmin => "superadmin",
        Role::Member => "member",
    };
    sign(&app, user.email, user.name, role, &app.config.audience)
}

/// For `/agent` on the desk's listener; of no use on `/v1`.
pub(super) async fn agent(State(app): State<Arc<App>>) -> Result<Json<Token>, ApiError> {
    let demo = app.demo.as_ref().ok_or(ProblemCode::NotFound)?;
    let token = demo.agent_token.token();
    Ok(Json(Token { token }))
}

fn sign(app: &App, sub: &str, name: &str, role: &str, aud: &str) -> Result<Json<Token>, ApiError> {
    let demo = app.demo.as_ref().ok_or(ProblemCode::NotFound)?;
    let iat = app.clock.now().seconds();
    let claims = NewClaims {
        sub,
        name,
        shop: SHOP_ID,
        role,
        aud,
        iat,
        exp: iat + LIFETIME_S,
    };
    let token =
        sign_hs256(&claims, &demo.key.kid, &demo.key.material).map_err(ApiError::internal)?;
    Ok(Json(Token { token }))
}
