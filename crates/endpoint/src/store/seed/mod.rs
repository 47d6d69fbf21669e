//! Data as a large installation has them, made up: shops, users, accounts, and years of tickets. For measuring and
//! for tests; the released program is built without this module.
//!
//! Everything is made inside the database, a few texts for all of it, so that a million tickets take minutes. The same
//! seed, sizes and instant give the same rows in both databases. Nobody's address is real: all are under `.example`.

mod activity;
mod people;
mod tickets;
mod words;

use super::sql::{Writer, query};
use super::{Store, StoreError, codes};
use crate::clock::Timestamp;
use partner_rules::Outcome;
use partner_rules::policy::{Hours, Policy};
use partner_rules::wire::ClassificationView;

/// Tickets in one transaction: bounds the log beside the database.
const BATCH: i64 = 20_000;
/// How far the tickets reach back.
const SPAN_MS: i64 = 3 * 365 * DAY_MS;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What is to be made.
#[derive(Clone, Debug)]
pub struct Seed {
    /// Shops, 1 to 99,999. The largest has a share of the tickets of one part in `sqrt(shops)`.
    pub shops: u32,
    pub tickets: u32,
    /// Another number makes other data of the same kind.
    pub seed: u32,
    /// When the last ticket was filed.
    pub now: Timestamp,
    /// The HS256 secret of every shop's key, whose `kid` is the shop's id.
    pub secret: String,
}

#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    #[error("there is a shop already: only an empty database is filled")]
    NotEmpty,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Seed {
    /// Customers, each with an account: a twentieth of the tickets, 10 at least.
    pub(super) fn customers(&self) -> u32 {
        (self.tickets / 20).max(10)
    }
}

/// The id of a shop by its number, from 0 on; the same in the texts of this module.
pub fn shop_id(number: u32) -> String {
    format!("shop-{}", 100_000 + number)
}

impl Store {
    /// Fills an empty database. `step` hears how many tickets there are.
    pub async fn seed(
        &self,
        seed: &Seed,
        policy: &Policy,
        mut step: impl FnMut(u32),
    ) -> Result<(), SeedError> {
        let any = query("SELECT 1 AS one FROM shops LIMIT 1")
            .fetch_optional(&self.readers)
            .await
            .map_err(StoreError::from)?;
        if any.is_some() {
            return Err(SeedError::NotEmpty);
        }
        self.hasten().await?;
        people::add(self, seed).await?;
        let verdicts = Verdicts::new(policy)?;
        let mut first = 1;
        while first <= i64::from(seed.tickets) {
            let last = (first + BATCH - 1).min(i64::from(seed.tickets));
            let mut transaction = self.write().await?;
            tickets::add(&mut transaction, seed, &verdicts, (first, last)).await?;
            activity::add(&mut transaction, seed, (first, last)).await?;
            transaction.commit().await.map_err(StoreError::from)?;
            step(u32::try_from(last).unwrap_or(seed.tickets));
            first = last + 1;
        }
        activity::finish(self, seed).await?;
        self.settle().await
    }

    /// Speed before safety: what is lost with the machine is made again.
    async fn hasten(&self) -> Result<(), SeedError> {
        match &self.writer {
            Writer::Sqlite(pool) => {
                sqlx::raw_sql("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA temp_store = MEMORY")
                    .execute(pool)
                    .await?;
            }
            Writer::Postgres(pool) => {
                sqlx::raw_sql("SET synchronous_commit = off; SET work_mem = '256MB'")
                    .execute(pool)
                    .await?;
            }
        }
        Ok(())
    }

    /// As a database is that has been running: statistics are taken, the log is empty, numbers go on after the rows.
    async fn settle(&self) -> Result<(), SeedError> {
        match &self.writer {
            Writer::Sqlite(pool) => {
                sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA synchronous = FULL; PRAGMA cache_size = -2000")
                    .execute(pool)
                    .await?;
            }
            Writer::Postgres(pool) => {
                for sql in [
                    "SELECT setval(pg_get_serial_sequence('tickets', 'id'), (SELECT max(id) FROM tickets))",
                    "SELECT setval(pg_get_serial_sequence('accounts', 'id'), (SELECT max(id) FROM accounts))",
                    "VACUUM (ANALYZE) tickets, ticket_history, messages, ticket_seen, ticket_audit, idempotency_keys, users,
                        accounts, account_addresses, account_domains, account_identifiers, subscriptions, events,
                        verify_audit, feedback, shops, shop_keys",
                    "RESET synchronous_commit",
                    "RESET work_mem",
                ] {
                    sqlx::raw_sql(sql).execute(pool).await?;
                }
            }
        }
        Ok(())
    }
}

/// Verdicts as the rules' own types write them, so that whatever reads tickets can read these.
pub(super) struct Verdicts {
    priority: String,
    standard: String,
    undecided: String,
    manual: String,
    hours: Hours,
}

impl Verdicts {
    fn new(policy: &Policy) -> Result<Self, StoreError> {
        let commitment = policy.commitments().first().map(|first| first.hours());
        let json = |outcome, commitment| {
            codes::to_json(&ClassificationView {
                outcome,
                metric: None,
                reasons: Vec::new(),
                commitment,
                policy_version: policy.version().to_owned(),
            })
        };
        Ok(Self {
            priority: json(Outcome::Priority, commitment)?,
            standard: json(Outcome::Standard, None)?,
            undecided: json(Outcome::Undecided, None)?,
            manual: json(Outcome::Manual, None)?,
            hours: commitment.unwrap_or(Hours {
                first_response_h: [0; 2],
                problem_determination_h: [0; 2],
                resolution_h: [0; 2],
            }),
        })
    }
}
