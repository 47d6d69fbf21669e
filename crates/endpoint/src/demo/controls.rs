//! `POST /demo/faults`, `/demo/clock`, `/demo/reset`. All need `application/json`, so that a page
//! elsewhere cannot send them without asking first.

use super::Demo;
use super::faults::Fault;
use super::seed;
use crate::app::App;
use crate::problem::{ApiError, ProblemCode};
use crate::routes::{Fields, must_be_json};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use partner_rules::ViolationCode;
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
pub(super) struct Time {
    server_time: String,
}

/// Appends faults to the script.
pub(super) async fn faults(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, ApiError> {
    must_be_json(&headers)?;
    let mut fields = Fields::read(&body)?;
    let next: Option<Vec<Fault>> = fields.code("next");
    if next
        .as_ref()
        .is_some_and(|faults| !faults.iter().all(Fault::is_sound))
    {
        fields.wrong("next", ViolationCode::UnknownValue);
    }
    let violations = fields.finish()?;
    match next {
        Some(faults) if violations.is_empty() => {
            let script = &demo(&app)?.faults;
            script.append(faults);
            if script.drop_some() {
                app.retirement.call();
            }
            Ok(StatusCode::NO_CONTENT)
        }
        Some(_) | None => Err(ApiError::new(ProblemCode::InvalidFields).violations(violations)),
    }
}

/// Moves the clock forward.
pub(super) async fn clock(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Time>, ApiError> {
    must_be_json(&headers)?;
    let mut fields = Fields::read(&body)?;
    let advance: Option<u64> = fields.code("advance_ms");
    let violations = fields.finish()?;
    let Some(millis) = advance else {
        return Err(ApiError::new(ProblemCode::InvalidFields).violations(violations));
    };
    demo(&app)?.clock.advance(millis);
    app.events.stir();
    Ok(Json(Time {
        server_time: app.clock.now().rfc3339(),
    }))
}

/// Back to the start: no tickets, files and keys, the seeded directory and users, no faults, the machine's
/// time, full quotas. Tokens stay valid.
pub(super) async fn reset(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<StatusCode, ApiError> {
    must_be_json(&headers)?;
    let demo = demo(&app)?;
    demo.faults.clear();
    demo.clock.reset();
    let now = app.clock.now();
    for id in app.store.start_over(&seed::directory(), now).await? {
        app.files.remove(&id).await;
    }
    seed::shop_and_users(&app.store, now).await?;
    app.rates.reset();
    Ok(StatusCode::NO_CONTENT)
}

fn demo(app: &App) -> Result<&Demo, ApiError> {
    app.demo
        .as_ref()
        .ok_or_else(|| ProblemCode::NotFound.into())
}
