//! `GET /v1/tickets`: pages of receipts, newest first unless asked otherwise.

use super::cursor;
use crate::app::App;
use crate::identity::Caller;
use crate::problem::{ApiError, ProblemCode, violation};
use crate::routes::openapi::Refusals;
use crate::store::tickets::{Filter, Sort};
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use partner_rules::wire::{Page, Receipt, Status, WireViolation};
use partner_rules::{Policy, Severity, ViolationCode};
use std::sync::Arc;

const LIMIT_DEFAULT: u32 = 50;
const LIMIT_MAX: u32 = 200;
/// Longer than anything that one would look for by hand.
const TEXT_MAX: u32 = 255;

/// The caller's tickets, or the shop's.
#[utoipa::path(
    get,
    path = "/tickets",
    tag = "tickets",
    security(("bearer" = [])),
    params(
        ("status" = Option<Status>, Query, description = "Only tickets with this status"),
        ("service" = Option<String>, Query, description = "Only tickets for this service, by id or name"),
        ("severity" = Option<String>, Query, description = "`S1`, or `none` for those without"),
        ("q" = Option<String>, Query, description = "Text in subject, reference, IDs or addresses"),
        ("sort" = Option<String>, Query, description = "`newest` (default), `oldest` or `updated`"),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before"),
        ("limit" = Option<u32>, Query, description = "1 to 200, default 50; more is taken for 200"),
    ),
    responses((status = 200, body = Page<Receipt>), Refusals)
)]
pub(in crate::routes) async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    query: Result<Query<Vec<(String, String)>>, QueryRejection>,
) -> Result<Json<Page<Receipt>>, ApiError> {
    let Query(parameters) = query.map_err(|_| ProblemCode::MalformedRequest)?;
    let filter = read(&parameters, app.config.policy.rules())?;
    // One more than asked for says whether there is a next page.
    let wanted = Filter {
        limit: filter.limit + 1,
        ..filter.clone()
    };
    let mut found = app.store.tickets(&caller.sight(), &wanted).await?;
    let more = found.len() > filter.limit as usize;
    found.truncate(filter.limit as usize);
    let last = found.last().filter(|_| more);
    let next_cursor = last.map(|last| cursor::write(filter.sort, last.position));
    Ok(Json(Page {
        items: found.iter().map(|one| one.ticket.receipt()).collect(),
        next_cursor,
    }))
}

fn read(parameters: &[(String, String)], policy: &Policy) -> Result<Filter, ApiError> {
    let given = |name: &str| {
        let value = parameters
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.trim());
        value.filter(|value| !value.is_empty())
    };
    let mut violations = Vec::new();
    let mut wrong = |field: &str| violations.push(violation(field, ViolationCode::UnknownValue));
    let status = given("status").and_then(|code| {
        status(code).or_else(|| {
            wrong("status");
            None
        })
    });
    let severity = given("severity").and_then(|code| {
        severity(code).or_else(|| {
            wrong("severity");
            None
        })
    });
    let sort = given("sort")
        .and_then(|code| {
            sort(code).or_else(|| {
                wrong("sort");
                None
            })
        })
        .unwrap_or_default();
    let limit = given("limit")
        .map_or(Some(LIMIT_DEFAULT), limit)
        .unwrap_or_else(|| {
            wrong("limit");
            LIMIT_DEFAULT
        });
    let after = given("cursor").and_then(|text| {
        cursor::read(text, sort).or_else(|| {
            wrong("cursor");
            None
        })
    });
    let text = given("q").map(str::to_lowercase);
    if text
        .as_ref()
        .is_some_and(|text| text.chars().count() > TEXT_MAX as usize)
    {
        violations.push(WireViolation {
            field: "q".to_owned(),
            code: ViolationCode::TooLong,
            limit: Some(TEXT_MAX),
        });
    }
    if !violations.is_empty() {
        return Err(ApiError::new(ProblemCode::InvalidParameters).violations(violations));
    }
    let service_id = given("service").map(|typed| policy.catalogue().resolve(typed).id);
    Ok(Filter {
        status,
        service_id,
        severity,
        text,
        sort,
        after,
        limit,
    })
}

fn status(code: &str) -> Option<Status> {
    match code {
        "open" => Some(Status::Open),
        "on_hold" => Some(Status::OnHold),
        "closed" => Some(Status::Closed),
        _ => None,
    }
}

fn severity(code: &str) -> Option<Option<Severity>> {
    match code {
        "S1" => Some(Some(Severity::S1)),
        "none" => Some(None),
        _ => None,
    }
}

fn sort(code: &str) -> Option<Sort> {
    match code {
        "newest" => Some(Sort::Newest),
        "oldest" => Some(Sort::Oldest),
        "updated" => Some(Sort::Updated),
        _ => None,
    }
}

/// More than the maximum is clamped, however many digits it has; 0 and anything else is wrong.
fn limit(text: &str) -> Option<u32> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match text.parse::<u32>() {
        Ok(0) => None,
        Ok(number) => Some(number.min(LIMIT_MAX)),
        Err(_) => Some(LIMIT_MAX),
    }
}
