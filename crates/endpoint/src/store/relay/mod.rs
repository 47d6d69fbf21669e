//! Tickets on their way to a portal: an outbox. A row is written in the transaction that files its ticket, by
//! whichever program does it; workers take rows by lease, and a lease that ran out is taken by the next one.

pub(super) mod changes;
mod claim;
mod control;
mod outcome;
mod overview;
mod polling;
mod reading;

pub use changes::{Change, What, Words};
pub use claim::Job;
pub use control::Control;
pub use outcome::{FieldError, Later, Standing, Upstream};
pub use overview::{Counted, Pending};
pub use reading::Heard;

use super::StoreError;
use crate::store::sql::{Transaction, query};
use crate::ticket::Record;
use serde::{Deserialize, Serialize};

/// Where a ticket is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RelayState {
    /// It has not been created, and is due at some time; or it has, and is still to be read back.
    Waiting,
    /// Somebody works on it.
    Leased,
    /// It may have been created: somebody has to look.
    Unknown,
    Done,
    /// The portal refuses it as it is: somebody has to mend something.
    Parked,
    /// An operator holds it back.
    Paused,
}

impl RelayState {
    pub const ALL: [Self; 6] = [
        Self::Waiting,
        Self::Leased,
        Self::Unknown,
        Self::Done,
        Self::Parked,
        Self::Paused,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Leased => "leased",
            Self::Unknown => "unknown",
            Self::Done => "done",
            Self::Parked => "parked",
            Self::Paused => "paused",
        }
    }
}

/// Leaves the row of a ticket that was filed just now, if such tickets are handed on.
pub(in crate::store) async fn note(
    transaction: &mut Transaction,
    ticket_id: i64,
    ticket: &Record,
) -> Result<(), StoreError> {
    query("INSERT INTO relay (ticket_id, next_at) SELECT ?1, ?2 FROM relay_control WHERE dc = ?3")
        .bind(ticket_id)
        .bind(ticket.created_at.millis())
        .bind(ticket.dc.code())
        .execute(transaction)
        .await?;
    Ok(())
}
