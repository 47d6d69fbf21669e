//! Who looks at a page: a browser with a language, and an agent if it is signed in.

use super::cookies::Jar;
use super::door::was_led_here;
use super::fields::{Fields, must_be_ours};
use super::texts::{Lang, Texts};
use super::view::{ended, passage};
use crate::agents::{Agent, Secret};
use crate::app::App;
use crate::clock::Timestamp;
use crate::problem::ApiError;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;
use url::form_urlencoded;

/// Anybody.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    pub(super) texts: &'static Texts,
    /// The page's own address, path and query.
    pub(super) place: String,
    pub(super) now: Timestamp,
    session: Option<Secret>,
    before: Option<Secret>,
}

/// An agent who is signed in.
#[derive(Clone, Debug)]
pub(super) struct Signed {
    pub(super) visit: Visit,
    pub(super) agent: Agent,
    /// The session's.
    pub(super) secret: Secret,
}

impl Visit {
    /// What the forms on this browser's pages are made with: the session's secret, or the one before it.
    pub(super) fn secret(&self) -> Option<&Secret> {
        self.session.as_ref().or(self.before.as_ref())
    }

    /// The one before there is a session.
    pub(super) fn before(&self) -> Option<&Secret> {
        self.before.as_ref()
    }

    /// Without the session, whose cookie belongs to one that has ended.
    pub(super) fn without_session(self) -> Self {
        Self {
            session: None,
            ..self
        }
    }

    /// With a secret that the browser is just being given.
    pub(super) fn with_before(self, secret: Secret) -> Self {
        Self {
            before: Some(secret),
            ..self
        }
    }

    pub(super) fn session(&self) -> Option<&Secret> {
        self.session.as_ref()
    }
}

impl FromRequestParts<Arc<App>> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        let lang = chosen_lang(app, &parts.headers);
        let place = parts.uri.path_and_query();
        Ok(Self {
            texts: Texts::of(lang),
            place: place.map_or("/", |place| place.as_str()).to_owned(),
            now: app.clock.now(),
            session: Jar::Session.secret(app, &parts.headers),
            before: Jar::Visit.secret(app, &parts.headers),
        })
    }
}

impl FromRequestParts<Arc<App>> for Signed {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        let visit = Visit::from_request_parts(parts, app).await?;
        let found = match visit.session() {
            None => None,
            Some(secret) => app
                .store
                .session(secret, visit.now)
                .await
                .map_err(|cause| ApiError::from(cause).into_response())?
                .map(|agent| (agent, secret.clone())),
        };
        match found {
            Some((agent, secret)) => Ok(Self {
                visit,
                agent,
                secret,
            }),
            None if visit.session().is_none() && was_led_here(&parts.headers) => {
                Err(passage::page(&visit).into_response())
            }
            None => Err(to_sign_in(parts, &visit)),
        }
    }
}

/// The language that somebody chose at the desk, or else what their browser prefers.
pub(super) fn chosen_lang(app: &App, headers: &HeaderMap) -> Lang {
    Jar::Lang
        .read(app, headers)
        .and_then(|code| Lang::parse(&code))
        .unwrap_or_else(|| Lang::of(headers))
}

/// Back to where it was meant to go, once signed in. What a form had sent is not sent again by itself.
fn to_sign_in(parts: &Parts, visit: &Visit) -> Response {
    let reading = parts.method.is_safe();
    let to = if reading { visit.place.as_str() } else { "/" };
    let mut response = Redirect::to(&sign_in_place(to, !reading)).into_response();
    response
        .headers_mut()
        .insert(header::VARY, header::HeaderValue::from_static("Cookie"));
    response
}

/// `ended`: something was sent that came to nothing.
pub(super) fn sign_in_place(to: &str, ended: bool) -> String {
    let query: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("to", to)
        .append_pair("ended", if ended { "1" } else { "" })
        .finish();
    format!("/sign-in?{query}")
}

/// What came to nothing, since the session has ended meanwhile: whoever typed it gets it back, if it was typed
/// on a page of that session.
pub(super) fn typed_in_vain(visit: &Visit, fields: &Fields, refused: Response) -> Response {
    if must_be_ours(visit, fields).is_err() {
        return refused;
    }
    // The page of the form: `/tickets/PS-EU-000001/reply` is the ticket's.
    let page = match visit.place.rsplit_once('/') {
        Some((page, _)) if !page.is_empty() => page,
        Some(_) | None => visit.place.as_str(),
    };
    let page = ended::page(visit, &sign_in_place(page, false), fields);
    (StatusCode::FORBIDDEN, page).into_response()
}
