//! The demo's files.

use crate::support::{Request, TestApp};
use partner_endpoint::config::RawConfig;
use std::path::Path;

fn build(folder: &Path) {
    std::fs::create_dir_all(folder.join("app")).expect("folder");
    std::fs::create_dir_all(folder.join("demo")).expect("folder");
    for (name, text) in [
        ("index.html", "<!doctype html>"),
        ("partner-desk.js", "plain script"),
        ("partner-desk.js.br", "brotli script"),
        ("partner-desk.js.gz", "gzip script"),
        ("app/app_bg.wasm", "wasm"),
        ("app/app_bg.wasm.br", "brotli wasm"),
        ("app/en.json", "{}"),
        ("app/app.css", ":root{}"),
        ("demo/page.js", "page"),
    ] {
        std::fs::write(folder.join(name), text).expect("written");
    }
    std::fs::write(
        folder.parent().expect("parent").join("secret.txt"),
        "secret",
    )
    .expect("written");
}

async fn app() -> TestApp {
    let folder = tempfile::tempdir().expect("temporary folder");
    let site = folder.path().join("site");
    build(&site);
    let raw = RawConfig {
        demo: Some(true),
        site: Some(site),
        ..RawConfig::default()
    };
    TestApp::in_folder(std::sync::Arc::new(folder), raw).await
}

#[tokio::test]
async fn files_come_with_their_types_and_in_the_best_encoding() {
    let app = app().await;
    for (path, accept, body, encoding, kind) in [
        ("/", "", "<!doctype html>", None, "text/html; charset=utf-8"),
        (
            "/partner-desk.js",
            "",
            "plain script",
            None,
            "text/javascript; charset=utf-8",
        ),
        (
            "/partner-desk.js",
            "gzip, deflate, br",
            "brotli script",
            Some("br"),
            "text/javascript; charset=utf-8",
        ),
        (
            "/partner-desk.js",
            "gzip",
            "gzip script",
            Some("gzip"),
            "text/javascript; charset=utf-8",
        ),
        (
            "/app/app_bg.wasm",
            "br",
            "brotli wasm",
            Some("br"),
            "application/wasm",
        ),
        ("/app/app_bg.wasm", "gzip", "wasm", None, "application/wasm"),
        ("/app/en.json", "br", "{}", None, "application/json"),
        (
            "/app/app.css",
            "br",
            ":root{}",
            None,
            "text/css; charset=utf-8",
        ),
        (
            "/demo/page.js",
            "",
            "page",
            None,
            "text/javascript; charset=utf-8",
        ),
        (
            "/?user=member&dc=eu",
            "",
            "<!doctype html>",
            None,
            "text/html; charset=utf-8",
        ),
    ] {
        let answer = app
            .send(Request::get(path).header("accept-encoding", accept))
            .await;
        assert_eq!(
            (answer.status, answer.text().as_str()),
            (200, body),
            "{path} {accept}"
        );
        assert_eq!(
            answer.header("content-encoding").as_deref(),
            encoding,
            "{path} {accept}"
        );
        assert_eq!(
            answer.header("content-type").as_deref(),
            Some(kind),
            "{path}"
        );
        assert_eq!(
            answer.header("cache-control").as_deref(),
            Some("no-cache"),
            "{path}"
        );
        assert_eq!(
            answer.header("x-content-type-options").as_deref(),
            Some("nosniff"),
            "{path}"
        );
        assert_eq!(
            answer.header("content-security-policy"),
            None,
            "the page's own business"
        );
        assert!(
            answer
                .header("vary")
                .is_some_and(|vary| vary.to_lowercase().contains("accept-encoding"))
        );
    }
}

#[tokio::test]
async fn an_unchanged_file_costs_no_bytes() {
    let app = app().await;
    let first = app.get("/partner-desk.js").await;
    let etag = first.header("etag");
    let modified = first.header("last-modified").expect("last-modified");
    let again = app
        .send(Request::get("/partner-desk.js").header("if-modified-since", &modified))
        .await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    if let Some(etag) = etag {
        let again = app
            .send(Request::get("/partner-desk.js").header("if-none-match", &etag))
            .await;
        assert_eq!(again.status, 304);
    }
}

#[tokio::test]
async fn what_is_not_there_or_not_inside_is_a_problem() {
    let app = app().await;
    for path in [
        "/nothing.js",
        "/app/",
        "/app/nothing.wasm",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/app/..%2f..%2fsecret.txt",
        "/v1/nothing",
    ] {
        app.get(path).await.problem(404, "not_found");
    }
    app.get("/demo/token").await.problem(404, "not_found");
    app.get("/healthz").await;
}
