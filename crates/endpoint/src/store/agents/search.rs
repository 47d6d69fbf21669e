//! Finding a ticket of any shop: for agents only.

use crate::store::sql::query;
use crate::store::tickets::row;
use crate::store::{Store, StoreError};
use crate::ticket::Record;

impl Store {
    /// Tickets with this text (lower case) in subject, reference, IDs or addresses, closed ones too, with the
    /// names of their shops; the latest change first.
    pub async fn search_tickets(
        &self,
        text: &str,
        limit: u32,
    ) -> Result<Vec<(Record, String)>, StoreError> {
        let rows = query(
            "SELECT *, (SELECT name FROM shops WHERE shops.id = tickets.shop_id) AS shop_name FROM tickets
             WHERE instr(search_text, ?) > 0 ORDER BY updated_at DESC, id DESC LIMIT ?",
        )
        .bind(text)
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|found| Ok((row::read(found)?, found.try_get("shop_name")?)))
            .collect()
    }
}
