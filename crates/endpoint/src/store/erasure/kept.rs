//! What is kept of a person or a shop beside tickets, to be handed out.

use super::Person;
use crate::clock::Timestamp;
use crate::store::sql::{Row, query};
use crate::store::tickets::Sight;
use crate::store::{Store, StoreError};
use serde_json::{Map, Value, json};

const PAGE: u32 = 200;

/// Under a name: rows of texts, with an instant `at` where there is one. `?1` is the shop, `?2` the address as compared.
const OF_PERSON: [(&str, &[&str], &str); 6] = [
    (
        "user",
        &["email", "name", "role", "access"],
        "SELECT updated_at AS at, email, name, role, access FROM users WHERE shop_id = ?1 AND email_key = ?2",
    ),
    (
        "said_on_tickets_of_others",
        &["reference", "text"],
        "SELECT at, reference, text FROM tickets JOIN messages ON ticket_id = tickets.id
         WHERE shop_id = ?1 AND created_by <> ?2 AND internal = 0 AND lower(author_email) = ?2 ORDER BY messages.id",
    ),
    (
        "changes_of_access",
        &["changed_by", "email", "from_access", "to_access"],
        "SELECT at, changed_by, email, from_access, to_access FROM access_changes
         WHERE shop_id = ?1 AND (lower(changed_by) = ?2 OR lower(email) = ?2) ORDER BY id",
    ),
    (
        "verifications",
        &["dc", "service_id", "account"],
        "SELECT at, dc, service_id, account FROM verify_audit WHERE shop_id = ?1 AND sub = ?2 ORDER BY id",
    ),
    (
        "mails",
        &["from_email", "from_name", "subject", "became"],
        "SELECT at, from_email, from_name, subject, became FROM mails
         WHERE shop_id IN ('', ?1) AND (sub = ?2 OR lower(from_email) = ?2) ORDER BY id",
    ),
    (
        "feedback",
        &["name", "email", "subject", "description", "page_url", "lang"],
        "SELECT created_at AS at, name, email, subject, description, page_url, lang FROM feedback
         WHERE ?1 <> '' AND lower(email) = ?2 ORDER BY id",
    ),
];

const OF_SHOP: [(&str, &[&str], &str); 2] = [
    (
        "users",
        &["email", "name", "role", "access"],
        "SELECT updated_at AS at, email, name, role, access FROM users WHERE shop_id = ?1 AND ?2 = '' ORDER BY email_key",
    ),
    (
        "changes_of_access",
        &["changed_by", "email", "from_access", "to_access"],
        "SELECT at, changed_by, email, from_access, to_access FROM access_changes WHERE shop_id = ?1 AND ?2 = '' ORDER BY id",
    ),
];

impl Store {
    pub async fn kept_of_person(&self, person: &Person) -> Result<Value, StoreError> {
        self.kept(&OF_PERSON, &person.shop_id, &person.key).await
    }

    pub async fn kept_of_shop(&self, shop_id: &str) -> Result<Value, StoreError> {
        self.kept(&OF_SHOP, shop_id, "").await
    }

    async fn kept(
        &self,
        questions: &[(&'static str, &[&'static str], &'static str)],
        shop_id: &str,
        key: &str,
    ) -> Result<Value, StoreError> {
        let mut kept = Map::new();
        for (name, columns, sql) in questions {
            let rows = query(sql)
                .bind(shop_id)
                .bind(key)
                .fetch_all(&self.readers)
                .await?;
            let rows = rows.iter().map(|row| read(row, columns));
            kept.insert((*name).to_owned(), rows.collect::<Result<_, _>>()?);
        }
        Ok(Value::Object(kept))
    }

    /// A page of the tickets in sight, by their rows; none at the end.
    pub async fn references_after(
        &self,
        sight: &Sight,
        id: i64,
    ) -> Result<Vec<(i64, String)>, StoreError> {
        let rows = query(
            "SELECT id, reference FROM tickets WHERE shop_id = ? AND (? IS NULL OR created_by = ?) AND id > ?
             ORDER BY id LIMIT ?",
        )
        .bind(&sight.shop_id)
        .bind(&sight.created_by)
        .bind(&sight.created_by)
        .bind(id)
        .bind(PAGE)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| Ok((row.try_get("id")?, row.try_get("reference")?)))
            .collect()
    }
}

fn read(row: &Row, columns: &[&'static str]) -> Result<Value, StoreError> {
    let mut values = Map::new();
    let at: Option<i64> = row.try_get("at")?;
    values.insert(
        "at".to_owned(),
        json!(at.map(|at| Timestamp::from_millis(at).rfc3339())),
    );
    for column in columns {
        let value: Option<String> = row.try_get(column)?;
        values.insert((*column).to_owned(), json!(value));
    }
    Ok(Value::Object(values))
}
