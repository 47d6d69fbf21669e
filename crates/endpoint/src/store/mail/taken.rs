//! Mails that are taken: as a ticket, or as an answer on one. One transaction each, with the mail's own row.

use super::super::conversation::{NewMessage, messages};
use super::super::files::{self, NewUpload, Place};
use super::super::tickets::{self, history};
use super::super::{Store, StoreError};
use super::{Arrived, Became, By, Fate, Suggestion, outbox, suggestions};
use crate::clock::Timestamp;
use crate::ticket::Record;
use partner_rules::wire::{Author, Status, TicketChange};
use sqlx::{Sqlite, Transaction};

/// What became of an attempt to take a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Stored just now, under this reference.
    New(String),
    /// The same mail was taken before.
    Known,
    /// What it belongs to is gone.
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
    /// The mail of an unverified sender that an agent assigned.
    pub assigned: Option<i64>,
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
        if super::find(&mut *transaction, mail, whose).await?.is_some() {
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
        if let Some(unverified) = assigned
            && !remove(&mut transaction, unverified).await?
        {
            return Ok(Taken::Gone);
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

    /// Adds what a mail says to a ticket. One that is closed is reopened: a mail cannot be refused as a page
    /// can, and what somebody wrote must not be lost behind a closed door.
    pub async fn join_mail(
        &self,
        joined: &Joined<'_>,
        now: Timestamp,
    ) -> Result<Taken, StoreError> {
        let (mail, id, message) = (joined.mail, joined.ticket_id, joined.message);
        let mut transaction = self.write().await?;
        if super::find(&mut *transaction, mail, joined.by)
            .await?
            .is_some()
        {
            return Ok(Taken::Known);
        }
        let Some(mut ticket) = tickets::by_id(&mut *transaction, id).await? else {
            return Ok(Taken::Gone);
        };
        if ticket.status == Status::Closed {
            ticket = ticket.changed(now, TicketChange::Reopened, message.author.kind);
            ticket.status = Status::Open;
            ticket.work.resolved_at = None;
            let entry = history::Entry {
                at: ticket.updated_at,
                change: TicketChange::Reopened,
                by: Some(message.author),
                reason: None,
            };
            history::note(&mut transaction, id, &ticket, &entry).await?;
            tickets::touch(&mut transaction, id, &ticket, Some(joined.by.sub)).await?;
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
        let fate = Fate {
            became: Became::Reply,
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
    transaction: &mut Transaction<'_, Sqlite>,
    place: Place,
    files: &[NewUpload<'_>],
) -> Result<(), StoreError> {
    for (file, position) in files.iter().zip(0_i64..) {
        files::attach(transaction, place, file, position).await?;
    }
    Ok(())
}

/// Removes an unverified mail; whether it was still one.
async fn remove(transaction: &mut Transaction<'_, Sqlite>, id: i64) -> Result<bool, StoreError> {
    let done = sqlx::query("DELETE FROM mails WHERE id = ? AND became = 'unverified'")
        .bind(id)
        .execute(&mut **transaction)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// A copy that nobody vouched for came first: it is no question for an agent any more.
async fn forget_doubts(
    transaction: &mut Transaction<'_, Sqlite>,
    mail: &Arrived,
) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM mails WHERE message_id = ? AND content = ? AND shop_id = '' AND became = 'unverified'",
    )
    .bind(&mail.message_id)
    .bind(mail.content.as_slice())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
