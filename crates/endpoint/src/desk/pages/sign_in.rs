//! Signing in and out.

use crate::address::ClientAddress;
use crate::agents::{Agent, PasswordError, Secret};
use crate::app::App;
use crate::desk::cookies::Jar;
use crate::desk::fields::{SignedForm, VisitForm};
use crate::desk::local;
use crate::desk::view::form::{self, Field, Line};
use crate::desk::view::frame::{self, State as PageState};
use crate::desk::visit::Visit;
use crate::directory::address_key;
use crate::problem::{ApiError, ProblemCode};
use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::sync::Arc;
use url::form_urlencoded;

/// Why an attempt led nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    /// Unknown account or wrong password: the same to whoever asks.
    Wrong,
    Often,
    Ended,
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    visit: Visit,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let query = query.unwrap_or_default();
    let asked = |wanted: &str| {
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.into_owned())
    };
    let to = local::path(&asked("to").unwrap_or_default());
    if let Some(secret) = visit.session()
        && app.store.session(secret, visit.now).await?.is_some()
    {
        return Ok(Redirect::to(&to).into_response());
    }
    let ended = asked("ended").is_some_and(|value| value == "1");
    answer(&app, visit, &to, "", ended.then_some(Problem::Ended))
}

/// The page. A browser that has no secret for its forms yet gets one, and a session that has ended goes.
fn answer(
    app: &App,
    visit: Visit,
    to: &str,
    email: &str,
    problem: Option<Problem>,
) -> Result<Response, ApiError> {
    let stale = visit.session().is_some();
    let visit = visit.without_session();
    let (secret, new) = match visit.before() {
        Some(secret) => (secret.clone(), false),
        None => (Secret::random().map_err(ApiError::internal)?, true),
    };
    let visit = visit.with_before(secret.clone());
    let page = page(app, &visit, &secret.form(), to, email, problem);
    let status = match problem {
        None | Some(Problem::Ended) => StatusCode::OK,
        Some(Problem::Wrong) => StatusCode::UNPROCESSABLE_ENTITY,
        Some(Problem::Often) => StatusCode::TOO_MANY_REQUESTS,
    };
    let mut response = (status, page).into_response();
    let set = new.then(|| Jar::Visit.set(app, secret.reveal())).flatten();
    let cleared = stale.then(|| Jar::Session.clear(app)).flatten();
    for cookie in set.into_iter().chain(cleared) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

fn page(
    app: &App,
    visit: &Visit,
    form: &str,
    to: &str,
    email: &str,
    problem: Option<Problem>,
) -> Markup {
    let texts = visit.texts;
    let title = texts.say("sign_in.title");
    let error = match problem {
        None | Some(Problem::Ended) => None,
        Some(Problem::Wrong) => Some(texts.say("sign_in.wrong")),
        Some(Problem::Often) => Some(texts.say("sign_in.often")),
    };
    let errors: Vec<(&str, &str)> = error.map(|error| ("email", error)).into_iter().collect();
    let main = html! {
        (form::summary(texts, &errors))
        h1 { (title) }
        @if problem == Some(Problem::Ended) { (form::notice(texts.say("sign_in.ended"))) }
        form.card method="post" action="/sign-in" novalidate {
            (form::secret(form))
            input type="hidden" name="to" value=(to);
            (form::line(texts, Field {
                name: "email", label: texts.say("sign_in.email"), value: email, required: true, ..Field::default()
            }, Line::Username))
            (form::line(texts, Field {
                name: "password", label: texts.say("sign_in.password"), required: true, ..Field::default()
            }, Line::Password("current-password")))
            button type="submit" data-testid="desk-sign-in" { (texts.say("sign_in.submit")) }
        }
        @if app.demo.is_some() {
            form.card method="post" action="/demo/sign-in" {
                (form::secret(form))
                input type="hidden" name="to" value=(to);
                h2 { (texts.say("sign_in.demo_title")) }
                p { (texts.say("sign_in.demo_text")) }
                button type="submit" data-testid="desk-demo-sign-in" { (texts.say("sign_in.demo_submit")) }
            }
        }
    };
    let state = if error.is_some() {
        PageState::Wrong
    } else {
        PageState::Fine
    };
    frame::open(visit, title, state, &main)
}

pub(super) async fn submit(
    State(app): State<Arc<App>>,
    address: Option<Extension<ClientAddress>>,
    form: VisitForm,
) -> Result<Response, ApiError> {
    let email = form.fields.text("email").trim().to_owned();
    let to = local::path(&form.fields.text("to"));
    let key = address_key(&email);
    let found = app.store.agent(&key).await?;
    let password = form.fields.get("password").unwrap_or_default().to_owned();
    let Extension(address) = address.ok_or(ProblemCode::Internal)?;
    let opened = app
        .doorman
        .compare(
            found,
            password,
            || app.rates.may_sign_in(address, &key),
            || app.rates.sign_in_failed(address, &key),
        )
        .await;
    match opened {
        Ok(Some(agent)) => welcome(&app, &form.visit, &agent, &to).await,
        Ok(None) => answer(&app, form.visit, &to, &email, Some(Problem::Wrong)),
        Err(refusal) => {
            let refused = refusal.into_response();
            if refused.status() != StatusCode::TOO_MANY_REQUESTS {
                return Ok(refused);
            }
            let mut response = answer(&app, form.visit, &to, &email, Some(Problem::Often))?;
            if let Some(wait) = refused.headers().get(header::RETRY_AFTER) {
                let wait = wait.clone();
                response.headers_mut().insert(header::RETRY_AFTER, wait);
            }
            Ok(response)
        }
    }
}

/// Demo mode: nobody has to know a password.
pub(super) async fn demo(
    State(app): State<Arc<App>>,
    form: VisitForm,
) -> Result<Response, ApiError> {
    let demo = app.demo.as_ref().ok_or(ProblemCode::NotFound)?;
    let to = local::path(&form.fields.text("to"));
    welcome(&app, &form.visit, demo.agent(), &to).await
}

/// Begins a session under a new secret, whatever the browser had before; an earlier session of this browser
/// ends.
async fn welcome(app: &App, visit: &Visit, agent: &Agent, to: &str) -> Result<Response, ApiError> {
    if let Some(earlier) = visit.session() {
        app.store.end_session(earlier).await?;
    }
    let secret = Secret::random().map_err(ApiError::internal)?;
    app.store
        .begin_session(agent.id, &secret, app.clock.now())
        .await?;
    let mut response = Redirect::to(to).into_response();
    let set = Jar::Session.set(app, secret.reveal());
    let cleared = Jar::Visit.clear(app);
    for cookie in set.into_iter().chain(cleared) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

pub(super) async fn leave(
    State(app): State<Arc<App>>,
    form: SignedForm,
) -> Result<Response, ApiError> {
    app.store.end_session(&form.signed.secret).await?;
    let mut response = Redirect::to("/sign-in").into_response();
    if let Some(cookie) = Jar::Session.clear(&app) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

impl From<PasswordError> for ApiError {
    fn from(cause: PasswordError) -> Self {
        match cause {
            PasswordError::Busy => Self::new(ProblemCode::TimedOut).retry_after(5),
            PasswordError::Hash | PasswordError::Randomness(_) => Self::internal(cause),
        }
    }
}
