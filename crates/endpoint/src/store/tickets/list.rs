//! Pages of tickets: filtered, sorted, and continued after a position, so that tickets that come or
//! change in between shift nothing.

use super::{Sight, row};
use crate::store::sql::QueryBuilder;
use crate::store::{Store, StoreError, codes, seen};
use crate::ticket::Record;
use partner_rules::Severity;
use partner_rules::wire::Status;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Newest,
    Oldest,
    Updated,
}

/// A place in a sorted list: the sorting instant and the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub at: i64,
    pub id: i64,
}

#[derive(Clone, Debug)]
pub struct Filter {
    pub status: Option<Status>,
    pub service_id: Option<String>,
    /// `Some(None)`: only those without a severity.
    pub severity: Option<Option<Severity>>,
    /// Lower-case text to be found in subject, reference, IDs or addresses.
    pub text: Option<String>,
    pub sort: Sort,
    pub after: Option<Position>,
    pub limit: u32,
}

#[derive(Clone, Debug)]
pub struct Listed {
    pub ticket: Record,
    /// For these eyes.
    pub unread: bool,
    pub position: Position,
}

impl Store {
    /// At most `limit` tickets, in order.
    pub async fn tickets(&self, sight: &Sight, filter: &Filter) -> Result<Vec<Listed>, StoreError> {
        let query = query(sight, filter)?;
        let rows = query.build().fetch_all(&self.readers).await?;
        rows.iter()
            .map(|found| {
                let ticket = row::read(found)?;
                let at = match filter.sort {
                    Sort::Newest | Sort::Oldest => ticket.created_at,
                    Sort::Updated => ticket.updated_at,
                };
                Ok(Listed {
                    ticket,
                    unread: found.try_get("unread")?,
                    position: Position {
                        at: at.millis(),
                        id: found.try_get("id")?,
                    },
                })
            })
            .collect()
    }

    /// How many tickets there are on all pages; `None`: more than anybody would scroll through, so that
    /// a call never costs more than counting that many.
    pub async fn tickets_in_all(
        &self,
        sight: &Sight,
        filter: &Filter,
    ) -> Result<Option<u32>, StoreError> {
        let mut query =
            QueryBuilder::new("SELECT count(*) AS n FROM (SELECT 1 FROM tickets WHERE ");
        narrow(&mut query, sight, filter)?;
        query
            .push(" LIMIT ")
            .push_bind(COUNT_MAX + 1)
            .push(") AS counted");
        let row = query.build().fetch_one(&self.readers).await?;
        let count: u32 = row.try_get("n")?;
        Ok((count <= COUNT_MAX).then_some(count))
    }
}

/// More tickets than these are not counted.
const COUNT_MAX: u32 = 100_000;

fn query(sight: &Sight, filter: &Filter) -> Result<QueryBuilder, StoreError> {
    let mut query = QueryBuilder::new("SELECT *, ");
    seen::push(&mut query, &sight.viewer);
    query.push(" AS unread FROM tickets WHERE ");
    narrow(&mut query, sight, filter)?;
    if let Some(Position { at, id }) = filter.after {
        query.push(match filter.sort {
            Sort::Newest => " AND (created_at, id) < (",
            Sort::Oldest => " AND (created_at, id) > (",
            Sort::Updated => " AND (updated_at, id) < (",
        });
        query.push_bind(at).push(", ").push_bind(id).push(")");
    }
    query.push(match filter.sort {
        Sort::Newest => " ORDER BY created_at DESC, id DESC",
        Sort::Oldest => " ORDER BY created_at, id",
        Sort::Updated => " ORDER BY updated_at DESC, id DESC",
    });
    query.push(" LIMIT ").push_bind(filter.limit);
    Ok(query)
}

/// What may be seen, and of that what is wanted.
fn narrow(query: &mut QueryBuilder, sight: &Sight, filter: &Filter) -> Result<(), StoreError> {
    query.push("shop_id = ").push_bind(sight.shop_id.clone());
    if let Some(user) = &sight.created_by {
        query.push(" AND created_by = ").push_bind(user.clone());
    }
    if let Some(status) = &filter.status {
        query.push(" AND status = ").push_bind(codes::text(status)?);
    }
    if let Some(service) = &filter.service_id {
        query.push(" AND service_id = ").push_bind(service.clone());
    }
    match &filter.severity {
        None => {}
        Some(None) => {
            query.push(" AND severity IS NULL");
        }
        Some(Some(severity)) => {
            query.push(" AND severity = ").push_bind(severity.code());
        }
    }
    if let Some(text) = &filter.text {
        query
            .push(" AND instr(search_text, ")
            .push_bind(text.clone())
            .push(") > 0");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// However many tickets there are, a page is read from where it begins to where it ends.
    #[tokio::test]
    async fn pages_come_from_an_index_in_their_order() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let store = Store::open(&folder.path().join("endpoint.sqlite"))
            .await
            .expect("opened");
        let position = Some(Position { at: 1, id: 1 });
        for (created_by, status, sort, after, wanted) in [
            (
                false,
                false,
                Sort::Newest,
                None,
                "tickets_of_shop (shop_id=?)",
            ),
            (
                false,
                false,
                Sort::Oldest,
                None,
                "tickets_of_shop (shop_id=?)",
            ),
            (
                false,
                false,
                Sort::Updated,
                None,
                "tickets_by_change (shop_id=?)",
            ),
            (
                false,
                true,
                Sort::Newest,
                None,
                "tickets_by_status (shop_id=? AND status=?)",
            ),
            (
                false,
                true,
                Sort::Oldest,
                None,
                "tickets_by_status (shop_id=? AND status=?)",
            ),
            (
                false,
                true,
                Sort::Updated,
                None,
                "tickets_by_status_and_change (shop_id=? AND status=?)",
            ),
            (
                true,
                false,
                Sort::Newest,
                None,
                "tickets_of_user (shop_id=? AND created_by=?)",
            ),
            (
                true,
                false,
                Sort::Updated,
                None,
                "tickets_of_user_by_change (shop_id=? AND created_by=?)",
            ),
            (
                false,
                false,
                Sort::Newest,
                position,
                "tickets_of_shop (shop_id=? AND created_at<?)",
            ),
            (
                false,
                false,
                Sort::Updated,
                position,
                "tickets_by_change (shop_id=? AND updated_at<?)",
            ),
            (
                false,
                true,
                Sort::Updated,
                position,
                "tickets_by_status_and_change (shop_id=? AND status=? AND updated_at<?)",
            ),
        ] {
            let sight = Sight {
                shop_id: "one".to_owned(),
                created_by: created_by.then(|| "ada@one.example".to_owned()),
                viewer: "ada@one.example".to_owned(),
            };
            let filter = Filter {
                status: status.then_some(Status::Open),
                service_id: None,
                severity: None,
                text: None,
                sort,
                after,
                limit: 50,
            };
            let query = query(&sight, &filter).expect("a question");
            let plan = store.readers.plan(query.sql()).await;
            let wanted = format!("SEARCH tickets USING INDEX {wanted}");
            // One step and a look at the marks for each row: nothing is sorted afterwards.
            let [step, unread @ ..] = plan.as_slice() else {
                panic!("no plan");
            };
            assert_eq!(*step, wanted, "{sight:?} {filter:?}");
            assert_eq!(
                unread,
                [
                    "CORRELATED SCALAR SUBQUERY 1",
                    "SEARCH ticket_seen USING PRIMARY KEY (ticket_id=? AND sub=?)"
                ]
            );
        }
    }
}
