//! Pages of tickets: filtered, sorted, and continued after a position, so that tickets that come or
//! change in between shift nothing.

use super::{Sight, row};
use crate::store::{Store, StoreError, codes};
use crate::ticket::Record;
use partner_rules::Severity;
use partner_rules::wire::Status;
use sqlx::{QueryBuilder, Row, Sqlite};

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
    pub position: Position,
}

impl Store {
    /// At most `limit` tickets, in order.
    pub async fn tickets(&self, sight: &Sight, filter: &Filter) -> Result<Vec<Listed>, StoreError> {
        let mut query = query(sight, filter)?;
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
                    position: Position {
                        at: at.millis(),
                        id: found.try_get("id")?,
                    },
                })
            })
            .collect()
    }
}

fn query(sight: &Sight, filter: &Filter) -> Result<QueryBuilder<Sqlite>, StoreError> {
    let mut query = QueryBuilder::new("SELECT * FROM tickets WHERE shop_id = ");
    query.push_bind(sight.shop_id.clone());
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
