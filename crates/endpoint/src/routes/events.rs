//! `GET /v1/events`: what happens to the tickets in sight, as it happens.

use super::openapi::Refusals;
use crate::app::App;
use crate::events::{self, Start};
use crate::identity::Caller;
use crate::problem::ApiError;
use crate::serve::Cut;
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::{IntoResponse, Response};
use partner_rules::wire::TicketEvent;
use std::sync::Arc;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
/// For proxies that would collect answers before they send them on.
const X_ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// What happens, as it happens.
#[utoipa::path(
    get,
    path = "/events",
    operation_id = "events",
    tag = "tickets",
    security(("bearer" = [])),
    params(
        ("Last-Event-ID" = Option<String>, Header, description = "`id` of the last event that was taken")
    ),
    responses(
        (status = 200, body = TicketEvent, content_type = "text/event-stream",
            description = "Server-sent events without end; the schema is that of their `data`"),
        Refusals
    )
)]
pub(super) async fn events(
    State(app): State<Arc<App>>,
    caller: Caller,
    headers: HeaderMap,
    cut: Option<Extension<Cut>>,
) -> Result<Response, ApiError> {
    caller.must_have_access()?;
    let cut = cut.map(|Extension(cut)| cut);
    let body = events::begin(&app, caller, start(&headers), cut).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
        (X_ACCEL_BUFFERING, "no"),
    ];
    Ok((headers, body).into_response())
}

/// Absent and empty is from now on; what is no number of ours was never an event's.
pub(crate) fn start(headers: &HeaderMap) -> Start {
    let mut given = headers.get_all(LAST_EVENT_ID).iter();
    let Some(value) = given.next() else {
        return Start::Now;
    };
    if value.is_empty() && given.next().is_none() {
        return Start::Now;
    }
    let number = value
        .to_str()
        .ok()
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()) && given.next().is_none());
    match number.and_then(|text| text.parse().ok()) {
        Some(number) => Start::After(number),
        None => Start::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_a_number_of_ours_is_a_place_to_go_on_from() {
        for (given, wanted) in [
            (vec![], Start::Now),
            (vec![""], Start::Now),
            (vec!["0"], Start::After(0)),
            (vec!["17"], Start::After(17)),
            (vec!["-1"], Start::Unknown),
            (vec!["+1"], Start::Unknown),
            (vec!["1 "], Start::Unknown),
            (vec!["17", "18"], Start::Unknown),
            (vec!["", "18"], Start::Unknown),
            (vec!["99999999999999999999"], Start::Unknown),
            (vec!["abc"], Start::Unknown),
        ] {
            let headers = given
                .iter()
                .map(|text| (LAST_EVENT_ID, HeaderValue::from_static(text)));
            let mut map = HeaderMap::new();
            for (name, value) in headers {
                map.append(name, value);
            }
            assert_eq!(start(&map), wanted, "{given:?}");
        }
    }
}
