//! What happened to a ticket here, told to the portal one after the other: each once, by looking before repeating.

use super::client::{Content, Form};
use super::portal::{Ticket, Trouble};
use super::worker::{Stop, after, held};
use super::{Relay, conversation, fields};
use crate::store::relay::{Change, Job, What, Words};
use partner_rules::wire::{Attachment, Status};
use serde_json::{Value, json};
use std::time::Duration;

/// What was said is there at once or never, as soon as the request that said it has ended: longer than any call.
const SETTLING: Duration = Duration::from_secs(120);

impl Relay {
    /// Tells the portal one thing, unless it knows already.
    pub(super) async fn tell(&self, job: &Job, id: &str, change: &Change) -> Result<(), Stop> {
        let told = match &change.what {
            What::Verdict if !self.config.write_verdict => None,
            What::Fields | What::Verdict => self.set_fields(job, id, change).await?,
            What::Status(status) => self.set_status(job, id, change, *status).await?,
            What::Reply(words) => Some(self.reply(job, id, change, words).await?),
        };
        let now = self.clock.now();
        held(
            self.store
                .change_done(job, change, told.as_deref(), now)
                .await?,
        )
    }

    async fn set_fields(
        &self,
        job: &Job,
        id: &str,
        change: &Change,
    ) -> Result<Option<String>, Stop> {
        let wanted = fields::completed(&job.ticket, &self.config);
        let is_so = |ticket: &Ticket| {
            let same = |(name, value)| ticket.cf.get(name) == Some(value);
            wanted.iter().all(same)
        };
        let body = json!({"cf": wanted});
        self.set(job, id, change, &body, is_so).await
    }

    async fn set_status(
        &self,
        job: &Job,
        id: &str,
        change: &Change,
        status: Status,
    ) -> Result<Option<String>, Stop> {
        let is_so = |ticket: &Ticket| {
            let standing = ticket.standing(&self.config.fields);
            standing.status.as_deref().and_then(fields::status) == Some(status)
        };
        let body = json!({"status": fields::words_of(status)});
        self.set(job, id, change, &body, is_so).await
    }

    async fn set(
        &self,
        job: &Job,
        id: &str,
        change: &Change,
        body: &Value,
        is_so: impl Fn(&Ticket) -> bool,
    ) -> Result<Option<String>, Stop> {
        if change.begun_at.is_some() && is_so(&self.whole(id).await?) {
            return Ok(None);
        }
        self.begin(job, change).await?;
        let altered = self.alter(id, body).await;
        self.certain(job, change, altered).await?;
        Ok(None)
    }

    async fn reply(
        &self,
        job: &Job,
        id: &str,
        change: &Change,
        words: &Words,
    ) -> Result<String, Stop> {
        let reference = &job.ticket.reference;
        if let Some(begun_at) = change.begun_at {
            if let Some(found) = self.said(id, reference, words).await? {
                return Ok(found);
            }
            let settled = after(begun_at, SETTLING.min(self.config.settling));
            if self.clock.now() < settled {
                return Err(Stop::Unsettled(settled));
            }
        }
        let (content, whole) = conversation::written(reference, words);
        let uploads = self
            .uploads(job, &words.attachments, ("message.txt", whole.as_deref()))
            .await?;
        self.begin(job, change).await?;
        let said = self.say(id, &content, &uploads).await;
        self.certain(job, change, said).await
    }

    async fn begin(&self, job: &Job, change: &Change) -> Result<(), Stop> {
        let now = self.clock.now();
        held(
            self.store
                .begin_change(job, change.id, now, self.lease())
                .await?,
        )
    }

    /// A "no" is certain: then it is as open as it was before this attempt.
    async fn certain<T>(
        &self,
        job: &Job,
        change: &Change,
        answer: Result<T, Trouble>,
    ) -> Result<T, Stop> {
        match answer {
            Ok(done) => Ok(done),
            Err(trouble @ Trouble::Unknown(_)) => Err(trouble.into()),
            Err(trouble @ (Trouble::NotDone(_) | Trouble::Slow(_) | Trouble::Refused(..))) => {
                held(self.store.undo_change(job, change).await?)?;
                Err(trouble.into())
            }
        }
    }

    /// Every file anew: one that was sent before and is not used is thrown away by the portal. `whole`: a text that
    /// goes along as a file of this name.
    pub(super) async fn uploads(
        &self,
        job: &Job,
        attachments: &[Attachment],
        (name, whole): (&str, Option<&str>),
    ) -> Result<Vec<String>, Stop> {
        let kept = attachments.iter().map(|attachment| Form {
            name: &attachment.name,
            content_type: &attachment.content_type,
            content: Content::Kept(&self.files, attachment),
        });
        let whole = whole.map(|text| Form {
            name,
            content_type: "text/plain; charset=utf-8",
            content: Content::Text(text),
        });
        let mut ids = Vec::new();
        for file in kept.chain(whole) {
            held(self.store.renew_relay(job, self.lease()).await?)?;
            ids.push(self.upload(file).await?);
        }
        Ok(ids)
    }
}

/// Changes that a creation of the ticket as it is includes.
pub(super) fn included(changes: &[Change]) -> Vec<i64> {
    let of = |change: &Change| match change.what {
        What::Fields | What::Verdict => Some(change.id),
        What::Status(_) | What::Reply(_) => None,
    };
    changes.iter().filter_map(of).collect()
}
