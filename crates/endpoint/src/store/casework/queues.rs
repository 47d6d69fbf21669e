//! Queues: each with an index of its own that has the queue's condition, so that counting and paging read no
//! other ticket. The conditions here and in the migration are the same, word for word.

use super::super::tickets::{Position, row};
use super::super::{Store, StoreError};
use crate::casework::Queue;
use crate::casework::queue::{Ask, Count};
use crate::clock::Timestamp;
use crate::store::sql::{QueryBuilder, Row};
use crate::ticket::Record;

/// A ticket in a queue, with what its record does not have.
#[derive(Clone, Debug)]
pub struct Queued {
    pub ticket: Record,
    pub shop_name: String,
    pub inform_at: Option<Timestamp>,
    pub position: Position,
}

/// How a queue is read.
struct Shape {
    index: &'static str,
    condition: &'static str,
    /// The column that it is sorted by.
    order: &'static str,
}

const fn shape(queue: Queue) -> Shape {
    match queue {
        Queue::NeedsAddress => Shape {
            index: "queue_needs_address",
            condition: "status <> 'closed' AND superadmin_email IS NULL AND (outcome IN ('manual', 'incomplete') OR channel = 'email')",
            order: "queue_at",
        },
        Queue::NeedsVerification => Shape {
            index: "queue_needs_verification",
            condition: "status <> 'closed' AND superadmin_email IS NOT NULL AND outcome = 'undecided'",
            order: "queue_at",
        },
        Queue::FirstResponse => Shape {
            index: "queue_first_response",
            condition: "status <> 'closed' AND first_response_at IS NULL",
            order: "queue_at",
        },
        Queue::Forecast => Shape {
            index: "queue_forecast",
            condition: "next_due_at IS NOT NULL",
            order: "next_due_at",
        },
        Queue::Duty => Shape {
            index: "queue_duty",
            condition: "inform_at IS NOT NULL",
            order: "inform_at",
        },
        Queue::Replied => Shape {
            index: "queue_replied",
            condition: "status <> 'closed' AND last_by = 'partner' AND last_change IN ('replied', 'reopened')",
            order: "queue_at",
        },
        Queue::Parked => Shape {
            index: "queue_parked",
            condition: "status <> 'closed' AND (status = 'on_hold' OR handed_to IS NOT NULL)",
            order: "queue_at",
        },
        Queue::Open => Shape {
            index: "queue_open",
            condition: "status <> 'closed'",
            order: "queue_at",
        },
    }
}

impl Store {
    /// At most `ask.limit` tickets of a queue, in order; `ask.text` in lower case.
    pub async fn queue(&self, ask: &Ask, now: Timestamp) -> Result<Vec<Queued>, StoreError> {
        let rows = page(ask, now).build().fetch_all(&self.readers).await?;
        rows.iter().map(|row| read(row, ask.queue)).collect()
    }

    /// How many there are in each, as of one instant.
    pub async fn queue_counts(
        &self,
        now: Timestamp,
        within_h: u32,
    ) -> Result<Vec<Count>, StoreError> {
        let mut transaction = self.readers.begin().await?;
        let mut counts = Vec::with_capacity(Queue::ALL.len());
        for queue in Queue::ALL {
            let row = count(queue, now, within_h)
                .build()
                .fetch_one(&mut transaction)
                .await?;
            let tickets: i64 = row.try_get("n")?;
            counts.push(Count {
                queue,
                tickets: u64::try_from(tickets).unwrap_or_default(),
            });
        }
        transaction.commit().await?;
        Ok(counts)
    }
}

fn count(queue: Queue, now: Timestamp, within_h: u32) -> QueryBuilder {
    let mut query = QueryBuilder::new("SELECT count(*) AS n");
    push_condition(&mut query, queue, now, within_h);
    query
}

fn page(ask: &Ask, now: Timestamp) -> QueryBuilder {
    let Shape { order, .. } = shape(ask.queue);
    let mut query = QueryBuilder::new(
        "SELECT *, (SELECT name FROM shops WHERE shops.id = tickets.shop_id) AS shop_name",
    );
    push_condition(&mut query, ask.queue, now, ask.within_h);
    if let Some(text) = &ask.text {
        query
            .push(" AND instr(search_text, ")
            .push_bind(text.clone())
            .push(") > 0");
    }
    if let Some(Position { at, id }) = ask.after {
        query.push(" AND (").push(order).push(", id) > (");
        query.push_bind(at).push(", ").push_bind(id).push(")");
    }
    query.push(" ORDER BY ").push(order).push(", id LIMIT ");
    query.push_bind(ask.limit);
    query
}

fn push_condition(query: &mut QueryBuilder, queue: Queue, now: Timestamp, within_h: u32) {
    let Shape {
        index, condition, ..
    } = shape(queue);
    query.push(" FROM tickets INDEXED BY ").push(index);
    query.push(" WHERE ").push(condition);
    match queue {
        Queue::Forecast => {
            query
                .push(" AND (next_aim_at <= ")
                .push_bind(now.millis())
                .push(" OR next_due_at <= ")
                .push_bind(now.plus_hours(within_h).millis())
                .push(")");
        }
        Queue::Duty => {
            query.push(" AND inform_at <= ").push_bind(now.millis());
        }
        Queue::NeedsAddress
        | Queue::NeedsVerification
        | Queue::FirstResponse
        | Queue::Replied
        | Queue::Parked
        | Queue::Open => {}
    }
}

fn read(found: &Row, queue: Queue) -> Result<Queued, StoreError> {
    let inform_at: Option<i64> = found.try_get("inform_at")?;
    Ok(Queued {
        ticket: row::read(found)?,
        shop_name: found.try_get("shop_name")?,
        inform_at: inform_at.map(Timestamp::from_millis),
        position: Position {
            at: found.try_get(shape(queue).order)?,
            id: found.try_get("id")?,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// However many tickets there are, a queue is read from its own index, in its order, and counted there.
    #[tokio::test]
    async fn queues_come_from_an_index_of_their_own() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let store = Store::open(&folder.path().join("endpoint.sqlite"))
            .await
            .expect("opened");
        let now = Timestamp::from_millis(1);
        for queue in Queue::ALL {
            let index = shape(queue).index;
            for after in [None, Some(Position { at: 1, id: 1 })] {
                let ask = Ask {
                    after,
                    ..Ask::first(queue)
                };
                let plan = store.readers.plan(page(&ask, now).sql()).await;
                let (first, rest) = plan.split_first().expect("a step");
                assert!(
                    first.ends_with(&format!("tickets USING INDEX {index}"))
                        || first.contains(&format!("tickets USING INDEX {index} (")),
                    "{queue:?} {after:?}: {plan:?}"
                );
                // The shop's name is looked up; nothing is sorted.
                assert!(
                    !rest.iter().any(|step| step.contains("TEMP B-TREE")),
                    "{queue:?} {after:?}: {plan:?}"
                );
            }
            let plan = store.readers.plan(count(queue, now, 2).sql()).await;
            assert_eq!(plan.len(), 1, "{plan:?}");
            assert!(
                plan.iter()
                    .all(|step| step.contains(&format!("INDEX {index}"))),
                "{plan:?}"
            );
        }
    }
}
