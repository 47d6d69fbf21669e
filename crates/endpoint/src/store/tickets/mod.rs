//! Tickets: filing one, finding one. Every question names the shop, and for users what they may see.

pub(super) mod history;
mod list;
pub(super) mod row;

pub use list::{Filter, Listed, Position, Sort};

use super::conversation::messages;
use super::events;
use super::idempotency::{self, Bound, Fingerprint, Scope};
use super::mail::outbox;
use super::{Store, StoreError, codes, files, relay, seen};
use crate::clock::Timestamp;
use crate::rates::Identity;
use crate::store::sql::{Executor, Transaction, query};
use crate::ticket::{Record, Whole};
use partner_rules::Dc;
use partner_rules::wire::{Author, TicketChange};

/// Whose tickets: all of the shop's, or one user's.
#[derive(Clone, Debug)]
pub struct Sight {
    pub shop_id: String,
    /// `None`: all of the shop's.
    pub created_by: Option<String>,
    /// The user whose eyes these are, by the address as compared: what is unread is theirs.
    pub viewer: String,
}

/// What became of an attempt to file.
#[derive(Debug)]
pub enum Filed {
    /// Stored just now: the answer's body.
    New(String),
    /// The key stood for something already.
    Bound(Bound),
    /// An upload is unknown, used or too old; nothing was stored.
    UploadGone,
}

impl Store {
    /// Files a ticket under the next reference, gives it the uploads and binds the key to it, in one
    /// transaction. `by`: who files it, as their token says.
    pub async fn file(
        &self,
        mut ticket: Record,
        by: &Author,
        uploads: &[String],
        scope: &Scope,
        fingerprint: &Fingerprint,
    ) -> Result<Filed, StoreError> {
        let mut transaction = self.write().await?;
        if let Some(bound) = idempotency::find(&mut transaction, scope, fingerprint).await? {
            return Ok(Filed::Bound(bound));
        }
        let id = open(&mut transaction, &mut ticket, by, &scope.sub).await?;
        let whose = Identity {
            shop_id: &scope.shop_id,
            sub: &scope.sub,
        };
        let place = files::Place {
            ticket_id: id,
            message_id: None,
        };
        if !files::take(&mut transaction, place, whose, uploads, ticket.created_at).await? {
            return Ok(Filed::UploadGone);
        }
        let answer = codes::to_json(&ticket.receipt())?;
        idempotency::bind(
            &mut transaction,
            scope,
            fingerprint,
            &answer,
            ticket.created_at,
        )
        .await?;
        transaction.commit().await?;
        Ok(Filed::New(answer))
    }

    /// A ticket with everything that partners see of it, as of one instant.
    pub async fn ticket(
        &self,
        sight: &Sight,
        reference: &str,
    ) -> Result<Option<Whole>, StoreError> {
        let mut transaction = self.readers.begin().await?;
        let Some((id, ticket)) = find(&mut transaction, sight, reference).await? else {
            return Ok(None);
        };
        let whole = Whole {
            unread: seen::is_unread(&mut transaction, id, &sight.viewer).await?,
            ticket,
            messages: messages::of_ticket(&mut transaction, id).await?,
            history: history::of_ticket(&mut transaction, id).await?,
            attachments: files::of_ticket(&mut transaction, id).await?,
        };
        transaction.commit().await?;
        Ok(Some(whole))
    }

    /// Whether there is such a ticket for these eyes.
    pub async fn sees(&self, sight: &Sight, reference: &str) -> Result<bool, StoreError> {
        let found = find(&self.readers, sight, reference).await?;
        Ok(found.is_some())
    }

    pub async fn count_tickets(&self) -> Result<i64, StoreError> {
        Ok(query("SELECT count(*) AS n FROM tickets")
            .fetch_one(&self.readers)
            .await?
            .try_get("n")?)
    }
}

/// Gives a new ticket the next reference, and writes it with the first entry of its history; its row. `sub`: the
/// user who files it, by the address as compared.
pub(super) async fn open(
    transaction: &mut Transaction,
    ticket: &mut Record,
    by: &Author,
    sub: &str,
) -> Result<i64, StoreError> {
    ticket.reference = next_reference(transaction, ticket.dc).await?;
    let id = add(transaction, ticket, Some(sub)).await?;
    let filing = history::Entry {
        at: ticket.created_at,
        change: TicketChange::Filed,
        by: Some(by),
        reason: None,
    };
    history::note(transaction, id, ticket, &filing).await?;
    Ok(id)
}

/// `PS-EU-000123`: counted per data centre, so that endpoints of other groups never give the same.
pub(super) async fn next_reference(
    transaction: &mut Transaction,
    dc: Dc,
) -> Result<String, StoreError> {
    let row = query(
        "INSERT INTO reference_counters (dc, last) VALUES (?, 1) ON CONFLICT (dc) DO UPDATE SET last = reference_counters.last + 1 RETURNING last",
    )
    .bind(dc.code())
    .fetch_one(&mut *transaction)
    .await?;
    let number: i64 = row.try_get("last")?;
    Ok(format!("PS-{}-{number:06}", dc.code().to_uppercase()))
}

/// A ticket by its row, for whom it may be whose ever it is: nothing that a caller asks for comes here.
pub(super) async fn by_id(
    executor: impl Into<Executor<'_>>,
    id: i64,
) -> Result<Option<Record>, StoreError> {
    let found = query("SELECT * FROM tickets WHERE id = ?")
        .bind(id)
        .fetch_optional(executor)
        .await?;
    found.as_ref().map(row::read).transpose()
}

/// The row of a ticket that these eyes may see, and what is in it.
pub(super) async fn find(
    executor: impl Into<Executor<'_>>,
    sight: &Sight,
    reference: &str,
) -> Result<Option<(i64, Record)>, StoreError> {
    let found = query(
        "SELECT * FROM tickets WHERE reference = ? AND shop_id = ? AND (? IS NULL OR created_by = ?)",
    )
    .bind(reference)
    .bind(&sight.shop_id)
    .bind(&sight.created_by)
    .bind(&sight.created_by)
    .fetch_optional(executor)
    .await?;
    found
        .map(|found| Ok((found.try_get("id")?, row::read(&found)?)))
        .transpose()
}

/// Writes a new ticket, leaves it for the relay, tells those who watch, and gives its row. `sub`: as for [`touch`].
pub(super) async fn add(
    transaction: &mut Transaction,
    ticket: &Record,
    sub: Option<&str>,
) -> Result<i64, StoreError> {
    let ticket_id = row::insert(transaction, ticket).await?;
    relay::note(transaction, ticket_id, ticket).await?;
    seen::follow(transaction, ticket_id, ticket, &ticket.created_by).await?;
    tell(transaction, ticket_id, ticket, sub).await?;
    Ok(ticket_id)
}

/// Writes what changes about a ticket after it was filed, as the record has it, tells those who watch, and
/// makes it unread if an agent did it. The one place that every change passes which partners can see.
///
/// `sub`: the user who did it, by the address as compared; `None`: an agent, or the endpoint by itself.
pub(super) async fn touch(
    transaction: &mut Transaction,
    ticket_id: i64,
    ticket: &Record,
    sub: Option<&str>,
) -> Result<(), StoreError> {
    let work = &ticket.work;
    let millis = |at: Option<Timestamp>| at.map(Timestamp::millis);
    query(
        "UPDATE tickets SET status = ?, updated_at = ?, last_change = ?, last_by = ?,
            clock_at = ?, first_response_at = ?, determined_at = ?, resolved_at = ?, informed_at = ?
        WHERE id = ?",
    )
    .bind(codes::text(&ticket.status)?)
    .bind(ticket.updated_at.millis())
    .bind(codes::text(&ticket.last.change)?)
    .bind(codes::text(&ticket.last.by)?)
    .bind(millis(work.clock_at))
    .bind(millis(work.first_response_at))
    .bind(millis(work.determined_at))
    .bind(millis(work.resolved_at))
    .bind(millis(work.informed_at))
    .bind(ticket_id)
    .execute(&mut *transaction)
    .await?;
    outbox::note(transaction, ticket_id, ticket).await?;
    relay::changes::note(transaction, ticket_id, ticket).await?;
    tell(transaction, ticket_id, ticket, sub).await
}

async fn tell(
    transaction: &mut Transaction,
    ticket_id: i64,
    ticket: &Record,
    sub: Option<&str>,
) -> Result<(), StoreError> {
    if let Some(sub) = sub {
        seen::follow(transaction, ticket_id, ticket, sub).await?;
    }
    seen::mark(transaction, ticket_id, ticket).await?;
    let news = events::Entry {
        ticket_id,
        change: ticket.last.change.into(),
        sub: None,
    };
    events::note(transaction, &ticket.shop_id, ticket.updated_at, Some(news)).await
}
