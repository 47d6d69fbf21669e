//! Bodies that are too large, broken, of the wrong kind, or hold what no form would send.

use crate::support::{Answer, Request, TestApp, User, connect, ticket};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

async fn post(app: &TestApp, body: impl Into<Vec<u8>>) -> Answer {
    let token = app.token(User::Member).await;
    app.send(
        Request::post("/v1/tickets", &json!({}))
            .body(body)
            .key("k")
            .token(&token),
    )
    .await
}

async fn changed(app: &TestApp, change: impl FnOnce(&mut Value)) -> Answer {
    let mut body = ticket();
    change(&mut body);
    post(app, body.to_string()).await
}

#[tokio::test]
async fn what_is_no_json_object_is_malformed() {
    let app = TestApp::demo().await;
    for body in [
        "",
        "{",
        "[]",
        "null",
        "\"text\"",
        "{\"dc\":\"eu\"",
        "{'dc':1}",
        "{\"subject\":\"\\ud800\"}",
        "\u{feff}{}",
    ] {
        post(&app, body).await.problem(400, "malformed_json");
    }
    post(&app, [b'{', 0xff, b'}'])
        .await
        .problem(400, "malformed_json");
    post(
        &app,
        format!("{}{}", "[".repeat(10_000), "]".repeat(10_000)),
    )
    .await
    .problem(400, "malformed_json");
    post(
        &app,
        format!("{{\"dc\":{}1{}}}", "[".repeat(10_000), "]".repeat(10_000)),
    )
    .await
    .problem(400, "malformed_json");
}

#[tokio::test]
async fn another_content_type_is_refused() {
    let app = TestApp::demo().await;
    let token = app.token(User::Member).await;
    let request = Request::post("/v1/tickets", &ticket()).token(&token);
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonx",
        "",
        "application/json2; charset=utf-8",
    ] {
        let answer = app
            .send(
                request
                    .clone()
                    .key(kind.get(..5).unwrap_or("k"))
                    .header("content-type", kind),
            )
            .await;
        answer.problem(415, "unsupported_media_type");
    }
    app.send(request.clone().key("k").without("content-type"))
        .await
        .problem(415, "unsupported_media_type");
    app.send(
        request
            .key("k")
            .header("content-type", "Application/JSON; charset=utf-8"),
    )
    .await
    .ok(201);
}

#[tokio::test]
async fn unknown_fields_are_named_one_by_one() {
    let app = TestApp::demo().await;
    let answer = changed(&app, |body| {
        body["severity"] = json!("S1");
        body["Subject"] = json!("x");
        body["subject"] = json!(5);
    })
    .await;
    answer.problem(422, "unknown_field");
    assert_eq!(
        answer.violations(),
        [
            "Subject:unknown_field",
            "severity:unknown_field",
            "subject:unknown_value"
        ]
    );
    let answer = changed(&app, |body| {
        body["preview"] = json!({"outcome": "priority", "policy_version": "1", "x": 1})
    })
    .await;
    answer.problem(422, "invalid_fields");
    assert_eq!(answer.violations(), ["preview:unknown_value"]);
}

#[tokio::test]
async fn values_of_the_wrong_type_or_list_are_violations_of_their_field() {
    let app = TestApp::demo().await;
    for (field, value) in [
        ("dc", json!("mars")),
        ("dc", json!("EU")),
        ("dc", Value::Null),
        ("region", json!("mars")),
        ("region", json!(1)),
        ("org_id_kind", json!("zuid")),
        ("org_id", json!(20_000_000_001_u64)),
        ("service", json!(["CRM"])),
        ("subject", Value::Null),
        ("description", json!({})),
        ("superadmin_email", json!(false)),
        ("superadmin_email", json!([])),
        ("customer_email", json!(1)),
        ("zuid", json!(12_345)),
        ("uploads", json!("id")),
        ("uploads", json!([1])),
        ("preview", json!("priority")),
        (
            "preview",
            json!({"outcome": "great", "policy_version": "1"}),
        ),
        ("preview", json!({"outcome": "priority"})),
        ("lang", json!("d e")),
        ("lang", json!("")),
        ("lang", json!("x".repeat(36))),
    ] {
        let answer = changed(&app, |body| body[field] = value.clone()).await;
        answer.problem(422, "invalid_fields");
        assert_eq!(
            answer.violations(),
            [format!("{field}:unknown_value")],
            "{value}"
        );
    }
}

#[tokio::test]
async fn an_upload_that_nobody_made_is_named() {
    let app = TestApp::demo().await;
    let answer = changed(&app, |body| {
        body["uploads"] = json!(["an id", "\u{0}", "%"]);
        body["subject"] = json!("");
    })
    .await;
    answer.problem(422, "invalid_fields");
    assert_eq!(
        answer.violations(),
        ["subject:required", "uploads:upload_expired"]
    );
}

#[tokio::test]
async fn missing_fields_are_required_except_the_region() {
    let app = TestApp::demo().await;
    let answer = post(&app, "{}").await;
    answer.problem(422, "invalid_fields");
    assert_eq!(
        answer.violations(),
        [
            "dc:required",
            "service:required",
            "org_id_kind:required",
            "org_id:required",
            "subject:required",
            "description:required",
            "superadmin_email:required",
        ]
    );
    let answer = changed(&app, |body| body["superadmin_email"] = json!("")).await;
    answer.problem(422, "invalid_fields");
    assert_eq!(answer.violations(), ["superadmin_email:required"]);
    let answer = changed(&app, |body| {
        body.as_object_mut().expect("object").remove("region");
        body["dc"] = json!("jp");
    })
    .await;
    assert_eq!(answer.ok(201)["region"], "jp");
}

#[tokio::test]
async fn the_longest_ticket_fits_however_it_is_written() {
    let app = TestApp::demo().await;
    let longest = "\u{1F600}".repeat(32_000);
    let body = json!({"description": longest});
    let mut escaped = ticket();
    escaped["description"] = json!("PLACE");
    let surrogates = "\\ud83d\\ude00".repeat(32_000);
    let answer = post(&app, escaped.to_string().replace("PLACE", &surrogates)).await;
    answer.ok(201);
    let detail = app
        .get_as(User::Member, "/v1/tickets/PS-EU-000001")
        .await
        .ok(200);
    assert_eq!(detail["description"], body["description"]);
    let answer = changed(&app, |body| body["description"] = json!("x".repeat(32_001))).await;
    assert_eq!(answer.status, 422);
}

#[tokio::test]
async fn a_body_beyond_the_bound_is_refused_and_the_answer_arrives() {
    let app = TestApp::demo().await;
    let token = app.token(User::Member).await;
    let request = |size: usize| {
        Request::post("/v1/tickets", &json!({}))
            .key("k")
            .token(&token)
            .body("x".repeat(size))
    };
    app.send(request(600 * 1024))
        .await
        .problem(413, "body_too_large");
    app.send(request(3 * 1024 * 1024))
        .await
        .problem(413, "body_too_large");
    // Without an announced length.
    let mut chunked = request(0).header("transfer-encoding", "chunked");
    chunked.body = format!(
        "{:x}\r\n{}\r\n0\r\n\r\n",
        700 * 1024,
        "x".repeat(700 * 1024)
    )
    .into_bytes();
    app.send(chunked).await.problem(413, "body_too_large");
    // Who asks first is told before sending anything.
    let mut asking = request(0)
        .header("expect", "100-continue")
        .header("content-length", "9999999");
    asking.body.clear();
    app.send(asking).await.problem(413, "body_too_large");
    assert_eq!(app.app.store.count_tickets().await.expect("count"), 0);
}

#[tokio::test]
async fn a_refused_body_does_not_spoil_the_connection() {
    let app = TestApp::demo().await;
    let mut stream = connect(app.address).await;
    let first = format!(
        "POST /v1/tickets HTTP/1.1\r\nhost: localhost\r\ncontent-length: 600000\r\n\r\n{}",
        "x".repeat(600_000)
    );
    stream.write_all(first.as_bytes()).await.expect("sent");
    stream
        .write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
        .await
        .expect("sent");
    let mut text = String::new();
    stream.read_to_string(&mut text).await.expect("read");
    assert!(text.starts_with("HTTP/1.1 413"), "{text}");
    assert!(
        text.contains("HTTP/1.1 200 OK") && text.ends_with("ok\n"),
        "{text}"
    );
}

#[tokio::test]
async fn half_a_body_files_nothing() {
    let app = TestApp::demo().await;
    let token = app.token(User::Member).await;
    let bytes = Request::post("/v1/tickets", &ticket())
        .key("k")
        .token(&token)
        .bytes(app.address);
    let mut stream = connect(app.address).await;
    stream
        .write_all(&bytes[..bytes.len() - 5])
        .await
        .expect("sent");
    stream.shutdown().await.expect("half closed");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    assert!(!String::from_utf8_lossy(&answer).starts_with("HTTP/1.1 2"));
    assert_eq!(app.app.store.count_tickets().await.expect("count"), 0);
}
