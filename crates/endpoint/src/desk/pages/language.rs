//! Choosing a language.

use crate::app::App;
use crate::desk::cookies::Jar;
use crate::desk::fields::VisitForm;
use crate::desk::local;
use crate::desk::texts::Lang;
use crate::problem::{ApiError, ProblemCode};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;

pub(super) async fn choose(
    State(app): State<Arc<App>>,
    form: VisitForm,
) -> Result<Response, ApiError> {
    let lang = form.fields.get("lang").and_then(Lang::parse);
    let lang = lang.ok_or(ProblemCode::MalformedRequest)?;
    let to = local::path(&form.fields.text("to"));
    let mut response = Redirect::to(&to).into_response();
    if let Some(cookie) = Jar::Lang.set(&app, lang.code()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
