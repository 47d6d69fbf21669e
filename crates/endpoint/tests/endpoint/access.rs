//! Who may see what in a shop: granted by its super administrators, for nobody else's shop.

use crate::support::{
    Answer, HS256_SECRET, Request, TWO_SECRET, TestApp, User, behind, hold, refuse, sabotage,
    ticket,
};
use partner_endpoint::store::access::Whose;
use partner_rules::wire::Access;
use serde_json::{Value, json};

/// Tokens of the shops `one` and `two`.
fn token(app: &TestApp, shop: &str, email: &str, role: &str) -> String {
    let forge = app
        .forge()
        .claim("sub", email)
        .claim("name", email.split('@').next().unwrap_or_default())
        .claim("role", role);
    match shop {
        "one" => forge.hs256(HS256_SECRET),
        _ => forge.claim("shop", "two").kid("two-hs").hs256(TWO_SECRET),
    }
}

/// The super administrator of a shop.
fn boss(app: &TestApp, shop: &str) -> String {
    token(app, shop, &format!("boss@{shop}.example"), "superadmin")
}

fn member(app: &TestApp, name: &str) -> String {
    token(app, "one", &format!("{name}@one.example"), "member")
}

fn put(path: &str, body: &Value) -> Request {
    Request::new("PUT", path)
        .header("content-type", "application/json")
        .body(body.to_string())
}

async fn ask(app: &TestApp, token: &str, path: &str) -> Value {
    app.send(Request::get(path).token(token)).await.ok(200)
}

async fn set(app: &TestApp, token: &str, path: &str, access: &str) -> Answer {
    app.send(put(path, &json!({"access": access})).token(token))
        .await
}

fn emails(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().expect("items");
    items
        .iter()
        .map(|user| user["email"].as_str().expect("email"))
        .collect()
}

#[tokio::test]
async fn users_are_known_once_they_were_seen_or_named() {
    let app = TestApp::real().await;
    let boss = boss(&app, "one");
    assert_eq!(
        ask(&app, &boss, "/v1/access").await,
        json!({"items": [], "next_cursor": null})
    );
    ask(&app, &boss, "/v1/session").await;
    ask(&app, &member(&app, "max"), "/v1/session").await;
    let files = Request::post("/v1/tickets", &ticket()).key("k");
    app.send(files.token(&member(&app, "fay"))).await.ok(201);
    set(&app, &boss, "/v1/access/Zoe%40One.example", "company")
        .await
        .ok(200);
    let page = ask(&app, &boss, "/v1/access").await;
    let updated = page["items"][3]["updated_at"].clone();
    assert!(updated.is_string());
    assert_eq!(
        page["items"],
        json!([
            {"email": "boss@one.example", "name": "boss", "role": "superadmin", "access": "company", "granted": false, "updated_at": null},
            {"email": "fay@one.example", "name": "fay", "role": "member", "access": "own", "granted": false, "updated_at": null},
            {"email": "max@one.example", "name": "max", "role": "member", "access": "own", "granted": false, "updated_at": null},
            {"email": "Zoe@One.example", "name": null, "role": null, "access": "company", "granted": true, "updated_at": updated},
        ])
    );
    // Another name, another role: the record follows, and the grant stays.
    let renamed = app
        .forge()
        .claim("sub", "zoe@one.example")
        .claim("name", "Zoë Ångström");
    ask(&app, &renamed.hs256(HS256_SECRET), "/v1/session").await;
    let page = ask(&app, &boss, "/v1/access?q=%C3%A5ngstr%C3%B6m").await;
    assert_eq!(emails(&page), ["zoe@one.example"]);
    assert_eq!(page["items"][0]["granted"], true);
    assert_eq!(page["items"][0]["access"], "company");
}

#[tokio::test]
async fn lists_are_searched_and_paged() {
    let app = TestApp::real().await;
    let boss = boss(&app, "one");
    for index in 0..5 {
        let path = format!("/v1/access/user{index}@one.example");
        set(&app, &boss, &path, "none").await.ok(200);
    }
    let mut seen = Vec::new();
    let mut path = "/v1/access?limit=2".to_owned();
    loop {
        let page = ask(&app, &boss, &path).await;
        seen.extend(emails(&page).into_iter().map(str::to_owned));
        match page["next_cursor"].as_str() {
            Some(cursor) => path = format!("/v1/access?limit=2&cursor={cursor}"),
            None => break,
        }
    }
    let expected: Vec<String> = (0..5).map(|n| format!("user{n}@one.example")).collect();
    assert_eq!(seen, expected);
    assert_eq!(
        emails(&ask(&app, &boss, "/v1/access?q=USER3").await),
        ["user3@one.example"]
    );
    assert_eq!(
        ask(&app, &boss, "/v1/access?q=%25").await["items"],
        json!([])
    );

    let first = ask(&app, &boss, "/v1/access-log?limit=3").await;
    let cursor = first["next_cursor"].as_str().expect("cursor");
    let rest = ask(&app, &boss, &format!("/v1/access-log?cursor={cursor}")).await;
    let newest_first: Vec<&str> = emails(&first).into_iter().chain(emails(&rest)).collect();
    let expected: Vec<&String> = expected.iter().rev().collect();
    assert_eq!(newest_first, expected);
    assert_eq!(rest["next_cursor"], Value::Null);

    for query in [
        "limit=0",
        "limit=x",
        "cursor=x",
        &format!("q={}", "x".repeat(256)),
    ] {
        let request = Request::get(&format!("/v1/access?{query}")).token(&boss);
        app.send(request).await.problem(422, "invalid_parameters");
    }
    // `l:+1` and `l:01`: no cursor is written so.
    for cursor in ["bDorMQ", "bDowMQ"] {
        let request = Request::get(&format!("/v1/access-log?cursor={cursor}")).token(&boss);
        app.send(request).await.problem(422, "invalid_parameters");
    }
    // The cursor of one list is none of the other.
    let request = Request::get(&format!("/v1/access?cursor={cursor}")).token(&boss);
    app.send(request).await.problem(422, "invalid_parameters");
}

#[tokio::test]
async fn a_change_holds_from_the_next_call_on() {
    let app = TestApp::real().await;
    let boss = boss(&app, "one");
    let (max, may) = (member(&app, "max"), member(&app, "may"));
    let file = |key: &str, token: &str| {
        app.send(
            Request::post("/v1/tickets", &ticket())
                .key(key)
                .token(token),
        )
    };
    file("k", &max).await.ok(201);
    file("k", &may).await.ok(201);
    let path = "/v1/access/MAX@one.example";
    let see = async |token: &str| {
        let page = ask(&app, token, "/v1/tickets").await;
        page["items"].as_array().expect("items").len()
    };
    assert_eq!(see(&max).await, 1);

    set(&app, &boss, path, "none").await.ok(200);
    file("k2", &max).await.problem(403, "access_denied");
    assert_eq!(see(&max).await, 1, "earlier ones stay readable");
    ask(&app, &max, "/v1/tickets/PS-EU-000001").await;
    assert_eq!(ask(&app, &max, "/v1/session").await["access"], "none");

    set(&app, &boss, path, "company").await.ok(200);
    assert_eq!(see(&max).await, 2);
    ask(&app, &max, "/v1/tickets/PS-EU-000002").await;
    file("k2", &max).await.ok(201);

    set(&app, &boss, path, "own").await.ok(200);
    assert_eq!(see(&max).await, 2, "the two of Max");
    app.send(Request::get("/v1/tickets/PS-EU-000002").token(&max))
        .await
        .problem(404, "not_found");

    // The default is for those whom nobody granted anything.
    set(&app, &boss, "/v1/access-default", "none").await.ok(200);
    assert_eq!(
        ask(&app, &boss, "/v1/access-default").await,
        json!({"access": "none"})
    );
    file("k2", &may).await.problem(403, "access_denied");
    file("k3", &max).await.ok(201);
    // Nor does it lock the super administrators out.
    assert_eq!(ask(&app, &boss, "/v1/session").await["access"], "company");
}

#[tokio::test]
async fn every_change_is_noted_once_with_who_and_when() {
    let app = TestApp::real().await;
    let boss = boss(&app, "one");
    let path = "/v1/access/max@one.example";
    let start = ask(&app, &boss, "/v1/session").await["server_time"].clone();
    let granted = set(&app, &boss, path, "company").await.ok(200);
    app.clock.advance(60_000);
    let again = set(&app, &boss, path, "company").await.ok(200);
    assert_eq!(granted, again, "the same again changes nothing");
    set(&app, &boss, "/v1/access-default", "own").await.ok(200);
    set(&app, &boss, "/v1/access-default", "none").await.ok(200);
    let shouted = set(&app, &boss, "/v1/access/MAX@ONE.example", "own").await;
    assert_eq!(shouted.ok(200)["email"], "max@one.example");
    let log = ask(&app, &boss, "/v1/access-log").await;
    let without_time: Vec<Value> = log["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|change| json!([change["by"], change["email"], change["from"], change["to"]]))
        .collect();
    assert_eq!(
        without_time,
        [
            json!(["boss@one.example", "max@one.example", "company", "own"]),
            json!(["boss@one.example", null, "own", "none"]),
            json!(["boss@one.example", "max@one.example", "own", "company"]),
        ]
    );
    let at = |index: usize| log["items"][index]["at"].as_str().expect("at").to_owned();
    assert!(at(2).as_str() >= start.as_str().expect("time") && at(2) < at(1));
}

#[tokio::test]
async fn a_super_administrator_cannot_lock_herself_out() {
    let app = TestApp::real().await;
    let boss = boss(&app, "one");
    let path = "/v1/access/boss@one.example";
    set(&app, &boss, path, "none").await.ok(200);
    let session = ask(&app, &boss, "/v1/session").await;
    assert_eq!(session["access"], "none");
    assert_eq!(session["role"], "superadmin");
    set(&app, &boss, path, "company").await.ok(200);
    assert_eq!(ask(&app, &boss, "/v1/session").await["access"], "company");
}

#[tokio::test]
async fn members_may_neither_look_nor_change() {
    let app = TestApp::demo().await;
    for user in [User::Member, User::NoAccess] {
        let token = app.token(user).await;
        for request in [
            Request::get("/v1/access"),
            Request::get("/v1/access-default"),
            Request::get("/v1/access-log"),
            put(
                "/v1/access/member@partner.example",
                &json!({"access": "company"}),
            ),
            put("/v1/access/nobody", &json!("no object")),
            put("/v1/access-default", &json!({"access": "company"})),
        ] {
            app.send(request.token(&token))
                .await
                .problem(403, "not_superadmin");
        }
    }
    let log = app.get_as(User::Superadmin, "/v1/access-log").await.ok(200);
    assert_eq!(log["items"], json!([]));
}

#[tokio::test]
async fn bodies_and_addresses_are_checked() {
    let app = TestApp::real().await;
    let boss = boss(&app, "one");
    for path in ["/v1/access/max@one.example", "/v1/access-default"] {
        for (body, code, violations) in [
            (json!({}), "invalid_fields", "access:required"),
            (
                json!({"access": "all"}),
                "invalid_fields",
                "access:unknown_value",
            ),
            (
                json!({"access": null}),
                "invalid_fields",
                "access:unknown_value",
            ),
            (
                json!({"access": ["own"]}),
                "invalid_fields",
                "access:unknown_value",
            ),
            (
                json!({"access": "own", "role": "superadmin"}),
                "unknown_field",
                "role:unknown_field",
            ),
            (
                json!({"access": "own", "shop": "two"}),
                "unknown_field",
                "shop:unknown_field",
            ),
        ] {
            let answer = app.send(put(path, &body).token(&boss)).await;
            answer.problem(422, code);
            assert_eq!(answer.violations(), [violations], "{body}");
        }
        let text = put(path, &json!({"access": "own"})).header("content-type", "text/plain");
        app.send(text.token(&boss))
            .await
            .problem(415, "unsupported_media_type");
        app.send(put(path, &json!("own")).token(&boss))
            .await
            .problem(400, "malformed_json");
    }
    let long = format!("{}@one.example", "x".repeat(200));
    for (address, violation) in [
        ("nobody", "email:syntax"),
        ("%20", "email:required"),
        ("a%40b", "email:no_dot"),
        ("a%20b@one.example", "email:syntax"),
        (long.as_str(), "email:too_long"),
    ] {
        let path = format!("/v1/access/{address}");
        let answer = set(&app, &boss, &path, "own").await;
        answer.problem(422, "invalid_fields");
        assert_eq!(answer.violations(), [violation], "{address}");
    }
    set(&app, &boss, "/v1/access/%ff", "own")
        .await
        .problem(404, "not_found");
    // Somebody who signs in under an address that is none can be granted something all the same.
    let odd = token(&app, "one", "intranet-user", "member");
    ask(&app, &odd, "/v1/session").await;
    set(&app, &boss, "/v1/access/intranet-user", "none")
        .await
        .ok(200);
    assert_eq!(ask(&app, &odd, "/v1/session").await["access"], "none");
    assert_eq!(
        emails(&ask(&app, &boss, "/v1/access-log").await),
        ["intranet-user"]
    );
}

#[tokio::test]
async fn another_shop_s_users_are_out_of_reach() {
    let app = TestApp::real().await;
    let (one, two) = (boss(&app, "one"), boss(&app, "two"));
    // The same person works for both shops.
    let shared = |shop| token(&app, shop, "max@one.example", "member");
    ask(&app, &shared("one"), "/v1/session").await;
    set(&app, &one, "/v1/access-default", "none").await.ok(200);
    set(&app, &one, "/v1/access/max@one.example", "company")
        .await
        .ok(200);

    assert_eq!(ask(&app, &two, "/v1/access").await["items"], json!([]));
    assert_eq!(
        ask(&app, &two, "/v1/access?q=max").await["items"],
        json!([])
    );
    assert_eq!(ask(&app, &two, "/v1/access-log").await["items"], json!([]));
    assert_eq!(
        ask(&app, &two, "/v1/access-default").await,
        json!({"access": "own"})
    );
    // Whether the other shop knows an address cannot be told from the answer.
    let known = set(&app, &two, "/v1/access/max@one.example", "none").await;
    let unknown = set(&app, &two, "/v1/access/eve@one.example", "none").await;
    let shape = |answer: &Answer| {
        let mut user = answer.ok(200);
        user["email"] = Value::Null;
        user["updated_at"] = Value::Null;
        user
    };
    assert_eq!(shape(&known), shape(&unknown));
    assert_eq!(known.ok(200)["name"], Value::Null);
    set(&app, &two, "/v1/access-default", "company")
        .await
        .ok(200);

    assert_eq!(
        ask(&app, &shared("one"), "/v1/session").await["access"],
        "company"
    );
    assert_eq!(
        ask(&app, &shared("two"), "/v1/session").await["access"],
        "none"
    );
    assert_eq!(
        ask(&app, &one, "/v1/access-default").await,
        json!({"access": "none"})
    );
    assert_eq!(
        emails(&ask(&app, &one, "/v1/access").await),
        ["max@one.example"]
    );
    // A cursor of one shop leads nowhere in the other.
    set(&app, &one, "/v1/access/zoe@one.example", "own")
        .await
        .ok(200);
    let page = ask(&app, &one, "/v1/access-log?limit=1").await;
    let cursor = page["next_cursor"].as_str().expect("cursor");
    let foreign = ask(&app, &two, &format!("/v1/access-log?cursor={cursor}")).await;
    let changes = foreign["items"].as_array().expect("items");
    assert!(
        changes
            .iter()
            .all(|change| change["by"] == "boss@two.example")
    );
}

#[tokio::test]
async fn a_change_and_its_note_are_stored_together_or_not_at_all() {
    let app = TestApp::real().await;
    let boss = boss(&app, "one");
    set(&app, &boss, "/v1/access/max@one.example", "none")
        .await
        .ok(200);
    sabotage(&app, "ALTER TABLE access_changes RENAME TO lost").await;
    for path in ["/v1/access/max@one.example", "/v1/access-default"] {
        set(&app, &boss, path, "company")
            .await
            .problem(503, "storage_unavailable");
    }
    sabotage(&app, "ALTER TABLE lost RENAME TO access_changes").await;
    let max = ask(&app, &member(&app, "max"), "/v1/session").await;
    assert_eq!(max["access"], "none");
    assert_eq!(
        ask(&app, &boss, "/v1/access-default").await["access"],
        "own"
    );
}

#[tokio::test]
async fn a_session_is_answered_even_if_nobody_can_be_put_on_record() {
    let app = TestApp::real().await;
    refuse(&app, "INSERT ON users", None).await;
    assert_eq!(
        ask(&app, &member(&app, "max"), "/v1/session").await["access"],
        "own"
    );
}

#[tokio::test]
async fn a_session_does_not_wait_for_a_store_that_is_busy() {
    let app = TestApp::real().await;
    let mut other = behind(&app).await;
    hold(&mut other).await;
    let start = std::time::Instant::now();
    ask(&app, &member(&app, "max"), "/v1/session").await;
    // A write waits five seconds for another process's.
    assert!(start.elapsed().as_secs() < 4, "{:?}", start.elapsed());
    other.run("ROLLBACK").await.expect("let go");
    ask(&app, &member(&app, "max"), "/v1/session").await;
    let users = ask(&app, &boss(&app, "one"), "/v1/access").await;
    assert_eq!(emails(&users), ["max@one.example"], "at the next session");
}

#[tokio::test]
async fn the_demo_starts_with_its_three_users_and_goes_back_to_them() {
    let app = TestApp::demo().await;
    let boss = app.token(User::Superadmin).await;
    let before = ask(&app, &boss, "/v1/access").await;
    assert_eq!(
        emails(&before),
        [
            "member@partner.example",
            "no-access@partner.example",
            "superadmin@partner.example"
        ]
    );
    assert_eq!(before["items"][2]["role"], "superadmin");
    set(&app, &boss, "/v1/access/member@partner.example", "none")
        .await
        .ok(200);
    set(&app, &boss, "/v1/access-default", "company")
        .await
        .ok(200);
    set(&app, &boss, "/v1/access/new@partner.example", "own")
        .await
        .ok(200);
    app.control("/demo/reset", &json!({})).await;
    let after = ask(&app, &boss, "/v1/access").await;
    assert_eq!(emails(&before), emails(&after));
    assert_eq!(after["items"][0]["access"], "own");
    assert_eq!(
        ask(&app, &boss, "/v1/access-default").await["access"],
        "own"
    );
    assert_eq!(ask(&app, &boss, "/v1/access-log").await["items"], json!([]));
}

#[tokio::test]
async fn the_operator_s_changes_are_in_the_log_without_a_name() {
    let app = TestApp::real().await;
    let whose = Whose {
        shop_id: "one",
        email_key: "max@one.example",
        email: "max@one.example",
    };
    let now = partner_endpoint::clock::Clock::now(app.clock.as_ref());
    let store = &app.app.store;
    store
        .grant(whose, Access::Company, None, now)
        .await
        .expect("granted");
    let log = ask(&app, &boss(&app, "one"), "/v1/access-log").await;
    assert_eq!(log["items"][0]["by"], Value::Null);
    assert_eq!(log["items"][0]["email"], "max@one.example");
}
