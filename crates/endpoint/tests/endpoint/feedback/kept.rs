//! What is kept: apart from what partners send, whole or not at all, also over crashes and copies.

use super::{Form, PNG, count, filed, kept, number_of, picture};
use crate::backup::{backed_up, filed as ticket_filed, restored};
use crate::support::{
    Answer, Program, Request, TestApp, User, database, demo, is_chosen, on, on_disk, on_file, raw,
    refuse, relent, run, sha256, text, ticket, upload,
};

use partner_endpoint::config::RawLimits;
use partner_endpoint::files::Files;
use partner_endpoint::store::Store;
use serde_json::json;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{Connection, SqlSafeStr};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// Files feedback with a picture of so many bytes; the file's id.
async fn with_picture(app: &TestApp, key: &str, size: usize) -> String {
    let form = Form::sound().file("a.png", &picture(size));
    let receipt = filed(app, key, &form).await.ok(201);
    kept(app, number_of(&receipt)).await.screenshots[0]
        .id
        .clone()
}

#[tokio::test]
async fn no_call_of_partners_gets_at_a_screenshot() {
    let app = TestApp::demo().await;
    let id = with_picture(&app, "k", 100).await;
    let mut body = ticket();
    body["uploads"] = json!([id]);
    let answer = app.file(User::Superadmin, "k", &body).await;
    answer.problem(422, "invalid_fields");
    assert_eq!(answer.violations(), ["uploads:upload_expired"]);
    app.file(User::Superadmin, "k", &ticket()).await.ok(201);
    for path in [
        format!("/v1/tickets/PS-EU-000001/attachments/{id}"),
        format!("/v1/tickets/TF-000001/attachments/{id}"),
        "/v1/tickets/TF-000001".to_owned(),
    ] {
        let answer = app.get_as(User::Superadmin, &path).await;
        answer.problem(404, "not_found");
    }
    let page = app.get_as(User::Superadmin, "/v1/tickets").await.ok(200);
    assert_eq!(page["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn quotas_of_partners_and_of_feedback_are_apart() {
    let app = TestApp::limited(RawLimits {
        upload_bytes_per_day: Some(100),
        feedback_bytes_per_day: Some(1000),
        ..RawLimits::default()
    })
    .await;
    with_picture(&app, "k1", 10_000).await;
    let token = app.token(User::Member).await;
    let sent = |size: usize| upload("a.txt", vec![b'x'; size]).token(&token);
    app.send(sent(2000)).await.ok(201);
    app.send(sent(1)).await.problem(429, "rate_limited");
    with_picture(&app, "k2", 5000).await;
}

#[tokio::test]
async fn tidying_takes_what_belongs_to_nothing_and_nothing_else() {
    let app = TestApp::demo().await;
    let id = with_picture(&app, "k", 100).await;
    let long_ago = SystemTime::now() - Duration::from_secs(1_000_000);
    let dated = |name: &str| {
        let path = app.app.files.path(name);
        let mut options = std::fs::OpenOptions::new();
        let file = options.append(true).create(true).open(path);
        let file = file.expect("opened");
        file.set_modified(long_ago).expect("dated");
    };
    for name in [&id, "aa", "bb.part"] {
        dated(name);
    }
    app.clock.advance(400 * DAY_MS);
    app.app.tidy_up().await.expect("tidied");
    assert_eq!(on_disk(&app), [id]);
    // The key is kept with what it stands for.
    let form = Form::sound().file("a.png", &picture(100));
    let again = filed(&app, "k", &form).await;
    again.ok(201);
    assert!(again.is_replay());
}

#[tokio::test]
async fn a_store_that_fails_leaves_no_half() {
    let app = TestApp::demo().await;
    refuse(&app, "INSERT ON feedback_files", Some("NEW.position = 1")).await;
    let form = Form::sound().file("a.png", PNG).file("b.png", PNG);
    let answer = filed(&app, "k", &form).await;
    answer.problem(503, "storage_unavailable");
    assert!(answer.header("retry-after").is_some());
    assert_eq!(count(&app).await, 0);
    relent(&app).await;
    let receipt = filed(&app, "k", &form).await;
    // A server gives numbers once, also to what is undone afterwards.
    let number = if is_chosen() {
        "TF-000002"
    } else {
        "TF-000001"
    };
    assert_eq!(receipt.ok(201)["reference"], number);
    assert!(!receipt.is_replay());
    if is_chosen() {
        return; // `check` is for files
    }
    // What the failure left belongs to nothing, and goes when it is old.
    let (code, said) = on(&app.folder.path().join("data"), &["check"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(said.matches("young\t").count(), 2, "{said}");
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_told_by_code() {
    let app = TestApp::demo().await;
    let folder = app.app.files.folder().to_owned();
    std::fs::remove_dir(&folder).expect("removed");
    let form = Form::sound().file("a.png", PNG);
    let answer = filed(&app, "k", &form).await;
    answer.problem(503, "storage_unavailable");
    assert!(answer.header("retry-after").is_some());
    std::fs::create_dir(&folder).expect("made");
    filed(&app, "k", &form).await.ok(201);
}

/// No file can grow beyond a bound, as on a disk that is full for large files only.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_by_code_and_passes() {
    on_file();
    const ROOM: usize = 4 << 20;
    let folder = tempfile::tempdir().expect("temporary folder");
    let program = Program::serve_on_full_disk(folder.path(), "-f", ROOM);
    let address = program.address;
    let form = |size: usize| {
        Form::sound()
            .file("a.png", PNG)
            .file("b.png", &picture(size))
    };
    let full = form(ROOM + 500_000).request("k").send(address).await;
    full.problem(503, "storage_unavailable");
    let files = Files::beside(&folder.path().join("endpoint.sqlite"));
    let left = std::fs::read_dir(files.folder()).expect("folder").count();
    assert_eq!(left, 0, "nothing half-written");
    form(ROOM - 1).request("k").send(address).await.ok(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_forms_arrive_what_was_acknowledged_is_there() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut program = Program::serve(folder.path());
    let address = program.address;
    let (acknowledged, mut told) = tokio::sync::mpsc::unbounded_channel();
    for worker in 0..8 {
        let acknowledged = acknowledged.clone();
        tokio::spawn(async move {
            for index in 0..20 {
                let bytes = picture(50_000 + worker * 100 + index);
                let form = Form::sound().file("a.png", &bytes).file("b.png", PNG);
                let request = form.request(&format!("{worker}-{index}"));
                let Some(answer) = Answer::read(&request.exchange(address).await, false) else {
                    return;
                };
                let told = (number_of(&answer.ok(201)), sha256(&bytes));
                if acknowledged.send(told).is_err() {
                    return;
                }
            }
        });
    }
    drop(acknowledged);
    let mut hashes = BTreeMap::new();
    while let Some((id, hash)) = told.recv().await {
        assert!(hashes.insert(id, hash).is_none(), "no reference twice");
        if hashes.len() == 24 {
            program.kill();
        }
    }
    let store = Store::open(&database(folder.path())).await.expect("opened");
    for (id, hash) in &hashes {
        let kept = store.feedback(*id).await.expect("read").expect("there");
        assert_eq!(kept.screenshots.len(), 2);
        assert_eq!(kept.screenshots[0].sha256, *hash);
    }
    if is_chosen() {
        return; // `check` is for files
    }
    let output = run(&["check", "--data", &folder.path().to_string_lossy()]);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{said}");
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn large_forms_go_through_in_bounded_memory() {
    const SIZE: usize = 20 << 20;
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut program = Program::serve(folder.path());
    let address = program.address;
    let form = |size: usize, count: usize| {
        (0..count).fold(Form::sound(), |form, _| form.file("a.png", &picture(size)))
    };
    // Whatever is made once is made now.
    form(100_000, 1).request("k").send(address).await.ok(201);
    let before = crate::support::most_memory(program.id());
    let two = [form(SIZE, 5).request("k1"), form(SIZE, 2).request("k2")];
    let [one, two] = two.map(|request| async move { request.send(address).await.ok(201) });
    tokio::join!(one, two);
    // A replay is read as well, and what is too large besides.
    form(SIZE, 5).request("k1").send(address).await.ok(201);
    let refused = form(SIZE + 1, 1).request("k3").send(address).await;
    refused.problem(422, "invalid_fields");
    let endless = Form::sound().text("description", &"x".repeat(90 << 20));
    let refused = endless.request("k4").send(address).await;
    refused.problem(422, "invalid_fields");
    let after = crate::support::most_memory(program.id());
    program.kill();
    let grown = after.saturating_sub(before);
    assert!(grown < 10 << 20, "{grown} bytes");
}

#[tokio::test(flavor = "multi_thread")]
async fn copies_hold_feedback_and_checks_find_what_is_wrong_with_it() {
    on_file();
    let app = Arc::new(TestApp::demo().await);
    let data = app.folder.path().join("data");
    ticket_filed(&app, "ticket").await;
    let first = with_picture(&app, "k1", 100).await;
    let second = with_picture(&app, "k2", 200).await;
    let copies = tempfile::tempdir().expect("temporary folder");
    let to = copies.path().join("copy");
    let (code, said) = backed_up(&data, &to);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("3 files copied, 0 faults"), "{said}");
    let place = Arc::new(tempfile::tempdir().expect("temporary folder"));
    let again = place.path().join("data");
    let (code, said) = restored(&again, &to);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("3 files restored"), "{said}");
    assert_eq!(on(&again, &["check"]).0, 0);
    let again = TestApp::in_folder(place, demo(RawLimits::default())).await;
    let form = Form::sound().file("a.png", &picture(100));
    let replay = filed(&again, "k1", &form).await;
    assert_eq!(replay.ok(201)["reference"], "TF-000001");
    assert!(replay.is_replay());
    again.app.tidy_up().await.expect("tidied");
    assert_eq!(on_disk(&again).len(), 3);

    std::fs::remove_file(app.app.files.path(&first)).expect("removed");
    std::fs::write(app.app.files.path(&second), "changed").expect("changed");
    let (code, said) = on(&data, &["check"]);
    assert_eq!(code, 3);
    for line in [
        format!("missing\t{first}\tTF-000001\n"),
        format!("damaged\t{second}\tTF-000002\n"),
        "1 files as they should be, 2 faults, 0 files left over\n".to_owned(),
    ] {
        assert!(said.contains(&line), "{line} in {said}");
    }
}

#[tokio::test]
async fn a_database_from_before_feedback_is_copied_and_checked_and_brought_up_to_date() {
    on_file();
    let folder = tempfile::tempdir().expect("temporary folder");
    let file = folder.path().join("endpoint.sqlite");
    let mut old = raw(&file).await;
    let before = [
        include_str!("../../../migrations/sqlite/0001_start.sql"),
        include_str!("../../../migrations/sqlite/0002_access.sql"),
        include_str!("../../../migrations/sqlite/0003_files.sql"),
    ];
    let migrations = before.into_iter().zip(1_i64..).map(|(sql, version)| {
        let name = format!("{version}").into();
        Migration::new(
            version,
            name,
            MigrationType::Simple,
            sql.into_sql_str(),
            false,
        )
    });
    Migrator::with_migrations(migrations.collect())
        .run(&mut old)
        .await
        .expect("migrated");
    sqlx::raw_sql(
        "INSERT INTO shops (id, name, default_access, created_at) VALUES ('demo', 'Demo', 'own', 0);
         INSERT INTO files (id, shop_id, sub, name, size, sha256, content_type, created_at)
         VALUES ('aa', 'demo', 'a@b.example', 'a.txt', 0,
                 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'text/plain', 0);",
    )
    .execute(&mut old)
    .await
    .expect("filled");
    old.close().await.expect("closed");
    let files = Files::beside(&file);
    files.make().expect("made");
    std::fs::write(files.path("aa"), "").expect("written");
    std::fs::write(files.path("bb"), "").expect("written");
    let to = folder.path().join("copy");
    let (code, said) = on(folder.path(), &["check"]);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("young\tbb\t0\n1 files as they should be"),
        "{said}"
    );
    let (code, said) = backed_up(folder.path(), &to);
    assert_eq!(
        (code, said.as_str()),
        (0, "1 files copied, 0 faults, 0 files left over\n")
    );
    let store = Store::open(&to.join("endpoint.sqlite")).await;
    let count = store.expect("brought up to date").count_feedback().await;
    assert_eq!(count.expect("count"), 0);
    assert_eq!(on(&to, &["check"]).0, 0);
}

#[tokio::test]
async fn a_stop_lets_a_form_that_arrives_finish() {
    let app = TestApp::demo().await;
    let form = Form::sound().file("a.png", &picture(200_000));
    let bytes = form.request("k").bytes(app.address);
    let (head, rest) = bytes.split_at(100_000);
    let mut stream = crate::support::connect(app.address).await;
    tokio::io::AsyncWriteExt::write_all(&mut stream, head)
        .await
        .expect("sent");
    // It has begun once something of it is on disk.
    while on_disk(&app).is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let _folder = Arc::clone(&app.folder);
    let done = app.begin_stop();
    tokio::io::AsyncWriteExt::write_all(&mut stream, rest)
        .await
        .expect("sent");
    let mut answer = Vec::new();
    tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut answer)
        .await
        .expect("answered");
    Answer::read(&answer, false).expect("an answer").ok(201);
    done.await.expect("stopped");
}

#[tokio::test]
async fn without_its_store_nothing_is_taken() {
    let app = TestApp::demo().await;
    app.app.store.close().await;
    let answer = filed(&app, "k", &Form::sound().file("a.png", PNG)).await;
    answer.problem(503, "storage_unavailable");
    assert_eq!(on_disk(&app), [""; 0]);
    let health = app.send(Request::get("/healthz")).await;
    assert_eq!(health.status, 200);
}
