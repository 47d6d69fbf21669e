//! What agents do with a mail of an unverified sender.

use super::super::perform::invalid;
use super::super::{Agent, Refusal};
use super::{MailView, mail, refusal};
use crate::app::App;
use crate::directory::address_key;
use crate::mail::{MailError, Office, Owner};
use crate::store::mail::{Became, MailAct, MailEntry};
use partner_rules::ViolationCode;
use partner_rules::conversation;

/// Whose a mail is, as typed.
#[derive(Clone, Debug, Default)]
pub struct Assign {
    pub shop: String,
    pub user: String,
    /// Reference of the ticket that it belongs to; empty: a new one.
    pub ticket: String,
}

/// What was done, and whether it was done before.
#[derive(Clone, Debug)]
pub struct Settled {
    pub reference: String,
    pub replayed: bool,
}

/// Makes it a ticket of a user whom the shop knows, or an answer of theirs on a ticket of that shop.
pub async fn assign(app: &App, agent: &Agent, id: i64, to: &Assign) -> Result<Settled, Refusal> {
    let office = Office::of(app).ok_or(Refusal::NotFound)?;
    let (shop, user, ticket) = (to.shop.trim(), to.user.trim(), to.ticket.trim());
    for (name, text) in [("shop", shop), ("user", user)] {
        if text.is_empty() {
            return Err(Refusal::field(name, ViolationCode::Required));
        }
    }
    let ticket = ticket.to_uppercase();
    let owner = Owner {
        shop,
        user,
        ticket: Some(ticket.as_str()).filter(|ticket| !ticket.is_empty()),
    };
    match office.assign(id, owner, Some(agent)).await {
        Ok(reference) => Ok(Settled {
            reference,
            replayed: false,
        }),
        Err(MailError::Unknown(_)) => before(app, agent, id, owner).await,
        Err(other) => Err(refusal(other)),
    }
}

/// Sets it aside, for a reason.
pub async fn set_aside(
    app: &App,
    agent: &Agent,
    id: i64,
    reason: &str,
) -> Result<MailView, Refusal> {
    let reason = conversation::reason(reason)
        .and_then(|reason| reason.ok_or((ViolationCode::Required, None)))
        .map_err(|wrong| invalid("reason", wrong))?;
    let now = app.clock.now();
    if !app.store.set_mail_aside(id, agent, &reason, now).await? {
        let trail = app.store.mail_trail(id).await?;
        let last = trail.last().ok_or(Refusal::NotFound)?;
        let same = last.act == MailAct::SetAside
            && last.reason.as_ref() == Some(&reason)
            && is_by(last, agent);
        if !same {
            return Err(Refusal::Unchanged);
        }
    }
    mail(app, id).await
}

/// The same was asked for before: what it became then. Otherwise it is no longer there to be assigned.
async fn before(app: &App, agent: &Agent, id: i64, owner: Owner<'_>) -> Result<Settled, Refusal> {
    let trail = app.store.mail_trail(id).await?;
    let done = trail
        .into_iter()
        .find(|entry| entry.act == MailAct::Assigned);
    let Some(done) = done else {
        // Set aside by a machine: not kept, so there is nothing to assign.
        let known = app.store.mail(id).await?;
        let known = known.filter(|row| row.became == Became::SetAside);
        return Err(known.map_or(Refusal::NotFound, |_| Refusal::Unchanged));
    };
    let reference = done.reference.clone().unwrap_or_default();
    let ticket = app.store.case(&reference).await?;
    let same = is_by(&done, agent)
        && done.sub == Some(address_key(owner.user))
        && ticket.is_some_and(|(ticket, _)| ticket.shop_id == owner.shop)
        && owner.ticket.is_none_or(|wanted| wanted == reference);
    if same {
        Ok(Settled {
            reference,
            replayed: true,
        })
    } else {
        Err(Refusal::Unchanged)
    }
}

fn is_by(entry: &MailEntry, agent: &Agent) -> bool {
    entry
        .by
        .as_ref()
        .is_some_and(|(_, email)| *email == agent.email)
}
