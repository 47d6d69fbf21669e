//! What agents do, in the database: one transaction per act, whatever the act is.
//!
//! Agents see every shop's tickets. Nothing in here may be asked for a partner.

pub(super) mod audit;
mod enter;
mod keys;
mod queues;
mod remind;
pub(super) mod reverify;
mod standing;
mod view;

pub use enter::Entered;
pub use keys::Once;
pub use queues::Queued;
pub use standing::{ShopShare, TargetCount};
pub use view::WholeCase;

use super::conversation::messages;
use super::idempotency::Bound;
use super::tickets::{self, history, row};
use super::{Store, StoreError, codes, files};
use crate::casework::{Agent, Done, NewWords, Step};
use crate::clock::Timestamp;
use crate::rates::Identity;
use crate::store::sql::{Executor, Transaction, query};
use crate::ticket::Record;
use partner_rules::wire::{Author, Message};

/// What became of an attempt to do something.
#[derive(Debug)]
pub enum Worked<E> {
    /// Stored just now.
    Done(Box<Done>),
    /// The key stood for something already.
    Bound(Bound),
    NoTicket,
    /// The ticket does not allow it.
    Refused(E),
    /// An upload is unknown, used, too old or somebody else's.
    UploadGone,
}

impl Store {
    /// A ticket of any shop, and its row.
    pub async fn case(&self, reference: &str) -> Result<Option<(Record, i64)>, StoreError> {
        find(&self.readers, reference).await
    }

    /// Does to a ticket what `decide` says, all of it or nothing. `message_id`: told by nobody before, in case
    /// there is a message.
    #[expect(
        clippy::too_many_arguments,
        reason = "all of them belong to the one transaction"
    )]
    pub(crate) async fn work<E>(
        &self,
        reference: &str,
        agent: &Agent,
        sub: &str,
        message_id: &str,
        once: Option<Once<'_>>,
        now: Timestamp,
        decide: impl FnOnce(Record) -> Result<Step, E>,
    ) -> Result<Worked<E>, StoreError> {
        let mut transaction = self.write().await?;
        if let Some(once) = once
            && let Some(bound) = keys::find(&mut transaction, once).await?
        {
            return Ok(Worked::Bound(bound));
        }
        let Some((ticket, ticket_id)) = find(&mut transaction, reference).await? else {
            return Ok(Worked::NoTicket);
        };
        let mut step = match decide(ticket) {
            Ok(step) => step,
            Err(refusal) => return Ok(Worked::Refused(refusal)),
        };
        let author = agent.author();
        let said = Said {
            id: message_id,
            author: &author,
            sub,
            at: step.ticket.updated_at.max(now),
        };
        let message = match step.words.take() {
            None => None,
            Some(words) => {
                match say(&mut transaction, (ticket_id, &step.ticket), &words, &said).await? {
                    None => return Ok(Worked::UploadGone),
                    message => message,
                }
            }
        };
        write(&mut transaction, ticket_id, &step, Some(&author)).await?;
        for line in &step.audit {
            audit::note(&mut transaction, ticket_id, said.at, Some(agent), line).await?;
        }
        let done = Done {
            receipt: step.ticket.receipt(),
            message,
            draft: step.draft,
            replayed: false,
        };
        if let Some(once) = once {
            let answer = codes::to_json(&done)?;
            keys::bind(&mut transaction, once, &answer, now).await?;
        }
        transaction.commit().await?;
        Ok(Worked::Done(Box::new(done)))
    }
}

/// Who says something, when.
struct Said<'a> {
    id: &'a str,
    author: &'a Author,
    /// Whom the uploads belong to.
    sub: &'a str,
    at: Timestamp,
}

/// Writes a message with its files; `None`: a file is not there to be taken.
async fn say(
    transaction: &mut Transaction,
    (ticket_id, ticket): (i64, &Record),
    words: &NewWords,
    said: &Said<'_>,
) -> Result<Option<Message>, StoreError> {
    let row = messages::insert_words(transaction, ticket_id, said.id, said.author, words, said.at)
        .await?;
    let place = files::Place {
        ticket_id,
        message_id: Some(row),
    };
    let whose = Identity {
        shop_id: &ticket.shop_id,
        sub: said.sub,
    };
    if !files::take(transaction, place, whose, &words.uploads, said.at).await? {
        return Ok(None);
    }
    Ok(Some(Message {
        id: said.id.to_owned(),
        created_at: said.at.rfc3339(),
        author: said.author.clone(),
        text: words.text.clone(),
        attachments: files::of_message(&mut *transaction, row).await?,
        status_note: words.status_note,
    }))
}

/// Writes what has changed about the ticket, and, if partners see it, that it has.
pub(super) async fn write(
    transaction: &mut Transaction,
    ticket_id: i64,
    step: &Step,
    by: Option<&Author>,
) -> Result<(), StoreError> {
    row::decide(transaction, ticket_id, &step.ticket).await?;
    let Some(change) = step.change else {
        return Ok(());
    };
    if !step.is_reply() {
        let entry = history::Entry {
            at: step.ticket.updated_at,
            change,
            by,
            reason: step.reason.as_deref(),
        };
        history::note(transaction, ticket_id, &step.ticket, &entry).await?;
    }
    tickets::touch(transaction, ticket_id, &step.ticket, None).await
}

pub(super) async fn find(
    executor: impl Into<Executor<'_>>,
    reference: &str,
) -> Result<Option<(Record, i64)>, StoreError> {
    let found = query("SELECT * FROM tickets WHERE reference = ?")
        .bind(reference)
        .fetch_optional(executor)
        .await?;
    found
        .map(|found| Ok((row::read(&found)?, found.try_get("id")?)))
        .transpose()
}
