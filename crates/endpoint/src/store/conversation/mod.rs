//! What is said and done about a ticket after it was filed. Every change is one transaction with the key
//! that stands for it, and asks itself whether the caller may see the ticket.

pub(super) mod messages;
pub(in crate::store) mod waking;

use super::idempotency::{self, Bound, Fingerprint, Scope};
use super::tickets::{self, Sight, history};
use super::{Store, StoreError, codes, files};
use crate::clock::Timestamp;
use crate::rates::Identity;
use partner_rules::wire::{Author, AuthorKind, Message, Status, TicketChange};
use std::num::NonZeroU32;

/// Which ticket, for whose eyes.
#[derive(Clone, Copy, Debug)]
pub struct On<'a> {
    pub sight: &'a Sight,
    pub reference: &'a str,
}

/// What makes a request happen once.
#[derive(Clone, Copy, Debug)]
pub struct Once<'a> {
    pub scope: &'a Scope,
    pub fingerprint: &'a Fingerprint,
}

#[derive(Debug)]
pub struct NewMessage<'a> {
    /// Told by nobody before, made by chance.
    pub id: &'a str,
    pub author: &'a Author,
    pub text: &'a str,
    /// Ids of uploads of whoever the key belongs to.
    pub uploads: &'a [String],
}

/// Closing or reopening.
#[derive(Debug)]
pub struct Switch<'a> {
    pub to: Side,
    pub by: &'a Author,
    pub reason: Option<&'a str>,
}

/// On which side of closing a ticket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Closed,
    Open,
}

impl From<Status> for Side {
    fn from(status: Status) -> Self {
        match status {
            Status::Open | Status::OnHold => Self::Open,
            Status::Closed => Self::Closed,
        }
    }
}

/// What became of an attempt to say or do something.
#[derive(Debug)]
pub enum Kept {
    /// Stored just now: the answer's body.
    New(String),
    /// The key stood for something already.
    Bound(Bound),
    /// There is none, or none for these eyes.
    NoTicket,
    /// The ticket is on the side of closing where this cannot be done.
    Side(Side),
    /// The ticket has as many messages as one takes.
    Full,
    /// An upload is unknown, used or too old.
    UploadGone,
}

impl Store {
    /// Adds a message to a ticket that is not closed and has fewer than `most`. What a partner says to one that is on
    /// hold is what was waited for: it is open again.
    pub async fn reply(
        &self,
        on: On<'_>,
        message: &NewMessage<'_>,
        most: NonZeroU32,
        once: Once<'_>,
        now: Timestamp,
    ) -> Result<Kept, StoreError> {
        let Once { scope, fingerprint } = once;
        let mut transaction = self.write().await?;
        if let Some(bound) = idempotency::find(&mut transaction, scope, fingerprint).await? {
            return Ok(Kept::Bound(bound));
        }
        let found = tickets::find(&mut transaction, on.sight, on.reference).await?;
        let Some((ticket_id, mut ticket)) = found else {
            return Ok(Kept::NoTicket);
        };
        if Side::from(ticket.status) == Side::Closed {
            return Ok(Kept::Side(Side::Closed));
        }
        if messages::count(&mut transaction, ticket_id).await? >= most.get() {
            return Ok(Kept::Full);
        }
        if ticket.status == Status::OnHold && message.author.kind == AuthorKind::Partner {
            let (change, by) = (TicketChange::Resumed, message.author);
            let held = (ticket_id, ticket);
            ticket = waking::wake(&mut transaction, held, change, by, &scope.sub, now).await?;
        }
        let ticket = ticket.changed(now, TicketChange::Replied, message.author.kind);
        let row = messages::insert(&mut transaction, ticket_id, message, ticket.updated_at).await?;
        let place = files::Place {
            ticket_id,
            message_id: Some(row),
        };
        let whose = Identity {
            shop_id: &scope.shop_id,
            sub: &scope.sub,
        };
        if !files::take(&mut transaction, place, whose, message.uploads, now).await? {
            return Ok(Kept::UploadGone);
        }
        tickets::touch(&mut transaction, ticket_id, &ticket, Some(&scope.sub)).await?;
        let answer = codes::to_json(&Message {
            id: message.id.to_owned(),
            created_at: ticket.updated_at.rfc3339(),
            author: message.author.clone(),
            text: message.text.to_owned(),
            attachments: files::of_message(&mut transaction, row).await?,
            status_note: false,
        })?;
        idempotency::bind(&mut transaction, scope, fingerprint, &answer, now).await?;
        transaction.commit().await?;
        Ok(Kept::New(answer))
    }

    /// Closes a ticket that is not closed, or reopens one that is.
    pub async fn switch(
        &self,
        on: On<'_>,
        switch: &Switch<'_>,
        once: Once<'_>,
        now: Timestamp,
    ) -> Result<Kept, StoreError> {
        let Once { scope, fingerprint } = once;
        let mut transaction = self.write().await?;
        if let Some(bound) = idempotency::find(&mut transaction, scope, fingerprint).await? {
            return Ok(Kept::Bound(bound));
        }
        let found = tickets::find(&mut transaction, on.sight, on.reference).await?;
        let Some((ticket_id, ticket)) = found else {
            return Ok(Kept::NoTicket);
        };
        if Side::from(ticket.status) == switch.to {
            return Ok(Kept::Side(switch.to));
        }
        let (status, change) = match switch.to {
            Side::Closed => (Status::Closed, TicketChange::Closed),
            Side::Open => (Status::Open, TicketChange::Reopened),
        };
        let mut ticket = ticket.changed(now, change, switch.by.kind);
        ticket.status = status;
        ticket.work.resolved_at = match switch.to {
            Side::Closed => ticket.work.resolved_at.or(Some(ticket.updated_at)),
            Side::Open => None,
        };
        let entry = history::Entry {
            at: ticket.updated_at,
            change,
            by: Some(switch.by),
            reason: switch.reason,
        };
        history::note(&mut transaction, ticket_id, &ticket, &entry).await?;
        tickets::touch(&mut transaction, ticket_id, &ticket, Some(&scope.sub)).await?;
        let answer = codes::to_json(&ticket.receipt())?;
        idempotency::bind(&mut transaction, scope, fingerprint, &answer, now).await?;
        transaction.commit().await?;
        Ok(Kept::New(answer))
    }
}
