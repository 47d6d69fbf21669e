//! `GET /v1/openapi.json`, and what its calls have in common.

use crate::problem::ApiError;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use partner_rules::wire::Problem;
use std::collections::BTreeMap;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    Content, Header, Object, OpenApi, Ref, RefOr, Response as Documented, ResponseBuilder,
};
use utoipa::{IntoResponses, Modify, OpenApi as _, PartialSchema, ToSchema};

#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "Partner Desk endpoint", description = "File priority support tickets, and find them again."),
    components(schemas(Problem)),
    modifiers(&Bearer),
)]
struct Frame;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .description(Some(
                "A token that the partner's shop signed; at most 15 minutes old.",
            ))
            .build();
        document
            .components
            .get_or_insert_default()
            .security_schemes
            .insert("bearer".to_owned(), RefOr::T(SecurityScheme::Http(scheme)));
    }
}

/// The document without calls.
pub(super) fn frame() -> OpenApi {
    Frame::openapi()
}

/// The whole document, as `partner-endpoint openapi` prints it.
pub fn document() -> OpenApi {
    super::documented().into_openapi()
}

pub(super) async fn answer(document: OpenApi) -> Response {
    match document.to_json() {
        Ok(json) => (
            [
                (header::CONTENT_TYPE, "application/json"),
                (header::CACHE_CONTROL, "no-cache"),
            ],
            json,
        )
            .into_response(),
        Err(cause) => ApiError::internal(cause).into_response(),
    }
}

/// A file's bytes.
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "stands for bytes in the document only")]
pub(super) struct FileBytes(Vec<u8>);

/// How many rows a page has. More is taken for the most, however many digits it has, so there is no upper bound.
pub(super) struct PageSize;

impl PartialSchema for PageSize {
    fn schema() -> RefOr<Schema> {
        let size = ObjectBuilder::new().schema_type(Type::Integer);
        size.minimum(Some(1)).into()
    }
}

impl ToSchema for PageSize {}

/// The orders of `GET /tickets`.
pub(super) struct Order;

/// A status.
pub(super) struct StatusWanted;

/// A severity, or none.
pub(super) struct SeverityWanted;

impl PartialSchema for Order {
    fn schema() -> RefOr<Schema> {
        words(["newest", "oldest", "updated"])
    }
}

impl PartialSchema for StatusWanted {
    fn schema() -> RefOr<Schema> {
        words(["open", "on_hold", "closed"])
    }
}

impl PartialSchema for SeverityWanted {
    fn schema() -> RefOr<Schema> {
        words(["S1", "none"])
    }
}

impl ToSchema for Order {}
impl ToSchema for StatusWanted {}
impl ToSchema for SeverityWanted {}

/// One of these words, or an empty one, which counts as absent.
fn words<const N: usize>(words: [&str; N]) -> RefOr<Schema> {
    let text = ObjectBuilder::new().schema_type(Type::String);
    text.enum_values(Some(words.into_iter().chain([""]))).into()
}

/// The refusals that any call with a token can answer.
pub(super) struct Refusals;

/// The refusals of calls with a body, besides.
pub(super) struct BodyRefusals;

impl IntoResponses for Refusals {
    fn responses() -> BTreeMap<String, RefOr<Documented>> {
        problems(&[400, 401, 403, 404, 405, 422, 429, 500, 503])
    }
}

impl IntoResponses for BodyRefusals {
    fn responses() -> BTreeMap<String, RefOr<Documented>> {
        problems(&[
            400, 401, 403, 404, 405, 408, 409, 413, 415, 422, 429, 500, 503,
        ])
    }
}

fn problems(statuses: &[u16]) -> BTreeMap<String, RefOr<Documented>> {
    statuses
        .iter()
        .map(|status| (status.to_string(), RefOr::T(problem(*status))))
        .collect()
}

fn problem(status: u16) -> Documented {
    let schema = Ref::from_schema_name("Problem");
    let response = ResponseBuilder::new()
        .description("A refusal or failure; `code` says which.")
        .content("application/problem+json", Content::new(Some(schema)));
    match status {
        409 | 429 | 503 => response.header("Retry-After", retry_after()).build(),
        _ => response.build(),
    }
}

fn retry_after() -> Header {
    let mut header = Header::new(Object::with_type(Type::Integer));
    header.description = Some("Seconds to wait; not on every code.".to_owned());
    header
}
