//! What lies between shops, and between users of one shop: nothing gets across, and nothing tells that
//! there is something on the other side.

use crate::support::{Answer, HS256_SECRET, Request, TWO_SECRET, TestApp, ticket};
use partner_endpoint::clock::Clock;
use partner_endpoint::directory::import;
use partner_endpoint::store::access::Whose;
use partner_rules::wire::Access;
use serde_json::{Value, json};

/// Accounts that shop one alone may find: by address, domain and ID.
const ACCOUNTS: &str = "superadmin_email,dc,domains,zoid,user_emails,service,user_licences,shop\n\
    boss@secret.example,eu,secret.example,20000000007,user@elsewhere.example,CRM,500,one\n\
    boss@known.example,eu,,20000000008,,CRM,500,\n";

fn token(app: &TestApp, shop: &str, name: &str, role: &str) -> String {
    let forge = app
        .forge()
        .claim("sub", format!("{name}@{shop}.example"))
        .claim("name", name)
        .claim("role", role);
    match shop {
        "one" => forge.hs256(HS256_SECRET),
        _ => forge.claim("shop", "two").kid("two-hs").hs256(TWO_SECRET),
    }
}

fn put(path: &str, access: &str) -> Request {
    Request {
        method: "PUT".to_owned(),
        ..Request::post(path, &json!({"access": access}))
    }
}

fn file(key: &str, token: &str) -> Request {
    let mut body = ticket();
    body["superadmin_email"] = json!("boss@secret.example");
    body["org_id"] = json!("20000000007");
    Request::post("/v1/tickets", &body).key(key).token(token)
}

/// An endpoint where shop two has nothing yet. With `secrets`, shop one has two tickets of May's, users,
/// grants and accounts of its own.
async fn endpoint(secrets: bool) -> TestApp {
    let app = TestApp::real().await;
    let csv = if secrets {
        ACCOUNTS.to_owned()
    } else {
        ACCOUNTS
            .lines()
            .filter(|line| !line.contains("secret"))
            .flat_map(|line| [line, "\n"])
            .collect()
    };
    import::import(&app.app.store, csv.as_bytes(), app.clock.now())
        .await
        .expect("imported");
    if secrets {
        let may = token(&app, "one", "may", "member");
        app.send(file("k1", &may)).await.ok(201);
        app.send(file("k2", &may)).await.ok(201);
        let boss = token(&app, "one", "boss", "superadmin");
        app.send(Request::get("/v1/session").token(&boss))
            .await
            .ok(200);
        app.send(put("/v1/access/may@one.example", "company").token(&boss))
            .await
            .ok(200);
    }
    app
}

/// Everything that looks for what shop one and May have.
fn questions(cursor: &str) -> Vec<Request> {
    let get = [
        "/v1/session",
        "/v1/policy",
        "/v1/tickets",
        "/v1/tickets?q=PS-EU-000001",
        "/v1/tickets?q=contacts",
        "/v1/tickets?q=boss%40secret.example",
        "/v1/tickets?q=20000000007",
        "/v1/tickets?status=open",
        "/v1/tickets?service=crm",
        "/v1/tickets?severity=S1",
        "/v1/tickets?severity=none",
        "/v1/tickets?sort=oldest&limit=1",
        "/v1/tickets?sort=updated",
        "/v1/tickets/PS-EU-000001",
        "/v1/tickets/ps-eu-000001",
        "/v1/tickets/PS%2DEU%2D000002",
        "/v1/tickets/PS-EU-000001/attachments/1",
        "/v1/tickets/1",
        "/v1/tickets/%2A",
        "/v1/access",
        "/v1/access?q=may",
        "/v1/access?limit=1",
        "/v1/access-default",
        "/v1/access-log",
    ];
    let addresses = [
        "boss@secret.example",
        "BOSS@Secret.Example",
        "anybody@secret.example",
        "user@elsewhere.example",
    ];
    let verify = addresses.iter().map(|address| {
        let body = json!({"superadmin_email": address, "service": "CRM", "dc": "eu"});
        Request::post("/v1/accounts/verify", &body)
    });
    let changes = [
        ("replies", json!({"text": "t"})),
        ("replies", json!({"text": ""})),
        ("close", json!({})),
        ("reopen", json!({})),
    ];
    let changes = changes.iter().map(|(call, body)| {
        Request::post(&format!("/v1/tickets/PS-EU-000001/{call}"), body).key("k1")
    });
    let seen = [
        json!({"until": "2040-01-01T00:00:00.000Z"}),
        json!({"until": 1}),
    ];
    let seen = seen.iter().map(|body| Request {
        method: "PUT".to_owned(),
        ..Request::post("/v1/tickets/PS-EU-000001/seen", body)
    });
    let default = json!({"access": "company"});
    let grants = [
        put("/v1/access/may@one.example", "none"),
        Request {
            method: "PUT".to_owned(),
            ..Request::post("/v1/access-default", &default)
        },
    ];
    get.iter()
        .map(|path| Request::get(path))
        .chain(seen)
        .chain([Request::get(&format!("/v1/tickets?cursor={cursor}"))])
        .chain(verify)
        .chain(changes)
        .chain(grants)
        .collect()
}

/// Calls that are no question here, since their answers differ by themselves, and where they are asked by
/// somebody of another shop.
const ELSEWHERE: [(&str, &str); 4] = [
    ("get /v1/events", "a stream: events/sight.rs"),
    ("post /v1/tickets", "numbers of one's own: below"),
    (
        "post /v1/translation-feedback",
        "names by chance, and nothing of tickets: feedback",
    ),
    ("post /v1/uploads", "names by chance: uploads.rs"),
];

/// Whether this path is one of those that the template stands for.
fn fits(template: &str, path: &str) -> bool {
    let path = path.split('?').next().unwrap_or(path);
    template.split('/').count() == path.split('/').count()
        && template
            .split('/')
            .zip(path.split('/'))
            .all(|(part, given)| part.starts_with('{') || part == given)
}

#[test]
fn no_call_is_left_out() {
    let document = serde_json::to_value(partner_endpoint::routes::openapi::document());
    let document = document.expect("JSON");
    let questions = questions("c");
    let mut left_out: Vec<String> = Vec::new();
    for (template, item) in document["paths"].as_object().expect("paths") {
        for method in item.as_object().expect("item").keys() {
            let asked = questions.iter().any(|question| {
                question.method.eq_ignore_ascii_case(method) && fits(template, &question.path)
            });
            if !asked {
                left_out.push(format!("{method} {template}"));
            }
        }
    }
    left_out.sort_unstable();
    assert_eq!(left_out, ELSEWHERE.map(|(call, _)| call));
}

/// All of an answer but its id and its times.
fn face(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let headers = answer
        .headers
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "x-request-id" | "date" | "content-length"));
    let mut body = answer.text();
    // Of what is answered as a whole; a list keeps the times of what it lists.
    if let Ok(Value::Object(mut fields)) = serde_json::from_str(&body)
        && ["server_time", "updated_at"].map(|at| fields.remove(at)) != [None, None]
    {
        body = Value::Object(fields).to_string();
    }
    (answer.status, headers.cloned().collect(), body)
}

/// A cursor of shop one's list, whole in the wrong hands.
async fn cursor(app: &TestApp) -> String {
    let boss = token(app, "one", "boss", "superadmin");
    let first = Request::get("/v1/tickets?limit=1").token(&boss);
    let page = app.send(first).await.ok(200);
    assert_eq!(page["items"][0]["reference"], "PS-EU-000002");
    page["next_cursor"].as_str().expect("cursor").to_owned()
}

#[tokio::test]
async fn whoever_may_see_nothing_is_answered_as_if_there_were_nothing() {
    let (full, bare) = (endpoint(true).await, endpoint(false).await);
    let cursor = cursor(&full).await;
    for (shop, name, role) in [
        ("two", "boss", "superadmin"),
        ("two", "may", "member"),
        ("one", "max", "member"),
    ] {
        for request in questions(&cursor) {
            let verifies = request.path == "/v1/accounts/verify";
            if verifies && shop == "one" {
                continue;
            }
            let ask = async |app: &TestApp| {
                let token = token(app, shop, name, role);
                face(&app.send(request.clone().token(&token)).await)
            };
            assert_eq!(
                ask(&full).await,
                ask(&bare).await,
                "{shop} {name}: {} {}",
                request.path,
                String::from_utf8_lossy(&request.body)
            );
        }
    }
    // The same questions are answered to those who may ask.
    let may = token(&full, "one", "may", "member");
    let list = full.send(Request::get("/v1/tickets").token(&may)).await;
    assert_eq!(list.ok(200)["items"].as_array().map(Vec::len), Some(2));
    let body = json!({"superadmin_email": "x@secret.example", "service": "CRM", "dc": "eu"});
    let verify = Request::post("/v1/accounts/verify", &body).token(&may);
    assert_eq!(full.send(verify).await.ok(200)["account"], "large");
}

#[tokio::test]
async fn tickets_of_others_and_no_tickets_are_the_same_to_the_byte() {
    let app = endpoint(true).await;
    for (shop, name, role) in [
        ("two", "boss", "superadmin"),
        ("two", "max", "member"),
        ("one", "max", "member"),
    ] {
        let token = token(&app, shop, name, role);
        let get = |reference: &str| {
            Request::get(&format!("/v1/tickets/{reference}"))
                .token(&token)
                .header("origin", &format!("https://{shop}.example"))
        };
        let foreign = app.send(get("PS-EU-000001")).await;
        let missing = app.send(get("PS-EU-000009")).await;
        foreign.problem(404, "not_found");
        assert_eq!(face(&foreign), face(&missing));
        assert_eq!(foreign.body, missing.body);
        let allowed = foreign.header("access-control-allow-origin");
        assert_eq!(allowed, Some(format!("https://{shop}.example")));
    }
}

#[tokio::test]
async fn another_shop_s_accounts_change_no_verdict() {
    let (full, bare) = (endpoint(true).await, endpoint(false).await);
    for (address, org_id) in [
        ("boss@secret.example", "20000000007"),
        ("anybody@secret.example", "20000000099"),
        ("user@elsewhere.example", "20000000008"),
        ("boss@known.example", "20000000007"),
        ("boss@secret.example", "20000000008"),
    ] {
        let verdict = async |app: &TestApp| {
            let mut body = ticket();
            body["superadmin_email"] = json!(address);
            body["org_id"] = json!(org_id);
            let token = token(app, "two", "max", "member");
            let file = Request::post("/v1/tickets", &body)
                .key(&format!("{address}{org_id}"))
                .token(&token);
            let mut receipt = app.send(file).await.ok(201);
            for field in ["reference", "created_at", "updated_at", "due"] {
                receipt[field] = Value::Null;
            }
            receipt
        };
        assert_eq!(verdict(&full).await, verdict(&bare).await, "{address}");
    }
    let own = token(&full, "one", "may", "member");
    let receipt = full.send(file("own", &own)).await.ok(201);
    assert_eq!(receipt["classification"]["outcome"], "priority");
}

#[tokio::test]
async fn a_key_is_its_user_s_own() {
    let app = endpoint(true).await;
    // May's key and body, with and without the right to see May's tickets.
    let boss = token(&app, "one", "boss", "superadmin");
    for (shop, name, access) in [
        ("one", "max", Some("company")),
        ("one", "mia", Some("own")),
        ("two", "may", None),
    ] {
        if let Some(access) = access {
            let path = format!("/v1/access/{name}@{shop}.example");
            app.send(put(&path, access).token(&boss)).await.ok(200);
        }
        let filed = app
            .send(file("k1", &token(&app, shop, name, "member")))
            .await;
        assert_ne!(filed.ok(201)["reference"], "PS-EU-000001", "{name}");
        assert!(!filed.is_replay(), "{name}");
    }
    // Without access another's key is no way in: neither replayed nor compared.
    app.send(put("/v1/access/moe@one.example", "none").token(&boss))
        .await
        .ok(200);
    let moe = token(&app, "one", "moe", "member");
    app.send(file("k1", &moe))
        .await
        .problem(403, "access_denied");
    let mut other = ticket();
    other["subject"] = json!("Something else");
    app.send(Request::post("/v1/tickets", &other).key("k1").token(&moe))
        .await
        .problem(403, "access_denied");
}

#[tokio::test]
async fn access_levels_bound_what_members_see_of_each_other() {
    let app = endpoint(true).await;
    let max = token(&app, "one", "max", "member");
    app.send(file("m", &max)).await.ok(201);
    let cursor = cursor_of(&app, &token(&app, "one", "boss", "superadmin")).await;
    let references = async |path: &str| {
        let page = app.send(Request::get(path).token(&max)).await.ok(200);
        let items = page["items"].as_array().expect("items").clone();
        let references = items
            .iter()
            .map(|item| item["reference"].as_str().expect("text"));
        references.map(str::to_owned).collect::<Vec<_>>()
    };
    for (access, all, after_first) in [
        (Access::None, vec!["PS-EU-000003"], vec![]),
        (Access::Own, vec!["PS-EU-000003"], vec![]),
        (
            Access::Company,
            vec!["PS-EU-000003", "PS-EU-000002", "PS-EU-000001"],
            vec!["PS-EU-000002", "PS-EU-000001"],
        ),
    ] {
        let whose = Whose {
            shop_id: "one",
            email_key: "max@one.example",
            email: "max@one.example",
        };
        let store = &app.app.store;
        store
            .grant(whose, access, None, app.clock.now())
            .await
            .expect("granted");
        assert_eq!(references("/v1/tickets").await, all, "{access:?}");
        assert_eq!(
            references("/v1/tickets?q=boss%40secret.example").await,
            all,
            "{access:?}"
        );
        assert_eq!(
            references(&format!("/v1/tickets?cursor={cursor}")).await,
            after_first,
            "{access:?}"
        );
        let status = if all.len() == 1 { 404 } else { 200 };
        let detail = Request::get("/v1/tickets/PS-EU-000001").token(&max);
        assert_eq!(app.send(detail).await.status, status, "{access:?}");
    }
}

/// The cursor after the newest ticket.
async fn cursor_of(app: &TestApp, token: &str) -> String {
    let request = Request::get("/v1/tickets?limit=1").token(token);
    let page = app.send(request).await.ok(200);
    page["next_cursor"].as_str().expect("cursor").to_owned()
}
