//! `partner-endpoint feedback delete …`: gone for good, and nothing else with it.

use super::{Form, PNG, count, filed, kept, picture};
use crate::backup::filed as ticket_filed;
use crate::support::{TestApp, is_chosen, on, on_disk, on_file, refuse, run, text};
use partner_endpoint::config::RawLimits;
use std::path::{Path, PathBuf};

/// Three, of which the first has two screenshots and the second one; the folder of the data.
async fn three(app: &TestApp) -> PathBuf {
    for (key, form) in [
        (
            "k1",
            Form::sound().file("a.png", PNG).file("b.png", &picture(99)),
        ),
        ("k2", Form::sound().file("c.png", &picture(5000))),
        ("k3", Form::sound()),
    ] {
        filed(app, key, &form).await.ok(201);
    }
    app.folder.path().join("data")
}

/// Whether these bytes are in any file of the folder.
fn holds(folder: &Path, wanted: &str) -> bool {
    let entries = std::fs::read_dir(folder).expect("read");
    let mut files = entries.map(|entry| entry.expect("entry").path());
    files.any(|path| {
        let bytes = || std::fs::read(&path).expect("read");
        let found = |bytes: &[u8]| bytes.windows(wanted.len()).any(|w| w == wanted.as_bytes());
        path.is_file() && found(&bytes())
    })
}

#[tokio::test]
async fn it_is_removed_with_its_screenshots_while_the_endpoint_runs() {
    let app = TestApp::demo().await;
    let data = three(&app).await;
    let (_, ticket_file) = ticket_filed(&app, "ticket").await;
    let third = kept(&app, 3).await;
    let (code, said) = on(&data, &["feedback", "delete", "TF-000002", "tf-1"]);
    assert_eq!(
        (code, said.as_str()),
        (0, "removed\tTF-000001\t2\nremoved\tTF-000002\t1\n")
    );
    for gone in ["TF-000001", "TF-000002"] {
        let (code, said) = on(&data, &["feedback", "show", gone]);
        assert_eq!(code, 1, "{said}");
    }
    assert_eq!((count(&app).await, kept(&app, 3).await), (1, third));
    assert_eq!(on_disk(&app), [ticket_file], "a ticket's file is another's");
    if !is_chosen() {
        let (code, said) = on(&data, &["check"]);
        assert_eq!(code, 0, "{said}");
        assert!(said.contains("0 files left over"), "{said}");
    }
    // What was said is not answered for any more, and its number stands for nothing else.
    let again = filed(&app, "k3", &Form::sound()).await;
    assert!(again.is_replay());
    let fresh = filed(&app, "k2", &Form::sound()).await;
    assert!(!fresh.is_replay());
    assert_eq!(fresh.ok(201)["reference"], "TF-000004");
}

#[tokio::test]
async fn nobody_finds_it_in_the_database_afterwards() {
    on_file();
    const NAME: &str = "Wilhelmine Unmistakable";
    let app = TestApp::demo().await;
    let data = three(&app).await;
    // So long that it does not fit into a page with others.
    let text = format!("{NAME} ").repeat(1000);
    let form = Form::sound().with("name", NAME).text("description", &text);
    filed(&app, "k4", &form).await.ok(201);
    assert!(holds(&data, NAME), "it is found as long as it is there");
    assert_eq!(on(&data, &["feedback", "delete", "TF-000004"]).0, 0);
    assert!(!holds(&data, NAME), "while the endpoint runs");
    let folder = std::sync::Arc::clone(&app.folder);
    app.stop().await;
    assert!(!holds(&data, NAME), "and when it has ended");
    drop(folder);
}

#[tokio::test]
async fn one_that_is_unknown_keeps_all_of_them() {
    let app = TestApp::demo().await;
    let data = three(&app).await;
    let before = on_disk(&app);
    for (words, complaint) in [
        (
            ["TF-000001", "TF-000009", "TF-8"],
            "there is no feedback TF-000008, TF-000009; nothing was removed",
        ),
        (
            ["TF-000001", "PS-EU-000001", "TF-2"],
            "PS-EU-000001: a reference is TF-",
        ),
        (["TF-000001", "", "TF-2"], ": a reference is TF-"),
    ] {
        let (code, said) = on(&data, &[&["feedback", "delete"], &words[..]].concat());
        assert_eq!(code, 1, "{said}");
        assert!(said.contains(complaint), "{said}");
        assert!(!said.contains("removed\t"), "{said}");
        assert_eq!((count(&app).await, on_disk(&app)), (3, before.clone()));
    }
    // Named twice it is still one.
    let (code, said) = on(&data, &["feedback", "delete", "TF-3", "TF-000003"]);
    assert_eq!((code, said.as_str()), (0, "removed\tTF-000003\t0\n"));
    let output = run(&["feedback", "delete"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
}

#[tokio::test]
async fn a_store_that_fails_keeps_all_of_them() {
    let app = TestApp::demo().await;
    let data = three(&app).await;
    let before = on_disk(&app);
    refuse(&app, "DELETE ON feedback", Some("OLD.id = 2")).await;
    let (code, said) = on(&data, &["feedback", "delete", "TF-1", "TF-2"]);
    assert_eq!(code, 1, "{said}");
    assert!(!said.contains("removed"), "{said}");
    assert_eq!((count(&app).await, on_disk(&app)), (3, before));
    assert_eq!(kept(&app, 1).await.screenshots.len(), 2);
    assert!(is_chosen() || on(&data, &["check"]).0 == 0);
}

#[tokio::test]
async fn what_is_older_than_the_operator_wants_goes_by_itself() {
    const DAY_MS: u64 = 24 * 60 * 60 * 1000;
    let app = TestApp::limited(RawLimits {
        feedback_retention_days: Some(31),
        ..RawLimits::default()
    })
    .await;
    three(&app).await;
    app.clock.advance(31 * DAY_MS - 60_000);
    filed(&app, "late", &Form::sound().file("d.png", PNG))
        .await
        .ok(201);
    app.app.tidy_up().await.expect("tidied");
    assert_eq!((count(&app).await, on_disk(&app).len()), (4, 4));
    app.clock.advance(60_000);
    app.app.tidy_up().await.expect("tidied");
    let late = kept(&app, 4).await;
    assert_eq!(count(&app).await, 1);
    assert_eq!(on_disk(&app), [late.screenshots[0].id.clone()]);
    let again = filed(&app, "late", &Form::sound().file("d.png", PNG)).await;
    assert!(again.is_replay());
}

#[tokio::test]
async fn a_file_that_cannot_be_removed_is_named() {
    let app = TestApp::demo().await;
    let data = three(&app).await;
    let first = kept(&app, 1).await.screenshots;
    let (stuck, lost) = (&first[0].id, &first[1].id);
    let path = app.app.files.path(stuck);
    std::fs::remove_file(&path).expect("removed");
    std::fs::create_dir(&path).expect("made");
    std::fs::remove_file(app.app.files.path(lost)).expect("removed");
    let (code, said) = on(&data, &["feedback", "delete", "TF-000001", "TF-000002"]);
    assert_eq!(code, 1, "{said}");
    assert!(
        said.starts_with("removed\tTF-000001\t2\nremoved\tTF-000002\t1\nremoved, but"),
        "{said}"
    );
    assert!(said.contains(stuck) && !said.contains(lost), "{said}");
    assert_eq!(count(&app).await, 1);
    assert_eq!(on_disk(&app), std::slice::from_ref(stuck));
}
