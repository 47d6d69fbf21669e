//! What replying, closing and reopening have in common.

use super::uploads;
use crate::app::App;
use crate::identity::Caller;
use crate::problem::{ApiError, ProblemCode};
use crate::routes::receipt::{created, replay};
use crate::store::conversation::{Kept, Side};
use axum::response::Response;
use partner_rules::conversation::Wrong;
use partner_rules::wire::{AuthorKind, TicketChange, WireViolation};

/// Whether the caller may change anything about this ticket, and counts the call. Asked before the fields
/// are looked at, so that a ticket beyond one's sight is like none whatever is sent.
pub(super) async fn may(app: &App, caller: &Caller, reference: &str) -> Result<(), ApiError> {
    caller.must_have_access()?;
    if !app.store.sees(&caller.sight(), reference).await? {
        return Err(ProblemCode::NotFound.into());
    }
    app.rates.write(caller.identity())
}

/// Adds what is wrong with a text. A field of the wrong type was noted already; as text it only looks empty.
pub(super) fn flaw<T>(field: &str, text: &Result<T, Wrong>, violations: &mut Vec<WireViolation>) {
    if let Err((code, limit)) = text
        && violations.iter().all(|known| known.field != field)
    {
        // Texts come before uploads, as in the body.
        let flaw = WireViolation {
            field: field.to_owned(),
            code: *code,
            limit: *limit,
        };
        violations.insert(0, flaw);
    }
}

/// What became of it, as an answer.
pub(super) async fn answer(
    app: &App,
    caller: &Caller,
    kept: Kept,
    change: TicketChange,
) -> Result<Response, ApiError> {
    match kept {
        Kept::New(answer) => {
            app.metrics.changed(change, AuthorKind::Partner);
            caller.remember(app).await;
            Ok(created(answer))
        }
        Kept::Bound(bound) => replay(bound),
        // Another access since, or gone.
        Kept::NoTicket => Err(ProblemCode::NotFound.into()),
        Kept::Side(Side::Closed) => Err(ProblemCode::TicketClosed.into()),
        Kept::Side(Side::Open) => Err(ProblemCode::TicketNotClosed.into()),
        Kept::Full => Err(ProblemCode::TicketFull.into()),
        Kept::UploadGone => Err(uploads::gone()),
    }
}
