//! The pages: read what was asked, ask store and rules, show. A file per page.

mod account;
mod feedback;
mod filing;
mod language;
mod mails;
mod overview;
mod queues;
mod shops;
mod sign_in;
mod ticket;

use crate::app::App;
use axum::Router;
use axum::routing::{get, post};
use std::sync::Arc;

pub(super) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(overview::show))
        .route("/sign-in", get(sign_in::show).post(sign_in::submit))
        .route("/sign-out", post(sign_in::leave))
        .route("/language", post(language::choose))
        .route("/account", get(account::show).post(account::submit))
        .route("/queues/{queue}", get(queues::show))
        .route("/new", get(filing::show).post(filing::submit))
        .route("/shops", get(shops::show))
        .route("/search", get(queues::search))
        .route("/tickets/{reference}", get(ticket::show))
        .route("/tickets/{reference}/files/{id}", get(ticket::file))
        .route("/tickets/{reference}/reply", post(ticket::speak))
        .route("/tickets/{reference}/note", post(ticket::speak))
        .route("/tickets/{reference}/{act}", post(ticket::step))
        .route("/mails", get(mails::list))
        .route("/mails/{id}", get(mails::show))
        .route("/mails/{id}/assign", post(mails::assign))
        .route("/mails/{id}/set-aside", post(mails::set_aside))
        .route("/feedback", get(feedback::list))
        .route("/feedback/{reference}", get(feedback::show))
        .route("/feedback/{reference}/{id}", get(feedback::screenshot))
}

/// What there is in demo mode besides.
pub(super) fn demo() -> Router<Arc<App>> {
    Router::new().route("/demo/sign-in", post(sign_in::demo))
}
