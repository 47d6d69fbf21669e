//! Bounds the time for an answer, and turns a panic into an answer.

use crate::app::App;
use crate::problem::{ApiError, ProblemCode};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::any::Any;
use std::sync::Arc;

pub async fn answer_time(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    match tokio::time::timeout(app.config.limits.answer_time, next.run(request)).await {
        Ok(response) => response,
        Err(_) => ApiError::new(ProblemCode::TimedOut)
            .retry_after(1)
            .into_response(),
    }
}

/// The panic's message stays here: it may quote what a caller sent.
pub fn panicked(_message: Box<dyn Any + Send + 'static>) -> Response {
    ApiError::new(ProblemCode::Internal).into_response()
}
