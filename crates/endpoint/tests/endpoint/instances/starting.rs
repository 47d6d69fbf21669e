//! Several that start at once, one of which migrates.

use super::begun;
use crate::support::{behind_folder, hold, is_chosen};
use std::time::{Duration, Instant};

/// Those who have waited for their turn for longer than a call would.
const WAITING: &str =
    "SELECT count(*) FROM pg_stat_activity WHERE now() - query_start > interval '5500 milliseconds'
    AND pid IN (SELECT pid FROM pg_locks WHERE NOT granted AND classid = 1886613099
        AND objid::bigint = hashtext(current_schema())::bigint & 4294967295)";

/// Somebody brings a large database up to date while others start.
#[tokio::test(flavor = "multi_thread")]
async fn who_starts_during_a_long_migration_waits_for_it() {
    if !is_chosen() {
        return; // files are opened in another way
    }
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut migrating = behind_folder(folder.path()).await;
    hold(&mut migrating).await;
    let starting = [begun(folder.path()), begun(folder.path())];
    let mut raw = behind_folder(folder.path()).await;
    let start = Instant::now();
    while raw.number(WAITING).await < 2 {
        assert!(start.elapsed() < super::PATIENCE, "both wait");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    migrating.run("COMMIT").await.expect("let go");
    for program in starting {
        program.ready();
    }
}
