//! What demo mode does to the store: seeding, and going back to the start.

use super::accounts::{AccountRecord, write};
use super::casework::reverify::directory_changed;
use super::{Store, StoreError};
use crate::clock::Timestamp;
use crate::store::sql::{Writer, query};

impl Store {
    /// Removes tickets, feedback, idempotency keys, audits, users and directory, and puts these accounts in. Shops
    /// and their keys stay. Gives the ids of the files that no row names any more.
    pub async fn start_over(
        &self,
        directory: &[AccountRecord],
        now: Timestamp,
    ) -> Result<Vec<String>, StoreError> {
        let mut transaction = self.write().await?;
        let mut files = Vec::new();
        for sql in [
            "DELETE FROM files RETURNING id",
            "DELETE FROM feedback_files RETURNING id",
        ] {
            files.extend(query(sql).fetch_all(&mut transaction).await?);
        }
        for sql in [
            "DELETE FROM idempotency_keys",
            "DELETE FROM agent_keys",
            "DELETE FROM ticket_audit",
            "DELETE FROM target_counts",
            // Who watches is told to load again; numbers go on, so that none stands for two things.
            "DELETE FROM events",
            "UPDATE event_counters SET last = last + 1, removed = last + 1",
            "DELETE FROM messages",
            "DELETE FROM ticket_history",
            "DELETE FROM mails",
            "DELETE FROM mail_audit",
            "DELETE FROM erasures",
            "DELETE FROM mail_counts",
            "DELETE FROM tickets",
            "DELETE FROM reference_counters",
            "DELETE FROM feedback",
            "DELETE FROM verify_audit",
            "DELETE FROM accounts",
            "DELETE FROM access_changes",
            "DELETE FROM users",
        ] {
            query(sql).execute(&mut transaction).await?;
        }
        // References of feedback start at 1 again, as those of tickets do.
        query(match &self.writer {
            Writer::Sqlite(_) => "DELETE FROM sqlite_sequence WHERE name = 'feedback'",
            Writer::Postgres(_) => "ALTER TABLE feedback ALTER COLUMN id RESTART",
        })
        .execute(&mut transaction)
        .await?;
        query(
            "INSERT INTO events (shop_id, number, at) SELECT shop_id, last, ? FROM event_counters",
        )
        .bind(now.millis())
        .execute(&mut transaction)
        .await?;
        for account in directory {
            write::replace(&mut transaction, account, now).await?;
        }
        directory_changed(&mut transaction).await?;
        transaction.commit().await?;
        files.iter().map(|row| Ok(row.try_get("id")?)).collect()
    }

    /// Removes signing keys of earlier starts that no running process can still use.
    pub async fn forget_demo_keys(
        &self,
        shop_id: &str,
        before: Timestamp,
    ) -> Result<(), StoreError> {
        query("DELETE FROM shop_keys WHERE shop_id = ? AND created_at < ?")
            .bind(shop_id)
            .bind(before.millis())
            .execute(&self.writer)
            .await?;
        Ok(())
    }
}
