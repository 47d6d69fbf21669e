//! Why something was not done. Nothing was stored then, and no key is bound.

use crate::mail::MailError;
use crate::problem::{ApiError, ProblemCode, violation};
use crate::random::NoRandomness;
use crate::store::StoreError;
use partner_rules::ViolationCode;
use partner_rules::wire::WireViolation;

#[derive(Debug)]
pub enum Refusal {
    /// There is no such ticket, shop or file.
    NotFound,
    /// The ticket is closed: reopen it first.
    Closed,
    /// It is not closed, so it cannot be reopened.
    NotClosed,
    /// It is that way already: on hold, open, S1, with nobody to take it back from.
    Unchanged,
    /// There is no SuperAdmin address to verify: complete it first.
    AddressMissing,
    /// The endpoint does not serve this data centre.
    WrongDc,
    /// Fields are wrong.
    Invalid(Vec<WireViolation>),
    /// The key stands for something else.
    OtherKey,
    /// Something with this key is still being done.
    Busy,
    /// A mail could not be read or filed, for no fault of its own.
    Mail(MailError),
    Store(StoreError),
    Randomness(NoRandomness),
}

impl Refusal {
    pub(super) fn field(name: &str, code: ViolationCode) -> Self {
        Self::Invalid(vec![violation(name, code)])
    }

    /// An upload is unknown, used, too old or somebody else's.
    pub(super) fn upload_gone() -> Self {
        Self::field("uploads", ViolationCode::UploadExpired)
    }
}

impl From<StoreError> for Refusal {
    fn from(cause: StoreError) -> Self {
        Self::Store(cause)
    }
}

impl From<NoRandomness> for Refusal {
    fn from(cause: NoRandomness) -> Self {
        Self::Randomness(cause)
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => ProblemCode::NotFound.into(),
            Refusal::Closed => ProblemCode::TicketClosed.into(),
            Refusal::NotClosed => ProblemCode::TicketNotClosed.into(),
            Refusal::Unchanged => ProblemCode::NothingToChange.into(),
            Refusal::AddressMissing => ProblemCode::AddressMissing.into(),
            Refusal::WrongDc => ProblemCode::WrongDc.into(),
            Refusal::Invalid(violations) => {
                Self::new(ProblemCode::InvalidFields).violations(violations)
            }
            Refusal::OtherKey => ProblemCode::IdempotencyMismatch.into(),
            Refusal::Busy => Self::new(ProblemCode::IdempotencyRunning).retry_after(1),
            Refusal::Mail(cause) => Self::internal(cause),
            Refusal::Store(cause) => cause.into(),
            Refusal::Randomness(cause) => Self::internal(cause),
        }
    }
}
