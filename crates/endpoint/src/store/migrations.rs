//! The migrations, compiled in and run at start. Forward only: a newer database is refused.

use super::OpenError;
use super::sql::TURN;
use sqlx::SqlSafeStr;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::postgres::PgPool;
use sqlx::sqlite::SqlitePool;

/// One step, for both databases.
struct Step {
    number: i64,
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! step {
    ($number:literal, $name:literal, $file:literal) => {
        Step {
            number: $number,
            name: $name,
            sqlite: include_str!(concat!("../../migrations/sqlite/", $file, ".sql")),
            postgres: include_str!(concat!("../../migrations/postgres/", $file, ".sql")),
        }
    };
}

const STEPS: [Step; 12] = [
    step!(1, "start", "0001_start"),
    step!(2, "access", "0002_access"),
    step!(3, "files", "0003_files"),
    step!(4, "feedback", "0004_feedback"),
    step!(5, "conversation", "0005_conversation"),
    step!(6, "work", "0006_work"),
    step!(7, "events", "0007_events"),
    step!(8, "casework", "0008_casework"),
    step!(9, "agents", "0009_agents"),
    step!(10, "mail", "0010_mail"),
    step!(11, "mail_audit", "0011_mail_audit"),
    step!(12, "relay", "0012_relay"),
];

/// The number of the last one.
pub(super) fn newest() -> i64 {
    let numbers = STEPS.iter().map(|step| step.number);
    numbers.max().unwrap_or_default()
}

/// Those up to this number.
fn migrator(last: i64, sql: fn(&Step) -> &'static str) -> Migrator {
    let steps = STEPS.iter().filter(|step| step.number <= last);
    let migrations = steps.map(|step| {
        Migration::new(
            step.number,
            step.name.into(),
            MigrationType::Simple,
            sql(step).into_sql_str(),
            false,
        )
    });
    let mut migrator = Migrator::with_migrations(migrations.collect());
    // Whoever runs them holds the write lock.
    migrator.set_locking(false);
    migrator
}

/// All of them in one transaction that holds the write lock from its start: another program that starts on
/// the same file waits, and then finds them done.
pub(super) async fn sqlite(pool: &SqlitePool) -> Result<(), OpenError> {
    let begun = pool.begin_with("BEGIN IMMEDIATE").await;
    let mut transaction = begun.map_err(OpenError::Open)?;
    let steps = migrator(newest(), |step| step.sqlite);
    steps.run(&mut *transaction).await.map_err(refusal)?;
    transaction.commit().await.map_err(OpenError::Open)
}

/// The same on a server.
pub(super) async fn postgres(pool: &PgPool) -> Result<(), OpenError> {
    let begun = pool.begin_with(TURN).await;
    let mut transaction = begun.map_err(OpenError::Open)?;
    let steps = migrator(newest(), |step| step.postgres);
    steps.run(&mut *transaction).await.map_err(refusal)?;
    transaction.commit().await.map_err(OpenError::Open)
}

fn refusal(cause: MigrateError) -> OpenError {
    if let MigrateError::VersionMissing(version) = cause {
        return OpenError::Newer(version);
    }
    OpenError::Migrate(cause)
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
        migrator(7, |step| step.sqlite)
            .run(&pool)
            .await
            .expect("an older database");
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
