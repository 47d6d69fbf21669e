//! Mails of unverified senders: what agents see of them, and what they can do. Text only, and nothing in it is
//! verified.
//!
//! Each can be done once, by what it is: a mail is somebody's or set aside after that. Who asks for the same again,
//! because the answer was lost, hears the same.

mod settle;

pub use settle::{Assign, Settled, assign, set_aside};

use super::Refusal;
use super::audit::Who;
use super::queue::ShopName;
use crate::app::App;
use crate::directory::address_key;
use crate::mail::{MailError, Office, Sheet};
use crate::store::mail::{Became, MailAct, MailEntry, MailRow};
use partner_rules::ViolationCode;
use serde::Serialize;

/// A mail in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MailItem {
    pub id: String,
    pub at: String,
    /// `unverified` or `set_aside`.
    pub became: Became,
    /// A code: why it is not verified, or why it was set aside; `by_agent` is explained in the trail.
    pub reason: String,
    /// As written, like everything else in it: it proves nothing.
    pub from_email: String,
    pub from_name: String,
    pub subject: String,
    pub bytes: u32,
}

/// A mail with everything about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MailView {
    pub id: String,
    /// `null`: it is a ticket's by now, or was removed by age.
    pub mail: Option<MailItem>,
    /// What can be read in it; `null`: it was not kept.
    pub sheet: Option<Sheet>,
    /// Shops that know a user of the address in it.
    pub shops: Vec<ShopName>,
    pub trail: Vec<Trail>,
}

/// What an agent did with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trail {
    pub at: String,
    /// `null`: from the command line.
    pub by: Option<Who>,
    pub act: MailAct,
    /// Of the ticket that it was assigned to.
    pub reference: Option<String>,
    /// Whose it is.
    pub user: Option<String>,
    pub reason: Option<String>,
}

#[derive(Clone, Debug)]
pub struct MailPage {
    pub items: Vec<MailItem>,
    /// From where the next page goes on; `None`: there is none.
    pub next: Option<i64>,
}

/// A mail's number; `None` for what is none.
pub fn number(text: &str) -> Option<i64> {
    let number: i64 = text.parse().ok()?;
    // Numbers have other spellings, such as +1 and 01.
    (number > 0 && number.to_string() == text).then_some(number)
}

/// What is listed: `unverified` or `set_aside`.
pub fn listed(code: &str) -> Option<Became> {
    let listed = [Became::Unverified, Became::SetAside];
    listed.into_iter().find(|became| became.code() == code)
}

/// Which mails wait, or were set aside; newest first.
pub async fn mails(
    app: &App,
    became: Became,
    before: Option<i64>,
    limit: u32,
) -> Result<MailPage, Refusal> {
    let wanted = limit.saturating_add(1);
    let mut rows = app
        .store
        .mails(became, before.unwrap_or(i64::MAX), wanted)
        .await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|last| last.id);
    Ok(MailPage {
        items: rows.into_iter().map(item).collect(),
        next,
    })
}

/// One that waits or was set aside; or, of one that is a ticket's by now, what became of it.
pub async fn mail(app: &App, id: i64) -> Result<MailView, Refusal> {
    let trail = app.store.mail_trail(id).await?;
    let row = app.store.mail(id).await?;
    let row = row.filter(|row| matches!(row.became, Became::Unverified | Became::SetAside));
    if row.is_none() && trail.is_empty() {
        return Err(Refusal::NotFound);
    }
    let sheet = match (&row, Office::of(app)) {
        (Some(_), Some(office)) => office.sheet(id).await.map_err(refusal)?,
        _ => None,
    };
    let mut shops = Vec::new();
    if let Some(row) = &row {
        for shopper in app.store.shoppers(&address_key(&row.from_email)).await? {
            shops.push(shop(app, shopper.shop_id).await?);
        }
    }
    Ok(MailView {
        id: id.to_string(),
        mail: row.map(item),
        sheet,
        shops,
        trail: trail.into_iter().map(told).collect(),
    })
}

async fn shop(app: &App, id: String) -> Result<ShopName, Refusal> {
    let found = app.store.shop(&id).await?;
    let name = found.map(|shop| shop.name).unwrap_or_default();
    Ok(ShopName { id, name })
}

fn item(row: MailRow) -> MailItem {
    MailItem {
        id: row.id.to_string(),
        at: row.at.rfc3339(),
        became: row.became,
        reason: row.reason.unwrap_or_default(),
        from_email: row.from_email,
        from_name: row.from_name,
        subject: row.subject,
        bytes: row.bytes,
    }
}

fn told(entry: MailEntry) -> Trail {
    Trail {
        at: entry.at.rfc3339(),
        by: entry.by.map(|(name, email)| Who { name, email }),
        act: entry.act,
        reference: entry.reference,
        user: entry.sub,
        reason: entry.reason,
    }
}

fn refusal(cause: MailError) -> Refusal {
    match cause {
        MailError::NoUser(..) => Refusal::field("user", ViolationCode::UnknownValue),
        MailError::NoTicket(_) => Refusal::field("ticket", ViolationCode::UnknownValue),
        MailError::Unknown(_) => Refusal::NotFound,
        MailError::Store(cause) => Refusal::Store(cause),
        MailError::Randomness(cause) => Refusal::Randomness(cause),
        other @ (MailError::Off
        | MailError::NoDatabase(_)
        | MailError::Full
        | MailError::Slow
        | MailError::Disk(_)
        | MailError::Config(_)
        | MailError::Open(_)) => Refusal::Mail(other),
    }
}
