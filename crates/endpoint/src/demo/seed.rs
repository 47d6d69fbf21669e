//! What demo mode starts with: one shop, three users, two accounts in every data centre, no ticket.

use crate::agents::Agent;
use crate::clock::Timestamp;
use crate::directory::{address_key, domain_key};
use crate::store::access::Whose;
use crate::store::accounts::{AccountRecord, Address, IdentifierKind};
use crate::store::agents::NewAgent;
use crate::store::shops::ShopRow;
use crate::store::{Store, StoreError};
use partner_rules::Dc;
use partner_rules::wire::{Access, Role};

pub const SHOP_ID: &str = "demo";

pub(super) struct DemoUser {
    /// As in `/demo/token?user=…`.
    pub(super) key: &'static str,
    pub(super) email: &'static str,
    pub(super) name: &'static str,
    pub(super) role: Role,
    access: Access,
}

pub(super) const USERS: [DemoUser; 3] = [
    DemoUser {
        key: "superadmin",
        email: "superadmin@partner.example",
        name: "Ada Superadmin",
        role: Role::Superadmin,
        access: Access::Company,
    },
    DemoUser {
        key: "member",
        email: "member@partner.example",
        name: "Max Member",
        role: Role::Member,
        access: Access::Own,
    },
    DemoUser {
        key: "no-access",
        email: "no-access@partner.example",
        name: "Noor Noaccess",
        role: Role::Member,
        access: Access::None,
    },
];

fn shop() -> ShopRow {
    ShopRow {
        id: SHOP_ID.to_owned(),
        name: "Demo Partner".to_owned(),
        default_access: Access::Own,
    }
}

/// The shop with its default, and what its users were granted.
pub(super) async fn shop_and_users(store: &Store, now: Timestamp) -> Result<(), StoreError> {
    store.put_shop(&shop(), true, now).await?;
    for user in &USERS {
        let whose = Whose {
            shop_id: SHOP_ID,
            email_key: &address_key(user.email),
            email: user.email,
        };
        store.note_user(whose, user.name, user.role).await?;
        store.put_access(whose, user.access, now).await?;
    }
    Ok(())
}

/// The agent of the desk, whom no password opens: there is a button for it.
pub(super) async fn agent(store: &Store, now: Timestamp) -> Result<Agent, StoreError> {
    let (email, name) = ("agent@desk.example", "Kim Agent");
    let key = address_key(email);
    let new = NewAgent {
        email_key: &key,
        email,
        name,
        password: None,
        demo: true,
    };
    store.add_agent(&new, now).await?;
    let found = store.agent(&key).await?;
    found
        .map(|(agent, _)| agent)
        .ok_or_else(|| StoreError::Damaged("an agent is gone at once".to_owned()))
}

/// The large account is also found by its domain.
pub(super) fn directory() -> Vec<AccountRecord> {
    Dc::ALL
        .into_iter()
        .flat_map(|dc| {
            [
                account(
                    dc,
                    "admin@large.example",
                    Some("large.example"),
                    "20000000001",
                    250,
                ),
                account(dc, "admin@small.example", None, "20000000002", 5),
            ]
        })
        .collect()
}

fn account(
    dc: Dc,
    superadmin: &str,
    domain: Option<&str>,
    zoid: &str,
    licences: u32,
) -> AccountRecord {
    AccountRecord {
        dc,
        shop_id: None,
        superadmin: Address {
            text: superadmin.to_owned(),
            key: address_key(superadmin),
        },
        users: Vec::new(),
        domains: domain.map(domain_key).into_iter().collect(),
        identifiers: vec![(IdentifierKind::Zoid, zoid.to_owned())],
        subscriptions: vec![("Zoho CRM".to_owned(), licences)],
    }
}
