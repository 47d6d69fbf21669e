//! What agents see of unverified senders' mails, and what they do with them: `/agent/mails`, and the desk's pages.

use super::{ingest, mail, mailbox};
use crate::casework::Desk;
use crate::desk::Browser;
use crate::support::{Answer, Request, TestApp, User, demo, ticket};
use partner_endpoint::casework::mails::{Assign, assign, set_aside};
use partner_endpoint::casework::{Agent, Refusal};
use partner_endpoint::config::{RawConfig, RawLimits, RawMail};
use partner_endpoint::mail::Fate;
use serde_json::{Value, json};

const MEMBER: &str = "member@partner.example";

async fn desk() -> Desk {
    let app = TestApp::with(RawConfig {
        mail: mailbox(RawMail::default()),
        ..demo(RawLimits::default())
    })
    .await;
    Desk::of(app).await
}

/// A mail that nobody vouches for; its number.
async fn doubtful(desk: &Desk, id: &str, text: &str) -> String {
    let raw = mail(MEMBER, id, "Subject: Where is <b>it</b>?\r\n", text);
    let fate = ingest(&desk.app, raw.replace("dmarc=pass", "dmarc=fail")).await;
    let Fate::Unverified(number) = fate else {
        panic!("not kept: {fate:?}");
    };
    number
}

async fn post(desk: &Desk, path: &str, body: Value) -> Answer {
    desk.send(Request::post(path, &body)).await
}

fn to(ticket: Option<&str>) -> Value {
    json!({ "shop": "demo", "user": MEMBER, "ticket": ticket })
}

/// Another agent, who is faster.
fn lee() -> Agent {
    Agent {
        id: 99,
        name: "Lee".to_owned(),
        email: "lee@desk.example".to_owned(),
    }
}

#[tokio::test]
async fn an_unverified_mail_is_read_and_becomes_a_ticket_once() {
    let desk = desk().await;
    let id = doubtful(&desk, "a@x", "It broke. <script>alert(1)</script>").await;
    let list = desk.get("/agent/mails").await;
    assert_eq!(list["items"][0]["id"], id.as_str());
    assert_eq!(list["items"][0]["reason"], "not_passed");
    assert_eq!(list["next_cursor"], Value::Null);
    let path = format!("/agent/mails/{id}");
    let seen = desk.get(&path).await;
    assert_eq!(seen["mail"]["from_email"], MEMBER);
    assert_eq!(seen["shops"][0]["id"], "demo");
    let text = seen["sheet"]["text"].as_str().expect("text");
    assert!(text.starts_with("It broke."), "{text}");
    let assigned = format!("{path}/assign");
    for (body, field) in [
        (json!({ "user": MEMBER }), "shop"),
        (json!({ "shop": "demo" }), "user"),
        (json!({ "shop": "demo", "user": "x@y.example" }), "user"),
        (json!({ "shop": "none", "user": MEMBER }), "user"),
        (to(Some("PS-EU-000009")), "ticket"),
    ] {
        let refused = post(&desk, &assigned, body)
            .await
            .problem(422, "invalid_fields");
        assert_eq!(refused["violations"][0]["field"], field);
    }
    let done = post(&desk, &assigned, to(None)).await.ok(201);
    assert_eq!(done["reference"], "PS-EU-000001");
    let again = post(&desk, &assigned, to(None)).await;
    assert_eq!(
        again.header("idempotency-replayed").as_deref(),
        Some("true")
    );
    assert_eq!(again.ok(201), done);
    // Somebody else's wish comes too late.
    post(
        &desk,
        &assigned,
        json!({ "shop": "demo", "user": "superadmin@partner.example" }),
    )
    .await
    .problem(409, "nothing_to_change");
    let audit = desk.case("PS-EU-000001").await["audit"].clone();
    assert_eq!(audit[0]["act"], "assigned");
    assert_eq!(audit[0]["by"]["name"], "Kim Agent");
    assert_eq!(audit[0]["after"], MEMBER);
    let seen = desk.get(&path).await;
    assert_eq!(seen["mail"], Value::Null);
    assert_eq!(seen["trail"][0]["reference"], "PS-EU-000001");
    let list = desk.get("/agent/mails").await;
    assert_eq!(list["items"], json!([]));
    desk.app.stop().await;
}

#[tokio::test]
async fn an_unverified_mail_joins_a_ticket_of_its_user_s_shop() {
    let desk = desk().await;
    desk.app.file(User::Member, "k", &ticket()).await.ok(201);
    let id = doubtful(&desk, "a@x", "Here is more.").await;
    let path = format!("/agent/mails/{id}/assign");
    let done = post(&desk, &path, to(Some("ps-eu-000001"))).await.ok(201);
    assert_eq!(done["reference"], "PS-EU-000001");
    let case = desk.case("PS-EU-000001").await;
    assert_eq!(case["messages"][0]["text"], "Here is more.");
    assert_eq!(case["messages"][0]["author"]["email"], MEMBER);
    assert_eq!(case["audit"][0]["act"], "assigned");
    desk.app.stop().await;
}

#[tokio::test]
async fn what_is_set_aside_has_a_reason_and_can_still_be_assigned() {
    let desk = desk().await;
    let id = doubtful(&desk, "a@x", "Buy!").await;
    let path = format!("/agent/mails/{id}");
    let aside = format!("{path}/set-aside");
    post(&desk, &aside, json!({ "reason": " " }))
        .await
        .problem(422, "invalid_fields");
    for _ in 0..2 {
        // An answer that got lost is asked for again.
        let seen = post(&desk, &aside, json!({ "reason": "Advertising" }))
            .await
            .ok(200);
        assert_eq!(seen["mail"]["became"], "set_aside");
        assert_eq!(seen["trail"].as_array().map(Vec::len), Some(1));
        assert_eq!(seen["trail"][0]["reason"], "Advertising");
    }
    post(&desk, &aside, json!({ "reason": "Another" }))
        .await
        .problem(409, "nothing_to_change");
    assert_eq!(desk.get("/agent/mails").await["items"], json!([]));
    let list = desk.get("/agent/mails?became=set_aside").await;
    assert_eq!(list["items"][0]["reason"], "by_agent");
    post(&desk, &format!("{path}/assign"), to(None))
        .await
        .ok(201);
    desk.app.stop().await;
}

#[tokio::test]
async fn mails_set_aside_by_a_machine_are_listed_but_cannot_be_assigned() {
    let desk = desk().await;
    let raw = mail(MEMBER, "a@x", "Precedence: bulk\r\n", "Buy!");
    assert!(matches!(ingest(&desk.app, raw).await, Fate::SetAside(_)));
    let list = desk.get("/agent/mails?became=set_aside").await;
    assert_eq!(list["items"][0]["reason"], "bulk");
    let id = list["items"][0]["id"].as_str().expect("number");
    let path = format!("/agent/mails/{id}");
    assert_eq!(desk.get(&path).await["sheet"], Value::Null);
    post(&desk, &format!("{path}/assign"), to(None))
        .await
        .problem(409, "nothing_to_change");
    for unknown in ["0", "99", "+1", "x"] {
        let request = Request::get(&format!("/agent/mails/{unknown}"));
        desk.send(request).await.problem(404, "not_found");
    }
    desk.app.stop().await;
}

#[tokio::test]
async fn mails_are_listed_page_by_page() {
    let desk = desk().await;
    for at in 0..3 {
        doubtful(&desk, &format!("{at}@x"), &format!("Number {at}.")).await;
    }
    let first = desk.get("/agent/mails?limit=2").await;
    let cursor = first["next_cursor"].as_str().expect("a next page");
    let second = desk
        .get(&format!("/agent/mails?limit=2&cursor={cursor}"))
        .await;
    assert_eq!(first["items"].as_array().map(Vec::len), Some(2));
    assert_eq!(second["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(second["next_cursor"], Value::Null);
    desk.app.stop().await;
}

#[tokio::test]
async fn the_desk_shows_a_doubtful_mail_as_text_and_says_who_was_faster() {
    let desk = desk().await;
    let id = doubtful(&desk, "a@x", "<img src=x> https://evil.example/login").await;
    let mut browser = Browser::at(&desk.app);
    browser.sign_in_as_demo().await;
    let overview = browser.page("/").await;
    assert!(
        overview.contains("data-queue=\"mails\" data-count=\"1\""),
        "{overview}"
    );
    let list = browser.page("/mails").await;
    assert!(list.contains("Where is &lt;b&gt;it&lt;/b&gt;?"), "{list}");
    let place = format!("/mails/{id}");
    let page = browser.page(&place).await;
    assert!(
        page.contains("&lt;img src=x&gt; https://evil.example/login"),
        "{page}"
    );
    assert!(!page.contains("href=\"https://evil"), "{page}");
    // The one shop that knows the address is proposed.
    assert!(page.contains("<option value=\"demo\" selected>"), "{page}");
    let wrong = [("shop", "demo"), ("user", "x@y.example"), ("ticket", "")];
    let answer = browser.post(&format!("{place}/assign"), &wrong).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("value=\"x@y.example\""));
    set_aside(
        &desk.app.app,
        &lee(),
        id.parse().expect("number"),
        "Advertising",
    )
    .await
    .expect("set aside");
    let typed = [("reason", "I know them: not theirs")];
    let answer = browser.post(&format!("{place}/set-aside"), &typed).await;
    assert_eq!(answer.status, 409);
    let said = answer.text();
    assert!(
        said.contains("desk-conflict") && said.contains("Lee"),
        "{said}"
    );
    assert!(said.contains("I know them: not theirs"), "{said}");
    let aside = browser.page("/mails?became=set_aside").await;
    assert!(aside.contains(&format!("data-mail=\"{id}\"")), "{aside}");
    desk.app.stop().await;
}

#[tokio::test]
async fn of_two_agents_one_assigns_and_the_other_is_told() {
    let desk = desk().await;
    let id: i64 = doubtful(&desk, "a@x", "It broke.")
        .await
        .parse()
        .expect("number");
    let kim = Agent {
        name: "Kim".to_owned(),
        email: "kim@desk.example".to_owned(),
        ..lee()
    };
    let whose = |user: &str| Assign {
        shop: "demo".to_owned(),
        user: user.to_owned(),
        ticket: String::new(),
    };
    let (one, other) = (whose(MEMBER), whose("superadmin@partner.example"));
    let (kim, lee, app) = (kim, lee(), &desk.app.app);
    let both = tokio::join!(assign(app, &kim, id, &one), assign(app, &lee, id, &other));
    let done = [&both.0, &both.1]
        .into_iter()
        .filter(|one| one.is_ok())
        .count();
    assert_eq!(done, 1, "{both:?}");
    let refused = both.0.err().or(both.1.err());
    assert!(matches!(refused, Some(Refusal::Unchanged)), "{refused:?}");
    assert_eq!(app.store.count_tickets().await.expect("count"), 1);
    desk.app.stop().await;
}
