//! What visitors say about translations: taken from everybody, once, within bounds.

mod command;
mod delete;
mod form;
mod hostile;
mod kept;
mod limits;
mod once;

use crate::support::{Answer, Request, TestApp, demo};
use partner_endpoint::config::{RawConfig, RawLimits, RawStore};
use partner_endpoint::feedback::{Kept, number};
use serde_json::Value;
use std::sync::Arc;

pub(crate) const PATH: &str = "/v1/translation-feedback";
pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\nIHDR";
const BOUNDARY: &str = "----the-boundary";

/// A form, part by part: the head without its last line's end, and the content.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form {
    parts: Vec<(String, Vec<u8>)>,
}

impl Form {
    /// All that is required.
    pub(crate) fn sound() -> Self {
        Self::default()
            .text("name", "Ada")
            .text("email", "ada@visitor.example")
            .text("subject", "A word is missing")
            .text("lang", "de")
    }

    pub(crate) fn text(self, name: &str, text: &str) -> Self {
        let head = format!("Content-Disposition: form-data; name=\"{name}\"");
        self.part(&head, text.as_bytes())
    }

    pub(crate) fn file(self, name: &str, bytes: &[u8]) -> Self {
        let head = format!(
            "Content-Disposition: form-data; name=\"screenshots\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream"
        );
        self.part(&head, bytes)
    }

    pub(crate) fn part(mut self, head: &str, bytes: &[u8]) -> Self {
        self.parts.push((head.to_owned(), bytes.to_vec()));
        self
    }

    /// Without the text of this name.
    fn without(mut self, name: &str) -> Self {
        let head = format!("Content-Disposition: form-data; name=\"{name}\"");
        self.parts.retain(|(known, _)| *known != head);
        self
    }

    /// With another text of this name.
    pub(crate) fn with(self, name: &str, text: &str) -> Self {
        self.without(name).text(name, text)
    }

    fn body(&self) -> Vec<u8> {
        let mut body = Vec::new();
        for (head, bytes) in &self.parts {
            body.extend_from_slice(format!("--{BOUNDARY}\r\n{head}\r\n\r\n").as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        body
    }

    pub(crate) fn request(&self, key: &str) -> Request {
        sent(self.body()).key(key)
    }
}

/// These bytes as a form.
fn sent(body: impl Into<Vec<u8>>) -> Request {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    Request::new("POST", PATH)
        .header("content-type", &kind)
        .body(body)
}

/// The same, a piece at a time and without a length.
fn chunked(mut request: Request) -> Request {
    let mut body = Vec::new();
    for piece in request.body.chunks(10_000) {
        body.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
        body.extend_from_slice(piece);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"0\r\n\r\n");
    request.body = body;
    request.header("transfer-encoding", "chunked")
}

/// A picture of so many bytes.
fn picture(size: usize) -> Vec<u8> {
    let mut bytes = PNG.to_vec();
    bytes.resize(size, b'x');
    bytes
}

pub(crate) async fn filed(app: &TestApp, key: &str, form: &Form) -> Answer {
    app.send(form.request(key)).await
}

async fn count(app: &TestApp) -> i64 {
    app.app.store.count_feedback().await.expect("count")
}

/// What was kept under this number.
async fn kept(app: &TestApp, id: i64) -> Kept {
    let kept = app.app.store.feedback(id).await;
    kept.expect("read").expect("there")
}

/// The number in a receipt.
fn number_of(receipt: &Value) -> i64 {
    let reference = receipt["reference"].as_str();
    reference.and_then(number).expect("a reference")
}

/// A demo that believes whom a call is for.
async fn behind_a_proxy(limits: RawLimits) -> TestApp {
    TestApp::with(RawConfig {
        trusted_proxies: Some(vec!["127.0.0.0/8".to_owned()]),
        ..demo(limits)
    })
    .await
}

/// A demo whose policy takes two files of a thousand bytes each.
async fn small_files(limits: RawLimits) -> TestApp {
    let folder = Arc::new(tempfile::tempdir().expect("temporary folder"));
    let policy = folder.path().join("policy.json");
    let small = partner_rules::policy::DEFAULT_JSON
        .replacen("\"files_max\": 5", "\"files_max\": 2", 1)
        .replacen("20971520", "1000", 1);
    std::fs::write(&policy, small).expect("written");
    let store = RawStore {
        policy: Some(policy),
        ..RawStore::default()
    };
    let raw = RawConfig {
        store,
        ..demo(limits)
    };
    TestApp::in_folder(folder, raw).await
}
