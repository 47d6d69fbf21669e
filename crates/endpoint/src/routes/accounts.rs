//! `POST /v1/accounts/verify`: large, standard or unknown – never licence counts, and nothing that
//! tells another shop's account from none at all.

use super::openapi::BodyRefusals;
use super::{Fields, must_be_json};
use crate::app::App;
use crate::directory::{self, address_key};
use crate::identity::Caller;
use crate::problem::{ApiError, ProblemCode, violation};
use crate::store::accounts::View;
use crate::store::audit::Verification;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use partner_rules::email::{self, Email};
use partner_rules::wire::{VerifyAnswer, VerifyRequest, WireViolation};
use partner_rules::{Dc, Policy, ViolationCode};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// A sound question.
pub(crate) struct Question {
    pub(crate) address: Email,
    pub(crate) service: String,
    pub(crate) dc: Dc,
}

/// What the directory knows about a SuperAdmin address.
#[utoipa::path(
    post,
    path = "/accounts/verify",
    operation_id = "verify_account",
    tag = "accounts",
    security(("bearer" = [])),
    request_body(content = VerifyRequest, example = json!({
        "superadmin_email": "admin@small.example", "service": "Zoho CRM", "dc": "eu"
    })),
    responses((status = 200, body = VerifyAnswer), BodyRefusals)
)]
pub(super) async fn verify(
    State(app): State<Arc<App>>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<VerifyAnswer>, ApiError> {
    caller.must_have_access()?;
    app.rates.verify(caller.identity())?;
    must_be_json(&headers)?;
    let question = read(app.config.policy.rules(), &app.config.dcs, &body)?;
    let view = View {
        dc: question.dc,
        shop_id: &caller.shop.id,
    };
    let account =
        directory::verify(&app.store, &app.config.policy, view, &question.address).await?;
    let rules = app.config.policy.rules();
    app.store
        .note_verification(&Verification {
            at: app.clock.now(),
            shop_id: &caller.shop.id,
            sub: &caller.sub,
            dc: question.dc,
            service_id: &rules.catalogue().resolve(&question.service).id,
            address_hash: hash(&app.audit_secret, &question.address),
            account,
        })
        .await?;
    Ok(Json(VerifyAnswer {
        account,
        policy_version: rules.version().to_owned(),
    }))
}

/// `served` are the data centres of this endpoint.
pub(crate) fn read(policy: &Policy, served: &[Dc], body: &[u8]) -> Result<Question, ApiError> {
    let limits = policy.limits();
    let mut fields = Fields::read(body)?;
    let text = fields.text("superadmin_email");
    let service = fields.text("service");
    let dc: Option<Dc> = fields.code("dc");
    let mut violations = fields.finish()?;
    if dc.is_some_and(|dc| !served.contains(&dc)) {
        return Err(ProblemCode::WrongDc.into());
    }
    let address = email::parse_within(&text, limits.email_max);
    if let Err((code, limit)) = address {
        add(
            &mut violations,
            WireViolation {
                field: "superadmin_email".to_owned(),
                code,
                limit,
            },
        );
    }
    if service.trim().is_empty() {
        add(
            &mut violations,
            violation("service", ViolationCode::Required),
        );
    } else if service.trim().chars().count() > limits.service_max as usize {
        let limit = Some(limits.service_max);
        add(
            &mut violations,
            WireViolation {
                field: "service".to_owned(),
                code: ViolationCode::TooLong,
                limit,
            },
        );
    }
    match (address, dc) {
        (Ok(address), Some(dc)) if violations.is_empty() => Ok(Question {
            address,
            service,
            dc,
        }),
        _ => Err(ApiError::new(ProblemCode::InvalidFields).violations(violations)),
    }
}

/// One violation per field: a wrong type was noted already.
fn add(violations: &mut Vec<WireViolation>, new: WireViolation) {
    if violations.iter().all(|known| known.field != new.field) {
        violations.push(new);
    }
}

fn hash(secret: &[u8], address: &Email) -> [u8; 32] {
    Sha256::new()
        .chain_update(secret)
        .chain_update(address_key(address.as_str()))
        .finalize()
        .into()
}
