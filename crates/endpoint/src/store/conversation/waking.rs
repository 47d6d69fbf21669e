//! A ticket that nobody works on is open again, with its entry in the history.

use super::super::StoreError;
use super::super::tickets::{self, history};
use crate::clock::Timestamp;
use crate::store::sql::Transaction;
use crate::ticket::Record;
use partner_rules::wire::{Author, Status, TicketChange};

/// `change`: how it is called, since it was on hold or closed. The ticket as it is then.
pub(in crate::store) async fn wake(
    transaction: &mut Transaction,
    (ticket_id, ticket): (i64, Record),
    change: TicketChange,
    by: &Author,
    sub: &str,
    now: Timestamp,
) -> Result<Record, StoreError> {
    let mut ticket = ticket.changed(now, change, by.kind);
    if ticket.status == Status::Closed {
        ticket.work.resolved_at = None;
    }
    ticket.status = Status::Open;
    let entry = history::Entry {
        at: ticket.updated_at,
        change,
        by: Some(by),
        reason: None,
    };
    history::note(transaction, ticket_id, &ticket, &entry).await?;
    tickets::touch(transaction, ticket_id, &ticket, Some(sub)).await?;
    Ok(ticket)
}
