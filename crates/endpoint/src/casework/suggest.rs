//! R9: before the severity is decided, an agent looks whether the ticket has the customer's address, a user's
//! ZUID or a company's ZOID, and what account that leads to. A suggestion decides nothing.
//!
//! Licence counts are in here: for agents' eyes only.

use crate::app::App;
use crate::directory::{address_key, domain_key};
use crate::store::StoreError;
use crate::store::accounts::{AccountId, IdentifierKind, View};
use crate::store::mail::SuggestionField;
use crate::ticket::Record;
use partner_rules::email::{self, is_public_provider};
use partner_rules::{Account, OrgIdKind};
use serde::Serialize;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Suggestions {
    /// What the ticket has that may lead to the account, best first.
    pub found: Vec<Found>,
    /// Nothing leads anywhere, and there is no SuperAdmin address: ask the partner, and leave the severity
    /// unset (R9b).
    pub ask_partner: bool,
}

/// Something that the ticket has, and the accounts it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    pub kind: FoundKind,
    pub value: String,
    pub accounts: Vec<KnownAccount>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundKind {
    SuperadminEmail,
    CustomerEmail,
    Zuid,
    Zoid,
    Zgid,
}

/// What the directory knows about an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KnownAccount {
    pub superadmin_email: String,
    /// Its class by the policy in force (R1, R13).
    pub class: Account,
    /// The number that decides: the highest among its eligible subscriptions; `null`: there is none.
    pub licences: Option<u32>,
    pub subscriptions: Vec<Subscription>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Subscription {
    pub service: String,
    pub licences: u32,
    /// Whether the service counts (R4).
    pub eligible: bool,
}

/// What the ticket has, and what the directory knows about it.
pub async fn suggest(app: &App, ticket: &Record) -> Result<Suggestions, StoreError> {
    let organisation = match ticket.org_id_kind {
        OrgIdKind::Zoid => FoundKind::Zoid,
        OrgIdKind::Zgid => FoundKind::Zgid,
    };
    let fields = [
        (
            FoundKind::SuperadminEmail,
            ticket.superadmin_email.as_deref(),
        ),
        (FoundKind::CustomerEmail, ticket.customer_email.as_deref()),
        (FoundKind::Zuid, ticket.zuid.as_deref()),
        (organisation, Some(ticket.org_id.as_str())),
    ];
    let mut candidates: Vec<(FoundKind, String)> = fields
        .into_iter()
        .filter_map(|(kind, value)| Some((kind, value.filter(|text| !text.is_empty())?.to_owned())))
        .collect();
    // What the ticket's mail says, if it came by one (R9a).
    for said in app.store.suggestions(&ticket.reference).await? {
        if let Some(kind) = in_mail(said.field) {
            let candidate = (kind, said.value);
            if !candidates.contains(&candidate) {
                candidates.push(candidate);
            }
        }
    }
    candidates.sort_by_key(|(kind, _)| *kind != FoundKind::SuperadminEmail);
    let mut found = Vec::new();
    for (kind, value) in candidates {
        let accounts = accounts(app, ticket, kind, &value).await?;
        found.push(Found {
            kind,
            value,
            accounts,
        });
    }
    Ok(Suggestions {
        ask_partner: !found.iter().any(leads_somewhere),
        found,
    })
}

/// What of a mail's text leads to an account.
const fn in_mail(field: SuggestionField) -> Option<FoundKind> {
    match field {
        SuggestionField::SuperadminEmail => Some(FoundKind::SuperadminEmail),
        SuggestionField::CustomerEmail => Some(FoundKind::CustomerEmail),
        SuggestionField::Zuid => Some(FoundKind::Zuid),
        SuggestionField::Zoid => Some(FoundKind::Zoid),
        SuggestionField::Zgid => Some(FoundKind::Zgid),
        SuggestionField::Service | SuggestionField::RefusedFile => None,
    }
}

/// A ZGID helps only where the directory knows it; with the others an agent can look elsewhere too (R9b).
fn leads_somewhere(found: &Found) -> bool {
    match found.kind {
        FoundKind::SuperadminEmail
        | FoundKind::CustomerEmail
        | FoundKind::Zuid
        | FoundKind::Zoid => true,
        FoundKind::Zgid => !found.accounts.is_empty(),
    }
}

async fn accounts(
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
