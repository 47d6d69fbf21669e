//! A script of faults: each is used once, by the first request with its method and exact path.

use crate::app::App;
use crate::problem::{ApiError, ProblemCode};
use crate::serve::Cut;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A test that waits longer has a mistake in it.
const DELAY_MAX_MS: u64 = 600_000;

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    method: String,
    /// Without query.
    path: String,
    #[serde(rename = "do")]
    act: Act,
    #[serde(default)]
    status: Option<u16>,
    #[serde(default)]
    delay_ms: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Act {
    /// Handled and committed, then the connection is cut without an answer.
    DropAnswer,
    /// Answered with this status, not handled.
    Status,
    /// Handled after a while.
    Delay,
}

#[derive(Debug, Default)]
pub struct Faults(Mutex<Vec<Fault>>);

impl Fault {
    pub(super) fn is_sound(&self) -> bool {
        let status_is_a_refusal = self
            .status
            .is_none_or(|status| (400..=599).contains(&status));
        self.path.starts_with('/') && self.delay_ms <= DELAY_MAX_MS && status_is_a_refusal
    }
}

impl Faults {
    pub(super) fn append(&self, faults: Vec<Fault>) {
        self.script().extend(faults);
    }

    /// Whether an answer is going to be dropped.
    pub(super) fn drop_some(&self) -> bool {
        self.script()
            .iter()
            .any(|fault| fault.act == Act::DropAnswer)
    }

    pub(super) fn clear(&self) {
        self.script().clear();
    }

    fn next(&self, method: &str, path: &str) -> Option<Fault> {
        let mut script = self.script();
        let index = script
            .iter()
            .position(|fault| fault.method.eq_ignore_ascii_case(method) && fault.path == path)?;
        Some(script.remove(index))
    }

    fn script(&self) -> MutexGuard<'_, Vec<Fault>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub async fn layer(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let script = app.demo.as_ref().map(|demo| &demo.faults);
    let Some(fault) =
        script.and_then(|faults| faults.next(request.method().as_str(), request.uri().path()))
    else {
        return next.run(request).await;
    };
    tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
    match fault.act {
        Act::Delay => next.run(request).await,
        Act::Status => {
            let status = fault
                .status
                .and_then(|status| StatusCode::from_u16(status).ok());
            let refusal = ApiError::new(ProblemCode::DemoFault);
            refusal
                .status(status.unwrap_or(StatusCode::SERVICE_UNAVAILABLE))
                .into_response()
        }
        Act::DropAnswer => {
            let cut = request.extensions().get::<Cut>().cloned();
            let answer = next.run(request).await;
            match cut {
                Some(cut) => {
                    drop(answer);
                    cut.now();
                    // The connection ends under us; nothing more is sent on it.
                    std::future::pending().await
                }
                None => answer,
            }
        }
    }
}

/// While an answer is going to be dropped, no connection is used twice. A browser repeats a request by
/// itself, unseen, when a connection that it had used before ends without an answer; on a fresh one it
/// tells the page.
pub async fn one_request_each(
    State(app): State<Arc<App>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    if app
        .demo
        .as_ref()
        .is_some_and(|demo| demo.faults.drop_some())
    {
        response
            .headers_mut()
            .insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
