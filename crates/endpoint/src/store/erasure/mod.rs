//! Erasing: tickets that are too old, what is kept of a person, what is kept of a shop. In batches, each a transaction of
//! its own, so that nobody waits long; begun again it goes on where it was.
//!
//! What is left of a ticket is its number in the audit trail and in `erasures`. Rows are gone before the files are: those
//! are the caller's to remove.

mod age;
mod audit;
mod kept;
mod lease;
mod mentions;
mod person;
mod shop;

pub use person::Person;

use super::events;
use super::sql::{Row, Transaction, query};
use super::{Store, StoreError};
use crate::clock::Timestamp;

/// Tickets in one transaction: some tens of milliseconds, which writers wait.
const BATCH: u32 = 50;

/// Why something is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    Age,
    Person,
    Shop,
}

impl Why {
    const fn code(self) -> &'static str {
        match self {
            Self::Age => "age",
            Self::Person => "person",
            Self::Shop => "shop",
        }
    }
}

/// What is gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    pub tickets: u64,
    /// Tickets of others that said something of the person.
    pub mentions: u64,
    /// Ids of files that no row names any more.
    pub files: Vec<String>,
}

/// A ticket that is about to go.
struct Doomed {
    id: i64,
    reference: String,
}

impl Doomed {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.try_get("id")?,
            reference: row.try_get("reference")?,
        })
    }
}

/// What hangs on a ticket and does not go with its row. Answers are kept for whoever repeats a request; they hold what
/// was said.
const BEFORE: [&str; 2] = [
    "DELETE FROM idempotency_keys WHERE shop_id = ?2 AND (instr(answer, ?3) > 0 OR EXISTS (
        SELECT 1 FROM messages WHERE ticket_id = ?1 AND instr(idempotency_keys.answer, public_id) > 0))",
    "DELETE FROM agent_keys WHERE instr(answer, ?3) > 0 AND ?1 > 0 AND ?2 <> ''",
];

impl Store {
    /// Removes these tickets of a shop in one transaction, and lets those who watch load again.
    async fn erase_tickets(
        &self,
        shop_id: &str,
        doomed: &[Doomed],
        why: Why,
        now: Timestamp,
    ) -> Result<Erased, StoreError> {
        let mut erased = Erased::default();
        if doomed.is_empty() {
            return Ok(erased);
        }
        let mut transaction = self.write().await?;
        for ticket in doomed {
            erased
                .files
                .extend(remove(&mut transaction, shop_id, ticket, why, now).await?);
            erased.tickets += 1;
        }
        events::note(&mut transaction, shop_id, now, None).await?;
        transaction.commit().await?;
        Ok(erased)
    }
}

/// Removes a ticket with all that was said and done about it; gives the ids of its files.
async fn remove(
    transaction: &mut Transaction,
    shop_id: &str,
    ticket: &Doomed,
    why: Why,
    now: Timestamp,
) -> Result<Vec<String>, StoreError> {
    // Keys end with 31 days; nothing that goes for its age is younger.
    if why != Why::Age {
        for sql in BEFORE {
            query(sql)
                .bind(ticket.id)
                .bind(shop_id)
                .bind(&ticket.reference)
                .execute(&mut *transaction)
                .await?;
        }
    }
    let files = query("DELETE FROM files WHERE ticket_id = ? RETURNING id")
        .bind(ticket.id)
        .fetch_all(&mut *transaction)
        .await?;
    let mails = query("DELETE FROM mails WHERE ticket_id = ? RETURNING id")
        .bind(ticket.id)
        .fetch_all(&mut *transaction)
        .await?;
    for mail in &mails {
        audit::erase_mail(&mut *transaction, mail.try_get("id")?, why, now).await?;
    }
    // On record before it goes: the database lets no other ticket go.
    audit::note(&mut *transaction, shop_id, Some(ticket), why, now).await?;
    query("DELETE FROM tickets WHERE id = ?")
        .bind(ticket.id)
        .execute(&mut *transaction)
        .await?;
    audit::erase_ticket(&mut *transaction, ticket.id).await?;
    ids(&files)
}

fn ids(rows: &[Row]) -> Result<Vec<String>, StoreError> {
    rows.iter().map(|row| Ok(row.try_get("id")?)).collect()
}
