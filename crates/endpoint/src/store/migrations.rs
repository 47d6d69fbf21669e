//! The migrations, compiled in and run at start. Forward only: a newer database is refused.

use super::OpenError;
use sqlx::SqlSafeStr;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::sqlite::SqlitePool;

const MIGRATIONS: [(i64, &str, &str); 9] = [
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
];

/// The number of the last one.
pub(super) fn newest() -> i64 {
    MIGRATIONS
        .iter()
        .map(|(version, ..)| *version)
        .max()
        .unwrap_or_default()
}

/// All of them in one transaction that holds the write lock from its start: another program that starts on
/// the same file waits, and then finds them done. The library takes no lock with SQLite.
pub(super) async fn run(pool: &SqlitePool) -> Result<(), OpenError> {
    let mut transaction = pool
        .begin_with("BEGIN IMMEDIATE")
        .await
        .map_err(OpenError::Open)?;
    let migrations = MIGRATIONS.map(|(version, name, sql)| {
        Migration::new(
            version,
            name.into(),
            MigrationType::Simple,
            sql.into_sql_str(),
            false,
        )
    });
    match Migrator::with_migrations(migrations.to_vec())
        .run(&mut *transaction)
        .await
    {
        Ok(()) => transaction.commit().await.map_err(OpenError::Open),
        Err(MigrateError::VersionMissing(version)) => Err(OpenError::Newer(version)),
        Err(other) => Err(OpenError::Migrate(other)),
    }
}
