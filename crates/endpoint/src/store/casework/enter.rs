//! Tickets that agents file for partners.

use super::super::tickets::{self, history};
use super::super::{Store, StoreError, codes};
use super::audit;
use super::keys::{self, Once};
use crate::casework::audit::Line;
use crate::casework::{Agent, Done};
use crate::store::idempotency::Bound;
use crate::ticket::Record;
use partner_rules::wire::TicketChange;

/// What became of an attempt to file.
#[derive(Debug)]
pub enum Entered {
    /// Stored just now.
    Done(Box<Done>),
    /// The key stood for something already.
    Bound(Bound),
}

impl Store {
    /// Files a ticket under the next reference, in one transaction with history, audit line and key.
    pub async fn enter(
        &self,
        mut ticket: Record,
        agent: &Agent,
        line: &Line,
        once: Option<Once<'_>>,
    ) -> Result<Entered, StoreError> {
        let mut transaction = self.write().await?;
        if let Some(once) = once
            && let Some(bound) = keys::find(&mut transaction, once).await?
        {
            return Ok(Entered::Bound(bound));
        }
        ticket.reference = tickets::next_reference(&mut transaction, ticket.dc).await?;
        let id = tickets::add(&mut transaction, &ticket, None).await?;
        let author = agent.author();
        let filing = history::Entry {
            at: ticket.created_at,
            change: TicketChange::Filed,
            by: Some(&author),
            reason: None,
        };
        history::note(&mut transaction, id, &ticket, &filing).await?;
        audit::note(&mut transaction, id, ticket.created_at, Some(agent), line).await?;
        let done = Done {
            receipt: ticket.receipt(),
            message: None,
            draft: None,
            replayed: false,
        };
        if let Some(once) = once {
            let answer = codes::to_json(&done)?;
            keys::bind(&mut transaction, once, &answer, ticket.created_at).await?;
        }
        transaction.commit().await?;
        Ok(Entered::Done(Box::new(done)))
    }
}
