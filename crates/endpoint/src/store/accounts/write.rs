//! Putting accounts into the directory, in place of those with the same key.

use super::AccountRecord;
use crate::clock::Timestamp;
use crate::store::casework::reverify::directory_changed;
use crate::store::sql::{Transaction, query};
use crate::store::{Store, StoreError};

impl Store {
    /// Puts all of these accounts in place of those with the same SuperAdmin address, data centre
    /// and shop, or none of them.
    pub async fn replace_accounts(
        &self,
        accounts: &[AccountRecord],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        for account in accounts {
            replace(&mut transaction, account, now).await?;
        }
        directory_changed(&mut transaction).await?;
        transaction.commit().await?;
        Ok(())
    }
}

pub(in crate::store) async fn replace(
    transaction: &mut Transaction,
    account: &AccountRecord,
    now: Timestamp,
) -> Result<(), StoreError> {
    query("DELETE FROM accounts WHERE dc = ? AND superadmin_key = ? AND shop_id IS NOT DISTINCT FROM ?")
        .bind(account.dc.code())
        .bind(&account.superadmin.key)
        .bind(&account.shop_id)
        .execute(&mut *transaction)
        .await?;
    let row = query(
        "INSERT INTO accounts (dc, shop_id, superadmin_key, updated_at) VALUES (?, ?, ?, ?) RETURNING id",
    )
    .bind(account.dc.code())
    .bind(&account.shop_id)
    .bind(&account.superadmin.key)
    .bind(now.millis())
    .fetch_one(&mut *transaction)
    .await?;
    let id: i64 = row.try_get("id")?;
    let superadmin = std::iter::once((&account.superadmin, "superadmin"));
    for (address, kind) in superadmin.chain(account.users.iter().map(|user| (user, "user"))) {
        query(
            "INSERT INTO account_addresses (account_id, address_key, address, kind) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        )
        .bind(id)
        .bind(&address.key)
        .bind(&address.text)
        .bind(kind)
        .execute(&mut *transaction)
        .await?;
    }
    for domain in &account.domains {
        query("INSERT INTO account_domains (account_id, domain_key) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(id)
            .bind(domain)
            .execute(&mut *transaction)
            .await?;
    }
    for (kind, value) in &account.identifiers {
        query("INSERT INTO account_identifiers (account_id, kind, value) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
            .bind(id)
            .bind(kind.code())
            .bind(value)
            .execute(&mut *transaction)
            .await?;
    }
    for (service, licences) in &account.subscriptions {
        query("INSERT INTO subscriptions (account_id, service, user_licences) VALUES (?, ?, ?)")
            .bind(id)
            .bind(service)
            .bind(*licences)
            .execute(&mut *transaction)
            .await?;
    }
    Ok(())
}
