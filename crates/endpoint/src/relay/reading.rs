//! What happened to a ticket at the portal, read back: status, public words, flag and severity. What is private there
//! is never asked for in full, and never brought here.

use super::client::Ask;
use super::portal::{PATIENCE, Ticket, Trouble, id, parse};
use super::worker::{Stop, held};
use super::{Relay, conversation, fields};
use crate::casework::{News, Rules, upstream};
use crate::clock::Timestamp;
use crate::mail::html;
use crate::random;
use crate::store::relay::{Heard, Job, Standing};
use partner_rules::email;
use serde::Deserialize;
use serde_json::Value;

/// Entries of a conversation that are asked for at a time.
const PAGE: usize = 100;
/// So many pages are read; nobody writes more.
const PAGES: usize = 20;
/// Characters of what partners are shown, as of what they write.
const TEXT_MAX: usize = 32_000;
const NAME_MAX: usize = 80;

/// A comment or a mail, as lists show it; a mail's text is asked for.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    id: Value,
    #[serde(rename = "type")]
    kind: Option<String>,
    /// Of a comment.
    is_public: Option<bool>,
    commenter: Option<Person>,
    commented_time: Option<String>,
    content: Option<String>,
    /// Of a mail.
    visibility: Option<String>,
    direction: Option<String>,
    status: Option<String>,
    #[serde(default)]
    is_description_thread: Option<bool>,
    author: Option<Person>,
    created_time: Option<String>,
    summary: Option<String>,
}

#[derive(Deserialize)]
struct Person {
    name: Option<String>,
}

#[derive(Deserialize)]
struct Entries {
    data: Vec<Entry>,
}

/// What an entry is to partners.
enum Kind {
    Comment,
    Mail,
    /// Nothing, now and later.
    Never,
    /// Nothing yet: it is being written or sent.
    NotYet,
}

impl Relay {
    pub(super) async fn read_back(&self, job: &Job, upstream_id: &str) -> Result<(), Stop> {
        // First the ticket, then what was said: what is said between the two changes it again.
        let ticket = self.whole(upstream_id).await?;
        let standing = ticket.standing(&self.config.fields);
        self.listen(job, upstream_id).await?;
        let said = standing.status.as_deref();
        if let Some((said, status)) = said.and_then(|said| Some((said, fields::status(said)?))) {
            let now = self.clock.now();
            held(self.store.relay_follow(job, said, status, now).await?)?;
        }
        self.take_over(job, &ticket, &standing).await?;
        let now = self.clock.now();
        held(self.store.relay_done(job, &standing, now).await?)
    }

    async fn listen(&self, job: &Job, upstream_id: &str) -> Result<(), Stop> {
        let known = self.store.relay_known(job).await?;
        let mut new = Vec::new();
        for entry in self.conversation(upstream_id).await? {
            let entry_id = id(&entry.id)?;
            if !known.contains(&entry_id) {
                new.push((entry_id, entry));
            }
        }
        // In the order in which it was said, whatever the portal's order is.
        new.sort_by_key(|(_, one)| one.time());
        for (entry_id, entry) in new {
            let heard = match entry.kind(&job.ticket.reference) {
                Kind::NotYet => continue,
                Kind::Never => None,
                Kind::Comment => heard(&entry.commenter, entry.content.as_deref(), entry.time())?,
                Kind::Mail => {
                    held(self.store.renew_relay(job, self.lease()).await?)?;
                    let content = self.content(upstream_id, &entry_id, &entry).await?;
                    heard(&entry.author, Some(&content), entry.time())?
                }
            };
            let now = self.clock.now();
            held(
                self.store
                    .relay_hear(job, &entry_id, heard.as_ref(), now)
                    .await?,
            )?;
        }
        Ok(())
    }

    async fn conversation(&self, ticket: &str) -> Result<Vec<Entry>, Trouble> {
        let mut entries = Vec::new();
        for page in 0..PAGES {
            let path = format!(
                "/api/v1/tickets/{ticket}/conversations?from={}&limit={PAGE}",
                page * PAGE
            );
            let answer = self.ask(Ask::Get { path: &path }, PATIENCE).await?;
            if answer.status == 204 {
                break;
            }
            let found: Entries = parse(&answer)?;
            let last = found.data.len() < PAGE;
            entries.extend(found.data);
            if last {
                break;
            }
        }
        Ok(entries)
    }

    /// A mail in full.
    async fn content(&self, ticket: &str, thread: &str, listed: &Entry) -> Result<String, Trouble> {
        let path = format!("/api/v1/tickets/{ticket}/threads/{thread}");
        let answer = self.ask(Ask::Get { path: &path }, PATIENCE).await?;
        let whole: Entry = parse(&answer)?;
        let summary = listed.summary.clone();
        Ok(whole.content.or(summary).unwrap_or_default())
    }

    /// Flag, severity and a completed address become the ticket's, if they have changed there.
    async fn take_over(&self, job: &Job, ticket: &Ticket, standing: &Standing) -> Result<(), Stop> {
        let (flag, severity) = self.store.relay_read(job).await?;
        let address = ticket.cf.get(&self.config.fields.customer_email);
        let address = address.and_then(Value::as_str).map(str::trim);
        let address = address.and_then(|text| email::parse(text).ok());
        let turned = match (flag, standing.flag) {
            (before, Some(now)) if before != Some(now) && (now || before.is_some()) => Some(now),
            (_, Some(_) | None) => None,
        };
        let news = News {
            superadmin_email: address.map(|address| address.as_str().to_owned()),
            flag: turned,
            critical: fields::is_critical(standing.severity.as_deref())
                && !fields::is_critical(severity.as_deref()),
        };
        if news == News::default() {
            return Ok(());
        }
        let rules = Rules {
            policy: self.rules.policy.rules(),
            calendar: &self.rules.calendar,
        };
        let now = self.clock.now();
        let decide = |ticket: &_| upstream::next(ticket, &news, rules, now);
        held(self.store.relay_judge(job, decide).await?)
    }
}

impl Entry {
    fn kind(&self, reference: &str) -> Kind {
        match self.kind.as_deref() {
            // Whatever does not say that it is public is not.
            Some("comment") if self.is_public != Some(true) => Kind::Never,
            Some("comment") => {
                let content = self.content.as_deref().unwrap_or_default();
                if conversation::is_ours(reference, content) {
                    Kind::Never
                } else {
                    Kind::Comment
                }
            }
            Some("thread") => self.mail(),
            Some(_) | None => Kind::Never,
        }
    }

    fn mail(&self) -> Kind {
        let public = self.visibility.as_deref() == Some("public");
        let out = self.direction.as_deref() == Some("out");
        if !public || !out || self.is_description_thread == Some(true) {
            // A draft may still become public.
            return match self.status.as_deref() {
                Some("DRAFT" | "PENDING") => Kind::NotYet,
                Some(_) | None => Kind::Never,
            };
        }
        match self.status.as_deref() {
            Some("SUCCESS") => Kind::Mail,
            Some(_) | None => Kind::NotYet,
        }
    }

    fn time(&self) -> Option<Timestamp> {
        let said = self.commented_time.as_ref().or(self.created_time.as_ref());
        Timestamp::parse(said?)
    }
}

/// As partners are shown it; `None`: it says nothing.
fn heard(
    by: &Option<Person>,
    content: Option<&str>,
    at: Option<Timestamp>,
) -> Result<Option<Heard>, Trouble> {
    let shown = html::text(content.unwrap_or_default());
    let plain = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let text: String = shown.trim().chars().filter(plain).take(TEXT_MAX).collect();
    if text.is_empty() {
        return Ok(None);
    }
    let name = by.as_ref().and_then(|person| person.name.as_deref());
    let name = name.unwrap_or_default().trim().chars();
    let bytes = random::bytes::<16>().map_err(|_| Trouble::NotDone("no_randomness".to_owned()))?;
    Ok(Some(Heard {
        id: random::hex(&bytes),
        author: name.filter(|c| !c.is_control()).take(NAME_MAX).collect(),
        text,
        at,
    }))
}
