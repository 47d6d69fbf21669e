//! What the directory knows about the customer's account (R1, R3, R13).
//!
//! Licence counts end here: only [`Account`] leaves. Nothing is guessed: an identifier alone never
//! makes a verdict, it can only contradict one.

mod address;
pub mod import;

pub use address::{address_key, domain_key};

use crate::store::accounts::{AccountId, IdentifierKind, View};
use crate::store::{Store, StoreError};
use partner_rules::email::{Email, is_public_provider};
use partner_rules::policy::FullPolicy;
use partner_rules::{Account, OrgIdKind, Ticket};

/// What is known about a ticket's account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    Account(Account),
    /// Address and organisation ID belong to different accounts (R3).
    Mismatch,
}

/// What the directory says about a checked ticket. Without a SuperAdmin address it is not asked.
pub async fn judge(
    store: &Store,
    policy: &FullPolicy,
    view: View<'_>,
    ticket: &Ticket,
) -> Result<Finding, StoreError> {
    let Some(address) = ticket.superadmin_email() else {
        return Ok(Finding::Account(Account::Unknown));
    };
    let organisation = (ticket.org_id_kind(), ticket.org_id().as_str());
    judge_address(store, policy, view, address, organisation).await
}

/// What the directory says about an address beside an organisation ID, which may be empty.
pub async fn judge_address(
    store: &Store,
    policy: &FullPolicy,
    view: View<'_>,
    address: &Email,
    (kind, id): (OrgIdKind, &str),
) -> Result<Finding, StoreError> {
    let Some(account) = find(store, view, address).await? else {
        return Ok(Finding::Account(Account::Unknown));
    };
    let owners = store.accounts_by_identifier(view, kind.into(), id).await?;
    if !owners.is_empty() && !owners.contains(&account) {
        return Ok(Finding::Mismatch);
    }
    class(store, policy, view, account)
        .await
        .map(Finding::Account)
}

/// What the directory says about an address.
pub async fn verify(
    store: &Store,
    policy: &FullPolicy,
    view: View<'_>,
    address: &Email,
) -> Result<Account, StoreError> {
    match find(store, view, address).await? {
        Some(account) => class(store, policy, view, account).await,
        None => Ok(Account::Unknown),
    }
}

/// By SuperAdmin address, else by domain if it is the customer's own.
async fn find(
    store: &Store,
    view: View<'_>,
    address: &Email,
) -> Result<Option<AccountId>, StoreError> {
    if let Some(account) = store
        .account_by_superadmin(view, &address_key(address.as_str()))
        .await?
    {
        return Ok(Some(account));
    }
    let domain = domain_key(address.domain());
    if is_public_provider(&domain) {
        Ok(None)
    } else {
        store.account_by_domain(view, &domain).await
    }
}

impl From<OrgIdKind> for IdentifierKind {
    fn from(kind: OrgIdKind) -> Self {
        match kind {
            OrgIdKind::Zoid => Self::Zoid,
            OrgIdKind::Zgid => Self::Zgid,
        }
    }
}

async fn class(
    store: &Store,
    policy: &FullPolicy,
    view: View<'_>,
    account: AccountId,
) -> Result<Account, StoreError> {
    let subscriptions = store.subscriptions(account).await?;
    let catalogue = policy.rules().catalogue();
    let resolved: Vec<(String, u32)> = subscriptions
        .into_iter()
        .map(|(service, licences)| (catalogue.resolve(&service).id, licences))
        .collect();
    Ok(policy.account_class(
        resolved
            .iter()
            .map(|(id, licences)| (id.as_str(), *licences)),
        view.dc,
    ))
}
