//! Pages of tickets.

use crate::support::{TestApp, User, ticket};
use partner_endpoint::clock::Clock;
use serde_json::{Value, json};

async fn references(app: &TestApp, path: &str) -> (Vec<String>, Option<String>) {
    let page = app.get_as(User::Superadmin, path).await.ok(200);
    let items = page["items"].as_array().expect("items");
    let references = items
        .iter()
        .map(|item| item["reference"].as_str().expect("reference").to_owned())
        .collect();
    (references, page["next_cursor"].as_str().map(str::to_owned))
}

async fn seven(app: &TestApp) -> Vec<String> {
    let mut filed = Vec::new();
    for index in 0..7 {
        let mut body = ticket();
        body["subject"] = json!(format!("Number {index}"));
        if index % 2 == 1 {
            body["service"] = json!("Desk");
            body["superadmin_email"] = json!("admin@large.example");
            body["org_id"] = json!("20000000001");
        }
        let receipt = app
            .file(User::Superadmin, &format!("k{index}"), &body)
            .await
            .ok(201);
        filed.push(receipt["reference"].as_str().expect("reference").to_owned());
    }
    filed
}

#[tokio::test]
async fn pages_follow_each_other_newest_first_without_gaps_or_doubles() {
    let app = TestApp::demo().await;
    let mut filed = seven(&app).await;
    filed.reverse();
    let (mut seen, mut next) = references(&app, "/v1/tickets?limit=3").await;
    // A ticket that comes in between shifts nothing.
    app.file(User::Superadmin, "late", &ticket()).await.ok(201);
    while let Some(cursor) = next {
        let (more, after) = references(&app, &format!("/v1/tickets?limit=3&cursor={cursor}")).await;
        seen.extend(more);
        next = after;
    }
    assert_eq!(seen, filed);
}

#[tokio::test]
async fn order_can_be_turned_round() {
    let app = TestApp::demo().await;
    let filed = seven(&app).await;
    let (first, next) = references(&app, "/v1/tickets?sort=oldest&limit=4").await;
    let (rest, end) = references(
        &app,
        &format!(
            "/v1/tickets?sort=oldest&limit=4&cursor={}",
            next.expect("more")
        ),
    )
    .await;
    assert_eq!([first, rest].concat(), filed);
    assert_eq!(end, None);
    let (updated, _) = references(&app, "/v1/tickets?sort=updated").await;
    assert_eq!(updated.first(), filed.last());
}

#[tokio::test]
async fn filters_narrow_the_list() {
    let app = TestApp::demo().await;
    seven(&app).await;
    for (query, count) in [
        ("", 7),
        ("severity=S1", 3),
        ("severity=none", 4),
        ("service=desk", 3),
        ("service=Zoho%20Desk", 3),
        ("service=crm", 4),
        ("status=open", 7),
        ("status=closed", 0),
        ("q=number%203", 1),
        ("q=NUMBER", 7),
        ("q=ps-eu-000002", 1),
        ("q=20000000001", 3),
        ("q=large.example", 3),
        ("q=100%25", 0),
        ("q=_", 0),
        ("q='", 0),
        ("severity=S1&q=number%201&service=desk&status=open", 1),
        ("q=&status=&cursor=", 7),
        ("unheard=of", 7),
    ] {
        let (found, _) = references(&app, &format!("/v1/tickets?{query}")).await;
        assert_eq!(found.len(), count, "{query}");
    }
}

#[tokio::test]
async fn a_limit_beyond_the_maximum_is_clamped() {
    let app = TestApp::demo().await;
    seven(&app).await;
    for limit in ["7", "200", "201", "99999999999999999999999"] {
        let (found, next) = references(&app, &format!("/v1/tickets?limit={limit}")).await;
        assert_eq!((found.len(), next), (7, None), "{limit}");
    }
    let (found, next) = references(&app, "/v1/tickets?limit=1").await;
    assert!(found.len() == 1 && next.is_some());
}

#[tokio::test]
async fn wrong_parameters_are_named() {
    let app = TestApp::demo().await;
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=ten", "limit"),
        ("status=lost", "status"),
        ("severity=S9", "severity"),
        ("sort=colour", "sort"),
        ("cursor=nonsense", "cursor"),
        ("q=a&q=", "q"),
        ("cursor=bzoxOjE", "cursor"),
        ("limit=&limit=p", "limit"),
        ("sort=newest&sort=newest", "sort"),
    ] {
        let answer = app
            .get_as(User::Superadmin, &format!("/v1/tickets?{query}"))
            .await;
        answer.problem(422, "invalid_parameters");
        assert_eq!(
            answer.violations(),
            [format!("{field}:unknown_value")],
            "{query}"
        );
    }
    let long = app
        .get_as(
            User::Superadmin,
            &format!("/v1/tickets?q={}", "x".repeat(256)),
        )
        .await;
    long.problem(422, "invalid_parameters");
    assert_eq!(
        long.json()["violations"],
        json!([{"field": "q", "code": "too_long", "limit": 255}])
    );
    app.get_as(User::Superadmin, "/v1/tickets?q=%00")
        .await
        .ok(200);
    app.get_as(User::Superadmin, "/v1/tickets?q=%FF&limit=%zz")
        .await
        .problem(422, "invalid_parameters");
}

#[tokio::test]
async fn a_long_list_is_read_to_its_end() {
    let app = TestApp::demo().await;
    let token = app.token(User::Superadmin).await;
    let before = app.clock.now();
    for index in 0..60 {
        let request =
            crate::support::Request::post("/v1/tickets", &ticket()).key(&format!("k{index}"));
        app.send(request.token(&token)).await.ok(201);
    }
    assert!(app.clock.now() >= before);
    let (found, next) = references(&app, "/v1/tickets").await;
    assert_eq!(found.len(), 50, "the default");
    let (rest, end) =
        references(&app, &format!("/v1/tickets?cursor={}", next.expect("more"))).await;
    assert_eq!((rest.len(), end), (10, None));
    let page: Value = app.get_as(User::Member, "/v1/tickets").await.ok(200);
    assert_eq!(page, json!({"items": [], "next_cursor": null, "total": 0}));
}

#[tokio::test]
async fn the_first_page_says_how_many_there_are_of_what_may_be_seen_and_is_asked_for() {
    let app = TestApp::demo().await;
    seven(&app).await;
    let own = app.file(User::Member, "own", &ticket()).await.ok(201);
    let total = async |user, query: &str| {
        let page = app.get_as(user, &format!("/v1/tickets?{query}")).await;
        page.ok(200)["total"].clone()
    };
    assert_eq!(total(User::Superadmin, "limit=3").await, 8);
    assert_eq!(total(User::Superadmin, "").await, 8, "all on one page");
    assert_eq!(total(User::Superadmin, "limit=2&service=desk").await, 3);
    assert_eq!(total(User::Superadmin, "limit=2&severity=none").await, 5);
    assert_eq!(total(User::Superadmin, "limit=1&status=closed").await, 0);
    assert_eq!(total(User::Superadmin, "limit=1&q=number").await, 7);
    assert_eq!(total(User::Member, "limit=1").await, 1, "{own}");
    let (_, next) = references(&app, "/v1/tickets?limit=3").await;
    let later = format!("limit=3&cursor={}", next.expect("more"));
    assert_eq!(total(User::Superadmin, &later).await, Value::Null);
}
