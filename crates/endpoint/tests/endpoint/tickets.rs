//! Filing and reading back.

use crate::support::{Request, TestApp, User, ticket};
use partner_endpoint::store::access::Whose;
use serde_json::{Value, json};

fn with(changes: &Value) -> Value {
    let mut body = ticket();
    for (field, value) in changes.as_object().expect("object") {
        body[field] = value.clone();
    }
    body
}

#[tokio::test]
async fn a_large_account_gets_s1_the_flag_and_the_commitment() {
    let app = TestApp::demo().await;
    let body = with(&json!({
        "superadmin_email": "Admin@Large.example", "org_id": "20000000001", "lang": "de",
        "preview": {"outcome": "undecided", "policy_version": "older"},
    }));
    let receipt = app.file(User::Superadmin, "k", &body).await.ok(201);
    assert_eq!(receipt["reference"], "PS-EU-000001");
    assert_eq!(receipt["severity"], "S1");
    assert_eq!(receipt["priority_customer"], true);
    assert_eq!(receipt["classification"]["outcome"], "priority");
    assert_eq!(
        receipt["classification"]["commitment"]["first_response_h"],
        json!([1, 3])
    );
    assert_eq!(
        receipt["preview"]["outcome"], "undecided",
        "stored and echoed, not believed"
    );

    let detail = app
        .get_as(User::Superadmin, "/v1/tickets/PS-EU-000001")
        .await
        .ok(200);
    for (field, value) in receipt.as_object().expect("receipt") {
        assert_eq!(&detail[field], value, "{field}");
    }
    assert_eq!(detail["superadmin_email"], "Admin@Large.example");
    assert_eq!(detail["lang"], "de");
    assert_eq!(detail["messages"], json!([]));
    assert_eq!(detail["attachments"], json!([]));
    let stages: Vec<&str> = detail["timeline"]
        .as_array()
        .expect("timeline")
        .iter()
        .map(|e| e["stage"].as_str().expect("stage"))
        .collect();
    assert_eq!(
        stages,
        ["first_response", "problem_determination", "resolution"]
    );
    assert_eq!(
        detail["history"][0]["classification"],
        receipt["classification"]
    );
}

#[tokio::test]
async fn the_timeline_counts_from_receipt() {
    let app = TestApp::demo().await;
    let body = with(&json!({"superadmin_email": "admin@large.example", "org_id": "20000000001"}));
    let receipt = app.file(User::Member, "k", &body).await.ok(201);
    let detail = app
        .get_as(User::Member, "/v1/tickets/PS-EU-000001")
        .await
        .ok(200);
    let created = receipt["created_at"].as_str().expect("instant");
    let hour = |text: &Value| {
        text.as_str().expect("instant")[11..13]
            .parse::<u32>()
            .expect("hour")
    };
    let start = created[11..13].parse::<u32>().expect("hour");
    assert_eq!(hour(&detail["timeline"][0]["aim_at"]), (start + 1) % 24);
    assert_eq!(hour(&detail["timeline"][0]["due_at"]), (start + 3) % 24);
    assert_eq!(hour(&detail["timeline"][1]["due_at"]), (start + 8) % 24);
    assert_eq!(hour(&detail["timeline"][2]["aim_at"]), start);
}

#[tokio::test]
async fn small_excluded_unknown_and_unlisted_are_accepted_without_severity() {
    let app = TestApp::demo().await;
    for (key, changes, outcome, metric) in [
        ("a", json!({}), "standard", None),
        (
            "b",
            json!({"service": "campaigns"}),
            "excluded",
            Some("contacts"),
        ),
        (
            "c",
            json!({"service": "DataPrep"}),
            "excluded",
            Some("monthly_rows"),
        ),
        (
            "d",
            json!({"service": "PageSense"}),
            "excluded",
            Some("monthly_visitors"),
        ),
        (
            "e",
            json!({"service": "Writer Add-ons"}),
            "excluded",
            Some("volume"),
        ),
        (
            "f",
            json!({"service": "Marketing Automation"}),
            "excluded",
            Some("contacts"),
        ),
        (
            "g",
            json!({"superadmin_email": "admin@nobody.example"}),
            "undecided",
            None,
        ),
        ("h", json!({"superadmin_email": null}), "manual", None),
        (
            "i",
            json!({"service": "Zoho Teleport", "superadmin_email": "x@nobody.example"}),
            "undecided",
            None,
        ),
    ] {
        let receipt = app
            .file(User::Superadmin, key, &with(&changes))
            .await
            .ok(201);
        assert_eq!(receipt["classification"]["outcome"], outcome, "{key}");
        assert_eq!(
            receipt["classification"]["metric"].as_str(),
            metric,
            "{key}"
        );
        assert_eq!(receipt["severity"], Value::Null, "{key}");
        assert_eq!(receipt["priority_customer"], false, "{key}");
        assert_eq!(
            receipt["classification"]["commitment"],
            Value::Null,
            "{key}"
        );
    }
    let detail = app
        .get_as(User::Superadmin, "/v1/tickets/PS-EU-000001")
        .await
        .ok(200);
    assert_eq!(detail["timeline"], json!([]));
}

#[tokio::test]
async fn a_campaigns_ticket_of_a_large_account_is_no_s1() {
    let app = TestApp::demo().await;
    let body = with(
        &json!({"service": "Campaigns", "superadmin_email": "admin@large.example", "org_id": "20000000001"}),
    );
    let receipt = app.file(User::Superadmin, "k", &body).await.ok(201);
    assert_eq!(receipt["classification"]["outcome"], "excluded");
    assert_eq!(receipt["severity"], Value::Null);
}

#[tokio::test]
async fn an_account_is_found_by_its_domain_but_not_by_its_id_alone() {
    let app = TestApp::demo().await;
    let body =
        with(&json!({"superadmin_email": "somebody@LARGE.example", "org_id": "20000000001"}));
    let receipt = app.file(User::Superadmin, "k1", &body).await.ok(201);
    assert_eq!(receipt["classification"]["outcome"], "priority");
    let body = with(&json!({"superadmin_email": "x@nobody.example", "org_id": "20000000001"}));
    let receipt = app.file(User::Superadmin, "k2", &body).await.ok(201);
    assert_eq!(receipt["classification"]["outcome"], "undecided");
    let body = with(&json!({"superadmin_email": "x@small.example"}));
    let receipt = app.file(User::Superadmin, "k3", &body).await.ok(201);
    assert_eq!(
        receipt["classification"]["outcome"], "undecided",
        "only the large account owns its domain"
    );
}

#[tokio::test]
async fn address_and_id_of_different_accounts_give_no_verdict() {
    let app = TestApp::demo().await;
    let body = with(&json!({"superadmin_email": "admin@large.example", "org_id": "20000000002"}));
    let receipt = app.file(User::Superadmin, "k1", &body).await.ok(201);
    assert_eq!(receipt["classification"]["outcome"], "undecided");
    assert_eq!(receipt["severity"], Value::Null);
    let reasons = receipt["classification"]["reasons"]
        .as_array()
        .expect("reasons")
        .clone();
    assert!(reasons.contains(&json!("account_mismatch")), "{reasons:?}");

    let body = with(&json!({"superadmin_email": "admin@large.example", "org_id": "20099999999"}));
    let receipt = app.file(User::Superadmin, "k2", &body).await.ok(201);
    assert_eq!(
        receipt["classification"]["outcome"], "priority",
        "an unknown ID contradicts nothing"
    );

    let body = with(
        &json!({"superadmin_email": "admin@large.example", "org_id": "20000000002", "org_id_kind": "zgid"}),
    );
    let receipt = app.file(User::Superadmin, "k3", &body).await.ok(201);
    assert_eq!(
        receipt["classification"]["outcome"], "priority",
        "the same digits as a ZGID are another ID"
    );
}

#[tokio::test]
async fn references_are_counted_per_data_centre() {
    let app = TestApp::demo().await;
    for (key, dc, reference) in [
        ("a", "eu", "PS-EU-000001"),
        ("b", "us", "PS-US-000001"),
        ("c", "eu", "PS-EU-000002"),
        ("d", "jp", "PS-JP-000001"),
    ] {
        let receipt = app
            .file(User::Member, key, &with(&json!({"dc": dc})))
            .await
            .ok(201);
        assert_eq!(receipt["reference"], reference);
    }
}

#[tokio::test]
async fn text_is_kept_as_normalised_and_search_finds_it() {
    let app = TestApp::demo().await;
    let body = with(
        &json!({"subject": "  Ärger mit \u{1F600} Sync  ", "org_id": "org20000000002", "description": "a\r\nb"}),
    );
    let receipt = app.file(User::Member, "k", &body).await.ok(201);
    assert_eq!(receipt["subject"], "Ärger mit \u{1F600} Sync");
    assert_eq!(receipt["org_id"], "20000000002");
    let found = app
        .get_as(User::Member, "/v1/tickets?q=%C3%84RGER")
        .await
        .ok(200);
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn what_a_user_may_see_depends_on_access() {
    let app = TestApp::demo().await;
    let theirs = app.file(User::Superadmin, "k", &ticket()).await.ok(201);
    let own = app.file(User::Member, "k", &ticket()).await.ok(201);
    let count = async |user| {
        let page = app.get_as(user, "/v1/tickets").await.ok(200);
        page["items"].as_array().map(Vec::len)
    };
    assert_eq!(count(User::Superadmin).await, Some(2));
    assert_eq!(count(User::Member).await, Some(1));
    assert_eq!(count(User::NoAccess).await, Some(0));
    let path = |receipt: &Value| {
        format!(
            "/v1/tickets/{}",
            receipt["reference"].as_str().expect("reference")
        )
    };
    app.get_as(User::Superadmin, &path(&own)).await.ok(200);
    app.get_as(User::Member, &path(&own)).await.ok(200);
    let hidden = app.get_as(User::Member, &path(&theirs)).await;
    let missing = app.get_as(User::Member, "/v1/tickets/PS-EU-999999").await;
    hidden.problem(404, "not_found");
    assert_eq!(hidden.json(), missing.json());
    for odd in [
        "/v1/tickets/%FF",
        "/v1/tickets/%00",
        "/v1/tickets/'%20OR%201=1--",
        "/v1/tickets/PS-EU-000001%2F",
    ] {
        app.get_as(User::Member, odd)
            .await
            .problem(404, "not_found");
    }
}

#[tokio::test]
async fn without_access_nothing_is_filed_and_earlier_tickets_stay_readable() {
    let app = TestApp::demo().await;
    app.file(User::NoAccess, "k", &ticket())
        .await
        .problem(403, "access_denied");
    app.verify(User::NoAccess, "admin@large.example", "eu")
        .await
        .problem(403, "access_denied");

    let filed = app.file(User::Member, "k", &ticket()).await;
    let store = &app.app.store;
    let member = Whose {
        shop_id: "demo",
        email_key: "member@partner.example",
        email: "member@partner.example",
    };
    let now = partner_endpoint::clock::Clock::now(app.clock.as_ref());
    store
        .put_access(member, partner_rules::wire::Access::None, now)
        .await
        .expect("access");
    app.get_as(User::Member, "/v1/tickets/PS-EU-000001")
        .await
        .ok(200);
    app.file(User::Member, "other", &ticket())
        .await
        .problem(403, "access_denied");
    let again = app.file(User::Member, "k", &ticket()).await;
    assert_eq!(
        again.ok(201),
        filed.json(),
        "nobody is told 'refused' about a ticket that exists"
    );
}

#[tokio::test]
async fn data_centre_and_channel_are_asked_before_fields() {
    let app = TestApp::real().await;
    let token = app.forge().hs256(crate::support::HS256_SECRET);
    let file = async |changes: Value| {
        app.send(
            Request::post("/v1/tickets", &with(&changes))
                .key("k")
                .token(&token),
        )
        .await
    };
    file(json!({"dc": "in", "subject": ""}))
        .await
        .problem(422, "wrong_dc");
    file(json!({"dc": "eu", "subject": ""}))
        .await
        .problem(422, "invalid_fields");
    let demo = TestApp::demo().await;
    for dc in ["sa", "ca", "uk"] {
        let answer = demo
            .file(User::Member, "k", &with(&json!({"dc": dc, "subject": ""})))
            .await;
        answer.problem(422, "channel_unavailable");
    }
}

#[tokio::test]
async fn a_refusal_releases_the_key() {
    let app = TestApp::demo().await;
    app.file(User::Member, "k", &with(&json!({"subject": ""})))
        .await
        .problem(422, "invalid_fields");
    app.file(User::Member, "k", &ticket()).await.ok(201);
}
