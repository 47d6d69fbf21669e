//! `GET /v1/access` and `PUT /v1/access/{email}`.

use super::{level, read_cursor, write_cursor};
use crate::app::App;
use crate::directory::address_key;
use crate::identity::SuperAdmin;
use crate::problem::{ApiError, ProblemCode, violation};
use crate::routes::openapi::{BodyRefusals, PageSize, Refusals};
use crate::routes::parameters::{Parameters, RawQuery};
use crate::store::access::{KnownUser, Whose};
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use partner_rules::ViolationCode;
use partner_rules::email;
use partner_rules::wire::{Access, AccessLevel, AccessUser, Page, WireViolation};
use std::sync::Arc;

const LIST: char = 'u';

/// The shop's users: whom somebody granted something, and who signed in or filed.
#[utoipa::path(
    get,
    path = "/access",
    operation_id = "list_users",
    tag = "access",
    security(("bearer" = [])),
    params(
        ("q" = Option<String>, Query, description = "Text in address or name"),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before"),
        ("limit" = inline(Option<PageSize>), Query, description = "1 to 200, default 50; more is taken for 200"),
    ),
    responses(
        (status = 200, body = Page<AccessUser>, links(
            ("next_page" = (operation_id = "list_users", parameters(("cursor" = "$response.body#/next_cursor")))),
            ("first" = (operation_id = "grant_access", parameters(("email" = "$response.body#/items/0/email"))))
        )),
        Refusals
    )
)]
pub(in crate::routes) async fn list(
    State(app): State<Arc<App>>,
    SuperAdmin(caller): SuperAdmin,
    query: RawQuery,
) -> Result<Json<Page<AccessUser>>, ApiError> {
    let mut parameters = Parameters::read(query)?;
    let text = parameters.text("q");
    let after = parameters.one("cursor", |cursor| read_cursor(LIST, cursor));
    let limit = parameters.limit();
    parameters.finish()?;
    // One more than asked for says whether there is a next page.
    let mut found = app
        .store
        .users(
            &caller.shop.id,
            text.as_deref(),
            after.as_deref(),
            limit + 1,
        )
        .await?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let last = found.last().filter(|_| more);
    let next_cursor = last.map(|last| write_cursor(LIST, &last.email_key));
    let default = caller.shop.default_access;
    Ok(Json(Page {
        items: found.into_iter().map(|user| view(user, default)).collect(),
        next_cursor,
        total: None,
    }))
}

/// Grants a user access by name. The same again changes nothing.
#[utoipa::path(
    put,
    path = "/access/{email}",
    operation_id = "grant_access",
    tag = "access",
    security(("bearer" = [])),
    params(("email" = String, Path, example = "member@partner.example", description = "The user's address, as in the claim `sub`; capitals do not matter")),
    request_body = AccessLevel,
    responses((status = 200, body = AccessUser), BodyRefusals)
)]
pub(in crate::routes) async fn grant(
    State(app): State<Arc<App>>,
    SuperAdmin(caller): SuperAdmin,
    address: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<AccessUser>, ApiError> {
    app.rates.write(caller.identity())?;
    let Path(address) = address.map_err(|_| ProblemCode::NotFound)?;
    let access = level(&headers, &body)?;
    let email_key = address_key(&address);
    // Whoever was seen with it may be granted something, whatever form the address has.
    if app.store.user(&caller.shop.id, &email_key).await?.is_none() {
        sound(&app, &address)?;
    }
    let whose = Whose {
        shop_id: &caller.shop.id,
        email_key: &email_key,
        email: address.trim(),
    };
    let user = app
        .store
        .grant(whose, access, Some(&caller.email), app.clock.now())
        .await?;
    Ok(Json(view(user, caller.shop.default_access)))
}

fn sound(app: &App, address: &str) -> Result<(), ApiError> {
    let max = app.config.policy.rules().limits().email_max;
    match email::parse_within(address, max) {
        // Blanks and invisible characters inside would make another user.
        Ok(email) if email.as_str() == address.trim() => Ok(()),
        Ok(_) => Err(wrong(violation("email", ViolationCode::Syntax))),
        Err((code, limit)) => Err(wrong(WireViolation {
            field: "email".to_owned(),
            code,
            limit,
        })),
    }
}

fn wrong(violation: WireViolation) -> ApiError {
    ApiError::new(ProblemCode::InvalidFields).violations(vec![violation])
}

fn view(user: KnownUser, default: Access) -> AccessUser {
    AccessUser {
        access: user.access(default),
        granted: user.granted.is_some(),
        updated_at: user.updated_at.map(|at| at.rfc3339()),
        email: user.email,
        name: user.name,
        role: user.role,
    }
}
