//! All that is kept of a person in a shop: their tickets as a whole, what they said on others', their address wherever it
//! stands, who they are and what they asked for. Feedback and mails from the address go too, whoever sent them.

use super::{BATCH, Doomed, Erased, Why, audit, events, ids, mentions};
use crate::clock::Timestamp;
use crate::store::sql::{Row, Transaction, query};
use crate::store::{Store, StoreError};

/// Whom it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub shop_id: String,
    /// The address as compared.
    pub key: String,
    /// As typed, in lower case; where the domain has other letters than ASCII, it may stand in texts like this.
    pub spelling: String,
}

/// What stands in the place of an address that has to be one. `.invalid` is nobody's (RFC 2606).
const NOBODY: &str = "erased@person.invalid";

/// Rows about the person themselves; `?1` is the shop, `?2` the address as compared.
const ROWS: [&str; 6] = [
    "DELETE FROM idempotency_keys WHERE shop_id = ?1 AND (sub = ?2 OR instr(lower(answer), ?2) > 0)",
    "DELETE FROM ticket_seen WHERE shop_id = ?1 AND sub = ?2",
    "DELETE FROM events WHERE shop_id = ?1 AND sub = ?2",
    "DELETE FROM users WHERE shop_id = ?1 AND email_key = ?2",
    "DELETE FROM agent_keys WHERE ?1 <> '' AND instr(lower(answer), ?2) > 0",
    "UPDATE verify_audit SET sub = '' WHERE shop_id = ?1 AND sub = ?2",
];
/// `?3` is what stands there from then on. Who granted whom access stays, without the names.
const NAMES: [&str; 2] = [
    "UPDATE access_changes SET changed_by = ?3 WHERE shop_id = ?1 AND lower(changed_by) = ?2",
    "UPDATE access_changes SET email = ?3 WHERE shop_id = ?1 AND lower(email) = ?2",
];

impl Store {
    /// Removes a batch of the tickets that the person filed; none, and there are no more.
    pub async fn erase_own_tickets(
        &self,
        person: &Person,
        now: Timestamp,
    ) -> Result<Erased, StoreError> {
        let rows = query(
            "SELECT id, reference FROM tickets WHERE shop_id = ? AND created_by = ? ORDER BY created_at, id LIMIT ?",
        )
        .bind(&person.shop_id)
        .bind(&person.key)
        .bind(BATCH)
        .fetch_all(&self.readers)
        .await?;
        let doomed: Vec<Doomed> = rows.iter().map(Doomed::read).collect::<Result<_, _>>()?;
        self.erase_tickets(&person.shop_id, &doomed, Why::Person, now)
            .await
    }

    /// Takes the person out of tickets that others filed, one at a time.
    pub async fn erase_mentions(
        &self,
        person: &Person,
        now: Timestamp,
    ) -> Result<Erased, StoreError> {
        let mut erased = Erased::default();
        let found = mentions::find(&self.readers, person).await?;
        for ticket in &found {
            let mut transaction = self.write().await?;
            audit::note(
                &mut transaction,
                &person.shop_id,
                Some(ticket),
                Why::Person,
                now,
            )
            .await?;
            erased
                .files
                .extend(mentions::erase(&mut transaction, ticket.id, person).await?);
            transaction.commit().await?;
            erased.mentions += 1;
        }
        Ok(erased)
    }

    /// Removes the rest, after the tickets.
    pub async fn erase_person_rows(
        &self,
        person: &Person,
        now: Timestamp,
    ) -> Result<Erased, StoreError> {
        let mut transaction = self.write().await?;
        let mut files = remove_files(&mut transaction, person).await?;
        for sql in ROWS {
            query(sql)
                .bind(&person.shop_id)
                .bind(&person.key)
                .execute(&mut transaction)
                .await?;
        }
        for sql in NAMES {
            query(sql)
                .bind(&person.shop_id)
                .bind(&person.key)
                .bind(NOBODY)
                .execute(&mut transaction)
                .await?;
        }
        for mail in mails(&mut transaction, person).await? {
            audit::erase_mail(&mut transaction, mail.try_get("id")?, Why::Person, now).await?;
        }
        files.extend(feedback(&mut transaction, person).await?);
        events::note(&mut transaction, &person.shop_id, now, None).await?;
        audit::note(&mut transaction, &person.shop_id, None, Why::Person, now).await?;
        transaction.commit().await?;
        Ok(Erased {
            files,
            ..Erased::default()
        })
    }
}

/// Uploads that no ticket took.
async fn remove_files(
    transaction: &mut Transaction,
    person: &Person,
) -> Result<Vec<String>, StoreError> {
    let rows = query("DELETE FROM files WHERE shop_id = ? AND sub = ? RETURNING id")
        .bind(&person.shop_id)
        .bind(&person.key)
        .fetch_all(transaction)
        .await?;
    ids(&rows)
}

/// Removes mails of the person in this shop, and those under their address that were nobody's.
async fn mails(transaction: &mut Transaction, person: &Person) -> Result<Vec<Row>, StoreError> {
    let rows = query(
        "DELETE FROM mails WHERE (shop_id = ?1 AND sub = ?2) OR (shop_id IN ('', ?1) AND lower(from_email) IN (?2, ?3))
         RETURNING id",
    )
    .bind(&person.shop_id)
    .bind(&person.key)
    .bind(&person.spelling)
    .fetch_all(&mut *transaction)
    .await?;
    // Lines about mails that are gone already, of age.
    let lines = query("SELECT mail_id AS id FROM mail_audit WHERE sub = ?")
        .bind(&person.key)
        .fetch_all(&mut *transaction)
        .await?;
    Ok(rows.into_iter().chain(lines).collect())
}

/// Removes feedback under the person's address; gives the ids of its files.
async fn feedback(
    transaction: &mut Transaction,
    person: &Person,
) -> Result<Vec<String>, StoreError> {
    let files = query(
        "DELETE FROM feedback_files WHERE feedback_id IN (SELECT id FROM feedback WHERE lower(email) IN (?, ?)) RETURNING id",
    )
    .bind(&person.key)
    .bind(&person.spelling)
    .fetch_all(&mut *transaction)
    .await?;
    query("DELETE FROM feedback WHERE lower(email) IN (?, ?)")
        .bind(&person.key)
        .bind(&person.spelling)
        .execute(&mut *transaction)
        .await?;
    ids(&files)
}
