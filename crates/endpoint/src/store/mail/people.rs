//! Who an address is: in which shop, and on which ticket it takes part.

use super::super::{Store, StoreError, codes};
use crate::access::effective;
use crate::directory::address_key;
use crate::store::sql::query;
use partner_rules::wire::{Access, Role};

/// A user of a shop, with what they may see in the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shopper {
    pub shop_id: String,
    /// As last written.
    pub email: String,
    pub name: Option<String>,
    pub access: Access,
}

impl Store {
    /// Every shop that knows this address, as compared.
    pub async fn shoppers(&self, email_key: &str) -> Result<Vec<Shopper>, StoreError> {
        let rows = query(
            "SELECT shop_id, email, users.name, role, access, default_access
             FROM shops JOIN users ON shop_id = shops.id WHERE email_key = ? ORDER BY shop_id",
        )
        .bind(email_key)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                let code = |column| row.try_get::<Option<&str>>(column);
                let granted: Option<Access> = code("access")?.map(codes::parse).transpose()?;
                let role: Option<Role> = code("role")?.map(codes::parse).transpose()?;
                let default = codes::parse(row.try_get("default_access")?)?;
                Ok(Shopper {
                    shop_id: row.try_get("shop_id")?,
                    email: row.try_get("email")?,
                    name: row.try_get("name")?,
                    access: effective(granted, role, default),
                })
            })
            .collect()
    }

    /// The ticket of this shop that one of these Message-IDs of ours belongs to, and on which this user takes
    /// part: filed it, or answered it. The first one named counts.
    pub async fn thread(
        &self,
        named: &[String],
        shop_id: &str,
        sub: &str,
    ) -> Result<Option<i64>, StoreError> {
        let rows = query(
            "SELECT tickets.id AS id, tickets.created_by AS creator, messages.author_email AS author
             FROM json_each(?) AS named
             JOIN mail_threads ON mail_threads.message_id = named.value
             JOIN tickets ON tickets.id = mail_threads.ticket_id
             LEFT JOIN messages ON messages.ticket_id = tickets.id AND author_kind = 'partner'
             WHERE tickets.shop_id = ? ORDER BY named.key, messages.id",
        )
        .bind(codes::list(named)?)
        .bind(shop_id)
        .fetch_all(&self.readers)
        .await?;
        for row in &rows {
            let author: Option<&str> = row.try_get("author")?;
            let creator: &str = row.try_get("creator")?;
            if creator == sub || author.is_some_and(|author| address_key(author) == sub) {
                return Ok(Some(row.try_get("id")?));
            }
        }
        Ok(None)
    }

    /// Whether we sent a mail under this Message-ID.
    pub async fn sent_by_us(&self, message_id: &str) -> Result<bool, StoreError> {
        let row = query("SELECT 1 FROM mail_threads WHERE message_id = ?")
            .bind(message_id)
            .fetch_optional(&self.readers)
            .await?;
        Ok(row.is_some())
    }
}
