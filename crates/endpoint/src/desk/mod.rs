//! The desk: pages for support agents, made on the server, on a listener of their own. They work without a
//! script, and none would run: the policy of every page allows styles and pictures of ours and nothing else.
//!
//! Never here: raw HTML (texts of partners are text), a sentence (they are in `static/desk/`), a change by
//! `GET`, a form that is taken without the secret of the session it was made for.
//!
//! Where to look: [`visit`] who looks at a page, in which language · [`door`] what every request passes ·
//! [`texts`] the catalogues · [`view`] parts of pages · [`pages`] the pages.

mod acts;
mod cookies;
mod door;
mod fields;
mod instant;
mod listen;
mod local;
mod pages;
mod parts;
mod statics;
mod texts;
mod view;
mod visit;

pub use listen::{bind, name};

use crate::app::App;
use crate::layers;
use crate::routes;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;

/// Everything that the desk answers, with everything that it passes through.
pub fn router(app: &Arc<App>) -> Router {
    let mut router = pages::router().merge(statics::router());
    if app.demo.is_some() {
        router = router.merge(pages::demo());
    }
    // The last layer added is the outermost.
    router
        .method_not_allowed_fallback(routes::method_not_allowed)
        .fallback(routes::not_found)
        .layer(DefaultBodyLimit::disable())
        .layer(CatchPanicLayer::custom(layers::answer_time::panicked))
        .layer(from_fn_with_state(
            Arc::clone(app),
            layers::answer_time::answer_time,
        ))
        .layer(from_fn_with_state(Arc::clone(app), layers::rate::rate))
        .layer(from_fn_with_state(
            Arc::clone(app),
            layers::stopping::stopping,
        ))
        .layer(from_fn_with_state(Arc::clone(app), layers::body::body))
        .layer(from_fn(door::same_origin))
        .layer(from_fn_with_state(Arc::clone(app), door::own_name))
        .layer(from_fn_with_state(Arc::clone(app), door::sealed))
        .layer(from_fn_with_state(
            Arc::clone(app),
            layers::envelope::envelope,
        ))
        .with_state(Arc::clone(app))
}
