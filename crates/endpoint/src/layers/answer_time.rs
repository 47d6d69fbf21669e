//! Bounds the time for an answer, and turns a panic into an answer.

use crate::app::App;
use crate::layers::body::is_streamed;
use crate::problem::{ApiError, ProblemCode};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::any::Any;
use std::sync::Arc;

pub async fn answer_time(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let limits = app.config.limits;
    let time = if is_streamed(&request) {
        limits.answer_time.saturating_add(limits.upload_time)
    } else {
        limits.answer_time
    };
    match tokio::time::timeout(time, next.run(request)).await {
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

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::routing::get;
    use tower::ServiceExt;
    use tower_http::catch_panic::CatchPanicLayer;

    #[tokio::test]
    async fn a_panic_is_an_internal_problem_without_its_message() {
        let broken: fn() -> &'static str = || panic!("secret text");
        let router = Router::new()
            .route("/", get(move || async move { broken() }))
            .layer(CatchPanicLayer::custom(panicked));
        let request = Request::get("/").body(Body::empty()).expect("request");
        let response = router.oneshot(request).await.expect("answered");
        assert_eq!(response.status(), 500);
        let body = axum::body::to_bytes(response.into_body(), 1000)
            .await
            .expect("body");
        let text = String::from_utf8_lossy(&body);
        assert!(
            text.contains("\"internal\"") && !text.contains("secret"),
            "{text}"
        );
    }
}
