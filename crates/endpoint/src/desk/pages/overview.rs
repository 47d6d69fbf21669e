//! The first page: what waits for whom.

use crate::app::App;
use crate::desk::view::frame::{self, State as PageState};
use crate::desk::visit::Signed;
use crate::problem::ApiError;
use axum::extract::State;
use maud::{Markup, html};
use std::sync::Arc;

pub(super) async fn show(State(_app): State<Arc<App>>, signed: Signed) -> Result<Markup, ApiError> {
    let texts = signed.visit.texts;
    let title = texts.say("overview.title");
    let main = html! {
        h1 { (title) }
    };
    Ok(frame::signed(&signed, title, PageState::Fine, &main))
}
