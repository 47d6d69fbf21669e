//! What happened to a shop's tickets, in order, for those who watch. Written in the change's own transaction
//! and nowhere else: an event is there exactly when what it tells of is.

mod read;

pub use read::{News, Since};

use super::{StoreError, codes};
use crate::clock::Timestamp;
use crate::store::sql::{Transaction, query};
use partner_rules::wire::EventChange;

/// What is about to be told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'a> {
    pub(super) ticket_id: i64,
    pub(super) change: EventChange,
    /// The only user who is told; `None`: all who may see the ticket.
    pub(super) sub: Option<&'a str>,
}

/// Appends an event. `None`: nothing to tell, but what users of this shop may see may have changed.
pub(super) async fn note(
    transaction: &mut Transaction,
    shop_id: &str,
    at: Timestamp,
    news: Option<Entry<'_>>,
) -> Result<(), StoreError> {
    let counted = query(
        "INSERT INTO event_counters (shop_id, last) VALUES (?, 1) ON CONFLICT (shop_id) DO UPDATE SET last = event_counters.last + 1 RETURNING last",
    )
    .bind(shop_id)
    .fetch_one(&mut *transaction)
    .await?;
    let number: i64 = counted.try_get("last")?;
    query(
        "INSERT INTO events (shop_id, number, at, ticket_id, change, sub) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(shop_id)
    .bind(number)
    .bind(at.millis())
    .bind(news.map(|news| news.ticket_id))
    .bind(news.map(|news| codes::text(&news.change)).transpose()?)
    .bind(news.and_then(|news| news.sub))
    .execute(&mut *transaction)
    .await?;
    Ok(())
}
