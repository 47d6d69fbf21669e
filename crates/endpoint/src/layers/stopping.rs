//! Refuses what comes while the program is being stopped. What was running before goes on. Those who watch
//! the process are still answered; `/readyz` says that nothing more should come.

use crate::app::App;
use crate::problem::{ApiError, ProblemCode};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

const WATCHED: [&str; 2] = ["/healthz", "/metrics"];
/// A restart is over by then.
const RETRY_S: u64 = 5;

pub async fn stopping(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if !app.retirement.is_stopping() || WATCHED.contains(&request.uri().path()) {
        return next.run(request).await;
    }
    let refusal = ApiError::new(ProblemCode::ShuttingDown).retry_after(RETRY_S);
    let mut response = refusal.into_response();
    response
        .headers_mut()
        .insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
