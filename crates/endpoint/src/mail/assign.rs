//! An agent says whose a mail is that nobody vouched for: it becomes a ticket of that user, or an answer of
//! theirs. The agent vouches for it, so what the mail servers said is not asked again.

use super::ingest::{Sender, arrived};
use super::{Fate, MailError, Office};
use crate::app::App;
use crate::casework::Agent;
use crate::directory::address_key;
use crate::feedback::escape;
use crate::store::mail::{Assigned, Shopper};
use partner_rules::wire::Access;
use std::sync::Arc;

/// Whose a mail is.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'a> {
    pub shop: &'a str,
    /// The address of a user whom the shop knows.
    pub user: &'a str,
    /// The reference of the shop's ticket that it belongs to; `None`: it is a new one.
    pub ticket: Option<&'a str>,
}

impl Office {
    /// The channel of the serving program; `None`: mail is off.
    pub fn of(app: &App) -> Option<Self> {
        let config = app.config.mail.as_ref()?;
        Some(Self {
            store: app.store.clone(),
            files: app.files.clone(),
            policy: app.config.policy.clone(),
            config: config.clone(),
            uploads: app.config.limits.uploads,
            messages: app.config.limits.messages_per_ticket,
            clock: Arc::clone(&app.clock),
        })
    }

    /// Makes the mail of an unverified sender this one's; the reference of its ticket. `by`: `None` on the
    /// command line.
    pub async fn assign(
        &self,
        mail: i64,
        owner: Owner<'_>,
        by: Option<&Agent>,
    ) -> Result<String, MailError> {
        let kept = self.store.unverified(mail).await?;
        let kept = kept.ok_or(MailError::Unknown(mail))?;
        let Owner { shop, user, ticket } = owner;
        let sub = address_key(user);
        let known = self.store.user(shop, &sub).await?;
        let known =
            known.ok_or_else(|| MailError::NoUser(escape::line(shop), escape::line(user)))?;
        let ticket = match ticket {
            None => None,
            Some(reference) => {
                let found = self.store.case(reference).await?;
                let found = found.filter(|(ticket, _)| ticket.shop_id == shop);
                let (_, id) = found.ok_or_else(|| MailError::NoTicket(escape::line(reference)))?;
                Some(id)
            }
        };
        let (raw, read) = self.read(kept.raw).await?;
        let letter = read.map_err(|_| MailError::Unknown(mail))?;
        let bytes = u32::try_from(raw.len()).unwrap_or(u32::MAX);
        let sender = Sender {
            shopper: Shopper {
                shop_id: shop.to_owned(),
                email: known.email,
                name: known.name,
                access: Access::Own,
            },
            sub,
        };
        let arrived = arrived(&letter, bytes);
        let assigned = Some(Assigned { mail, by });
        let fate = match ticket {
            None => self.file(&letter, &arrived, &sender, assigned).await?,
            Some(id) => self.join(&letter, &arrived, &sender, id, assigned).await?,
        };
        // Still there: it is the ticket that does not take it.
        if let (Fate::Known, Some(reference)) = (&fate, owner.ticket)
            && self.store.unverified(mail).await?.is_some()
        {
            return Err(MailError::NoTicket(escape::line(reference)));
        }
        match fate {
            Fate::Ticket(reference) | Fate::Reply(reference) => Ok(reference),
            Fate::Unverified(_) | Fate::Known | Fate::SetAside(_) => Err(MailError::Unknown(mail)),
        }
    }
}
