//! One mail, from its bytes to what becomes of it. Whatever it is, it ends with a [`Fate`]; an error means that
//! it may be tried again, and that nothing was stored.

use super::letter::{self, Letter};
use super::quote::Cut;
use super::sender::{self, Vouched};
use super::{Aside, Fate, MailError, Office, Unverified, attach, filing, found, loops, quote};
use crate::clock::Timestamp;
use crate::directory::address_key;
use crate::random;
use crate::rates::Identity;
use crate::store::conversation::NewMessage;
use crate::store::files::NewUpload;
use crate::store::mail::{
    Arrived, Assigned, By, Joined, MailTicket, Shopper, Suggestion, SuggestionField,
    SuggestionSource, Taken,
};
use partner_rules::wire::{Access, Author, AuthorKind};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// For reading one mail: hundreds of times what the largest takes.
const READ_TIME: Duration = Duration::from_secs(60);
/// What an answer says that says nothing.
const WORDLESS: &str = "…";

/// Who sent it, and for which shop.
pub(super) struct Sender {
    pub(super) shopper: Shopper,
    /// As compared.
    pub(super) sub: String,
}

impl Office {
    /// Takes a mail.
    pub async fn ingest(&self, raw: Vec<u8>) -> Result<Fate, MailError> {
        let bytes = u32::try_from(raw.len()).unwrap_or(u32::MAX);
        let (raw, read) = self.read(raw).await?;
        let letter = match read {
            Ok(letter) => letter,
            Err(aside) => return self.set_aside(&unread(&raw, bytes), aside).await,
        };
        let mail = arrived(&letter, bytes);
        let mut aside = loops::aside(&letter, &self.config);
        if aside.is_none() && self.store.sent_by_us(&letter.message_id).await? {
            aside = Some(Aside::OwnMessage);
        }
        if let Some(aside) = aside {
            return self.set_aside(&mail, aside).await;
        }
        match self.sender(&letter).await? {
            Ok(sender) => self.take(&letter, &mail, &sender).await,
            Err(why) => self.keep(&mail, why, &raw).await,
        }
    }

    /// Reads it where it holds nobody up, and where the worst that can happen is that this one is not read.
    pub(super) async fn read(
        &self,
        raw: Vec<u8>,
    ) -> Result<(Vec<u8>, Result<Letter, Aside>), MailError> {
        let max = self.config.max_bytes;
        let kept = raw.clone();
        let reading = tokio::task::spawn_blocking(move || letter::read(&raw, max));
        match tokio::time::timeout(READ_TIME, reading).await {
            Ok(Ok(read)) => Ok((kept, read)),
            // The parser gave up on it.
            Ok(Err(_)) => Ok((kept, Err(Aside::Unreadable))),
            Err(_) => Err(MailError::Slow),
        }
    }

    /// Exactly one shop's user, whom our mail server vouches for. Access is to the widget; the other channels are
    /// there for those who have none, too. Of several shops the one that grants some is meant.
    async fn sender(&self, letter: &Letter) -> Result<Result<Sender, Unverified>, MailError> {
        let vouched = match sender::vouched(&letter.fields, &letter.from, &self.config) {
            Ok(vouched) => vouched,
            Err(doubt) => return Ok(Err(doubt.into())),
        };
        let Vouched { key, email: _ } = vouched;
        let mut shoppers = self.store.shoppers(&key).await?;
        if shoppers.iter().any(|one| one.access != Access::None) {
            shoppers.retain(|one| one.access != Access::None);
        }
        let first = shoppers.pop();
        Ok(match first {
            None => Err(Unverified::UnknownUser),
            Some(_) if !shoppers.is_empty() => Err(Unverified::SeveralShops),
            Some(shopper) => Ok(Sender { shopper, sub: key }),
        })
    }

    async fn set_aside(&self, mail: &Arrived, aside: Aside) -> Result<Fate, MailError> {
        let now = self.clock.now();
        self.store.note_set_aside(mail, aside.code(), now).await?;
        Ok(Fate::SetAside(aside))
    }

    async fn keep(&self, mail: &Arrived, why: Unverified, raw: &[u8]) -> Result<Fate, MailError> {
        let room = self.config.unverified_bytes_per_day;
        let now = self.clock.now();
        let kept = self
            .store
            .keep_unverified(mail, why.code(), raw, room, now)
            .await?;
        match kept {
            Some(Taken::New(id)) => Ok(Fate::Unverified(id)),
            Some(Taken::Known | Taken::Gone) => Ok(Fate::Known),
            None => Err(MailError::Full),
        }
    }

    async fn take(
        &self,
        letter: &Letter,
        mail: &Arrived,
        sender: &Sender,
    ) -> Result<Fate, MailError> {
        let by = By {
            shop_id: &sender.shopper.shop_id,
            sub: &sender.sub,
        };
        if self.store.knows_mail(mail, by).await? {
            return Ok(Fate::Known);
        }
        let thread = self.store.thread(&letter.named, by.shop_id, by.sub).await?;
        match thread {
            Some(ticket_id) => self.join(letter, mail, sender, ticket_id, None).await,
            None => self.file(letter, mail, sender, None).await,
        }
    }

    /// A new ticket; `assigned`: the unverified mail that it was.
    pub(super) async fn file(
        &self,
        letter: &Letter,
        mail: &Arrived,
        sender: &Sender,
        assigned: Option<Assigned<'_>>,
    ) -> Result<Fate, MailError> {
        let Sender { shopper, sub } = sender;
        let mut nobodys = self.config.keys.clone();
        nobodys.insert(sub.clone());
        let catalogue = self.policy.rules().catalogue();
        let mut found = found::read(letter, catalogue, &nobodys);
        let (ticket, cut) = filing::record(self, letter, &found, shopper, sub);
        let whose = Identity {
            shop_id: &shopper.shop_id,
            sub,
        };
        let whole = cut.then(|| filing::whole(letter));
        let attached = self
            .attach(whose, &letter.enclosures, whole.as_deref())
            .await?;
        found.suggestions.extend(refused(&attached));
        let files = uploads(&attached, whose, ticket.created_at);
        let by = author(shopper, letter);
        let filing = MailTicket {
            mail,
            by: &by,
            files: &files,
            suggestions: &found.suggestions,
            assigned,
            ticket,
        };
        let outcome = self.store.file_mail(filing).await;
        let taken = self.settled(outcome, &attached).await?;
        Ok(match taken {
            Taken::New(reference) => Fate::Ticket(reference),
            Taken::Known | Taken::Gone => Fate::Known,
        })
    }

    /// An answer on this ticket; `assigned` as in [`Self::file`].
    pub(super) async fn join(
        &self,
        letter: &Letter,
        mail: &Arrived,
        sender: &Sender,
        ticket_id: i64,
        assigned: Option<Assigned<'_>>,
    ) -> Result<Fate, MailError> {
        let Sender { shopper, sub } = sender;
        let text = filing::whole(letter);
        let (own, cut) = quote::answer(&text);
        let max = self.policy.rules().limits().description_max;
        let (own, too_long) = filing::shortened(&own, max);
        // A file alone is an answer too.
        let own = [own.as_str(), &letter.subject, WORDLESS]
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default();
        let whose = Identity {
            shop_id: &shopper.shop_id,
            sub,
        };
        // What is marked as quoted is on the ticket already; what else was left out is kept beside.
        let whole = (too_long || cut == Cut::Below).then_some(text.as_str());
        let attached = self.attach(whose, &letter.enclosures, whole).await?;
        let now = self.clock.now();
        let id = random::hex(&random::bytes::<16>()?);
        let author = author(shopper, letter);
        let message = NewMessage {
            id: &id,
            author: &author,
            text: own,
            uploads: &[],
        };
        let joined = Joined {
            mail,
            ticket_id,
            by: By {
                shop_id: &shopper.shop_id,
                sub,
            },
            message: &message,
            files: &uploads(&attached, whose, now),
            suggestions: &refused(&attached).collect::<Vec<_>>(),
            most: self.messages,
            assigned,
        };
        let outcome = self.store.join_mail(&joined, now).await;
        match self.settled(outcome, &attached).await? {
            Taken::New(reference) => Ok(Fate::Reply(reference)),
            Taken::Known => Ok(Fate::Known),
            // Nobody chose the ticket, so another one will do.
            Taken::Gone if assigned.is_none() => {
                Box::pin(self.file(letter, mail, sender, None)).await
            }
            Taken::Gone => Ok(Fate::Known),
        }
    }

    /// Files that no row names are removed, unless the row may be there after all.
    async fn settled(
        &self,
        outcome: Result<Taken, crate::store::StoreError>,
        attached: &attach::Attached,
    ) -> Result<Taken, MailError> {
        match outcome {
            Ok(taken @ Taken::New(_)) => Ok(taken),
            Ok(taken @ (Taken::Known | Taken::Gone)) => {
                self.drop_files(attached).await;
                Ok(taken)
            }
            Err(cause) => Err(cause.into()),
        }
    }
}

fn author(shopper: &Shopper, letter: &Letter) -> Author {
    Author {
        kind: AuthorKind::Partner,
        name: filing::name(shopper, letter),
        email: Some(shopper.email.clone()),
    }
}

fn uploads<'a>(
    attached: &'a attach::Attached,
    whose: Identity<'a>,
    created_at: Timestamp,
) -> Vec<NewUpload<'a>> {
    attached
        .kept
        .iter()
        .map(|kept| NewUpload {
            id: &kept.id,
            whose,
            name: &kept.name,
            size: kept.size,
            sha256: &kept.sha256,
            content_type: kept.content_type,
            created_at,
        })
        .collect()
}

fn refused(attached: &attach::Attached) -> impl Iterator<Item = Suggestion> {
    attached.refused.iter().map(|name| Suggestion {
        field: SuggestionField::RefusedFile,
        value: name.clone(),
        source: SuggestionSource::File,
    })
}

/// What a mail is known by.
pub(super) fn arrived(letter: &Letter, bytes: u32) -> Arrived {
    let from = letter.from.first().map(String::as_str).unwrap_or_default();
    Arrived {
        message_id: letter.message_id.clone(),
        content: letter.content(),
        from_email: letter::line(&address_key(from)),
        from_name: letter.from_name.clone(),
        subject: letter.subject.clone(),
        bytes,
    }
}

/// What is known of a mail that was not read.
fn unread(raw: &[u8], bytes: u32) -> Arrived {
    Arrived {
        message_id: String::new(),
        content: Sha256::digest(raw).into(),
        from_email: String::new(),
        from_name: String::new(),
        subject: String::new(),
        bytes,
    }
}
