//! Asks the portal now and then what has changed, whether it tells us or not.

use super::Relay;
use super::client::Ask;
use super::portal::{PATIENCE, Trouble, id, parse};
use crate::clock::Timestamp;
use crate::store::StoreError;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::Value;

/// Between two questions of all programs together.
const EVERY_S: i64 = 60;
/// Longer than the question takes: whoever dies at it is followed by somebody else.
const LEASE_S: i64 = 300;
/// How far the portal's search may be behind; asked for again, and known already for the most part.
const OVERLAP_S: i64 = 900;
/// At first: what happened before we came to know the portal is not ours.
const FIRST_S: i64 = 24 * 60 * 60;
/// What the portal gives at a time, and how far it goes.
const PAGE: usize = 100;
const LAST: usize = 4900;
/// Open tickets are read again after this, even if no search ever names them; so many at a time.
const OLD_S: i64 = 6 * 60 * 60;
const OLD: u32 = 10;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Hit {
    id: Value,
    modified_time: Option<String>,
}

#[derive(Deserialize)]
struct Hits {
    data: Vec<Hit>,
}

impl Relay {
    /// Asks, if it is time, and marks the tickets that are to be read again.
    pub async fn poll(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        if self.pace.is_slow(now) {
            return Ok(());
        }
        let lease = now.plus_seconds(LEASE_S);
        let Some(seen) = self.store.begin_poll(now, lease).await? else {
            return Ok(());
        };
        let since = match seen.millis() {
            0 => now.plus_seconds(-FIRST_S),
            _ => seen.plus_seconds(-OVERLAP_S),
        };
        let seen = match self.changed(since, now).await {
            Ok(()) => Some(now),
            Err(Stop::Store(cause)) => return Err(cause),
            Err(Stop::Trouble(trouble)) => {
                self.trouble(now, &trouble).await?;
                None
            }
        };
        self.store
            .look_at_old(now.plus_seconds(-OLD_S), now, OLD)
            .await?;
        let next = self.clock.now().plus_seconds(EVERY_S);
        self.store.end_poll(lease, next, seen).await
    }

    async fn changed(&self, since: Timestamp, until: Timestamp) -> Result<(), Stop> {
        let range = format!("{},{}", since.rfc3339(), until.rfc3339());
        let range = utf8_percent_encode(&range, NON_ALPHANUMERIC).to_string();
        for from in (0..=LAST).step_by(PAGE) {
            let path = format!(
                "/api/v1/tickets/search?departmentId={}&modifiedTimeRange={range}&sortBy=modifiedTime&from={from}&limit={PAGE}",
                self.config.department_id
            );
            let answer = self.ask(Ask::Get { path: &path }, PATIENCE).await?;
            if answer.status == 204 {
                return Ok(());
            }
            let hits: Hits = parse(&answer)?;
            for hit in &hits.data {
                let modified = hit.modified_time.as_deref();
                self.store
                    .look_again(&id(&hit.id)?, modified, until)
                    .await?;
            }
            if hits.data.len() < PAGE {
                return Ok(());
            }
        }
        tracing::warn!("more has changed at the portal than it lists");
        Ok(())
    }

    async fn trouble(&self, now: Timestamp, trouble: &Trouble) -> Result<(), StoreError> {
        let problem = match trouble {
            Trouble::Slow(said) => {
                self.slow_down(now, *said).await?;
                return Ok(());
            }
            Trouble::NotDone(code) | Trouble::Unknown(code) | Trouble::Refused(code, _) => code,
        };
        tracing::warn!(problem, "what has changed at the portal is asked for later");
        Ok(())
    }
}

enum Stop {
    Store(StoreError),
    Trouble(Trouble),
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
