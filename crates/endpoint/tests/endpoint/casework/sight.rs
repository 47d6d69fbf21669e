//! Who may call, and what partners never see.

use super::{Desk, FIRST, large, path};
use crate::support::{HS256_SECRET, Request, TestApp, User, ticket};
use partner_endpoint::agents::Secret;
use partner_endpoint::clock::Clock;
use partner_endpoint::config::RawConfig;
use partner_endpoint::store::agents::NewAgent;
use partner_endpoint::store::agents::tokens::NewToken;
use serde_json::{Value, json};

/// Every call of agents, each as one that would work.
pub(crate) fn calls() -> Vec<Request> {
    let get = [
        "/agent/queues",
        "/agent/shops",
        "/agent/tickets",
        "/agent/tickets/PS-EU-000001",
        "/agent/tickets/PS-EU-000001/attachments/1",
        "/agent/mails",
        "/agent/mails/1",
    ];
    let post = [
        ("replies", json!({"text": "t"})),
        ("notes", json!({"text": "t"})),
        ("hold", json!({})),
        ("resume", json!({})),
        ("close", json!({})),
        ("reopen", json!({})),
        ("hand-over", json!({"team": "t", "reason": "r"})),
        ("take-back", json!({})),
        ("raise", json!({"reason": "r"})),
        ("verify", json!({"class": "large", "licences": 1})),
        ("complete", json!({"superadmin_email": "a@b.example"})),
        ("uploads", json!({})),
    ];
    let post = post.iter().map(|(call, body)| {
        Request::post(&path(FIRST, call), body)
            .key(call)
            .header("upload-name", "a.txt")
    });
    let mails = [
        (
            "assign",
            json!({"shop": "demo", "user": "member@partner.example"}),
        ),
        ("set-aside", json!({"reason": "r"})),
    ];
    let mails = mails
        .iter()
        .map(|(call, body)| Request::post(&format!("/agent/mails/1/{call}"), body));
    let mut filing = ticket();
    filing["shop"] = json!("demo");
    filing["partner_email"] = json!("member@partner.example");
    filing["channel"] = json!("phone");
    get.iter()
        .map(|path| Request::get(path))
        .chain(post)
        .chain(mails)
        .chain([Request::post("/agent/tickets", &filing).key("filing")])
        .collect()
}

/// Paths as the router has them; what a path's end stands for is in `changes`.
const ROUTES: &str = include_str!("../../../src/routes/agent/mod.rs");
const CHANGES: &str = include_str!("../../../src/routes/agent/changes.rs");

#[test]
fn no_call_of_agents_is_left_out() {
    let calls = calls();
    let asked = |end: &str| calls.iter().any(|call| call.path.ends_with(end));
    let paths = ROUTES
        .split('"')
        .filter(|text| text.starts_with("/agent/") && !text.contains("{act}"));
    let missing: Vec<String> = paths
        .map(|path| {
            path.replace("{reference}", "PS-EU-000001")
                .replace("{id}", "1")
        })
        .filter(|path| !asked(path))
        .collect();
    assert_eq!(missing, [""; 0]);
    let acts = CHANGES
        .lines()
        .filter_map(|line| line.trim().strip_prefix('"')?.split_once("\" =>"))
        .map(|(act, _)| act);
    let acts: Vec<&str> = acts.collect();
    assert!(acts.len() >= 11, "{acts:?}");
    for act in acts {
        assert!(asked(&format!("/{act}")), "{act}");
    }
}

#[tokio::test]
async fn only_agents_are_answered() {
    let desk = Desk::demo().await;
    desk.file(&large()).await;
    let before = desk.case(FIRST).await;
    let superadmin = desk.app.token(User::Superadmin).await;
    let agent = passing(&desk.app).await;
    let first = if agent.starts_with("pda_0") { "1" } else { "0" };
    let forged = format!("pda_{first}{}", &agent[5..]);
    for call in calls() {
        for (token, code) in [
            (None, "token_missing"),
            (Some("x.y.z"), "token_malformed"),
            (Some(forged.as_str()), "agent_token_unknown"),
            // A shop's token is none of ours.
            (Some(superadmin.as_str()), "token_malformed"),
        ] {
            let request = match token {
                None => call.clone(),
                Some(token) => call.clone().token(token),
            };
            let answer = request.send(desk.address).await;
            answer.problem(401, code);
        }
    }
    let queues = Request::get("/agent/queues").token(&agent);
    queues.send(desk.address).await.ok(200);
    desk.app.clock.advance(16 * 60 * 1000);
    for call in calls() {
        let answer = call.token(&agent).send(desk.address).await;
        answer.problem(401, "agent_token_unknown");
    }
    assert_eq!(desk.case(FIRST).await, before);
}

/// A token of the demo's agent that is good for a quarter of an hour.
async fn passing(app: &TestApp) -> String {
    let secret = Secret::random().expect("randomness");
    let now = app.app.clock.now();
    let new = NewToken {
        agent_id: app.app.demo.as_ref().expect("a demo").agent().id,
        secret: &secret,
        label: "passing",
        expires_at: Some(now.plus_seconds(15 * 60)),
    };
    let added = app.app.store.add_agent_token(&new, now).await;
    added.expect("added");
    secret.token()
}

/// A shop signs its own tokens; one that says it were an agent's is worth nothing.
#[tokio::test]
async fn no_shop_can_sign_an_agent() {
    let app = TestApp::real().await;
    let forge = app
        .forge()
        .claim("role", "agent")
        .claim("aud", "test-group-agents");
    let agent = NewAgent {
        email_key: "kim@desk.example",
        email: "kim@desk.example",
        name: "Kim",
        password: None,
        demo: false,
    };
    let added = app.app.store.add_agent(&agent, app.clock.now()).await;
    added.expect("added").expect("new");
    // Without agents there is no desk.
    let app = app.restart(RawConfig {
        dcs: Some(vec!["eu".to_owned()]),
        audience: Some("test-group".to_owned()),
        ..RawConfig::default()
    });
    let desk = Desk::of(app.await).await;
    for call in calls() {
        for token in [
            forge.hs256(HS256_SECRET),
            forge.clone().kid("one-ed").eddsa(),
        ] {
            let answer = call.clone().token(&token).send(desk.address).await;
            answer.problem(401, "token_malformed");
        }
    }
}

#[tokio::test]
async fn partners_listeners_know_nothing_of_agents() {
    let desk = Desk::demo().await;
    desk.file(&large()).await;
    let token = desk.token().await;
    for call in calls() {
        desk.app
            .send(call.token(&token))
            .await
            .problem(404, "not_found");
    }
    // And an agent is nobody there.
    for path in ["/v1/session", "/v1/tickets", "/v1/tickets/PS-EU-000001"] {
        let answer = desk.app.send(Request::get(path).token(&token)).await;
        assert_eq!(answer.status, 401, "{path}");
    }
}

/// Everything that an agent writes down beside what the partner reads, and everything that the endpoint knows.
#[tokio::test]
async fn partners_never_see_notes_audit_licences_or_agents_addresses() {
    let desk = Desk::demo().await;
    desk.import(
        "superadmin_email,dc,zoid,user_emails,service,user_licences\nboss@known.example,eu,20000000007,ada@known.example,CRM,73519\n",
    )
    .await;
    let body = super::with(&[
        ("superadmin_email", Value::Null),
        ("customer_email", json!("ada@known.example")),
        ("org_id", json!("20000000099")),
    ]);
    desk.file(&body).await;
    for (call, body) in [
        ("notes", json!({"text": "secret-note"})),
        (
            "hand-over",
            json!({"team": "secret-team", "reason": "secret-why"}),
        ),
        ("raise", json!({"reason": "secret-raise"})),
        ("take-back", json!({"reason": "secret-back"})),
        (
            "complete",
            json!({"superadmin_email": "boss@known.example"}),
        ),
        ("verify", json!({"class": "large", "licences": 73_519})),
        ("replies", json!({"text": "Hello.", "status_note": true})),
        ("hold", json!({"reason": "We wait."})),
    ] {
        desk.done(FIRST, call, body).await;
    }
    let agents = desk.case(FIRST).await.to_string();
    let hidden = [
        "secret-note",
        "secret-team",
        "secret-why",
        "secret-raise",
        "secret-back",
        "73519",
        "agent@desk.example",
        "audit",
        "suggestions",
        "by_hand",
    ];
    for text in hidden {
        assert!(agents.contains(text), "{text} is there to be seen");
    }
    let attempts = [
        "/v1/session",
        "/v1/policy",
        "/v1/tickets",
        "/v1/tickets?q=secret",
        "/v1/tickets/PS-EU-000001",
        "/v1/access",
        "/v1/access-log",
    ];
    for user in [User::Superadmin, User::Member] {
        for attempt in attempts {
            let answer = desk.app.get_as(user, attempt).await;
            let face = format!("{:?}{}", answer.headers, answer.text());
            for text in hidden {
                assert!(!face.contains(text), "{attempt}: {text}");
            }
        }
        let close = Request::post("/v1/tickets/PS-EU-000001/close", &json!({}));
        let token = desk.app.token(user).await;
        let answer = desk.app.send(close.key("k").token(&token)).await.text();
        for text in hidden {
            assert!(!answer.contains(text), "{text}");
        }
    }
}

#[tokio::test]
async fn the_audit_trail_of_a_real_shop_cannot_be_changed_or_removed() {
    let app = TestApp::real().await;
    let token = app.forge().hs256(HS256_SECRET);
    let filing = Request::post("/v1/tickets", &ticket()).key("k");
    app.send(filing.token(&token)).await.ok(201);
    let mut database = crate::support::behind(&app).await;
    let run = async |database: &mut crate::support::Raw, sql: &'static str| database.run(sql).await;
    run(
        &mut database,
        "INSERT INTO ticket_audit (ticket_id, at, act) SELECT id, 1, 'noted' FROM tickets",
    )
    .await
    .expect("written");
    run(
        &mut database,
        "INSERT INTO mail_audit (mail_id, at, act) VALUES (1, 1, 'set_aside')",
    )
    .await
    .expect("written");
    for sql in [
        "UPDATE mail_audit SET act = 'assigned'",
        "DELETE FROM mail_audit",
        "UPDATE ticket_audit SET act = 'replied'",
        "DELETE FROM ticket_audit",
        "DELETE FROM tickets",
    ] {
        assert!(run(&mut database, sql).await.is_err(), "{sql}");
    }
}
