//! What was read out of a mail for the agent who completes its ticket (R9a). Never decides anything.

use super::super::{Store, StoreError, codes};
use crate::store::sql::{Transaction, query};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    pub field: SuggestionField,
    pub value: String,
    pub source: SuggestionSource,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuggestionField {
    Service,
    Zoid,
    Zgid,
    Zuid,
    SuperadminEmail,
    CustomerEmail,
    /// The name of a file that was not taken.
    RefusedFile,
}

/// Where it stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuggestionSource {
    /// Behind its label.
    Form,
    /// Somewhere in the text or the subject.
    Text,
    /// In a mail that was enclosed.
    Forwarded,
    /// Among the files.
    File,
}

impl Store {
    /// Those for one ticket, the likeliest first; none for tickets that did not come by e-mail.
    pub async fn suggestions(&self, reference: &str) -> Result<Vec<Suggestion>, StoreError> {
        let rows = query(
            "SELECT field, value, source FROM ticket_suggestions
             WHERE ticket_id = (SELECT id FROM tickets WHERE reference = ?) ORDER BY position",
        )
        .bind(reference)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Suggestion {
                    field: codes::parse(row.try_get("field")?)?,
                    value: row.try_get("value")?,
                    source: codes::parse(row.try_get("source")?)?,
                })
            })
            .collect()
    }
}

/// Adds suggestions after those that are there.
pub(super) async fn add(
    transaction: &mut Transaction,
    ticket_id: i64,
    suggestions: &[Suggestion],
) -> Result<(), StoreError> {
    for suggestion in suggestions {
        query(
            "INSERT INTO ticket_suggestions (ticket_id, position, field, value, source)
             SELECT ?1, count(*), ?2, ?3, ?4 FROM ticket_suggestions WHERE ticket_id = ?1",
        )
        .bind(ticket_id)
        .bind(codes::text(&suggestion.field)?)
        .bind(&suggestion.value)
        .bind(codes::text(&suggestion.source)?)
        .execute(&mut *transaction)
        .await?;
    }
    Ok(())
}
