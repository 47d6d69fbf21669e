//! A person on tickets of others: as one who answered, closed or was asked about, and in what others wrote.

use super::{Doomed, Person, audit, ids};
use crate::store::sql::{Executor, Transaction, query};
use crate::store::{StoreError, tickets};

/// What stands in a text where the address was.
const GONE: &str = "[…]";

/// Tickets of the shop that say something of the person. Reads all of the shop's texts: it is done seldom, and outside
/// of any transaction.
pub(super) async fn find(
    executor: impl Into<Executor<'_>>,
    person: &Person,
) -> Result<Vec<Doomed>, StoreError> {
    let rows = query(
        "SELECT id, reference FROM tickets WHERE shop_id = ?1 AND (
            instr(search_text, ?2) > 0 OR instr(search_text, ?3) > 0
            OR instr(lower(description), ?2) > 0 OR instr(lower(description), ?3) > 0
            OR EXISTS (SELECT 1 FROM messages WHERE ticket_id = tickets.id AND (lower(author_email) IN (?2, ?3)
                OR instr(lower(text), ?2) > 0 OR instr(lower(text), ?3) > 0))
            OR EXISTS (SELECT 1 FROM ticket_history WHERE ticket_id = tickets.id AND (lower(author_email) IN (?2, ?3)
                OR instr(lower(reason), ?2) > 0 OR instr(lower(reason), ?3) > 0))
            OR EXISTS (SELECT 1 FROM ticket_suggestions WHERE ticket_id = tickets.id
                AND (instr(lower(value), ?2) > 0 OR instr(lower(value), ?3) > 0))
            OR EXISTS (SELECT 1 FROM files WHERE ticket_id = tickets.id AND sub = ?2)
            OR EXISTS (SELECT 1 FROM ticket_audit WHERE ticket_id = tickets.id
                AND (instr(lower(coalesce(before, '') || ' ' || coalesce(after, '') || ' ' || coalesce(reason, '')), ?2) > 0
                OR instr(lower(coalesce(before, '') || ' ' || coalesce(after, '') || ' ' || coalesce(reason, '')), ?3) > 0)))
         ORDER BY id",
    )
    .bind(&person.shop_id)
    .bind(&person.key)
    .bind(&person.spelling)
    .fetch_all(executor)
    .await?;
    rows.iter().map(Doomed::read).collect()
}

/// Removes what the person said, and their name and address from what others said. The ids of their files are the
/// answer.
pub(super) async fn erase(
    transaction: &mut Transaction,
    ticket_id: i64,
    person: &Person,
) -> Result<Vec<String>, StoreError> {
    let files = query(
        "DELETE FROM files WHERE ticket_id = ?1 AND (sub = ?2 OR message_id IN (
            SELECT id FROM messages WHERE ticket_id = ?1 AND lower(author_email) IN (?2, ?3))) RETURNING id",
    )
    .bind(ticket_id)
    .bind(&person.key)
    .bind(&person.spelling)
    .fetch_all(&mut *transaction)
    .await?;
    for sql in [
        "DELETE FROM messages WHERE ticket_id = ?1 AND lower(author_email) IN (?2, ?3)",
        "UPDATE ticket_history SET author_kind = NULL, author_name = NULL, author_email = NULL, reason = NULL
         WHERE ticket_id = ?1 AND lower(author_email) IN (?2, ?3)",
        "DELETE FROM ticket_suggestions WHERE ticket_id = ?1
            AND (instr(lower(value), ?2) > 0 OR instr(lower(value), ?3) > 0)",
        "UPDATE tickets SET zuid = NULL WHERE id = ?1 AND lower(customer_email) IN (?2, ?3)",
        "UPDATE tickets SET customer_email = NULL WHERE id = ?1 AND lower(customer_email) IN (?2, ?3)",
        "UPDATE tickets SET superadmin_email = NULL WHERE id = ?1 AND lower(superadmin_email) IN (?2, ?3)",
    ] {
        query(sql)
            .bind(ticket_id)
            .bind(&person.key)
            .bind(&person.spelling)
            .execute(&mut *transaction)
            .await?;
    }
    texts(transaction, ticket_id, person).await?;
    audit::erase_ticket(&mut *transaction, ticket_id).await?;
    ids(&files)
}

/// Takes the address out of what others wrote.
async fn texts(
    transaction: &mut Transaction,
    ticket_id: i64,
    person: &Person,
) -> Result<(), StoreError> {
    if let Some(mut ticket) = tickets::by_id(&mut *transaction, ticket_id).await? {
        ticket.subject = without(&ticket.subject, person);
        ticket.description = without(&ticket.description, person);
        query("UPDATE tickets SET subject = ?, description = ?, search_text = ? WHERE id = ?")
            .bind(&ticket.subject)
            .bind(&ticket.description)
            .bind(ticket.search_text())
            .bind(ticket_id)
            .execute(&mut *transaction)
            .await?;
    }
    for (read, write) in [
        (
            "SELECT id, text FROM messages WHERE ticket_id = ?",
            "UPDATE messages SET text = ? WHERE id = ?",
        ),
        (
            "SELECT id, coalesce(reason, '') AS text FROM ticket_history WHERE ticket_id = ?",
            "UPDATE ticket_history SET reason = ? WHERE id = ?",
        ),
    ] {
        let rows = query(read)
            .bind(ticket_id)
            .fetch_all(&mut *transaction)
            .await?;
        for row in &rows {
            let (id, text): (i64, String) = (row.try_get("id")?, row.try_get("text")?);
            let new = without(&text, person);
            if new != text {
                query(write)
                    .bind(new)
                    .bind(id)
                    .execute(&mut *transaction)
                    .await?;
            }
        }
    }
    Ok(())
}

/// The text without the address, in whatever case it stands there.
fn without(text: &str, person: &Person) -> String {
    let mut left = text.to_owned();
    for needle in [&person.key, &person.spelling] {
        // ASCII alone changes case here, so that places in the one are places in the other.
        while let Some(at) = left.to_ascii_lowercase().find(needle.as_str()) {
            left.replace_range(at..at + needle.len(), GONE);
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_goes_in_whatever_case_it_stands() {
        let person = Person {
            shop_id: String::new(),
            key: "ada@xn--bcher-kva.example".to_owned(),
            spelling: "ada@bücher.example".to_owned(),
        };
        for (text, left) in [
            (
                "Ask Ada@bücher.EXAMPLE, or ada@XN--bcher-kva.example.",
                "Ask […], or […].",
            ),
            ("İ ada@bücher.example", "İ […]"),
            ("Nobody", "Nobody"),
        ] {
            assert_eq!(without(text, &person), left);
        }
    }
}
