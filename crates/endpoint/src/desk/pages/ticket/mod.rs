//! A ticket's page, and what its forms do.

mod submit;

pub(in crate::desk) use submit::{speak, step};

use super::queues::parameter;
use crate::app::App;
use crate::casework::{self, CaseView};
use crate::desk::acts::{Form, Typed};
use crate::desk::fields::Fields;
use crate::desk::view::frame::{self, State as PageState};
use crate::desk::view::ticket::{self, Page};
use crate::desk::visit::Signed;
use crate::problem::{ApiError, ProblemCode};
use crate::random;
use crate::routes::download;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use maud::Markup;
use std::sync::Arc;

pub(in crate::desk) async fn show(
    State(app): State<Arc<App>>,
    signed: Signed,
    Path(reference): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Markup, ApiError> {
    let case = casework::view(&app, &signed.agent, &reference).await?;
    let asked = |name: &str| parameter(query.as_deref(), name);
    let done = Form::parse(&asked("done"));
    let typed = drafted(&case, &asked("draft"));
    page(&signed, &case, &typed, done)
}

/// A reply that begins with one of the drafts.
fn drafted(case: &CaseView, wanted: &str) -> Typed {
    let drafts = &case.drafts;
    let (text, also) = match wanted {
        "completed" => (drafts.completed.as_deref(), None),
        "ask" => (drafts.ask.as_deref(), None),
        "status" => (Some(drafts.status.as_str()), Some("status_note")),
        _ => (None, None),
    };
    let Some(text) = text else {
        return Typed::default();
    };
    let mut fields = Fields::default();
    fields.push("text", text);
    if let Some(check) = also {
        fields.push(check, "1");
    }
    Typed {
        form: Some(Form::Reply),
        fields,
        ..Typed::default()
    }
}

fn page(
    signed: &Signed,
    case: &CaseView,
    typed: &Typed,
    done: Option<Form>,
) -> Result<Markup, ApiError> {
    let key = random::hex(&random::bytes::<16>().map_err(ApiError::internal)?);
    let main = ticket::main(Page {
        signed,
        case,
        typed,
        key: &key,
        done,
    });
    let texts = signed.visit.texts;
    let receipt = &case.receipt;
    let title = texts.with(
        "ticket.title",
        &[
            ("reference", receipt.reference.as_str()),
            ("subject", receipt.subject.as_str()),
        ],
    );
    let state = if typed.errors.is_empty() && typed.news.is_none() {
        PageState::Fine
    } else {
        PageState::Wrong
    };
    Ok(frame::signed(signed, &title, state, &main))
}

pub(in crate::desk) async fn file(
    State(app): State<Arc<App>>,
    _signed: Signed,
    Path((reference, id)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    let found = app.store.case_attachment(&reference, &id).await?;
    download::answer(&app, &found.ok_or(ProblemCode::NotFound)?).await
}
