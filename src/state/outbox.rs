//! What was to be sent and is not accepted yet. The single truth about it: the form only shows one of
//! these. Nothing leaves the outbox but by an acceptance, a cancellation, or for being edited.

use super::fault::Fault;
use super::files::Files;
use super::reply::Remark;
use partner_rules::wire::NewTicket;
use partner_rules::{Dc, Draft};
use std::rc::Rc;

/// What is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parcel {
    Ticket {
        /// What was typed, to be shown and, as long as nothing has left, to be edited.
        draft: Draft,
        /// What is sent: frozen when it was submitted. `None`: put aside, not finished.
        body: Option<Rc<NewTicket>>,
    },
    /// A reply to a request, or a change of its status.
    Remark(Rc<Remark>),
}

/// A ticket on its way, or put aside; or something about a ticket that is filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its idempotency key, the same on every attempt, in every tab, after every reload.
    pub key: Rc<str>,
    pub parcel: Parcel,
    pub files: Files,
    /// Where it goes, in order of preference. They share a store, so the key counts at each of them.
    pub bases: Rc<[Rc<str>]>,
    /// When it was made, in milliseconds since 1970.
    pub made_ms: i64,
    pub standing: Standing,
    /// The round of sending in which it had its last turn.
    pub round: u32,
}

impl Entry {
    /// The ticket as it is sent.
    pub fn body(&self) -> Option<&Rc<NewTicket>> {
        match &self.parcel {
            Parcel::Ticket { body, .. } => body.as_ref(),
            Parcel::Remark(_) => None,
        }
    }

    pub fn draft(&self) -> Option<&Draft> {
        match &self.parcel {
            Parcel::Ticket { draft, .. } => Some(draft),
            Parcel::Remark(_) => None,
        }
    }

    pub fn remark(&self) -> Option<&Rc<Remark>> {
        match &self.parcel {
            Parcel::Remark(remark) => Some(remark),
            Parcel::Ticket { .. } => None,
        }
    }

    /// Where it belongs; `None`: it is not finished.
    pub fn dc(&self) -> Option<Dc> {
        match &self.parcel {
            Parcel::Ticket { body, .. } => Some(body.as_ref()?.dc),
            Parcel::Remark(remark) => Some(remark.dc),
        }
    }

    /// Whether it is about the request with this reference.
    pub fn is_about(&self, reference: &str) -> bool {
        self.remark()
            .is_some_and(|remark| *remark.reference == *reference)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A draft that made room for another; goes nowhere by itself.
    Aside,
    /// Nothing of it has left yet.
    Waiting { fault: Fault },
    /// Under way.
    Sending {
        attempt: u32,
        /// An earlier attempt may have been stored: only an answer about this key settles it.
        uncertain: bool,
        /// Somebody pressed a button for it and waits for what comes of it.
        by_hand: bool,
        /// Its files went up once more, since the endpoint did not have them any longer.
        renewed: bool,
    },
    /// It may have been stored. Only the same body may go again.
    Unknown { fault: Fault },
    /// Nothing was stored.
    Refused { fault: Fault },
    /// Not known for so long that the endpoint has forgotten the key: sent again it might be filed twice.
    Stale,
}

/// The endpoint keeps keys for at least 30 days; a day is for clocks that differ.
const KEY_LIFE_MS: i64 = 29 * 86_400_000;

impl Standing {
    /// Whether it goes out again without anybody pressing a button.
    pub fn goes_by_itself(&self) -> bool {
        match self {
            Self::Waiting { .. } | Self::Unknown { .. } => true,
            Self::Aside | Self::Sending { .. } | Self::Refused { .. } | Self::Stale => false,
        }
    }

    /// Whether something of it may be stored at an endpoint already.
    pub fn is_uncertain(&self) -> bool {
        match self {
            Self::Sending { .. } | Self::Unknown { .. } => true,
            Self::Aside | Self::Waiting { .. } | Self::Refused { .. } | Self::Stale => false,
        }
    }
}

/// The pause before the next round of sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    pub attempt: u32,
    pub ms: u32,
    /// When it is over, once the shell has begun to wait.
    pub at_ms: Option<i64>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outbox {
    /// Oldest first.
    pub entries: Vec<Rc<Entry>>,
    pub pause: Option<Pause>,
    /// Counts the rounds: in each, everything that can go goes once.
    pub round: u32,
    /// Rounds in a row without an acceptance; the pauses grow with it.
    pub vain: u32,
    /// Whose cancellation was turned down, since it may be stored.
    pub kept: Option<Rc<str>>,
    /// The network came back while something was under way: what fails is tried again soon.
    pub nudged: bool,
    /// What was cancelled last, to be taken back.
    pub cancelled: Option<Rc<Entry>>,
}

/// The first pause after an attempt without an answer.
const FIRST_PAUSE_MS: u32 = 10_000;
const LONGEST_PAUSE_MS: u32 = 600_000;

impl Outbox {
    pub fn entry(&self, key: &str) -> Option<&Rc<Entry>> {
        self.entries.iter().find(|entry| &*entry.key == key)
    }

    pub fn entry_mut(&mut self, key: &str) -> Option<&mut Entry> {
        let entry = self.entries.iter_mut().find(|entry| &*entry.key == key)?;
        Some(Rc::make_mut(entry))
    }

    pub fn remove(&mut self, key: &str) -> Option<Rc<Entry>> {
        let at = self.entries.iter().position(|entry| &*entry.key == key)?;
        Some(self.entries.remove(at))
    }

    /// Puts an entry where its age belongs.
    pub fn put(&mut self, entry: Rc<Entry>) {
        self.remove(&entry.key);
        let younger = |known: &Rc<Entry>| known.made_ms > entry.made_ms;
        let at = self.entries.iter().position(younger);
        self.entries.insert(at.unwrap_or(self.entries.len()), entry);
    }

    /// Whether, after a crash at this moment, it must be taken for possibly stored.
    pub fn may_be_stored(entry: &Entry) -> bool {
        match entry.standing {
            Standing::Unknown { .. } | Standing::Stale => true,
            Standing::Sending { uncertain, .. } => uncertain || Self::is_ready(entry),
            Standing::Aside | Standing::Waiting { .. } | Standing::Refused { .. } => false,
        }
    }

    /// An unknown outcome grows stale.
    pub fn aged(mut entry: Entry, now_ms: i64) -> Entry {
        let old = entry.made_ms.saturating_add(KEY_LIFE_MS) < now_ms;
        if old && matches!(entry.standing, Standing::Unknown { .. }) {
            entry.standing = Standing::Stale;
        }
        entry
    }

    /// Its files are all there, so it can go itself.
    pub fn is_ready(entry: &Entry) -> bool {
        entry.files.upload_ids().is_some()
    }

    /// The entry that is sent by this attempt.
    pub fn sent_by(&self, attempt: u32) -> Option<&Rc<Entry>> {
        self.entries.iter().find(|entry| {
            matches!(entry.standing, Standing::Sending { attempt: sent, .. } if sent == attempt)
        })
    }

    pub fn is_sending(&self) -> bool {
        let sending = |entry: &Rc<Entry>| matches!(entry.standing, Standing::Sending { .. });
        self.entries.iter().any(sending)
    }

    /// Whether anything waits to go out by itself.
    pub fn is_waiting(&self) -> bool {
        let waits = |entry: &Rc<Entry>| entry.standing.goes_by_itself();
        self.entries.iter().any(waits)
    }

    /// The next one that has not had its turn in this round.
    pub fn next(&self) -> Option<Rc<str>> {
        let due = |entry: &&Rc<Entry>| {
            let goes = entry.standing.goes_by_itself() && entry.round < self.round;
            goes && self.ahead_of(entry).is_none()
        };
        self.entries
            .iter()
            .find(due)
            .map(|entry| Rc::clone(&entry.key))
    }

    /// What is about the same request, is older, and is not settled: what follows waits for it, so that
    /// replies arrive in their order and nothing is closed before it was answered.
    pub fn ahead_of(&self, entry: &Entry) -> Option<&Rc<Entry>> {
        let remark = entry.remark()?;
        let before = self
            .entries
            .iter()
            .take_while(|known| known.key != entry.key);
        let open = |known: &&Rc<Entry>| {
            let unsettled = match &known.standing {
                Standing::Waiting { .. } | Standing::Sending { .. } | Standing::Unknown { .. } => {
                    true
                }
                Standing::Aside | Standing::Refused { .. } | Standing::Stale => false,
            };
            unsettled && known.is_about(&remark.reference)
        };
        before.clone().find(open)
    }

    /// What is not settled about a request, oldest first.
    pub fn about<'a>(&'a self, reference: &'a str) -> impl Iterator<Item = &'a Rc<Entry>> {
        self.entries
            .iter()
            .filter(move |entry| entry.is_about(reference))
    }

    /// A time for what is made now: later than all that is there, since order counts and clocks are coarse.
    pub fn made_ms(&self, now_ms: i64) -> i64 {
        let last = self.entries.last().map(|entry| entry.made_ms);
        last.map_or(now_ms, |last| now_ms.max(last.saturating_add(1)))
    }

    /// What was submitted and is not accepted: what signing out would drop.
    pub fn unsent(&self) -> u32 {
        let submitted = |entry: &&Rc<Entry>| entry.dc().is_some();
        u32::try_from(self.entries.iter().filter(submitted).count()).unwrap_or(u32::MAX)
    }

    /// The pause after a round in vain: doubled each time, up to ten minutes. The shell adds chance.
    pub fn pause_ms(&self) -> u32 {
        let factor = 1_u32.checked_shl(self.vain.min(16)).unwrap_or(u32::MAX);
        FIRST_PAUSE_MS.saturating_mul(factor).min(LONGEST_PAUSE_MS)
    }
}
