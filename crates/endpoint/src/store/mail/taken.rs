//! Mails that are taken: as a ticket, or as an answer on one. One transaction each, with the mail's own row.

use super::super::casework::audit;
use super::super::conversation::waking::wake;
use super::super::conversation::{NewMessage, messages};
use super::super::files::{self, NewUpload, Place};
use super::super::tickets;
use super::super::{Store, StoreError};
use super::doubts::{self, MailAct};
use super::{Arrived, Became, By, Fate, Suggestion, outbox, suggestions};
use crate::casework::Agent;
use crate::casework::audit::{AuditAct, Line};
use crate::clock::Timestamp;
use crate::store::sql::{Transaction, query};
use crate::ticket::Record;
use partner_rules::wire::{Author, Status, TicketChange};
use std::num::NonZeroU32;

/// What became of an attempt to take a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Stored just now, under this reference.
    New(String),
    /// The same mail was taken before.
    Known,
    /// What it belongs to is gone, or takes no more.
    Gone,
}

/// A mail as a ticket.
#[derive(Debug)]
pub struct MailTicket<'a> {
    pub mail: &'a Arrived,
    pub ticket: Record,
    pub by: &'a Author,
    /// On disk already.
    pub files: &'a [NewUpload<'a>],
    pub suggestions: &'a [Suggestion],
    pub assigned: Option<Assigned<'a>>,
}

/// The mail of an unverified sender, of which somebody said whose it is.
#[derive(Clone, Copy, Debug)]
pub struct Assigned<'a> {
    pub mail: i64,
    /// `None`: from the command line.
    pub by: Option<&'a Agent>,
}

/// A mail as an answer.
#[derive(Debug)]
pub struct Joined<'a> {
    pub mail: &'a Arrived,
    pub ticket_id: i64,
    pub by: By<'a>,
    pub message: &'a NewMessage<'a>,
    /// On disk already.
    pub files: &'a [NewUpload<'a>],
    pub suggestions: &'a [Suggestion],
    /// Messages that one ticket takes.
    pub most: NonZeroU32,
    pub assigned: Option<Assigned<'a>>,
}

impl Store {
    /// Files the ticket that a mail is, with its files and what was read out of it.
    pub async fn file_mail(&self, given: MailTicket<'_>) -> Result<Taken, StoreError> {
        let MailTicket {
            mail,
            mut ticket,
            by,
            files,
            suggestions,
            assigned,
        } = given;
        let (shop_id, sub) = (ticket.shop_id.clone(), ticket.created_by.clone());
        let whose = By {
            shop_id: &shop_id,
            sub: &sub,
        };
        let mut transaction = self.write().await?;
        if super::find(&mut transaction, mail, whose).await?.is_some() {
            return Ok(Taken::Known);
        }
        let id = tickets::open(&mut transaction, &mut ticket, by, &sub).await?;
        let place = Place {
            ticket_id: id,
            message_id: None,
        };
        attach(&mut transaction, place, files).await?;
        suggestions::add(&mut transaction, id, suggestions).await?;
        outbox::filed(&mut transaction, id, ticket.created_at).await?;
        if let Some(assigned) = assigned {
            let place = (id, ticket.reference.as_str(), ticket.created_at);
            if !settle(&mut transaction, assigned, mail, &sub, place).await? {
                return Ok(Taken::Gone);
            }
        }
        let became = match assigned {
            Some(_) => Became::Assigned,
            None => Became::Ticket,
        };
        let fate = Fate {
            became,
            by: whose,
            reason: None,
            ticket_id: Some(id),
            at: ticket.created_at,
        };
        forget_doubts(&mut transaction, mail).await?;
        super::note(&mut transaction, mail, fate).await?;
        transaction.commit().await?;
        Ok(Taken::New(ticket.reference))
    }

    /// Adds what a mail says to a ticket. One that is on hold is open again, and one that is closed
    /// is reopened: a mail cannot be refused as a page can, and what somebody wrote must not be lost behind a closed door.
    pub async fn join_mail(
        &self,
        joined: &Joined<'_>,
        now: Timestamp,
    ) -> Result<Taken, StoreError> {
        let (mail, id, message) = (joined.mail, joined.ticket_id, joined.message);
        let mut transaction = self.write().await?;
        if super::find(&mut transaction, mail, joined.by)
            .await?
            .is_some()
        {
            return Ok(Taken::Known);
        }
        let Some(mut ticket) = tickets::by_id(&mut transaction, id).await? else {
            return Ok(Taken::Gone);
        };
        if messages::count(&mut transaction, id).await? >= joined.most.get() {
            return Ok(Taken::Gone);
        }
        let change = match ticket.status {
            Status::Open => None,
            Status::OnHold => Some(TicketChange::Resumed),
            Status::Closed => Some(TicketChange::Reopened),
        };
        if let Some(change) = change {
            let (by, sub) = (message.author, joined.by.sub);
            ticket = wake(&mut transaction, (id, ticket), change, by, sub, now).await?;
        }
        let ticket = ticket.changed(now, TicketChange::Replied, message.author.kind);
        let row = messages::insert(&mut transaction, id, message, ticket.updated_at).await?;
        let place = Place {
            ticket_id: id,
            message_id: Some(row),
        };
        attach(&mut transaction, place, joined.files).await?;
        suggestions::add(&mut transaction, id, joined.suggestions).await?;
        tickets::touch(&mut transaction, id, &ticket, Some(joined.by.sub)).await?;
        if let Some(assigned) = joined.assigned {
            let place = (id, ticket.reference.as_str(), ticket.updated_at);
            if !settle(&mut transaction, assigned, mail, joined.by.sub, place).await? {
                return Ok(Taken::Gone);
            }
        }
        let became = match joined.assigned {
            Some(_) => Became::Assigned,
            None => Became::Reply,
        };
        let fate = Fate {
            became,
            by: joined.by,
            reason: None,
            ticket_id: Some(id),
            at: now,
        };
        forget_doubts(&mut transaction, mail).await?;
        super::note(&mut transaction, mail, fate).await?;
        transaction.commit().await?;
        Ok(Taken::New(ticket.reference))
    }
}

async fn attach(
    transaction: &mut Transaction,
    place: Place,
    files: &[NewUpload<'_>],
) -> Result<(), StoreError> {
    for (file, position) in files.iter().zip(0_i64..) {
        files::attach(transaction, place, file, position).await?;
    }
    Ok(())
}

/// Removes an unverified mail that a ticket has now (its id, its reference, when), and writes down who said so, on
/// both sides. Whether it was still one.
async fn settle(
    transaction: &mut Transaction,
    assigned: Assigned<'_>,
    mail: &Arrived,
    sub: &str,
    (ticket_id, reference, at): (i64, &str, Timestamp),
) -> Result<bool, StoreError> {
    let done = query("DELETE FROM mails WHERE id = $1 AND became IN ('unverified', 'set_aside')")
        .bind(assigned.mail)
        .execute(&mut *transaction)
        .await?;
    if done == 0 {
        return Ok(false);
    }
    let line = Line::new(AuditAct::Assigned)
        .from(Some(&mail.from_email))
        .to(Some(sub));
    audit::note(transaction, ticket_id, at, assigned.by, &line).await?;
    let line = doubts::Line {
        mail: assigned.mail,
        at,
        by: assigned.by,
        act: MailAct::Assigned,
        reference: Some(reference),
        sub: Some(sub),
        reason: None,
    };
    doubts::note(transaction, &line).await?;
    Ok(true)
}

/// A copy that nobody vouched for came first: it is no question for an agent any more.
async fn forget_doubts(transaction: &mut Transaction, mail: &Arrived) -> Result<(), StoreError> {
    query(
        "DELETE FROM mails WHERE message_id = ? AND content = ? AND shop_id = '' AND became = 'unverified'",
    )
    .bind(&mail.message_id)
    .bind(mail.content.as_slice())
    .execute(&mut *transaction)
    .await?;
    Ok(())
}
