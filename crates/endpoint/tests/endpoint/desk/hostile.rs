//! Forms from elsewhere, texts that would like to be markup, and what every page tells the browser.

use super::{Browser, demo, signed_in};
use crate::support::Request;

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

#[tokio::test]
async fn every_answer_has_the_strict_policy_and_is_kept_by_nobody() {
    let (_app, mut browser) = signed_in().await;
    let stranger = Browser {
        cookies: std::collections::BTreeMap::new(),
        ..browser.clone()
    };
    for path in [
        "/",
        "/account",
        "/feedback",
        "/feedback/TF-000001",
        "/nowhere",
        "/sign-out",
    ] {
        for answer in [
            browser.get(path).await,
            stranger.request("GET", path).send(stranger.address).await,
        ] {
            let header = |name: &str| answer.header(name).unwrap_or_default();
            assert_eq!(header("content-security-policy"), POLICY, "{path}");
            assert_eq!(header("cache-control"), "no-store", "{path}");
            assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(header("referrer-policy"), "no-referrer", "{path}");
            assert_eq!(header("x-frame-options"), "DENY", "{path}");
            let text = answer.text();
            assert!(
                !text.contains("<script") && !text.contains(" style="),
                "{path}"
            );
            if !text.is_empty() {
                assert_eq!(header("content-type"), "text/html; charset=utf-8", "{path}");
                assert_eq!(text.matches("<h1").count(), 1, "{path}");
                assert_eq!(text.matches("<main").count(), 1, "{path}");
            }
        }
    }
}

#[tokio::test]
async fn a_form_without_the_session_s_secret_changes_nothing() {
    let (app, mut browser) = signed_in().await;
    browser.page("/account").await;
    let mut other = Browser::at(&app);
    other.sign_in_as_demo().await;
    other.page("/account").await;
    assert_ne!(browser.form, other.form);
    for secret in [String::new(), "0".repeat(64), other.form.clone()] {
        let mut forged = browser.clone();
        forged.form = secret;
        let answer = forged.post("/sign-out", &[]).await;
        assert_eq!(answer.status, 403);
        assert!(answer.text().contains("<h1>This form was not taken</h1>"));
        browser.page("/").await;
    }
    let bare = browser.request("POST", "/sign-out");
    assert_eq!(browser.send(bare).await.status, 415);
    let json = browser
        .request("POST", "/sign-out")
        .header("content-type", "text/plain")
        .body(format!("form={}", browser.form));
    assert_eq!(browser.send(json).await.status, 415);
    browser.page("/").await;
}

#[tokio::test]
async fn a_form_from_another_page_changes_nothing_whatever_it_knows() {
    let (_app, mut browser) = signed_in().await;
    browser.page("/account").await;
    let form = browser.form("/sign-out", &[]);
    for request in [
        form.clone().header("sec-fetch-site", "cross-site"),
        form.clone().header("sec-fetch-site", "same-site"),
        form.clone().header("sec-fetch-site", "none"),
        form.clone().without("sec-fetch-site"),
        form.clone()
            .without("sec-fetch-site")
            .header("origin", "null"),
        form.clone()
            .without("sec-fetch-site")
            .header("origin", "https://evil.example"),
        form.clone().header("origin", "https://evil.example"),
    ] {
        let answer = browser.send(request.clone()).await;
        assert_eq!(answer.status, 403, "{request:?}");
        browser.page("/").await;
    }
    // Older browsers say only where the page is from.
    let own = format!("http://{}", browser.address);
    let request = form.without("sec-fetch-site").header("origin", &own);
    assert_eq!(browser.send(request).await.status, 303);
}

#[tokio::test]
async fn other_names_than_those_of_this_machine_get_nothing() {
    let (_app, mut browser) = demo().await;
    for host in ["evil.example", "", "10.0.0.1:8081"] {
        let request = Request::get("/sign-in").header("host", host);
        let answer = browser.send(request).await;
        assert_eq!(answer.status, 403, "{host}");
        assert_eq!(answer.header("set-cookie"), None);
    }
}

#[tokio::test]
async fn what_visitors_say_is_shown_as_text() {
    let (app, mut browser) = signed_in().await;
    let hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
    let form = crate::feedback::Form::default()
        .text("name", hostile)
        .text("email", "ada@visitor.example")
        .text("subject", hostile)
        .text("description", hostile)
        .text("lang", "de");
    app.send(form.request("k")).await.ok(201);
    for path in ["/feedback", "/feedback/TF-000001"] {
        let page = browser.page(path).await;
        assert!(
            page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"),
            "{path}"
        );
        assert!(
            !page.contains("<script") && !page.contains("<img"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn typed_values_come_back_as_text() {
    let (_app, mut browser) = demo().await;
    let hostile = "\"><script>alert(1)</script>";
    let answer = browser.sign_in(hostile, "wrong").await;
    assert_eq!(answer.status, 422);
    let text = answer.text();
    assert!(!text.contains("<script"), "{text}");
    assert!(text.contains("value=\"&quot;&gt;&lt;script&gt;"), "{text}");
}
