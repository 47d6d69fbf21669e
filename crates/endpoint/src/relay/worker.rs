//! One ticket, as far as it goes today.

use super::changes::included;
use super::portal::Trouble;
use super::{Relay, fields, wait};
use crate::clock::Timestamp;
use crate::random;
use crate::store::StoreError;
use crate::store::relay::{Job, Later, RelayState, Upstream};
use serde_json::json;
use std::time::Duration;

/// Longer than any call: whoever has begun one has heard its end, or given up, before somebody else takes over.
const LEASE_S: i64 = 300;

/// What a worker did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Nothing was to be done.
    Idle,
    Worked,
}

/// Why a ticket was not carried to its end.
pub(super) enum Stop {
    Store(StoreError),
    /// Somebody else has taken over: not our business any more.
    Lost,
    Trouble(Trouble),
    /// Something may be there, and is not to be found yet; until then it may still show.
    Unsettled(Timestamp),
}

impl Relay {
    /// Takes the ticket that has been due for longest, and works on it.
    pub async fn turn(&self) -> Result<Turn, StoreError> {
        match self.claim().await? {
            None => Ok(Turn::Idle),
            Some(job) => {
                self.work(job).await?;
                Ok(Turn::Worked)
            }
        }
    }

    /// A ticket that is due, if there is one.
    pub(super) async fn claim(&self) -> Result<Option<Job>, StoreError> {
        let now = self.clock.now();
        if self.pace.is_slow(now) || !self.store.relay_is_due(now).await? {
            return Ok(None);
        }
        self.store
            .claim_relay(now, self.lease(), self.config.calls)
            .await
    }

    pub(super) async fn work(&self, mut job: Job) -> Result<(), StoreError> {
        // As it was when the lease began: what a refused creation goes back to.
        let doubt = job.begun_at;
        match self.carry(&mut job).await {
            Ok(()) => Ok(()),
            Err(Stop::Store(cause)) => Err(cause),
            Err(Stop::Lost) => {
                tracing::warn!(ticket = job.ticket.reference, "a lease was lost");
                Ok(())
            }
            Err(Stop::Unsettled(settled)) => self.unsettled(&job, settled).await,
            Err(Stop::Trouble(trouble)) => self.give_back(&job, doubt, trouble).await,
        }
    }

    async fn carry(&self, job: &mut Job) -> Result<(), Stop> {
        let id = match &job.upstream_id {
            Some(id) => id.clone(),
            None => {
                let (upstream, told) = self.exists_or_create(job).await?;
                let now = self.clock.now();
                held(self.store.relay_created(job, &upstream, &told, now).await?)?;
                job.changes.retain(|change| !told.contains(&change.id));
                job.begun_at = None;
                job.attempts = 0;
                job.upstream_id = Some(upstream.id.clone());
                upstream.id
            }
        };
        for change in std::mem::take(&mut job.changes) {
            self.tell(job, &id, &change).await?;
            job.attempts = 0;
        }
        self.read_back(job, &id).await
    }

    /// What it is called there, and the changes that are told by that.
    async fn exists_or_create(&self, job: &mut Job) -> Result<(Upstream, Vec<i64>), Stop> {
        if let Some(begun_at) = job.begun_at {
            if let Some(upstream) = self.look(&job.ticket.reference).await? {
                // As it was at an earlier attempt.
                return Ok((upstream, Vec::new()));
            }
            let settled = after(begun_at, self.config.settling);
            if self.clock.now() < settled {
                return Err(Stop::Unsettled(settled));
            }
        }
        let user = self
            .store
            .user(&job.ticket.shop_id, &job.ticket.created_by)
            .await?;
        let email = user
            .as_ref()
            .map_or(&job.ticket.created_by, |user| &user.email);
        let mut described = fields::describe(&job.ticket, email, &self.config);
        let whole = ("description.txt", described.whole.as_deref());
        let uploads = self.uploads(job, &job.attachments, whole).await?;
        if !uploads.is_empty()
            && let Some(body) = described.body.as_object_mut()
        {
            body.insert("uploads".to_owned(), json!(uploads));
        }
        let json = described.body.to_string().into_bytes();
        let now = self.clock.now();
        held(self.store.begin_relay(job, now, self.lease()).await?)?;
        job.begun_at = Some(now);
        let told = included(&job.changes);
        Ok((self.create(&json).await?, told))
    }

    async fn unsettled(&self, job: &Job, settled: Timestamp) -> Result<(), StoreError> {
        let now = self.clock.now();
        let next = after(now, wait::look(job.attempts, chance()));
        let later = Later {
            state: RelayState::Unknown,
            at: next.min(settled),
            begun_at: job.begun_at,
            problem: "not_found_yet",
            errors: &[],
            counts: true,
        };
        self.store.relay_later(job, &later).await?;
        Ok(())
    }

    /// `doubt`: a creation that was open before this attempt.
    async fn give_back(
        &self,
        job: &Job,
        doubt: Option<Timestamp>,
        trouble: Trouble,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        let doubt = match job.upstream_id {
            Some(_) => None,
            None => doubt,
        };
        let ticket = &job.ticket.reference;
        let open = |begun_at: Option<Timestamp>| match begun_at {
            Some(_) => RelayState::Unknown,
            None => RelayState::Waiting,
        };
        let mut later = Later {
            state: open(doubt),
            at: after(now, wait::backoff(job.attempts, chance())),
            begun_at: doubt,
            problem: "slow_down",
            errors: &[],
            counts: true,
        };
        match &trouble {
            Trouble::NotDone(code) => later.problem = code,
            // Of whatever call: it was the creation only if that has begun.
            Trouble::Unknown(code) => {
                later.problem = code;
                // From now on it takes its time until it can be found.
                let begun = job.begun_at != doubt;
                later.begun_at = if begun { Some(now) } else { doubt };
                later.state = open(later.begun_at);
            }
            Trouble::Slow(said) => {
                later.at = self.slow_down(now, *said).await?;
                later.counts = false;
            }
            Trouble::Refused(code, errors) => {
                later.problem = code;
                later.errors = errors;
                later.state = RelayState::Parked;
                later.at = now;
            }
        }
        let problem = later.problem;
        if later.state == RelayState::Parked {
            tracing::error!(
                ticket,
                problem,
                "a ticket is refused and waits for somebody"
            );
        } else {
            tracing::warn!(ticket, problem, "a ticket is handed on later");
        }
        self.store.relay_later(job, &later).await?;
        Ok(())
    }

    /// Everybody waits; until when this ticket does.
    pub(super) async fn slow_down(
        &self,
        now: Timestamp,
        said: Option<u64>,
    ) -> Result<Timestamp, StoreError> {
        let known = self.pace.until();
        // Without a word about it somebody else has heard it already, and this call was not even made.
        let until = match said {
            None if known > now => known,
            Some(_) | None => known.max(after(now, wait::slow(said))),
        };
        if until > known {
            self.pace.slow_down(until);
            self.store.slow_relay(until).await?;
            tracing::warn!("the portal asks for fewer calls: everybody waits");
        }
        let wait = u64::try_from(until.millis() - now.millis()).unwrap_or_default();
        let wait = Duration::from_millis(wait);
        Ok(after(until, wait::straggle(wait, chance())))
    }

    pub(super) fn lease(&self) -> Timestamp {
        self.clock.now().plus_seconds(LEASE_S)
    }
}

impl From<StoreError> for Stop {
    fn from(cause: StoreError) -> Self {
        Self::Store(cause)
    }
}

impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

pub(super) fn held(held: bool) -> Result<(), Stop> {
    if held { Ok(()) } else { Err(Stop::Lost) }
}

pub(super) fn after(now: Timestamp, wait: Duration) -> Timestamp {
    let millis = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
    Timestamp::from_millis(now.millis().saturating_add(millis))
}

/// Without randomness everybody waits the same.
fn chance() -> u32 {
    random::bytes().map_or(u32::MAX / 2, u32::from_le_bytes)
}
