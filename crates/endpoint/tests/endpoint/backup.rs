//! Copies that hold everything, and checks that find what is wrong.

use crate::support::{
    Raw, TestApp, User, demo, newer_migration, newer_programs_only, on, on_file, raw, ticket,
    upload,
};
use partner_endpoint::config::RawLimits;
use partner_endpoint::store::Store;
use serde_json::json;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{Connection, SqlSafeStr};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

pub(crate) fn backed_up(data: &Path, to: &Path) -> (i32, String) {
    on(data, &["backup", &to.to_string_lossy()])
}

pub(crate) fn restored(data: &Path, from: &Path) -> (i32, String) {
    on(data, &["restore", &from.to_string_lossy()])
}

async fn sent(app: &TestApp, text: &str) -> String {
    let request = upload("a.txt", text).token(&app.token(User::Member).await);
    let answer = app.send(request).await.ok(201);
    answer["id"].as_str().expect("id").to_owned()
}

/// Files a ticket with a file of this text; its reference and the file's id.
pub(crate) async fn filed(app: &TestApp, key: &str) -> (String, String) {
    let id = sent(app, key).await;
    let mut body = ticket();
    body["uploads"] = json!([id]);
    let receipt = app.file(User::Member, key, &body).await.ok(201);
    let reference = receipt["reference"].as_str().expect("reference");
    (reference.to_owned(), id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_a_busy_endpoint_is_whole_and_can_be_served() {
    on_file();
    let app = Arc::new(TestApp::demo().await);
    let data = app.folder.path().join("data");
    let (reference, id) = filed(&app, "before").await;
    sent(&app, "unused").await;
    let over = Arc::new(AtomicBool::new(false));
    let busy: Vec<_> = (0..4)
        .map(|worker| {
            let (app, over) = (Arc::clone(&app), Arc::clone(&over));
            tokio::spawn(async move {
                let mut count = 0;
                while !over.load(Ordering::SeqCst) {
                    filed(&app, &format!("{worker}-{count}")).await;
                    count += 1;
                }
                count
            })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let copies = tempfile::tempdir().expect("temporary folder");
    let to = copies.path().join("deep/copy");
    let (code, said) = backed_up(&data, &to);
    over.store(true, Ordering::SeqCst);
    for worker in busy {
        assert!(worker.await.expect("worked") > 0, "it was busy");
    }
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("files copied, 0 faults"), "{said}");
    assert_eq!(on(&to, &["check"]).0, 0);

    let place = Arc::new(tempfile::tempdir().expect("temporary folder"));
    let (code, said) = restored(&place.path().join("data"), &to);
    assert_eq!(code, 0, "{said}");
    assert_eq!(on(&place.path().join("data"), &["check"]).0, 0);
    let again = TestApp::in_folder(place, demo(RawLimits::default())).await;
    let path = format!("/v1/tickets/{reference}/attachments/{id}");
    assert_eq!(again.get_as(User::Member, &path).await.body, b"before");
    let mut body = ticket();
    body["uploads"] = json!([id]);
    let replay = again.file(User::Member, "before", &body).await;
    assert_eq!(replay.ok(201)["reference"], *reference);
}

#[tokio::test(flavor = "multi_thread")]
async fn uploads_that_go_meanwhile_are_not_missed() {
    on_file();
    let app = TestApp::demo().await;
    let data = app.folder.path().join("data");
    let copies = tempfile::tempdir().expect("temporary folder");
    for round in 0..4 {
        for index in 0..10 {
            sent(&app, &format!("{round}-{index}")).await;
        }
        app.clock.advance(25 * 60 * 60 * 1000);
        let to = copies.path().join(round.to_string());
        let tidying = async { app.app.tidy_up().await.expect("tidied") };
        let (from, into) = (data.clone(), to.clone());
        let backup = tokio::task::spawn_blocking(move || {
            on_file();
            backed_up(&from, &into)
        });
        let (done, ()) = tokio::join!(backup, tidying);
        let (code, said) = done.expect("ran");
        assert_eq!(code, 0, "{said}");
        assert_eq!(on(&to, &["check"]).0, 0);
    }
}

#[tokio::test]
async fn a_check_says_what_is_missing_damaged_or_left_over() {
    on_file();
    let app = TestApp::demo().await;
    let data = app.folder.path().join("data");
    let (code, said) = on(&data, &["check"]);
    assert_eq!(
        (code, said.as_str()),
        (
            0,
            "0 files as they should be, 0 faults, 0 files left over\n"
        )
    );
    let (one, first) = filed(&app, "one").await;
    let (two, second) = filed(&app, "two").await;
    let third = sent(&app, "unused").await;
    assert_eq!(on(&data, &["check"]).0, 0);

    let made = |name: &str, hours: u64| {
        let path = app.app.files.path(name);
        std::fs::write(&path, "stray").expect("written");
        let file = std::fs::File::open(path).expect("opened");
        let time = SystemTime::now() - Duration::from_secs(hours * 3600);
        file.set_modified(time).expect("dated");
    };
    made("ff.part", 1);
    let (code, said) = on(&data, &["check"]);
    assert_eq!(code, 0, "it may still be arriving");
    assert!(said.contains("young\tff.part\t5\n"), "{said}");
    made("ee", 30);
    let (code, said) = on(&data, &["check"]);
    assert_eq!(code, 4);
    assert!(said.contains("left over\tee\t5\n"), "{said}");

    std::fs::remove_file(app.app.files.path(&first)).expect("removed");
    std::fs::write(app.app.files.path(&second), "twi").expect("changed");
    std::fs::write(app.app.files.path(&third), "longer than it was").expect("changed");
    let (code, said) = on(&data, &["check"]);
    assert_eq!(code, 3);
    for line in [
        format!("missing\t{first}\t{one}\n"),
        format!("damaged\t{second}\t{two}\n"),
        format!("damaged\t{third}\tno ticket\n"),
        "0 files as they should be, 3 faults, 1 files left over\n".to_owned(),
    ] {
        assert!(said.contains(&line), "{line} in {said}");
    }

    // What is there is still copied, and nobody is told that it is everything.
    let copies = tempfile::tempdir().expect("temporary folder");
    let to = copies.path().join("copy");
    assert_eq!(backed_up(&data, &to).0, 3);
    let (code, said) = restored(&copies.path().join("again"), &to);
    assert_eq!(code, 3);
    assert!(
        said.contains(&format!("missing\t{first}\t{one}\n")),
        "{said}"
    );
    assert!(copies.path().join("again/endpoint.sqlite").exists());
}

#[tokio::test]
async fn nothing_is_written_over() {
    on_file();
    let app = TestApp::demo().await;
    let data = app.folder.path().join("data");
    filed(&app, "one").await;
    let copies = tempfile::tempdir().expect("temporary folder");
    let to = copies.path().join("copy");
    assert_eq!(backed_up(&data, &to).0, 0);
    let before = std::fs::read(to.join("endpoint.sqlite")).expect("read");
    for (code, said) in [
        backed_up(&data, &to),
        restored(&to, &to),
        restored(&data, &to),
    ] {
        assert_eq!(code, 1);
        assert!(said.contains("is there already"), "{said}");
    }
    let after = std::fs::read(to.join("endpoint.sqlite")).expect("read");
    assert!(before == after);
    // Files of some other database would mix with the restored ones.
    let half = copies.path().join("half");
    std::fs::create_dir_all(half.join("endpoint.sqlite-files")).expect("made");
    std::fs::write(half.join("endpoint.sqlite-files/a"), "x").expect("written");
    assert!(restored(&half, &to).1.contains("is there already"));
    let wal = copies.path().join("wal");
    std::fs::create_dir_all(&wal).expect("made");
    std::fs::write(wal.join("endpoint.sqlite-wal"), "x").expect("written");
    assert!(restored(&wal, &to).1.contains("is there already"));
}

#[test]
fn what_is_no_backup_and_no_database_is_said() {
    on_file();
    let folder = tempfile::tempdir().expect("temporary folder");
    let nowhere = folder.path().join("nowhere");
    for (code, said) in [
        backed_up(&nowhere, &folder.path().join("a")),
        restored(&folder.path().join("b"), &nowhere),
        on(&nowhere, &["check"]),
    ] {
        assert_eq!(code, 1);
        assert!(said.contains("there is no database"), "{said}");
    }
    let other = folder.path().join("other");
    std::fs::create_dir(&other).expect("made");
    std::fs::write(other.join("endpoint.sqlite"), "no database").expect("written");
    for (code, said) in [
        backed_up(&other, &folder.path().join("a")),
        restored(&folder.path().join("b"), &other),
        on(&other, &["check"]),
    ] {
        assert_eq!(code, 1);
        assert!(said.contains("database"), "{said}");
    }
    let left: Vec<_> = std::fs::read_dir(folder.path()).expect("read").collect();
    assert_eq!(left.len(), 1, "a mistake leaves nothing behind");
}

#[tokio::test]
async fn a_backup_with_a_damaged_database_is_not_restored() {
    on_file();
    let app = TestApp::demo().await;
    let data = app.folder.path().join("data");
    filed(&app, "one").await;
    let copies = tempfile::tempdir().expect("temporary folder");
    let to = copies.path().join("copy");
    assert_eq!(backed_up(&data, &to).0, 0);
    let mut copy = raw(&to.join("endpoint.sqlite")).await;
    sqlx::raw_sql("PRAGMA foreign_keys = OFF; DELETE FROM tickets")
        .execute(&mut copy)
        .await
        .expect("sabotaged");
    copy.close().await.expect("closed");
    let (code, said) = on(&to, &["check"]);
    assert_eq!(code, 3);
    assert!(said.contains("damaged database\ta row of "), "{said}");
    let again = copies.path().join("again");
    let (code, said) = restored(&again, &to);
    assert_eq!(code, 1);
    assert!(said.contains("damaged"), "{said}");
    assert!(!again.exists());
}

#[tokio::test]
async fn a_newer_database_is_refused_by_every_command() {
    on_file();
    let app = TestApp::demo().await;
    let folder = Arc::clone(&app.folder);
    let (data, file) = (folder.path().join("data"), app.file_on_disk());
    app.stop().await;
    let mut newer = Raw::File(raw(&file).await);
    newer_migration(&mut newer).await;
    newer_programs_only(&mut newer).await;
    let Raw::File(newer) = newer else {
        panic!("a file");
    };
    newer.close().await.expect("closed");
    let before = std::fs::read(&file).expect("read");
    let elsewhere = folder.path().join("elsewhere");
    for (code, said) in [
        on(&data, &["serve", "--demo", "--port", "0"]),
        on(&data, &["shops", "list"]),
        on(&data, &["check"]),
        backed_up(&data, &elsewhere),
        restored(&elsewhere, &data),
    ] {
        assert_eq!(code, 1, "{said}");
        assert!(
            said.contains("written by a newer version of this program (its migration 9999"),
            "{said}"
        );
    }
    assert!(!elsewhere.exists());
    assert!(before == std::fs::read(&file).expect("read"), "unchanged");
}

#[tokio::test]
async fn an_older_database_is_backed_up_as_it_is() {
    on_file();
    let folder = tempfile::tempdir().expect("temporary folder");
    let file = folder.path().join("endpoint.sqlite");
    let mut old = raw(&file).await;
    let first = Migration::new(
        1,
        "start".into(),
        MigrationType::Simple,
        include_str!("../../migrations/sqlite/0001_start.sql").into_sql_str(),
        false,
    );
    Migrator::with_migrations(vec![first])
        .run(&mut old)
        .await
        .expect("migrated");
    old.close().await.expect("closed");
    let to = folder.path().join("copy");
    for (code, said) in [on(folder.path(), &["check"]), backed_up(folder.path(), &to)] {
        assert_eq!(code, 0, "{said}");
    }
    for database in [&file, &to.join("endpoint.sqlite")] {
        let version: i64 = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations")
            .fetch_one(&mut raw(database).await)
            .await
            .expect("read");
        assert_eq!(version, 1);
    }
    let again = folder.path().join("again");
    assert_eq!(restored(&again, &to).0, 0);
    let store = Store::open(&again.join("endpoint.sqlite")).await;
    let count = store.expect("brought up to date").count_tickets().await;
    assert_eq!(count.expect("count"), 0);
}

#[cfg(unix)]
#[tokio::test]
async fn a_backup_is_its_owner_s_alone() {
    on_file();
    use std::os::unix::fs::PermissionsExt;
    let app = TestApp::demo().await;
    let copies = tempfile::tempdir().expect("temporary folder");
    let to = copies.path().join("copy");
    assert_eq!(backed_up(&app.folder.path().join("data"), &to).0, 0);
    let mode = std::fs::metadata(&to).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}
