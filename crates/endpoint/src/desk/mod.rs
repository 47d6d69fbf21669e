//! The desk: pages for support agents, made on the server, on a listener of their own. They work without a
//! script, and none would run: the policy of every page allows styles and pictures of ours and nothing else.
//! The same listener answers `/agent`, which is for programs: there a token counts, and no cookie.
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

use crate::app::{App, answering, reading};
use crate::layers;
use crate::routes;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use std::sync::Arc;

/// Everything that the desk answers, with everything that it passes through.
pub fn router(app: &Arc<App>) -> Router {
    let mut router = pages::router()
        .merge(statics::router())
        .merge(routes::agent::router());
    if app.demo.is_some() {
        router = router.merge(pages::demo());
    }
    let router = router
        .method_not_allowed_fallback(routes::method_not_allowed)
        .fallback(routes::not_found);
    // The last layer added is the outermost.
    reading(app, answering(app, router))
        .layer(from_fn(door::same_origin))
        .layer(from_fn_with_state(Arc::clone(app), door::own_name))
        .layer(from_fn_with_state(Arc::clone(app), door::sealed))
        .layer(from_fn_with_state(
            Arc::clone(app),
            layers::envelope::envelope,
        ))
        .with_state(Arc::clone(app))
}
