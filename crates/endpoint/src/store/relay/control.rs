//! What holds for all tickets on their way: whether there is a portal, whether it is paused or asked for less.

use crate::clock::Timestamp;
use crate::store::sql::query;
use crate::store::{Store, StoreError};
use partner_rules::Dc;

/// What holds for all rows at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Control {
    /// Whether tickets are handed on at all.
    pub on: bool,
    pub paused: bool,
    /// Until then nobody calls the portal.
    pub slow_until: Timestamp,
}

impl Store {
    /// Tickets of which data centre are handed on from now on. `None`: none; rows that wait go on waiting.
    pub async fn set_relay(&self, dc: Option<Dc>) -> Result<(), StoreError> {
        query("UPDATE relay_control SET dc = ?1 WHERE one = 1")
            .bind(dc.map(Dc::code))
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    pub async fn relay_control(&self) -> Result<Control, StoreError> {
        let row = query("SELECT dc, paused, slow_until FROM relay_control WHERE one = 1")
            .fetch_one(&self.readers)
            .await?;
        let paused: i64 = row.try_get("paused")?;
        Ok(Control {
            on: row.try_get::<Option<String>>("dc")?.is_some(),
            paused: paused != 0,
            slow_until: Timestamp::from_millis(row.try_get("slow_until")?),
        })
    }

    /// Holds everything back, or lets it go on. What is under way ends in order.
    pub async fn pause_relay(&self, paused: bool) -> Result<(), StoreError> {
        query("UPDATE relay_control SET paused = ?1 WHERE one = 1")
            .bind(i64::from(paused))
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Nobody calls the portal until then, in whichever program.
    pub async fn slow_relay(&self, until: Timestamp) -> Result<(), StoreError> {
        query("UPDATE relay_control SET slow_until = ?1 WHERE one = 1 AND slow_until < ?1")
            .bind(until.millis())
            .execute(&self.writer)
            .await?;
        Ok(())
    }
}
