//! The directory of customer accounts: finding one. [`write`] puts them in.
//!
//! A shop sees its own accounts and those of no shop; its own come first.

pub(super) mod write;

use super::{Store, StoreError};
use crate::store::sql::query;
use partner_rules::Dc;

/// Where a lookup may look.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    pub dc: Dc,
    pub shop_id: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AccountId(i64);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdentifierKind {
    Zoid,
    Zgid,
    Zuid,
}

impl IdentifierKind {
    const fn code(self) -> &'static str {
        match self {
            Self::Zoid => "zoid",
            Self::Zgid => "zgid",
            Self::Zuid => "zuid",
        }
    }
}

/// An address as written and as compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub text: String,
    pub key: String,
}

/// Everything that the directory keeps of an account.
#[derive(Clone, Debug)]
pub struct AccountRecord {
    pub dc: Dc,
    pub shop_id: Option<String>,
    pub superadmin: Address,
    pub users: Vec<Address>,
    /// As compared.
    pub domains: Vec<String>,
    pub identifiers: Vec<(IdentifierKind, String)>,
    /// Service as written, user licences.
    pub subscriptions: Vec<(String, u32)>,
}

impl Store {
    pub async fn account_by_superadmin(
        &self,
        view: View<'_>,
        key: &str,
    ) -> Result<Option<AccountId>, StoreError> {
        let row = query(
            "SELECT a.id FROM account_addresses d JOIN accounts a ON a.id = d.account_id
             WHERE d.address_key = ? AND d.kind = 'superadmin' AND a.dc = ? AND (a.shop_id IS NULL OR a.shop_id = ?)
             ORDER BY a.shop_id IS NULL, a.id LIMIT 1",
        )
        .bind(key)
        .bind(view.dc.code())
        .bind(view.shop_id)
        .fetch_optional(&self.readers)
        .await?;
        row.map(|row| Ok(AccountId(row.try_get("id")?))).transpose()
    }

    /// The account that owns the domain, if exactly one does.
    pub async fn account_by_domain(
        &self,
        view: View<'_>,
        key: &str,
    ) -> Result<Option<AccountId>, StoreError> {
        let rows = query(
            "SELECT a.id FROM account_domains d JOIN accounts a ON a.id = d.account_id
             WHERE d.domain_key = ? AND a.dc = ? AND (a.shop_id IS NULL OR a.shop_id = ?) LIMIT 2",
        )
        .bind(key)
        .bind(view.dc.code())
        .bind(view.shop_id)
        .fetch_all(&self.readers)
        .await?;
        match rows.as_slice() {
            [row] => Ok(Some(AccountId(row.try_get("id")?))),
            _ => Ok(None),
        }
    }

    /// Every account that has this identifier.
    pub async fn accounts_by_identifier(
        &self,
        view: View<'_>,
        kind: IdentifierKind,
        value: &str,
    ) -> Result<Vec<AccountId>, StoreError> {
        let rows = query(
            "SELECT a.id FROM account_identifiers i JOIN accounts a ON a.id = i.account_id
             WHERE i.kind = ? AND i.value = ? AND a.dc = ? AND (a.shop_id IS NULL OR a.shop_id = ?)",
        )
        .bind(kind.code())
        .bind(value)
        .bind(view.dc.code())
        .bind(view.shop_id)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| Ok(AccountId(row.try_get("id")?)))
            .collect()
    }

    /// Every account that has a user with this address; SuperAdmins aside.
    pub async fn accounts_by_user(
        &self,
        view: View<'_>,
        key: &str,
    ) -> Result<Vec<AccountId>, StoreError> {
        let rows = query(
            "SELECT a.id FROM account_addresses d JOIN accounts a ON a.id = d.account_id
             WHERE d.address_key = ? AND d.kind = 'user' AND a.dc = ? AND (a.shop_id IS NULL OR a.shop_id = ?)",
        )
        .bind(key)
        .bind(view.dc.code())
        .bind(view.shop_id)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| Ok(AccountId(row.try_get("id")?)))
            .collect()
    }

    /// The account's SuperAdmin address as written; `None`: there is no such account any more.
    pub async fn superadmin_of(&self, account: AccountId) -> Result<Option<String>, StoreError> {
        let row = query(
            "SELECT address FROM account_addresses WHERE account_id = ? AND kind = 'superadmin'",
        )
        .bind(account.0)
        .fetch_optional(&self.readers)
        .await?;
        row.map(|row| Ok(row.try_get("address")?)).transpose()
    }

    /// Service as imported, user licences.
    pub async fn subscriptions(
        &self,
        account: AccountId,
    ) -> Result<Vec<(String, u32)>, StoreError> {
        let rows = query("SELECT service, user_licences FROM subscriptions WHERE account_id = ?")
            .bind(account.0)
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| Ok((row.try_get("service")?, row.try_get("user_licences")?)))
            .collect()
    }

    pub async fn count_accounts(&self) -> Result<i64, StoreError> {
        Ok(query("SELECT count(*) AS n FROM accounts")
            .fetch_one(&self.readers)
            .await?
            .try_get("n")?)
    }
}
