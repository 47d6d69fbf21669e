//! `/agent/…`: the desk's work as JSON. On the agents' own listener, behind an agent's token; a partner's is of no
//! use here.

mod changes;
mod files;
mod filing;
mod mails;
mod reading;

use crate::app::App;
use axum::Router;
use axum::routing::{get, post};
use std::sync::Arc;

/// All calls, without the layers around them.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/agent/queues", get(reading::queues))
        .route("/agent/shops", get(reading::shops))
        .route("/agent/mails", get(mails::list))
        .route("/agent/mails/{id}", get(mails::show))
        .route("/agent/mails/{id}/assign", post(mails::assign))
        .route("/agent/mails/{id}/set-aside", post(mails::set_aside))
        .route("/agent/tickets", get(reading::tickets).post(filing::file))
        .route("/agent/tickets/{reference}", get(reading::ticket))
        .route("/agent/tickets/{reference}/uploads", post(files::upload))
        .route(
            "/agent/tickets/{reference}/attachments/{id}",
            get(files::attachment),
        )
        .route("/agent/tickets/{reference}/{act}", post(changes::change))
}
