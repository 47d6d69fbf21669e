//! The migrations, compiled in and run at start. Forward only.
//!
//! Several programs may start at once, and older ones may be running: whoever comes first migrates while the others
//! wait, and an older program goes on with a newer database as long as that says that it can.

use super::OpenError;
use super::sql::{Transaction, Writer, query};
use sqlx::SqlSafeStr;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};

/// The name under which `meta` keeps which migration a program has to know, at least, to use this database.
const OLDEST: &str = "oldest_program";

/// One step, for both databases.
struct Step {
    number: i64,
    name: &'static str,
    /// The programs that can use what this step makes of a database: those that know this one.
    oldest: i64,
    sqlite: &'static str,
    postgres: &'static str,
}

/// `for programs since N`: the step only adds what older programs can be without – tables, columns with a default or
/// without a value, indexes –, and no code that they would have to understand. Without it they are refused.
macro_rules! step {
    ($number:literal, $name:literal, $file:literal) => {
        step!($number, $name, $file, for programs since $number)
    };
    ($number:literal, $name:literal, $file:literal, for programs since $oldest:literal) => {
        Step {
            number: $number,
            name: $name,
            oldest: $oldest,
            sqlite: include_str!(concat!("../../migrations/sqlite/", $file, ".sql")),
            postgres: include_str!(concat!("../../migrations/postgres/", $file, ".sql")),
        }
    };
}

const STEPS: [Step; 17] = [
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
    step!(13, "relay_changes", "0013_relay_changes"),
    step!(15, "instances", "0015_instances"),
    step!(16, "notice_leases", "0016_notice_leases", for programs since 15),
    step!(17, "scale", "0017_scale", for programs since 15),
    step!(18, "erasure", "0018_erasure"),
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

/// All of them in one transaction that holds the write lock from its start: another program that starts on the same
/// database waits, and then finds them done.
pub(super) async fn run(writer: &Writer) -> Result<(), OpenError> {
    let begun = writer.begin_upgrade().await;
    let mut transaction = begun.map_err(OpenError::Open)?;
    match steps(&mut transaction, false).await {
        Err(MigrateError::VersionMissing(version)) => {
            if oldest(&mut transaction).await? > newest() {
                return Err(OpenError::Newer(version));
            }
            let run = steps(&mut transaction, true).await;
            run.map_err(OpenError::Migrate)?;
        }
        Err(cause) => return Err(OpenError::Migrate(cause)),
        // Of those that are known here, so of all.
        Ok(()) => note_oldest(&mut transaction).await?,
    }
    transaction.commit().await.map_err(OpenError::Open)
}

async fn steps(transaction: &mut Transaction, newer_are_there: bool) -> Result<(), MigrateError> {
    match transaction {
        Transaction::Sqlite(connection) => {
            let mut steps = migrator(newest(), |step| step.sqlite);
            steps.set_ignore_missing(newer_are_there);
            steps.run(&mut **connection).await
        }
        Transaction::Postgres(connection) => {
            let mut steps = migrator(newest(), |step| step.postgres);
            steps.set_ignore_missing(newer_are_there);
            steps.run(&mut **connection).await
        }
    }
}

/// Which migration a program has to know here. What cannot be read is too new for everybody.
async fn oldest(transaction: &mut Transaction) -> Result<i64, OpenError> {
    let row = query("SELECT value FROM meta WHERE name = ?")
        .bind(OLDEST)
        .fetch_optional(&mut *transaction)
        .await
        .map_err(OpenError::Open)?;
    let Some(row) = row else {
        return Ok(i64::MAX);
    };
    let bytes: Vec<u8> = row.try_get("value").map_err(OpenError::Open)?;
    let number = std::str::from_utf8(&bytes)
        .ok()
        .and_then(|text| text.parse().ok());
    Ok(number.unwrap_or(i64::MAX))
}

async fn note_oldest(transaction: &mut Transaction) -> Result<(), OpenError> {
    let oldest = STEPS.iter().map(|step| step.oldest).max();
    query(
        "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )
    .bind(OLDEST)
    .bind(oldest.unwrap_or_default().to_string().as_bytes())
    .execute(&mut *transaction)
    .await
    .map_err(OpenError::Open)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Timestamp;
    use crate::store::Store;
    use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

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

    /// Nothing that an older program relies on is taken away from it.
    #[test]
    fn steps_that_older_programs_can_live_with_only_add() {
        for step in STEPS.iter().filter(|step| step.oldest < step.number) {
            for sql in [step.sqlite, step.postgres] {
                let sql = sql.to_uppercase();
                for word in ["DROP ", "RENAME ", "ALTER COLUMN", "DELETE ", "UPDATE "] {
                    assert!(!sql.contains(word), "{}: {word}", step.name);
                }
            }
        }
    }

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
