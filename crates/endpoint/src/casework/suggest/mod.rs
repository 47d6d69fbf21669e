//! R9: before the severity is decided, an agent looks whether the ticket has the customer's address, a user's
//! ZUID or a company's ZOID, and what account that leads to. A suggestion decides nothing.
//!
//! Licence counts are in here: for agents' eyes only.

mod accounts;
mod candidates;

use super::view::CaseMessage;
use crate::app::App;
use crate::store::StoreError;
use crate::ticket::Record;
use accounts::accounts;
use candidates::Candidates;
use partner_rules::Account;
use serde::Serialize;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Suggestions {
    /// What the ticket has that may lead to the account, best first.
    pub found: Vec<Found>,
    /// Nothing leads anywhere, and there is no SuperAdmin address: ask the partner, and leave the severity
    /// unset (R9b).
    pub ask_partner: bool,
    /// What the ticket's mail calls the service, if the ticket has none; the likeliest first.
    pub services: Vec<String>,
    /// Names of files of its mails that were not taken.
    pub refused_files: Vec<String>,
}

/// Something that the ticket has, and the accounts it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    pub kind: FoundKind,
    pub value: String,
    pub source: FoundSource,
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

/// Where it stands. Fields are what somebody filled in as such; the rest was read out of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundSource {
    Field,
    Mail,
    /// The subject, the description, or an answer of the partner's.
    Text,
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

/// What the ticket has, and what the directory knows about it. Texts are read as long as nobody has set the
/// SuperAdmin address.
pub async fn suggest(
    app: &App,
    ticket: &Record,
    messages: &[CaseMessage],
) -> Result<Suggestions, StoreError> {
    let said = app.store.suggestions(&ticket.reference).await?;
    let mut candidates = Candidates::default();
    candidates.fields(ticket);
    candidates.mail(ticket, said);
    if ticket.superadmin_email.is_none() {
        candidates.texts(app, ticket, messages);
    }
    let Candidates {
        found: candidates,
        services,
        refused_files,
    } = candidates.sorted();
    let mut found = Vec::new();
    for (kind, value, source) in candidates {
        let accounts = accounts(app, ticket, kind, &value).await?;
        found.push(Found {
            kind,
            value,
            source,
            accounts,
        });
    }
    Ok(Suggestions {
        ask_partner: !found.iter().any(leads_somewhere),
        found,
        services,
        refused_files,
    })
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
