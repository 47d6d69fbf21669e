//! `POST /agent/tickets`: a ticket from a call or a chat.

use super::changes::{answer, sound};
use crate::app::App;
use crate::casework::{self, Agent, NewCase};
use crate::problem::{ApiError, ProblemCode};
use crate::routes::tickets::key;
use crate::routes::{Fields, must_be_json};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use partner_rules::{Draft, ViolationCode};
use serde_json::Value;
use std::sync::Arc;

pub(super) async fn file(
    State(app): State<Arc<App>>,
    agent: Agent,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, ApiError> {
    let key = key::read(&headers)?;
    must_be_json(&headers)?;
    let case = read(&bytes)?;
    agent.may_write(&app)?;
    let done = casework::file(&app, &agent, &case, Some(&key)).await?;
    Ok(answer(done))
}

fn read(bytes: &[u8]) -> Result<NewCase, ApiError> {
    let mut fields = Fields::read(bytes)?;
    let (channel, dc) = (fields.code("channel"), fields.code("dc"));
    let region = fields.optional("region");
    let org_id_kind = fields.code("org_id_kind");
    let (superadmin_email, superadmin_unknown) = superadmin(&mut fields);
    let draft = Draft {
        service: fields.text("service"),
        org_id_kind: org_id_kind.unwrap_or_default(),
        org_id: fields.text("org_id"),
        subject: fields.text("subject"),
        description: fields.text("description"),
        superadmin_email,
        superadmin_unknown,
        customer_email: fields.optional_text("customer_email").unwrap_or_default(),
        zuid: fields.optional_text("zuid").unwrap_or_default(),
    };
    let (shop_id, partner_email) = (fields.text("shop"), fields.text("partner_email"));
    let partner_name = fields.optional_text("partner_name");
    let lang = fields.optional_text("lang");
    sound(fields)?;
    match (channel, dc) {
        (Some(channel), Some(dc)) => Ok(NewCase {
            shop_id,
            partner_email,
            partner_name,
            channel,
            dc,
            region,
            draft,
            lang,
        }),
        // Each that is missing is a violation, so this is never reached.
        (None, _) | (_, None) => Err(ProblemCode::MalformedJson.into()),
    }
}

/// As in `POST /v1/tickets`: `null` says that nobody knows it (R14).
fn superadmin(fields: &mut Fields) -> (String, bool) {
    match fields.take("superadmin_email") {
        None => (String::new(), false),
        Some(Value::Null) => (String::new(), true),
        Some(Value::String(text)) => (text, false),
        Some(_) => {
            fields.wrong("superadmin_email", ViolationCode::UnknownValue);
            (String::new(), false)
        }
    }
}
