//! The maildir that a running endpoint watches.

use super::{app, fixture, mail, mailbox};
use crate::support::TestApp;
use partner_endpoint::config::{RawConfig, RawMail};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

fn maildir() -> TempDir {
    let folder = tempfile::tempdir().expect("temporary folder");
    for name in ["new", "cur", "tmp"] {
        std::fs::create_dir(folder.path().join(name)).expect("folder");
    }
    folder
}

fn watching(folder: &Path) -> RawMail {
    RawMail {
        mail_maildir: Some(folder.to_owned()),
        mail_poll_seconds: Some(1),
        mail_max_bytes: Some(100_000),
        ..RawMail::default()
    }
}

/// As a mail server does: written elsewhere, then moved.
fn deliver(folder: &Path, name: &str, raw: &[u8]) {
    let part = folder.join("tmp").join(name);
    std::fs::write(&part, raw).expect("written");
    std::fs::rename(part, folder.join("new").join(name)).expect("moved");
}

fn names(folder: PathBuf) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .map(|entries| {
            let names = entries.map(|entry| entry.expect("entry").file_name());
            names
                .map(|name| name.to_string_lossy().into_owned())
                .collect()
        })
        .unwrap_or_default();
    names.sort();
    names
}

async fn emptied(folder: &Path) {
    for _ in 0..600 {
        if names(folder.join("new")).is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("still there: {:?}", names(folder.join("new")));
}

#[tokio::test]
async fn mails_are_taken_and_moved_and_bad_ones_set_aside_with_a_reason() {
    let folder = maildir();
    deliver(folder.path(), "1.early", &fixture("composer.eml"));
    deliver(folder.path(), "2.large", &vec![b'a'; 100_001]);
    deliver(
        folder.path(),
        "3.loop",
        b"From: a@b.example\nAuto-Submitted: auto-replied\n\nAway.",
    );
    deliver(folder.path(), "4.copy", &fixture("composer.eml"));
    let app = app(watching(folder.path())).await;
    // Users came after the first look: what could not be known then is for an agent, never lost.
    emptied(folder.path()).await;
    deliver(
        folder.path(),
        "5.later",
        mail("ada@one.example", "later@one.example", "", "It broke.").as_bytes(),
    );
    emptied(folder.path()).await;
    assert_eq!(
        names(folder.path().join("cur")),
        ["1.early:2,S", "4.copy:2,S", "5.later:2,S"]
    );
    assert_eq!(
        names(folder.path().join(".set-aside")),
        ["2.large", "2.large.reason", "3.loop", "3.loop.reason"]
    );
    let reason = |name: &str| {
        let path = folder.path().join(".set-aside").join(name);
        std::fs::read_to_string(path).expect("read")
    };
    assert_eq!(reason("2.large.reason"), "too_large\n");
    assert_eq!(reason("3.loop.reason"), "auto_submitted\n");
    app.stop().await;
}

#[tokio::test]
async fn a_crash_before_the_move_is_harmless() {
    let folder = maildir();
    let app = app(watching(folder.path())).await;
    let raw = mail("ada@one.example", "a@one.example", "", "It broke.");
    // Committed, and the program ended before it moved the file: it is in `new` at the next start.
    super::ingest(&app, raw.clone()).await;
    let settings = RawConfig {
        dcs: Some(vec!["eu".to_owned()]),
        audience: Some("test-group".to_owned()),
        mail: mailbox(watching(folder.path())),
        ..RawConfig::default()
    };
    deliver(folder.path(), "1.again", raw.as_bytes());
    let app: TestApp = app.restart(settings).await;
    emptied(folder.path()).await;
    assert_eq!(names(folder.path().join("cur")), ["1.again:2,S"]);
    assert_eq!(app.app.store.count_tickets().await.expect("count"), 1);
    app.stop().await;
}

#[cfg(unix)]
#[tokio::test]
async fn links_and_folders_are_left_alone() {
    let folder = maildir();
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "From: a@b.example\n\nsecret").expect("written");
    std::os::unix::fs::symlink(&secret, folder.path().join("new/link")).expect("linked");
    std::fs::create_dir(folder.path().join("new/folder")).expect("folder");
    let app = app(watching(folder.path())).await;
    deliver(
        folder.path(),
        "mail",
        mail("ada@one.example", "a@one.example", "", "It broke.").as_bytes(),
    );
    for _ in 0..600 {
        if names(folder.path().join("cur")) == ["mail:2,S"] {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(names(folder.path().join("new")), ["folder", "link"]);
    assert!(
        app.app
            .store
            .mails_left(i64::MAX, 9)
            .await
            .expect("list")
            .is_empty()
    );
    app.stop().await;
}
