//! A ticket's page: what it shows, what its forms do, once, and not behind anybody's back.

use super::browser::field;
use super::{Browser, signed_in};
use crate::support::{Answer, TestApp, User, ticket};
use serde_json::{Value, json};

const PAGE: &str = "/tickets/PS-EU-000001";

/// An open desk with a ticket for the small account, filed by the demo's member.
async fn with(body: &Value) -> (TestApp, Browser) {
    let (app, browser) = signed_in().await;
    app.file(User::Member, "k", body).await.ok(201);
    (app, browser)
}

/// What a form of this page carries besides what is typed.
fn carried(page: &str, form: &str) -> (String, String) {
    let (_, own) = page
        .split_once(&format!("action=\"{PAGE}/{form}\""))
        .unwrap_or_else(|| panic!("a form {form}"));
    let value = |name| field(own, name).expect("a value");
    (value("key"), value("version"))
}

/// Fills in a form of the page and sends it.
async fn act(browser: &mut Browser, form: &str, typed: &[(&str, &str)]) -> Answer {
    let page = browser.page(PAGE).await;
    sent(browser, &page, form, typed).await
}

/// Sends a form of a page that may be old by now.
async fn sent(browser: &mut Browser, page: &str, form: &str, typed: &[(&str, &str)]) -> Answer {
    let (key, version) = carried(page, form);
    let mut fields = vec![("key", key.as_str()), ("version", version.as_str())];
    fields.extend_from_slice(typed);
    let path = format!("{PAGE}/{form}");
    match form {
        "reply" | "note" => browser.speak(&path, &fields, &[]).await,
        _ => browser.post(&path, &fields).await,
    }
}

fn done(answer: &Answer, form: &str) {
    assert_eq!(answer.status, 303, "{}", answer.text());
    let to = answer.header("location").unwrap_or_default();
    assert!(to.starts_with(&format!("{PAGE}?done={form}")), "{to}");
}

async fn as_partner(app: &TestApp) -> Value {
    app.get_as(User::Member, "/v1/tickets/PS-EU-000001")
        .await
        .ok(200)
}

#[tokio::test]
async fn an_agent_s_answer_reaches_the_partner_once_and_stops_the_clock() {
    let mut large = ticket();
    large["superadmin_email"] = json!("admin@large.example");
    large["org_id"] = json!("20000000001");
    let (app, mut browser) = with(&large).await;
    let page = browser.page(PAGE).await;
    assert!(page.contains("data-outcome=\"priority\""), "{page}");
    for _ in 0..2 {
        // A double click sends the same again.
        let typed = [("text", "We look into it."), ("determined", "1")];
        done(&sent(&mut browser, &page, "reply", &typed).await, "reply");
    }
    let seen = as_partner(&app).await;
    assert_eq!(seen["messages"].as_array().map(Vec::len), Some(1));
    assert_eq!(seen["messages"][0]["text"], "We look into it.");
    assert_eq!(seen["messages"][0]["author"]["name"], "Kim Agent");
    assert_eq!(seen["messages"][0]["author"]["email"], Value::Null);
    for target in &seen["timeline"].as_array().expect("targets")[..2] {
        assert!(target["done_at"].is_string(), "{target}");
    }
    let shown = browser.page(&format!("{PAGE}?done=reply")).await;
    assert!(shown.contains("We look into it.") && shown.contains("Answer sent."));
}

#[tokio::test]
async fn the_same_form_with_other_words_is_not_sent_twice() {
    let (app, mut browser) = with(&ticket()).await;
    let page = browser.page(PAGE).await;
    let first = [("text", "One.")];
    done(&sent(&mut browser, &page, "reply", &first).await, "reply");
    let second = sent(&mut browser, &page, "reply", &[("text", "Two & three.")]).await;
    assert_eq!(second.status, 409);
    assert!(second.text().contains("\nTwo &amp; three.</textarea>"));
    let seen = as_partner(&app).await;
    assert_eq!(seen["messages"].as_array().map(Vec::len), Some(1));
    // With the new page's key it goes out.
    let typed = [("text", "Two & three.")];
    done(
        &sent(&mut browser, &second.text(), "reply", &typed).await,
        "reply",
    );
    let seen = as_partner(&app).await;
    assert_eq!(seen["messages"][1]["text"], "Two & three.");
}

#[tokio::test]
async fn who_was_slower_sees_what_has_changed_and_keeps_their_words() {
    let (app, mut browser) = with(&ticket()).await;
    let mut other = Browser::at(&app);
    other.sign_in_as_demo().await;
    let page = browser.page(PAGE).await;
    done(&act(&mut other, "note", &[("text", "Mine.")]).await, "note");
    done(
        &act(&mut other, "hold", &[("reason", "Waiting.")]).await,
        "hold",
    );
    let typed = [("text", "My long answer"), ("status_note", "1")];
    let answer = sent(&mut browser, &page, "reply", &typed).await;
    assert_eq!(answer.status, 409);
    let text = answer.text();
    assert!(text.contains("data-testid=\"desk-conflict\""), "{text}");
    assert!(text.contains("Put on hold") && text.contains("Internal note"));
    assert!(text.contains("\nMy long answer</textarea>"));
    let (_, check) = text.split_once("id=\"reply-status_note\"").expect("a box");
    assert!(check.split('>').next().expect("tag").contains(" checked"));
    assert_eq!(as_partner(&app).await["messages"], json!([]));
    // What was seen is no longer in the way.
    done(&sent(&mut browser, &text, "reply", &typed).await, "reply");
    let seen = as_partner(&app).await;
    assert_eq!(seen["messages"][0]["status_note"], true);
}

/// The forms that an open ticket has are gone from a closed one, but not what was typed into them.
#[tokio::test]
async fn words_for_a_ticket_that_was_closed_meanwhile_are_kept() {
    let (_app, mut browser) = with(&ticket()).await;
    let page = browser.page(PAGE).await;
    done(&act(&mut browser, "close", &[]).await, "close");
    for (form, name) in [
        ("reply", "text"),
        ("raise", "reason"),
        ("hold", "reason"),
        ("hand-over", "reason"),
        ("close", "reason"),
    ] {
        let typed = [(name, "My long words"), ("team", "CRM")];
        let answer = sent(&mut browser, &page, form, &typed).await;
        assert_eq!(answer.status, 409, "{form}");
        let text = answer.text();
        assert!(
            text.contains("\nMy long words</textarea>"),
            "{form}: {text}"
        );
        // The second time it is refused for what it is, and still there.
        let answer = sent(&mut browser, &text, form, &typed).await;
        assert_eq!(answer.status, 409, "{form}");
        assert!(
            answer.text().contains("\nMy long words</textarea>"),
            "{form}"
        );
    }
}

#[tokio::test]
async fn a_form_that_fails_comes_back_with_what_was_typed_and_says_where() {
    let (_app, mut browser) = with(&ticket()).await;
    for (form, typed, id) in [
        (
            "reply",
            vec![("text", "  "), ("resolved", "1")],
            "reply-text",
        ),
        (
            "hand-over",
            vec![("team", "CRM \u{202e}team"), ("reason", "")],
            "hand-over-reason",
        ),
        (
            "complete",
            vec![("superadmin_email", "not <an> address")],
            "complete-superadmin_email",
        ),
        (
            "verify",
            vec![("class", "large"), ("licences", "many")],
            "verify-licences",
        ),
        ("raise", vec![("reason", " ")], "raise-reason"),
    ] {
        let answer = act(&mut browser, form, &typed).await;
        assert_eq!(answer.status, 422, "{form}");
        let text = answer.text();
        assert!(text.contains("<title>Error: "), "{form}");
        assert!(
            text.contains(&format!("<a href=\"#{id}\">")),
            "{form}: {text}"
        );
        assert!(text.contains(&format!("id=\"{id}-error\"")), "{form}");
        assert!(text.contains(&format!("id=\"{id}\"")), "{form}");
    }
    let text = act(
        &mut browser,
        "complete",
        &[("superadmin_email", "not <an> address"), ("org_id", "123")],
    )
    .await
    .text();
    assert!(text.contains("value=\"not &lt;an&gt; address\""), "{text}");
}

#[tokio::test]
async fn the_missing_address_is_found_set_and_explained() {
    let mut unknown = ticket();
    unknown["superadmin_email"] = Value::Null;
    unknown["org_id"] = json!("20000000001");
    let (app, mut browser) = with(&unknown).await;
    let overview = browser.page("/").await;
    assert!(
        overview.contains("data-queue=\"needs_address\" data-count=\"1\""),
        "{overview}"
    );
    assert!(browser.page("/queues/needs_address").await.contains(PAGE));
    let page = browser.page(PAGE).await;
    assert!(page.contains("data-outcome=\"manual\""));
    // The suggestion stands in the field, and decides nothing.
    assert!(page.contains("value=\"admin@large.example\""), "{page}");
    assert!(page.contains("250 user licences count"), "{page}");
    let typed = [("superadmin_email", "admin@large.example")];
    let answer = act(&mut browser, "complete", &typed).await;
    done(&answer, "complete");
    let to = answer.header("location").expect("a place");
    let page = browser.page(&to).await;
    assert!(page.contains("data-outcome=\"priority\""), "{page}");
    assert!(page.contains("Priority Customer – Large User Account"));
    let (_, reply) = page.split_once("id=\"reply-text\"").expect("a field");
    let draft = reply.split("</textarea>").next().expect("a text");
    assert!(draft.contains("Customer Primary Email Address"), "{draft}");
    let seen = as_partner(&app).await;
    assert_eq!(seen["severity"], "S1");
    assert_eq!(seen["priority_customer"], true);
    assert!(!seen.to_string().contains("250"), "licences are ours");
}

#[tokio::test]
async fn where_something_was_read_is_said() {
    let mut unknown = ticket();
    unknown["superadmin_email"] = Value::Null;
    unknown["org_id"] = json!("20000000099");
    unknown["customer_email"] = json!("someone@gmail.com");
    unknown["description"] = json!("SuperAdmin: admin@large.example");
    let (_app, mut browser) = with(&unknown).await;
    let page = browser.page(PAGE).await;
    let (_, rest) = page
        .split_once("data-testid=\"desk-found\"")
        .expect("found");
    let first = rest.split("</li>").next().expect("an entry");
    assert!(first.contains("admin@large.example"), "{first}");
    assert!(first.contains("(in what the partner wrote)"), "{first}");
    assert!(page.contains("value=\"admin@large.example\""), "{page}");
    assert_eq!(page.matches("(in what the partner wrote)").count(), 1);
}

#[tokio::test]
async fn every_step_is_done_and_shown_when_it_can_be_done() {
    let (app, mut browser) = with(&ticket()).await;
    let shown = |page: &str, form: &str| page.contains(&format!("action=\"{PAGE}/{form}\""));
    let page = browser.page(PAGE).await;
    assert!(!shown(&page, "resume") && !shown(&page, "take-back") && !shown(&page, "reopen"));
    for (form, typed) in [
        ("hold", vec![("reason", "Waiting for a log.")]),
        ("resume", vec![]),
        ("hand-over", vec![("team", "CRM"), ("reason", "A bug.")]),
        ("take-back", vec![]),
        ("verify", vec![("class", "standard"), ("licences", "7")]),
        ("raise", vec![("reason", "Down for everybody.")]),
        ("note", vec![("text", "Only among us.")]),
        ("close", vec![("reason", "Solved.")]),
        ("note", vec![("text", "Afterwards.")]),
        ("reopen", vec![("reason", "Not quite.")]),
    ] {
        done(&act(&mut browser, form, &typed).await, form);
    }
    let page = browser.page(PAGE).await;
    for text in [
        "Only among us.",
        "Waiting for a log.",
        "Down for everybody.",
        "Severity raised by hand",
        "Licences seen",
        "Handed over",
    ] {
        assert!(page.contains(text), "{text}");
    }
    let seen = as_partner(&app).await.to_string();
    for hidden in [
        "Only among us.",
        "Down for everybody.",
        "A bug.",
        "desk.example",
    ] {
        assert!(!seen.contains(hidden), "{hidden}");
    }
    assert!(seen.contains("Not quite."));
}

#[tokio::test]
async fn files_arrive_with_an_answer_and_are_downloads() {
    let (app, mut browser) = with(&ticket()).await;
    let page = browser.page(PAGE).await;
    let (key, version) = carried(&page, "reply");
    let fields = [
        ("key", key.as_str()),
        ("version", version.as_str()),
        ("text", ""),
    ];
    // Without a text: refused, but the file has arrived and is not chosen again.
    let files = [("a \"log\".txt", b"line one".as_slice())];
    let answer = browser
        .speak(&format!("{PAGE}/reply"), &fields, &files)
        .await;
    assert_eq!(answer.status, 422);
    let page = answer.text();
    let kept = field(&page, "upload").expect("what arrived");
    assert!(page.contains("Has arrived:"), "{page}");
    let kept = kept.replace("&quot;", "\"");
    let typed = [("text", "With a log."), ("upload", kept.as_str())];
    done(&sent(&mut browser, &page, "reply", &typed).await, "reply");
    let seen = as_partner(&app).await;
    let file = &seen["messages"][0]["attachments"][0];
    let id = file["id"].as_str().expect("an id");
    let answer = browser.get(&format!("{PAGE}/files/{id}")).await;
    assert_eq!(answer.body, b"line one");
    let header = |name: &str| answer.header(name).unwrap_or_default();
    assert!(header("content-disposition").starts_with("attachment;"));
    assert_eq!(
        header("content-security-policy"),
        "sandbox; default-src 'none'"
    );
    assert_eq!(header("x-content-type-options"), "nosniff");
    let nothing = browser
        .get(&format!("{PAGE}/files/{}", "0".repeat(32)))
        .await;
    assert_eq!(nothing.status, 404);
}

#[tokio::test]
async fn files_of_wrong_types_are_refused_with_the_text_kept() {
    let (_app, mut browser) = with(&ticket()).await;
    let page = browser.page(PAGE).await;
    let (key, version) = carried(&page, "note");
    let fields = [
        ("key", key.as_str()),
        ("version", version.as_str()),
        ("text", "See the file."),
    ];
    let files = [
        ("bad.exe", b"MZ".as_slice()),
        ("good.txt", b"fine".as_slice()),
    ];
    let answer = browser
        .speak(&format!("{PAGE}/note"), &fields, &files)
        .await;
    assert_eq!(answer.status, 422);
    let page = answer.text();
    assert!(page.contains("\nSee the file.</textarea>"));
    assert!(page.contains("<a href=\"#note-files\">"), "{page}");
    assert!(page.contains("good.txt") && !page.contains("bad.exe"));
}

#[tokio::test]
async fn a_form_with_files_needs_the_session_s_secret_before_anything_is_kept() {
    let (app, mut browser) = with(&ticket()).await;
    browser.page(PAGE).await;
    let files = [("good.txt", b"fine".as_slice())];
    let mut forged = browser.clone();
    forged.form = "0".repeat(64);
    let answer = forged
        .speak(&format!("{PAGE}/note"), &[("text", "x")], &files)
        .await;
    assert_eq!(answer.status, 403);
    let request = browser
        .request("POST", &format!("{PAGE}/note"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("form={}&text=x", browser.form));
    assert_eq!(browser.send(request).await.status, 415);
    assert!(crate::support::on_disk(&app).is_empty(), "nothing is kept");
}

#[tokio::test]
async fn an_answer_that_took_longer_than_the_session_is_given_back() {
    let (app, mut browser) = with(&ticket()).await;
    let page = browser.page(PAGE).await;
    app.clock.advance(2 * 60 * 60 * 1000);
    let (key, version) = carried(&page, "reply");
    let fields = [
        ("key", key.as_str()),
        ("version", version.as_str()),
        ("text", "A very long answer"),
    ];
    let files = [("good.txt", b"fine".as_slice())];
    let answer = browser
        .speak(&format!("{PAGE}/reply"), &fields, &files)
        .await;
    assert_eq!(answer.status, 403);
    let text = answer.text();
    assert!(text.contains("\nA very long answer</textarea>"), "{text}");
    assert!(text.contains("to=%2Ftickets%2FPS-EU-000001"), "{text}");
    assert_eq!(as_partner(&app).await["messages"], json!([]));
    assert!(crate::support::on_disk(&app).is_empty(), "nothing is kept");
}

#[tokio::test]
async fn hostile_words_are_shown_as_words_in_every_field() {
    let hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'";
    let mut body = ticket();
    body["subject"] = json!(hostile);
    body["description"] = json!(format!("{hostile} https://evil.example/\"onclick=alert(3)"));
    body["service"] = json!(hostile);
    let (app, mut browser) = with(&body).await;
    let reply = json!({"text": hostile});
    let token = app.token(User::Member).await;
    let request = crate::support::Request::post("/v1/tickets/PS-EU-000001/replies", &reply);
    app.send(request.key("r").token(&token)).await.ok(201);
    done(
        &act(
            &mut browser,
            "hand-over",
            &[("team", hostile), ("reason", hostile)],
        )
        .await,
        "hand-over",
    );
    done(
        &act(&mut browser, "note", &[("text", hostile)]).await,
        "note",
    );
    for path in [
        PAGE,
        "/queues/open",
        "/queues/parked",
        "/search?q=%3Cscript%3E",
        "/search?q=alert",
    ] {
        let page = browser.page(path).await;
        assert!(
            !page.contains("<script") && !page.contains("<img"),
            "{path}"
        );
        assert!(page.contains("&lt;script&gt;"), "{path}");
        assert!(!page.contains("\"onclick"), "{path}");
    }
}

#[tokio::test]
async fn tickets_are_found_by_whatever_is_known_of_them() {
    let (app, mut browser) = with(&ticket()).await;
    let answer = browser.get("/search?q=ps-eu-000001").await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("location").as_deref(), Some(PAGE));
    done(&act(&mut browser, "close", &[]).await, "close");
    for wanted in ["contacts", "20000000002", "ADMIN%40small", "sync"] {
        let page = browser.page(&format!("/search?q={wanted}")).await;
        assert!(page.contains(PAGE), "{wanted}: closed ones are found too");
    }
    for nothing in ["nowhere", "", "%25"] {
        let page = browser.page(&format!("/search?q={nothing}")).await;
        assert!(!page.contains(PAGE), "{nothing}");
    }
    assert_eq!(browser.get("/tickets/PS-EU-999999").await.status, 404);
    assert_eq!(browser.get("/queues/nothing").await.status, 404);
    drop(app);
}

#[tokio::test]
async fn long_queues_are_paged_without_a_gap() {
    let (app, mut browser) = signed_in().await;
    for index in 0..55 {
        let key = format!("k{index}");
        app.file(User::Member, &key, &ticket()).await.ok(201);
    }
    let first = browser.page("/queues/open").await;
    let (_, next) = first
        .split_once("/queues/open?after=")
        .expect("a next page");
    let next = next.split('"').next().expect("a place");
    let second = browser.page(&format!("/queues/open?after={next}")).await;
    let count = |page: &str| page.matches("data-testid=\"desk-ticket\"").count();
    assert_eq!((count(&first), count(&second)), (50, 5));
    assert!(!second.contains("rel=\"next\""));
    let broken = browser.page("/queues/open?after=nonsense").await;
    assert_eq!(count(&broken), 50);
}
