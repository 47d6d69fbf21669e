//! Mails of unverified senders: a list, one in full as text, whose it is, or that it is nobody's.

use super::queues::parameter;
use crate::app::App;
use crate::casework::Refusal;
use crate::casework::mails::{self, Assign, MailItem, MailView};
use crate::desk::fields::{Fields, SignedForm};
use crate::desk::instant::told;
use crate::desk::view::codes;
use crate::desk::view::frame::{self, State as PageState};
use crate::desk::view::mail::{self, Typed};
use crate::desk::visit::Signed;
use crate::problem::{ApiError, ProblemCode};
use crate::store::mail::Became;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use partner_rules::wire::WireViolation;
use std::sync::Arc;

const PAGE: u32 = 50;

pub(super) async fn list(
    State(app): State<Arc<App>>,
    signed: Signed,
    RawQuery(query): RawQuery,
) -> Result<Markup, ApiError> {
    let asked = |name: &str| parameter(query.as_deref(), name);
    // What is none is what waits, from the beginning.
    let became = mails::listed(&asked("became")).unwrap_or(Became::Unverified);
    let before = mails::number(&asked("before"));
    let page = mails::mails(&app, became, before, PAGE).await?;
    let aside = became == Became::SetAside;
    let (title, lead, other, place) = if aside {
        (
            "mails.aside_title",
            "mails.aside_lead",
            "mails.to_waiting",
            "/mails",
        )
    } else {
        (
            "mails.title",
            "mails.lead",
            "mails.to_aside",
            "/mails?became=set_aside",
        )
    };
    let texts = signed.visit.texts;
    let title = texts.say(title);
    let main = html! {
        p { a href="/" { (texts.say("queue.back")) } }
        h1 { (title) }
        p { (texts.say(lead)) }
        p { a href=(place) data-testid="desk-mails-other" { (texts.say(other)) } }
        @if page.items.is_empty() { p { (texts.say("mails.empty")) } }
        ul.rows { @for item in &page.items { (row(&signed, item)) } }
        @if let Some(next) = page.next {
            p { a href=(format!("/mails?became={}&before={next}", became.code())) rel="next" { (texts.say("mails.older")) } }
        }
    };
    Ok(frame::signed(&signed, title, PageState::Fine, &main))
}

fn row(signed: &Signed, item: &MailItem) -> Markup {
    let texts = signed.visit.texts;
    html! {
        li.row data-testid="desk-mail" data-mail=(item.id) {
            a.row__subject href=(format!("/mails/{}", item.id)) { bdi { (mail::subject(texts, item)) } }
            p.row__facts {
                bdi { (item.from_name) } " " bdi { (item.from_email) } " · " (told(texts, signed.visit.now, &item.at))
                " · " (texts.say(codes::mail_reason(&item.reason)))
            }
        }
    }
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Markup, ApiError> {
    let id = mails::number(&id).ok_or(ProblemCode::NotFound)?;
    let view = mails::mail(&app, id).await?;
    page(&app, &signed, &view, &Typed::default()).await
}

async fn page(
    app: &App,
    signed: &Signed,
    view: &MailView,
    typed: &Typed,
) -> Result<Markup, ApiError> {
    let shops = app.store.shops(signed.visit.now).await?;
    let shops = shops
        .into_iter()
        .map(|entry| (entry.shop.id, entry.shop.name));
    let texts = signed.visit.texts;
    let main = mail::main(signed, view, &shops.collect::<Vec<_>>(), typed);
    let title = match &view.mail {
        Some(item) => mail::subject(texts, item),
        None => texts.say("mails.gone_title"),
    };
    let state = if typed.is_fine() {
        PageState::Fine
    } else {
        PageState::Wrong
    };
    Ok(frame::signed(signed, title, state, &main))
}

pub(super) async fn assign(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, ApiError> {
    let SignedForm { signed, fields } = form;
    let id = mails::number(&id).ok_or(ProblemCode::NotFound)?;
    signed.agent.may_write(&app)?;
    let to = Assign {
        shop: fields.text("shop"),
        user: fields.text("user"),
        ticket: fields.text("ticket"),
    };
    match mails::assign(&app, &signed.agent, id, &to).await {
        Ok(settled) => Ok(Redirect::to(&format!("/tickets/{}", settled.reference)).into_response()),
        Err(refusal) => again(&app, &signed, id, fields, refusal).await,
    }
}

pub(super) async fn set_aside(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, ApiError> {
    let SignedForm { signed, fields } = form;
    let id = mails::number(&id).ok_or(ProblemCode::NotFound)?;
    signed.agent.may_write(&app)?;
    match mails::set_aside(&app, &signed.agent, id, &fields.text("reason")).await {
        Ok(_) => Ok(Redirect::to("/mails").into_response()),
        Err(refusal) => again(&app, &signed, id, fields, refusal).await,
    }
}

/// The page again, with everything that was typed, and what is wrong or who was faster.
async fn again(
    app: &App,
    signed: &Signed,
    id: i64,
    fields: Fields,
    refusal: Refusal,
) -> Result<Response, ApiError> {
    let (status, violations): (_, Vec<WireViolation>) = match refusal {
        Refusal::Invalid(violations) => (StatusCode::UNPROCESSABLE_ENTITY, violations),
        Refusal::Unchanged => (StatusCode::CONFLICT, Vec::new()),
        other @ (Refusal::NotFound
        | Refusal::Closed
        | Refusal::NotClosed
        | Refusal::AddressMissing
        | Refusal::WrongDc
        | Refusal::OtherKey
        | Refusal::Busy
        | Refusal::Mail(_)
        | Refusal::Store(_)
        | Refusal::Randomness(_)) => return Err(other.into()),
    };
    let view = mails::mail(app, id).await?;
    let typed = Typed {
        late: status == StatusCode::CONFLICT,
        fields,
        violations,
    };
    Ok((status, page(app, signed, &view, &typed).await?).into_response())
}
