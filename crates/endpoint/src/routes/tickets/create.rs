//! `POST /v1/tickets`: files a ticket exactly once per key.

use super::body::{self, Body, Sound};
use super::uploads;
use crate::app::App;
use crate::directory::{self, Finding};
use crate::identity::Caller;
use crate::problem::{ApiError, ProblemCode};
use crate::routes::openapi::BodyRefusals;
use crate::routes::receipt::{created, earlier, keyed, replay, turn};
use crate::store::accounts::View;
use crate::store::idempotency::{Fingerprint, Scope};
use crate::store::tickets::Filed;
use crate::ticket::{self, Record, Work};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use partner_rules::classify::classify_decided;
use partner_rules::wire::{
    AuthorKind, Channel, LastChange, NewTicket, Receipt, Status, TicketChange,
};
use partner_rules::{Account, Dc};
use std::sync::Arc;

/// Files a ticket.
#[utoipa::path(
    post,
    path = "/tickets",
    operation_id = "file_ticket",
    tag = "tickets",
    security(("bearer" = [])),
    params(
        ("Idempotency-Key" = String, Header, pattern = "^[!-~]([ -~]{0,253}[!-~])?$", example = "my-first-ticket",
            description = "1 to 255 printable ASCII characters, one per ticket")
    ),
    request_body(content = NewTicket, example = json!({
        "dc": "eu", "region": "eu", "service": "Zoho CRM", "org_id_kind": "zoid", "org_id": "20000000001",
        "subject": "Contacts do not sync", "description": "Since this morning.",
        "superadmin_email": "admin@large.example"
    })),
    responses(
        (status = 201, body = Receipt, headers(
            ("Idempotency-Replayed" = Option<String>, description = "`true` when the key had filed this ticket before")
        ), links(
            ("ticket" = (operation_id = "ticket", parameters(("reference" = "$response.body#/reference"))))
        )),
        BodyRefusals
    )
)]
pub(in crate::routes) async fn create(
    State(app): State<Arc<App>>,
    caller: Caller,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, ApiError> {
    let (scope, body) = keyed(&caller, &headers, || body::read(&bytes))?;
    let _turn = turn(&app.locks, &scope).await?;
    let hashes = app.store.hashes(caller.identity(), &body.uploads).await?;
    let uploads_known = hashes.is_some();
    let fingerprint = body.fingerprint(hashes);
    if let Some(answer) = earlier(&app, &scope, fingerprint.as_ref()).await? {
        return Ok(answer);
    }
    caller.must_have_access()?;
    // Not before: a ticket that is there is shown, however often it is asked for.
    app.rates.write(caller.identity())?;
    let (dc, sound) = judge(&app, body, uploads_known)?;
    // Only a sound body has none missing.
    let fingerprint = fingerprint.ok_or(ProblemCode::MalformedJson)?;
    file(&app, &caller, dc, sound, &scope, &fingerprint).await
}

/// Data centre, channel, fields – in this order.
fn judge(app: &App, body: Body, uploads_known: bool) -> Result<(Dc, Sound), ApiError> {
    let policy = app.config.policy.rules();
    let Some(dc) = body.dc else {
        // Refused for the data centre at least; which one the others are checked for only matters to hints.
        return body
            .check(policy, app.config.first_dc, uploads_known)
            .map(|sound| (app.config.first_dc, sound));
    };
    if !app.config.dcs.contains(&dc) {
        return Err(ProblemCode::WrongDc.into());
    }
    if policy.channels().widget_pages(dc).is_empty() {
        return Err(ProblemCode::ChannelUnavailable.into());
    }
    Ok((dc, body.check(policy, dc, uploads_known)?))
}

async fn file(
    app: &App,
    caller: &Caller,
    dc: Dc,
    mut sound: Sound,
    scope: &Scope,
    fingerprint: &Fingerprint,
) -> Result<Response, ApiError> {
    let view = View {
        dc,
        shop_id: &caller.shop.id,
    };
    let finding = directory::judge(&app.store, &app.config.policy, view, &sound.ticket).await?;
    let uploads = std::mem::take(&mut sound.uploads);
    let record = record(app, caller, dc, sound, finding);
    let outcome = record.classification.outcome;
    let filed = app
        .store
        .file(record, &caller.author(), &uploads, scope, fingerprint)
        .await?;
    match filed {
        Filed::New(answer) => {
            caller.remember(app).await;
            app.metrics.filed(outcome.code());
            Ok(created(answer))
        }
        Filed::Bound(bound) => replay(bound),
        Filed::UploadGone => Err(uploads::gone()),
    }
}

fn record(app: &App, caller: &Caller, dc: Dc, sound: Sound, finding: Finding) -> Record {
    let Sound {
        region,
        draft,
        ticket,
        preview,
        lang,
        uploads: _,
    } = sound;
    let (account, mismatch) = match finding {
        Finding::Account(account) => (account, false),
        Finding::Mismatch => (Account::Unknown, true),
    };
    let verdict = classify_decided(&draft, app.config.policy.rules(), account, mismatch);
    let now = app.clock.now();
    let mut record = Record {
        reference: String::new(),
        shop_id: caller.shop.id.clone(),
        created_by: caller.sub.clone(),
        created_by_name: caller.name.clone(),
        dc,
        region,
        created_at: now,
        updated_at: now,
        channel: Channel::Widget,
        lang,
        status: Status::Open,
        service: ticket.service().clone(),
        org_id_kind: ticket.org_id_kind(),
        org_id: ticket.org_id().as_str().to_owned(),
        subject: ticket.subject().to_owned(),
        description: ticket.description().to_owned(),
        superadmin_email: ticket
            .superadmin_email()
            .map(|address| address.as_str().to_owned()),
        customer_email: ticket
            .customer_email()
            .map(|address| address.as_str().to_owned()),
        zuid: ticket.zuid().map(|id| id.as_str().to_owned()),
        severity: verdict.severity,
        priority_customer: verdict.priority_customer,
        classification: ticket::view(&verdict),
        preview,
        last: LastChange {
            change: TicketChange::Filed,
            by: AuthorKind::Partner,
        },
        // The form is complete with the SuperAdmin address only (R8, R12).
        work: Work {
            clock_at: ticket.superadmin_email().map(|_| now),
            ..Work::default()
        },
    };
    record.promise(&app.config.calendar);
    record
}
