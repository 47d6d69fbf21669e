//! What a form asks for is done once, and not behind the back of somebody else: who typed on a page that is no
//! longer true sees what has changed, and keeps their words.

use super::page;
use crate::app::App;
use crate::casework::{self, CaseView, Refusal};
use crate::desk::acts::{self, Form, Typed, Wrong};
use crate::desk::fields::{Fields, SignedForm};
use crate::desk::parts;
use crate::desk::visit::{Signed, Visit, typed_in_vain};
use crate::layers::body::Stream;
use crate::problem::{ApiError, ProblemCode};
use crate::rates::Identity;
use crate::store::casework::Once;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use partner_rules::wire::WireViolation;
use std::sync::Arc;

/// As in the wire contract.
const KEY_MAX: usize = 255;

/// A form without files.
pub(in crate::desk) async fn step(
    State(app): State<Arc<App>>,
    Path((reference, code)): Path<(String, String)>,
    form: SignedForm,
) -> Result<Response, ApiError> {
    let of = Form::parse(&code).filter(|of| !of.has_files());
    let of = of.ok_or(ProblemCode::NotFound)?;
    let SignedForm { signed, fields } = form;
    done(&app, &signed, &reference, of, fields, &[]).await
}

/// A reply or a note, with files.
pub(in crate::desk) async fn speak(
    State(app): State<Arc<App>>,
    visit: Visit,
    signed: Result<Signed, Response>,
    Path(reference): Path<String>,
    headers: HeaderMap,
    uri: Uri,
    Extension(body): Extension<Stream>,
) -> Result<Response, ApiError> {
    let signed = match signed {
        Ok(signed) => signed,
        Err(refused) => {
            let sent = parts::read(&app, &visit, None, &headers, body).await?;
            return Ok(typed_in_vain(&visit, &sent.fields, refused));
        }
    };
    let of = uri.path().rsplit('/').next().and_then(Form::parse);
    let of = of.ok_or(ProblemCode::NotFound)?;
    let found = app.store.case(&reference).await?;
    let (ticket, _) = found.ok_or(ProblemCode::NotFound)?;
    let sub = signed.agent.sub();
    let whose = Identity {
        shop_id: &ticket.shop_id,
        sub: &sub,
    };
    let sent = parts::read(&app, &signed.visit, Some(whose), &headers, body).await?;
    done(&app, &signed, &reference, of, sent.fields, &sent.wrong).await
}

/// `wrong`: what was wrong with the files, of which the good ones have arrived.
async fn done(
    app: &App,
    signed: &Signed,
    reference: &str,
    of: Form,
    fields: Fields,
    wrong: &[WireViolation],
) -> Result<Response, ApiError> {
    let sub = signed.agent.sub();
    signed.agent.may_write(app)?;
    let case = casework::view(app, &signed.agent, reference).await?;
    let key = fields.text("key");
    if key.is_empty() || key.len() > KEY_MAX || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(ProblemCode::MalformedRequest.into());
    }
    // Any fingerprint: whether the key stands for something at all.
    let before = app.store.done_before(Once {
        agent: &sub,
        key: &key,
        fingerprint: &[0; 32],
    });
    let known = before.await?.is_some();
    let version = fields.text("version");
    let mut typed = Typed {
        form: Some(of),
        fields,
        ..Typed::default()
    };
    if !known && version != acts::version(&case) {
        typed.news = Some(acts::news(&version));
        return again(signed, &case, &typed, StatusCode::CONFLICT);
    }
    typed.refuse(signed.visit.texts, of, wrong);
    let act = match acts::asked(of, &typed.fields) {
        Ok(act) if typed.errors.is_empty() => act,
        Ok(_) => return again(signed, &case, &typed, StatusCode::UNPROCESSABLE_ENTITY),
        Err(violations) => {
            typed.refuse(signed.visit.texts, of, &violations);
            return again(signed, &case, &typed, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    match casework::act(app, &signed.agent, reference, act, Some(&key)).await {
        Ok(_) => {
            let draft = match of {
                Form::Complete => "&draft=completed",
                Form::Reply
                | Form::Note
                | Form::Verify
                | Form::Raise
                | Form::Hold
                | Form::Resume
                | Form::HandOver
                | Form::TakeBack
                | Form::Close
                | Form::Reopen => "",
            };
            let to = format!("/tickets/{reference}?done={}{draft}", of.code());
            Ok(Redirect::to(&to).into_response())
        }
        Err(refusal) => refused(app, signed, reference, of, typed, refusal).await,
    }
}

/// The page again, with everything that was typed.
fn again(
    signed: &Signed,
    case: &CaseView,
    typed: &Typed,
    status: StatusCode,
) -> Result<Response, ApiError> {
    Ok((status, page(signed, case, typed, None)?).into_response())
}

async fn refused(
    app: &App,
    signed: &Signed,
    reference: &str,
    of: Form,
    mut typed: Typed,
    refusal: Refusal,
) -> Result<Response, ApiError> {
    let texts = signed.visit.texts;
    let mut say = |key: &'static str| {
        typed.errors.push(Wrong {
            id: String::new(),
            text: texts.say(key).to_owned(),
        });
    };
    let status = match refusal {
        Refusal::Invalid(violations) => {
            typed.refuse(texts, of, &violations);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Refusal::Closed => {
            say("refused.closed");
            StatusCode::CONFLICT
        }
        Refusal::NotClosed => {
            say("refused.not_closed");
            StatusCode::CONFLICT
        }
        Refusal::Unchanged => {
            say("refused.unchanged");
            StatusCode::CONFLICT
        }
        Refusal::AddressMissing => {
            say("refused.address_missing");
            StatusCode::CONFLICT
        }
        Refusal::OtherKey => {
            say("refused.other_key");
            StatusCode::CONFLICT
        }
        other @ (Refusal::NotFound
        | Refusal::WrongDc
        | Refusal::Busy
        | Refusal::Mail(_)
        | Refusal::Store(_)
        | Refusal::Randomness(_)) => return Err(other.into()),
    };
    // As it is now: it may have been changed by whoever was faster.
    let case = casework::view(app, &signed.agent, reference).await?;
    again(signed, &case, &typed, status)
}
