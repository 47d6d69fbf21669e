//! Signing in and out, sessions, cookies, and what strangers get.

use super::{Browser, demo, signed_in};
use crate::support::{Answer, Request, TestApp, User};
use partner_endpoint::agents::hash;
use partner_endpoint::config::{RawConfig, RawLimits};
use partner_endpoint::store::agents::NewAgent;

const PASSWORD: &str = "four words in a row";

/// A real endpoint with an agent, started again so that its desk opens.
async fn real(raw: RawConfig) -> TestApp {
    let base = RawConfig {
        dcs: Some(vec!["eu".to_owned()]),
        audience: Some("test-group".to_owned()),
        ..raw
    };
    let app = TestApp::with(base.clone()).await;
    assert_eq!(app.desk_address, None, "no agents, no desk");
    add_agent(&app, "kim@desk.example").await;
    app.restart(base).await
}

async fn add_agent(app: &TestApp, email: &str) {
    let password = hash(PASSWORD).expect("hash");
    let new = NewAgent {
        email_key: email,
        email,
        name: "Kim",
        password: Some(&password),
        demo: false,
    };
    let now = app.app.clock.now();
    let added = app.app.store.add_agent(&new, now).await;
    added.expect("added").expect("new");
}

fn has_session(answer: &Answer) -> bool {
    answer
        .headers
        .iter()
        .any(|(name, value)| name == "set-cookie" && value.starts_with("pd-desk="))
}

#[tokio::test]
async fn the_desk_opens_for_the_right_password_only() {
    let app = real(RawConfig::default()).await;
    let mut browser = Browser::at(&app);
    let first = browser.get("/tickets/PS-EU-000001").await;
    assert_eq!(first.status, 303);
    assert_eq!(
        first.header("location").as_deref(),
        Some("/sign-in?to=%2Ftickets%2FPS-EU-000001&ended=")
    );
    let wrong = browser.sign_in("kim@desk.example", "wrong").await;
    let unknown = browser.sign_in("nobody@desk.example", PASSWORD).await;
    for answer in [&wrong, &unknown] {
        assert_eq!(answer.status, 422);
        assert!(!has_session(answer));
    }
    let same = |answer: &Answer, email: &str| answer.text().replace(email, "");
    assert_eq!(
        same(&wrong, "kim@desk.example"),
        same(&unknown, "nobody@desk.example"),
        "nobody learns who has an account"
    );
    let right = browser.sign_in("KIM@desk.example", PASSWORD).await;
    assert_eq!(right.status, 303);
    assert!(browser.page("/").await.contains("Kim"));
    // Nothing of demo mode is here.
    assert_eq!(browser.post("/demo/sign-in", &[]).await.status, 404);
    let page = Browser::at(&app).page("/sign-in").await;
    assert!(!page.contains("/demo/sign-in"));
}

#[tokio::test]
async fn cookies_are_for_this_host_and_for_no_page_s_code() {
    let (_app, mut browser) = demo().await;
    browser.page("/sign-in").await;
    let answer = browser.post("/demo/sign-in", &[]).await;
    let cookies: Vec<&String> = answer
        .headers
        .iter()
        .filter(|(name, _)| name == "set-cookie")
        .map(|(_, value)| value)
        .collect();
    assert_eq!(
        cookies.len(),
        2,
        "the session's, and the one before it goes"
    );
    for cookie in cookies {
        for attribute in ["; HttpOnly", "; SameSite=Strict", "; Path=/"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
        assert!(!cookie.contains("Secure"), "plain http on this machine");
    }
}

#[tokio::test]
async fn over_https_cookies_have_the_prefix_and_the_name_is_heeded() {
    let raw = RawConfig {
        desk_origin: Some("https://desk.example".to_owned()),
        ..RawConfig::default()
    };
    let app = real(raw).await;
    let address = app.desk_address.expect("open");
    let ask = async |host: &str| {
        let request = Request::get("/sign-in").header("host", host);
        request.send(address).await
    };
    for host in ["desk.example", "desk.example:443", "DESK.example"] {
        let answer = ask(host).await;
        assert_eq!(answer.status, 200, "{host}");
        let cookie = answer.header("set-cookie").expect("a cookie");
        assert!(cookie.starts_with("__Host-pd-desk-visit="), "{cookie}");
        assert!(cookie.contains("; Secure"), "{cookie}");
        assert!(answer.header("strict-transport-security").is_some());
    }
    for host in [
        "localhost",
        "127.0.0.1",
        "desk.example.evil.example",
        "desk.example:8443",
        "evil.example",
    ] {
        assert_eq!(ask(host).await.status, 403, "{host}");
    }
}

#[tokio::test]
async fn guessing_is_slowed_down_for_an_account_and_for_an_address() {
    let raw = RawConfig {
        limits: RawLimits {
            sign_ins_per_hour: Some(3),
            ..RawLimits::default()
        },
        trusted_proxies: Some(vec!["127.0.0.1".to_owned()]),
        ..RawConfig::default()
    };
    let app = real(raw).await;
    let mut browser = Browser::at(&app);
    browser.page("/sign-in").await;
    let attempt = async |browser: &mut Browser, from: &str, email: &str, password: &str| {
        let fields = [("email", email), ("password", password)];
        let request = browser.form("/sign-in", &fields);
        let answer = browser.send(request.header("x-forwarded-for", from)).await;
        if answer.status == 303 {
            browser.cookies.clear();
            browser.page("/sign-in").await;
        }
        answer
    };
    // Success costs nothing.
    for _ in 0..5 {
        let answer = attempt(&mut browser, "198.51.100.1", "kim@desk.example", PASSWORD).await;
        assert_eq!(answer.status, 303);
    }
    for (from, email) in [
        ("198.51.100.1", "kim@desk.example"),
        ("198.51.100.2", "kim@desk.example"),
        ("198.51.100.3", "kim@desk.example"),
    ] {
        let answer = attempt(&mut browser, from, email, "wrong").await;
        assert_eq!(answer.status, 422);
    }
    // The account is closed from everywhere, also for the right password.
    let answer = attempt(&mut browser, "198.51.100.4", "kim@desk.example", PASSWORD).await;
    assert_eq!(answer.status, 429);
    assert!(answer.header("retry-after").is_some());
    // An address that tried three accounts is closed for a fourth, known or not.
    for email in ["a@desk.example", "b@desk.example", "c@desk.example"] {
        attempt(&mut browser, "198.51.100.5", email, "wrong").await;
    }
    let answer = attempt(&mut browser, "198.51.100.5", "d@desk.example", "wrong").await;
    assert_eq!(answer.status, 429);
    // It opens again by itself.
    app.clock.advance(3_600_000);
    let answer = attempt(&mut browser, "198.51.100.4", "kim@desk.example", PASSWORD).await;
    assert_eq!(answer.status, 303);
}

#[tokio::test]
async fn a_session_is_new_with_every_sign_in_and_nobody_can_give_it_away() {
    let (app, mut browser) = demo().await;
    // Somebody planted a session's cookie before.
    let planted = "a".repeat(64);
    browser.page("/sign-in").await;
    browser
        .cookies
        .insert("pd-desk".to_owned(), planted.clone());
    browser.page("/sign-in").await;
    browser.submit("/demo/sign-in", &[]).await;
    let first = browser.session().expect("a session").clone();
    assert_ne!(first, planted);
    let mut thief = Browser::at(&app);
    thief.cookies.insert("pd-desk".to_owned(), planted);
    assert_eq!(thief.get("/").await.status, 303);
    // Signing in again ends the session that this browser had.
    thief.cookies.insert("pd-desk".to_owned(), first.clone());
    assert_eq!(thief.get("/").await.status, 200);
    let page = browser.page("/account").await;
    assert!(page.contains("/sign-out"));
    browser.submit("/sign-out", &[]).await;
    assert_eq!(browser.session(), None);
    assert_eq!(
        thief.get("/").await.status,
        303,
        "it has ended for everybody"
    );
}

#[tokio::test]
async fn sessions_end_when_nobody_is_there_and_after_a_day_s_work() {
    let (app, mut browser) = signed_in().await;
    app.clock.advance(59 * 60 * 1000);
    browser.page("/").await;
    app.clock.advance(59 * 60 * 1000);
    browser.page("/").await;
    app.clock.advance(61 * 60 * 1000);
    assert_eq!(browser.get("/").await.status, 303, "idle for an hour");
    browser.sign_in_as_demo().await;
    for _ in 0..14 {
        app.clock.advance(50 * 60 * 1000);
        browser.page("/").await;
    }
    app.clock.advance(50 * 60 * 1000);
    assert_eq!(browser.get("/").await.status, 303, "after twelve hours");
    let typed = [("current", "a secret"), ("reason", "typed <for> nothing")];
    let posted = browser.post("/account", &typed).await;
    assert_eq!(posted.status, 403, "its forms change nothing");
    let text = posted.text();
    assert!(
        text.contains("\ntyped &lt;for&gt; nothing</textarea>"),
        "{text}"
    );
    assert!(!text.contains("a secret"), "{text}");
    // Of another session's page: not even that.
    browser.form = "0".repeat(64);
    let posted = browser.post("/account", &typed).await;
    let to = posted.header("location").unwrap_or_default();
    assert_eq!(to, "/sign-in?to=%2F&ended=1");
}

#[tokio::test]
async fn another_password_ends_every_session() {
    let app = real(RawConfig::default()).await;
    let (mut here, mut there) = (Browser::at(&app), Browser::at(&app));
    for browser in [&mut here, &mut there] {
        let answer = browser.sign_in("kim@desk.example", PASSWORD).await;
        assert_eq!(answer.status, 303);
    }
    let page = here.page("/account").await;
    assert!(page.contains("kim@desk.example"));
    let new = "another four words";
    for (current, wanted, again) in [
        ("wrong", new, new),
        (PASSWORD, "short", "short"),
        (PASSWORD, new, "other"),
    ] {
        let fields = [("current", current), ("new", wanted), ("again", again)];
        let answer = here.post("/account", &fields).await;
        assert_eq!(answer.status, 422);
        let text = answer.text();
        assert!(
            text.contains("desk-errors") && !text.contains(wanted),
            "{text}"
        );
    }
    let fields = [("current", PASSWORD), ("new", new), ("again", new)];
    assert_eq!(here.post("/account", &fields).await.status, 303);
    for browser in [&mut here, &mut there] {
        assert_eq!(browser.get("/").await.status, 303, "signed out");
    }
    assert_eq!(here.sign_in("kim@desk.example", PASSWORD).await.status, 422);
    assert_eq!(here.sign_in("kim@desk.example", new).await.status, 303);
}

#[tokio::test]
async fn after_signing_in_it_goes_on_at_the_desk_and_nowhere_else() {
    let (_app, mut browser) = demo().await;
    for (to, expected) in [
        ("/feedback?before=TF-000009", "/feedback?before=TF-000009"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ] {
        browser.cookies.clear();
        let place: String = url::form_urlencoded::byte_serialize(to.as_bytes()).collect();
        browser.page(&format!("/sign-in?to={place}")).await;
        let answer = browser.post("/demo/sign-in", &[("to", to)]).await;
        assert_eq!(answer.header("location").as_deref(), Some(expected), "{to}");
        let answer = browser.get(&format!("/sign-in?to={place}")).await;
        assert_eq!(answer.header("location").as_deref(), Some(expected), "{to}");
        browser.page("/").await;
        let answer = browser
            .post("/language", &[("lang", "de"), ("to", to)])
            .await;
        assert_eq!(answer.header("location").as_deref(), Some(expected), "{to}");
    }
}

#[tokio::test]
async fn a_link_from_elsewhere_leads_to_the_page_and_keeps_the_session() {
    let (_app, mut browser) = signed_in().await;
    // The browser keeps the cookies back, since another site leads here.
    let request = Request::get("/feedback")
        .header("sec-fetch-site", "cross-site")
        .header("sec-fetch-mode", "navigate");
    let answer = browser.send(request).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("set-cookie"), None, "nothing is overwritten");
    assert!(answer.text().contains("content=\"0; url=/feedback\""));
    browser.page("/feedback").await;
}

#[tokio::test]
async fn the_language_is_the_browser_s_until_somebody_chooses() {
    let (_app, mut browser) = demo().await;
    let request = browser.request("GET", "/sign-in");
    let answer = browser
        .send(request.header("accept-language", "de-AT, en;q=0.5"))
        .await;
    assert!(answer.text().contains("<html lang=\"de\">"));
    assert!(
        browser
            .page("/sign-in")
            .await
            .contains("<html lang=\"en\">")
    );
    let page = browser
        .submit("/language", &[("lang", "de"), ("to", "/sign-in")])
        .await;
    assert!(page.contains("<html lang=\"de\">"));
    assert!(
        browser
            .get("/nowhere")
            .await
            .text()
            .contains("<html lang=\"de\">")
    );
    let answer = browser.post("/language", &[("lang", "fr")]).await;
    assert_eq!(answer.status, 400);
}

#[tokio::test]
async fn partners_tokens_open_nothing_here_and_the_desk_s_cookie_nothing_there() {
    let (app, mut browser) = signed_in().await;
    let token = app.token(User::Superadmin).await;
    let desk = browser.address;
    let answer = Request::get("/").token(&token).send(desk).await;
    assert_eq!(answer.status, 303);
    for path in [
        "/v1/policy",
        "/v1/session",
        "/healthz",
        "/metrics",
        "/demo/token?user=member",
    ] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
    let cookie = format!("pd-desk={}", browser.session().expect("a session"));
    let session = Request::get("/v1/session").header("cookie", &cookie);
    app.send(session).await.problem(401, "token_missing");
    for path in ["/sign-in", "/desk.css", "/account"] {
        app.get(path).await.problem(404, "not_found");
    }
}

/// The desk's pages, as the router has them.
const PAGES: &str = include_str!("../../../src/desk/pages/mod.rs");
/// What is there for whoever has not signed in.
const OPEN: [&str; 3] = ["/sign-in", "/sign-out", "/language"];

/// `get /queues/{queue}`, … of every page.
fn pages() -> Vec<(&'static str, &'static str)> {
    PAGES
        .split(".route(\"")
        .skip(1)
        .filter(|route| !route.starts_with("/demo/"))
        .filter_map(|route| route.split_once('"'))
        .flat_map(|(path, verbs)| {
            let verbs = verbs.split(".route(").next().unwrap_or(verbs);
            ["get", "post"]
                .into_iter()
                .filter(move |verb| verbs.contains(&format!("{verb}(")))
                .map(move |verb| (verb, path))
        })
        .filter(|(_, path)| !OPEN.contains(path))
        .collect()
}

#[tokio::test]
async fn no_page_is_for_whoever_has_not_signed_in() {
    let (app, browser) = demo().await;
    let filed = app.file(User::Member, "k", &crate::support::ticket()).await;
    filed.ok(201);
    let pages = pages();
    assert!(pages.len() >= 16, "{pages:?}");
    let token = app.token(User::Superadmin).await;
    for (verb, page) in pages {
        let path = page
            .replace("{reference}", "PS-EU-000001")
            .replace("{queue}", "first_response")
            .replace("{act}", "close")
            .replace("{id}", "1");
        let fields = [("reason", "r"), ("text", "t")];
        let request = match verb {
            "get" => browser.request("GET", &path),
            // With files, so in many parts.
            _ if path.ends_with("/reply") || path.ends_with("/note") => {
                browser.parts(&path, &fields, &[])
            }
            _ => browser.form(&path, &fields),
        };
        let answer = request.token(&token).send(browser.address).await;
        assert!(
            matches!(answer.status, 303 | 403),
            "{verb} {page}: {}",
            answer.status
        );
        let to = answer
            .header("location")
            .unwrap_or_else(|| "/sign-in".to_owned());
        assert!(to.starts_with("/sign-in"), "{verb} {page}: {to}");
        assert!(!answer.text().contains("PS-EU-"), "{verb} {page}");
    }
    let ticket = Request::get("/v1/tickets/PS-EU-000001").token(&token);
    let ticket = app.send(ticket).await.ok(200);
    assert_eq!(ticket["status"], "open");
}
