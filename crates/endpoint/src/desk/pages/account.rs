//! An agent's own account: another password.

use crate::address::ClientAddress;
use crate::agents::{hash, too_weak};
use crate::app::App;
use crate::desk::cookies::Jar;
use crate::desk::fields::SignedForm;
use crate::desk::view::form::{self, Field, Line};
use crate::desk::view::frame::{self, State as PageState};
use crate::desk::visit::Signed;
use crate::directory::address_key;
use crate::problem::{ApiError, ProblemCode};
use axum::Extension;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::sync::Arc;

/// What is wrong with each field.
#[derive(Clone, Copy, Debug, Default)]
struct Wrong {
    current: Option<&'static str>,
    new: Option<&'static str>,
    again: Option<&'static str>,
}

pub(super) async fn show(signed: Signed) -> Markup {
    page(&signed, Wrong::default())
}

fn page(signed: &Signed, wrong: Wrong) -> Markup {
    let texts = signed.visit.texts;
    let title = texts.say("account.title");
    let fields = [
        (
            "current",
            "account.current",
            None,
            wrong.current,
            "current-password",
        ),
        (
            "new",
            "account.new",
            Some("account.new_hint"),
            wrong.new,
            "new-password",
        ),
        ("again", "account.again", None, wrong.again, "new-password"),
    ];
    let errors: Vec<(&str, &str)> = fields
        .iter()
        .filter_map(|(name, _, _, error, _)| Some((*name, texts.say((*error)?))))
        .collect();
    let main = html! {
        (form::summary(texts, &errors))
        h1 { (title) }
        dl.facts {
            div { dt { (texts.say("account.name")) } dd dir="auto" { (signed.agent.name) } }
            div { dt { (texts.say("account.email")) } dd { (signed.agent.email) } }
        }
        form.card method="post" action="/account" novalidate {
            h2 { (texts.say("account.password_title")) }
            p { (texts.say("account.password_text")) }
            (form::secret(&signed.secret.form()))
            // Password managers want to know whose it is.
            input type="text" name="username" value=(signed.agent.email) autocomplete="username" hidden;
            @for (name, label, hint, error, complete) in fields {
                (form::line(texts, Field {
                    of: "", name, label: texts.say(label), hint: hint.map(|key| texts.say(key)), value: "",
                    error: error.map(|key| texts.say(key)), required: true,
                }, Line::Password(complete)))
            }
            button type="submit" data-testid="desk-password" { (texts.say("account.submit")) }
        }
    };
    let state = if errors.is_empty() {
        PageState::Fine
    } else {
        PageState::Wrong
    };
    frame::signed(signed, title, state, &main)
}

/// Ends every session of the agent, this one too: whoever knew the old password is out.
pub(super) async fn submit(
    State(app): State<Arc<App>>,
    address: Option<Extension<ClientAddress>>,
    form: SignedForm,
) -> Result<Response, ApiError> {
    let SignedForm { signed, fields } = form;
    let agent = &signed.agent;
    let key = address_key(&agent.email);
    let Extension(address) = address.ok_or(ProblemCode::Internal)?;
    let (current, new, again) = (
        fields.get("current").unwrap_or_default().to_owned(),
        fields.get("new").unwrap_or_default().to_owned(),
        fields.get("again").unwrap_or_default(),
    );
    let weak = too_weak(&new, &agent.email, &agent.name).is_some();
    let mut wrong = Wrong {
        current: None,
        new: weak.then_some("account.weak"),
        again: (new != again).then_some("account.differ"),
    };
    let found = app.store.agent(&key).await?;
    let opened = app
        .doorman
        .compare(
            found,
            current,
            || app.rates.may_sign_in(address, &key),
            || app.rates.sign_in_failed(address, &key),
        )
        .await?;
    if opened.is_none() {
        wrong.current = Some("account.wrong");
    }
    if wrong.current.is_some() || wrong.new.is_some() || wrong.again.is_some() {
        let page = page(&signed, wrong);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let hashed = tokio::task::spawn_blocking(move || hash(&new)).await;
    let hashed = hashed.map_err(ApiError::internal)??;
    app.store.set_password(&key, &hashed).await?;
    let mut response = Redirect::to("/sign-in").into_response();
    if let Some(cookie) = Jar::Session.clear(&app) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
