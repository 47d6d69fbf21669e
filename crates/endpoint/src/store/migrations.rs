//! The migrations, compiled in and run at start. Forward only: a newer database is refused.

use super::OpenError;
use sqlx::SqlSafeStr;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::sqlite::SqlitePool;

const MIGRATIONS: [(i64, &str, &str); 11] = [
    (
        1,
        "start",
        include_str!("../../migrations/sqlite/0001_start.sql"),
    ),
    (
        2,
        "access",
        include_str!("../../migrations/sqlite/0002_access.sql"),
    ),
    (
        3,
        "files",
        include_str!("../../migrations/sqlite/0003_files.sql"),
    ),
    (
        4,
        "feedback",
        include_str!("../../migrations/sqlite/0004_feedback.sql"),
    ),
    (
        5,
        "conversation",
        include_str!("../../migrations/sqlite/0005_conversation.sql"),
    ),
    (
        6,
        "work",
        include_str!("../../migrations/sqlite/0006_work.sql"),
    ),
    (
        7,
        "events",
        include_str!("../../migrations/sqlite/0007_events.sql"),
    ),
    (
        8,
        "casework",
        include_str!("../../migrations/sqlite/0008_casework.sql"),
    ),
    (
        9,
        "agents",
        include_str!("../../migrations/sqlite/0009_agents.sql"),
    ),
    (
        10,
        "mail",
        include_str!("../../migrations/sqlite/0010_mail.sql"),
    ),
    (
        11,
        "mail_audit",
        include_str!("../../migrations/sqlite/0011_mail_audit.sql"),
    ),
];

/// The number of the last one.
pub(super) fn newest() -> i64 {
    MIGRATIONS
        .iter()
        .map(|(version, ..)| *version)
        .max()
        .unwrap_or_default()
}

/// Those up to this number.
fn migrator(last: i64) -> Migrator {
    let migrations = MIGRATIONS.iter().filter(|(version, ..)| *version <= last);
    let migrations = migrations.map(|(version, name, sql)| {
        Migration::new(
            *version,
            (*name).into(),
            MigrationType::Simple,
            (*sql).into_sql_str(),
            false,
        )
    });
    Migrator::with_migrations(migrations.collect())
}

/// All of them in one transaction that holds the write lock from its start: another program that starts on
/// the same file waits, and then finds them done. The library takes no lock with SQLite.
pub(super) async fn run(pool: &SqlitePool) -> Result<(), OpenError> {
    let mut transaction = pool
        .begin_with("BEGIN IMMEDIATE")
        .await
        .map_err(OpenError::Open)?;
    match migrator(newest()).run(&mut *transaction).await {
        Ok(()) => transaction.commit().await.map_err(OpenError::Open),
        Err(MigrateError::VersionMissing(version)) => Err(OpenError::Newer(version)),
        Err(other) => Err(OpenError::Migrate(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Timestamp;
    use crate::store::Store;
    use sqlx::sqlite::SqliteConnectOptions;

    /// A ticket of S1 from before targets were kept as instants, and one without a commitment.
    const TICKETS: &str = r#"
        INSERT INTO shops (id, name, default_access, created_at) VALUES ('one', 'One', 'own', 0);
        INSERT INTO tickets (reference, shop_id, created_by, created_by_name, dc, region, created_at, updated_at,
            channel, status, service_id, service_name, service_listed, org_id_kind, org_id, subject, description,
            superadmin_email, outcome, severity, priority_customer, classification, search_text, clock_at)
        VALUES ('PS-EU-000001', 'one', 'a@b.example', 'Ada', 'eu', 'eu', 1000, 1000, 'widget', 'open', 'crm',
            'Zoho CRM', 1, 'zoid', '20000000001', 's', 'd', 'c@d.example', 'priority', 'S1', 1,
            '{"outcome":"priority","reasons":[],"commitment":{"first_response_h":[1,3],
              "problem_determination_h":[2,8],"resolution_h":[24,48]},"policy_version":"1"}', '', 1000),
            ('PS-EU-000002', 'one', 'a@b.example', 'Ada', 'eu', 'eu', 1000, 1000, 'widget', 'open', 'crm',
            'Zoho CRM', 1, 'zoid', '20000000001', 's', 'd', NULL, 'manual', NULL, 0,
            '{"outcome":"manual","reasons":[],"commitment":null,"policy_version":"1"}', '', NULL);
    "#;

    #[tokio::test]
    async fn what_was_promised_before_targets_were_kept_is_kept() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let file = folder.path().join("endpoint.sqlite");
        let options = SqliteConnectOptions::new()
            .filename(&file)
            .create_if_missing(true);
        let pool = SqlitePool::connect_with(options).await.expect("opened");
        migrator(7).run(&pool).await.expect("an older database");
        sqlx::raw_sql(TICKETS).execute(&pool).await.expect("filled");
        pool.close().await;
        let store = Store::open(&file).await.expect("brought up to date");
        let (ticket, _) = store
            .case("PS-EU-000001")
            .await
            .expect("read")
            .expect("one");
        let targets = ticket.work.targets.expect("promised");
        let start = Timestamp::from_millis(1000);
        assert_eq!(targets.first_response.aim_at, start.plus_hours(1));
        assert_eq!(targets.first_response.due_at, start.plus_hours(3));
        assert_eq!(targets.determination.aim_at, start.plus_hours(2));
        assert_eq!(targets.determination.due_at, start.plus_hours(8));
        assert_eq!(targets.resolution.aim_at, start.plus_hours(24));
        assert_eq!(targets.resolution.due_at, start.plus_hours(48));
        let (other, _) = store
            .case("PS-EU-000002")
            .await
            .expect("read")
            .expect("one");
        assert_eq!(other.work.targets, None);
        let shares = store.shares(Timestamp::from_millis(0)).await.expect("read");
        let share = shares.first().expect("a shop");
        assert_eq!((share.tickets, share.without_address), (2, 1));
    }
}
