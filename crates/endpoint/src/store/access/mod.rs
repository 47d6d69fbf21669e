//! Users of a shop, what they may see, and who changed that when. Every question names the shop.
//!
//! Here: changing what they may see, each change with its note. Who they are is in `users.rs`, the notes are in
//! `log.rs`.

mod log;
mod users;

pub use log::Change;
pub use users::{KnownUser, Whose};

use super::{Store, StoreError, codes};
use crate::clock::Timestamp;
use crate::store::sql::{Transaction, query};
use partner_rules::wire::Access;

impl Store {
    /// Grants access by name and notes who did; a grant that is there already changes nothing.
    pub async fn grant(
        &self,
        whose: Whose<'_>,
        access: Access,
        by: Option<&str>,
        now: Timestamp,
    ) -> Result<KnownUser, StoreError> {
        let mut transaction = self.write().await?;
        let known = users::find(&mut transaction, whose.shop_id, whose.email_key).await?;
        if let Some(user) = known.as_ref().filter(|user| user.granted == Some(access)) {
            return Ok(user.clone());
        }
        let default = default_access(&mut transaction, whose.shop_id).await?;
        let change = Change {
            id: 0,
            at: now,
            by: by.map(str::to_owned),
            email: Some(
                known
                    .as_ref()
                    .map_or_else(|| whose.email.to_owned(), |user| user.email.clone()),
            ),
            from: known.as_ref().map_or(default, |user| user.access(default)),
            to: access,
        };
        log::note(&mut transaction, whose.shop_id, &change).await?;
        users::put(&mut transaction, whose, access, now).await?;
        let user = users::find(&mut transaction, whose.shop_id, whose.email_key).await?;
        transaction.commit().await?;
        user.ok_or_else(|| StoreError::Damaged("a user just written is missing".to_owned()))
    }

    /// Sets the default of users whom nobody granted anything, and notes who did.
    pub async fn set_default_access(
        &self,
        shop_id: &str,
        access: Access,
        by: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        change_default(&mut transaction, shop_id, access, by, now).await?;
        Ok(transaction.commit().await?)
    }
}

pub(super) async fn change_default(
    transaction: &mut Transaction,
    shop_id: &str,
    access: Access,
    by: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let from = default_access(transaction, shop_id).await?;
    if from == access {
        return Ok(());
    }
    let change = Change {
        id: 0,
        at: now,
        by: by.map(str::to_owned),
        email: None,
        from,
        to: access,
    };
    log::note(transaction, shop_id, &change).await?;
    query("UPDATE shops SET default_access = ? WHERE id = ?")
        .bind(codes::text(&access)?)
        .bind(shop_id)
        .execute(&mut *transaction)
        .await?;
    Ok(())
}

async fn default_access(
    transaction: &mut Transaction,
    shop_id: &str,
) -> Result<Access, StoreError> {
    let row = query("SELECT default_access FROM shops WHERE id = ?")
        .bind(shop_id)
        .fetch_one(&mut *transaction)
        .await?;
    codes::parse(row.try_get("default_access")?)
}
