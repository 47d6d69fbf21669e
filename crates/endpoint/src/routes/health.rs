//! For those who run the endpoint: is it alive, can it work, what did it do.

use crate::app::App;
use crate::casework::queue::WITHIN_H;
use crate::mail;
use crate::metrics::work_text;
use crate::problem::ApiError;
use crate::relay;
use crate::store::StoreError;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use std::sync::Arc;

/// `GET /healthz`: the process answers.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the store answers too.
pub(super) async fn ready(State(app): State<Arc<App>>) -> Result<&'static str, ApiError> {
    app.store.ready().await?;
    Ok("ok\n")
}

/// `GET /metrics`, in Prometheus' text format.
pub(super) async fn metrics(State(app): State<Arc<App>>) -> impl IntoResponse {
    let mut text = app.metrics.text(app.events.open());
    text.push_str(&work(&app).await.unwrap_or_default());
    (
        [(
            header::CONTENT_TYPE,
            "text/plain; version=0.0.4; charset=utf-8",
        )],
        text,
    )
}

/// Left out while the store does not answer: what the process counted is told all the same.
async fn work(app: &App) -> Result<String, StoreError> {
    let queues = app.store.queue_counts(app.clock.now(), WITHIN_H).await?;
    let targets = app.store.target_counts().await?;
    let mails = mail::metrics(&app.store).await?;
    Ok(work_text(&queues, &targets) + &mails + &relay::metrics(&app.store).await?)
}
