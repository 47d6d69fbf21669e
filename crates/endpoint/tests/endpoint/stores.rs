//! What has to be the same whichever database there is.

use crate::support::{TestApp, behind, database, hold, is_chosen, on_file};
use partner_endpoint::clock::Timestamp;
use partner_endpoint::store::Store;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

const COLUMNS: [&str; 2] = [
    "SELECT tables.name || '.' || columns.name FROM sqlite_schema AS tables
     JOIN pragma_table_xinfo(tables.name) AS columns
     WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite%' AND tables.name NOT LIKE '_sqlx%' ORDER BY 1",
    "SELECT table_name || '.' || column_name COLLATE \"C\" FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name NOT LIKE '_sqlx%' ORDER BY 1",
];
/// Those that were asked for, and not for the sake of a key.
const INDEXES: [&str; 2] = [
    "SELECT tbl_name || '.' || name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1",
    "SELECT tablename || '.' || indexname COLLATE \"C\" FROM pg_indexes WHERE schemaname = current_schema()
     AND indexname NOT IN (SELECT conname FROM pg_constraint) ORDER BY 1",
];

/// In a run on files this compares one with another.
#[tokio::test]
async fn tables_columns_and_indexes_are_the_same() {
    let chosen = TestApp::demo().await;
    let one = usize::from(is_chosen());
    let mut other = behind(&chosen).await;
    let found = (
        other.texts(COLUMNS[one]).await,
        other.texts(INDEXES[one]).await,
    );
    on_file();
    let file = TestApp::demo().await;
    let mut other = behind(&file).await;
    assert_eq!(found.0, other.texts(COLUMNS[0]).await);
    assert_eq!(found.1, other.texts(INDEXES[0]).await);
    assert!(found.0.len() > 150 && found.1.len() > 30, "{found:?}");
}

/// A caller who goes away while they wait for their turn does not leave the lock behind.
#[tokio::test(flavor = "multi_thread")]
async fn who_gave_up_waiting_holds_nobody_up() {
    let app = TestApp::demo().await;
    let store = &app.app.store;
    let now = Timestamp::from_millis(0);
    let mut other = behind(&app).await;
    hold(&mut other).await;
    for _ in 0..3 {
        let waits = store.forget_mails(now);
        let gave_up = tokio::time::timeout(Duration::from_millis(100), waits).await;
        assert!(gave_up.is_err(), "somebody else writes");
        let waits = store.forget_feedback(now);
        let gave_up = tokio::time::timeout(Duration::from_millis(100), waits).await;
        assert!(gave_up.is_err(), "somebody else writes");
    }
    other.run("ROLLBACK").await.expect("let go");
    let twin = Store::open(&database(&app.data())).await.expect("opened");
    let before = store.directory_changes().await.expect("read");
    twin.replace_accounts(&[], now).await.expect("its turn");
    let after = store.directory_changes().await.expect("read");
    assert_ne!(before, after, "what was written can be seen");
    store.forget_mails(now).await.expect("its turn");
    twin.close().await;
}

/// Lets something go on so many times, and then drops it.
async fn broken_off(question: impl Future, times: usize) {
    let mut question = pin!(question);
    let mut left = times;
    poll_fn(|context| {
        left -= 1;
        match question.as_mut().poll(context) {
            Poll::Pending if left > 0 => Poll::Pending,
            Poll::Pending | Poll::Ready(_) => Poll::Ready(()),
        }
    })
    .await;
}

/// At whatever moment questions are broken off, those who come after see what is true by then.
#[tokio::test]
async fn what_is_broken_off_leaves_no_old_view_behind() {
    let app = TestApp::demo().await;
    let store = &app.app.store;
    let now = Timestamp::from_millis(0);
    for times in 1..30 {
        broken_off(store.queue_counts(now, 2), times).await;
        broken_off(store.forget_feedback(now), times).await;
        broken_off(store.forget_mails(now), times).await;
        let before = store.directory_changes().await.expect("read");
        store.replace_accounts(&[], now).await.expect("written");
        for _ in 0..4 {
            let after = store.directory_changes().await.expect("read");
            assert_ne!(before, after, "{times}");
        }
    }
}
