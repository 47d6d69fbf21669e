//! The accounts of a shop that an address or an ID belongs to.

use super::{FoundKind, KnownAccount, Subscription};
use crate::app::App;
use crate::directory::{address_key, domain_key};
use crate::store::StoreError;
use crate::store::accounts::{AccountId, IdentifierKind, View};
use crate::ticket::Record;
use partner_rules::email::{self, is_public_provider};

pub(super) async fn accounts(
    app: &App,
    ticket: &Record,
    kind: FoundKind,
    value: &str,
) -> Result<Vec<KnownAccount>, StoreError> {
    let view = View {
        dc: ticket.dc,
        shop_id: &ticket.shop_id,
    };
    let by_id = |kind| app.store.accounts_by_identifier(view, kind, value);
    let ids = match kind {
        FoundKind::SuperadminEmail | FoundKind::CustomerEmail => {
            by_address(app, view, value).await?
        }
        FoundKind::Zuid => by_id(IdentifierKind::Zuid).await?,
        FoundKind::Zoid => by_id(IdentifierKind::Zoid).await?,
        FoundKind::Zgid => by_id(IdentifierKind::Zgid).await?,
    };
    let mut accounts = Vec::with_capacity(ids.len());
    for id in ids {
        accounts.extend(known(app, view, id).await?);
    }
    Ok(accounts)
}

/// As the SuperAdmin's, else as a user's, else by the domain if it is the customer's own.
async fn by_address(
    app: &App,
    view: View<'_>,
    address: &str,
) -> Result<Vec<AccountId>, StoreError> {
    let key = address_key(address);
    if let Some(account) = app.store.account_by_superadmin(view, &key).await? {
        return Ok(vec![account]);
    }
    let users = app.store.accounts_by_user(view, &key).await?;
    if !users.is_empty() {
        return Ok(users);
    }
    let Ok(address) = email::parse(address) else {
        return Ok(Vec::new());
    };
    let domain = domain_key(address.domain());
    if is_public_provider(&domain) {
        return Ok(Vec::new());
    }
    let owner = app.store.account_by_domain(view, &domain).await?;
    Ok(owner.into_iter().collect())
}

async fn known(
    app: &App,
    view: View<'_>,
    id: AccountId,
) -> Result<Option<KnownAccount>, StoreError> {
    let Some(superadmin_email) = app.store.superadmin_of(id).await? else {
        return Ok(None);
    };
    let policy = &app.config.policy;
    let rules = policy.rules();
    let resolved = app.store.subscriptions(id).await?.into_iter();
    let resolved: Vec<_> = resolved
        .map(|(service, licences)| (rules.catalogue().resolve(&service), licences))
        .collect();
    let class = policy.account_class(
        resolved
            .iter()
            .map(|(service, licences)| (service.id.as_str(), *licences)),
        view.dc,
    );
    let subscriptions: Vec<Subscription> = resolved
        .into_iter()
        .map(|(service, licences)| Subscription {
            eligible: rules.exclusion(&service.id).is_none(),
            service: service.name,
            licences,
        })
        .collect();
    let counting = subscriptions.iter().filter(|one| one.eligible);
    Ok(Some(KnownAccount {
        superadmin_email,
        class,
        licences: counting.map(|one| one.licences).max(),
        subscriptions,
    }))
}
