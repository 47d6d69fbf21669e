//! What those who watch ask for: where the counter stands, and what came after an event that they know.

use crate::clock::Timestamp;
use crate::store::sql::{Row, Transaction, query};
use crate::store::tickets::Sight;
use crate::store::{Store, StoreError, codes};
use partner_rules::wire::TicketEvent;

/// How long events are kept, and how many of a shop: who was away for longer loads everything again.
const KEPT_SECONDS: i64 = 24 * 60 * 60;
const KEPT_PER_SHOP: i64 = 10_000;
/// At most so many at a time: what one write to a reader may be.
const PAGE: u32 = 100;

/// What happened after an event.
#[derive(Debug)]
pub enum Since {
    /// That event was never given, or what came after it is not kept any more.
    Lost {
        last: i64,
    },
    News(News),
}

#[derive(Debug)]
pub struct News {
    /// With their numbers, in order.
    pub events: Vec<(i64, TicketEvent)>,
    /// What this user may see may have changed.
    pub ask_again: bool,
    /// Everything up to this number is told with them, or is not for this user.
    pub upto: i64,
    /// There is more.
    pub more: bool,
}

struct Counter {
    last: i64,
    removed: i64,
}

impl Store {
    /// The number of the shop's last event; 0 before the first.
    pub async fn last_event(&self, shop_id: &str) -> Result<i64, StoreError> {
        let mut transaction = self.readers.begin().await?;
        let counter = counter(&mut transaction, shop_id).await?;
        transaction.commit().await?;
        Ok(counter.last)
    }

    /// What these eyes may know of what happened after the event with this number, as of one instant.
    pub async fn events_after(&self, sight: &Sight, number: i64) -> Result<Since, StoreError> {
        let mut transaction = self.readers.begin().await?;
        let Counter { last, removed } = counter(&mut transaction, &sight.shop_id).await?;
        if number == last {
            return Ok(Since::News(News {
                events: Vec::new(),
                ask_again: false,
                upto: last,
                more: false,
            }));
        }
        if !(removed..last).contains(&number) {
            return Ok(Since::Lost { last });
        }
        let rows = query(
            "SELECT number, change, reference FROM events LEFT JOIN tickets ON tickets.id = ticket_id
             WHERE events.shop_id = ? AND number > ? AND (sub IS NULL OR sub = ?)
                AND (ticket_id IS NULL OR ? IS NULL OR created_by = ?)
             ORDER BY number LIMIT ?",
        )
        .bind(&sight.shop_id)
        .bind(number)
        .bind(&sight.viewer)
        .bind(&sight.created_by)
        .bind(&sight.created_by)
        .bind(PAGE)
        .fetch_all(&mut transaction)
        .await?;
        transaction.commit().await?;
        news(&rows, last).map(Since::News)
    }

    /// The shops where something happened after this event of whichever, and the last one there is.
    pub async fn shops_with_news(&self, after: i64) -> Result<(Vec<String>, i64), StoreError> {
        let mut transaction = self.readers.begin().await?;
        let last = query("SELECT coalesce(max(id), 0) AS last FROM events")
            .fetch_one(&mut transaction)
            .await?
            .try_get("last")?;
        // Not the bare column: SQLite would read the whole index of shops, which has it in order.
        let rows = query("SELECT DISTINCT shop_id || '' AS shop_id FROM events WHERE id > ?")
            .bind(after)
            .fetch_all(&mut transaction)
            .await?;
        transaction.commit().await?;
        let shops = rows.iter().map(|row| row.try_get("shop_id"));
        Ok((shops.collect::<Result<_, _>>()?, last))
    }

    /// Removes events that are too old, or too many of one shop.
    pub async fn forget_old_events(&self, now: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        // By number and not by time: a clock that was set back leaves no gap.
        query(
            "UPDATE event_counters AS counter SET removed = (SELECT max(number) FROM (
                SELECT counter.removed AS number UNION ALL SELECT counter.last - ?
                UNION ALL SELECT number FROM events WHERE events.shop_id = counter.shop_id AND at < ?) AS gone)",
        )
        .bind(KEPT_PER_SHOP)
        .bind(now.plus_seconds(-KEPT_SECONDS).millis())
        .execute(&mut transaction)
        .await?;
        query(
            "DELETE FROM events WHERE id IN (
                SELECT events.id FROM event_counters JOIN events USING (shop_id) WHERE number <= removed)",
        )
        .execute(&mut transaction)
        .await?;
        Ok(transaction.commit().await?)
    }
}

async fn counter(transaction: &mut Transaction, shop_id: &str) -> Result<Counter, StoreError> {
    let row = query("SELECT last, removed FROM event_counters WHERE shop_id = ?")
        .bind(shop_id)
        .fetch_optional(&mut *transaction)
        .await?;
    let Some(row) = row else {
        return Ok(Counter {
            last: 0,
            removed: 0,
        });
    };
    Ok(Counter {
        last: row.try_get("last")?,
        removed: row.try_get("removed")?,
    })
}

fn news(rows: &[Row], last: i64) -> Result<News, StoreError> {
    let more = u32::try_from(rows.len()).is_ok_and(|count| count == PAGE);
    let mut news = News {
        events: Vec::new(),
        ask_again: false,
        upto: last,
        more,
    };
    for row in rows {
        let number: i64 = row.try_get("number")?;
        if more {
            news.upto = number;
        }
        match row.try_get::<Option<&str>>("change")? {
            None => news.ask_again = true,
            Some(change) => news.events.push((
                number,
                TicketEvent {
                    reference: row.try_get("reference")?,
                    change: codes::parse(change)?,
                },
            )),
        }
    }
    Ok(news)
}
