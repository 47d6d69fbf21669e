//! Files in a bucket of an S3-compatible store: the same to partners, whatever happens between us and the store.

mod carried;
mod faults;
mod kept;

use crate::support::{Answer, Objects, TestApp, User, demo, upload};
use partner_endpoint::config::{RawAttachments, RawConfig, RawLimits};

fn settings(attachments: &RawAttachments) -> RawConfig {
    RawConfig {
        attachments: attachments.clone(),
        ..demo(RawLimits::default())
    }
}

/// A demo that keeps its files in the place of this name.
async fn in_bucket(objects: &Objects, name: &str) -> TestApp {
    TestApp::with(settings(&objects.place(name))).await
}

async fn sent(app: &TestApp, name: &str, bytes: &[u8]) -> Answer {
    app.send(upload(name, bytes).token(&app.token(User::Member).await))
        .await
}

/// The names of everything that is kept or arrives.
async fn there(app: &TestApp) -> Vec<String> {
    let mut listing = app.app.files.list().await.expect("listed");
    let page = listing.page().await.expect("a page");
    let mut names: Vec<String> = page.into_iter().map(|found| found.name).collect();
    names.sort_unstable();
    names
}
