//! The rules as browsers get them.

use crate::support::{Request, TestApp};
use serde_json::json;

#[tokio::test]
async fn the_policy_is_public_cacheable_and_holds_no_threshold() {
    let app = TestApp::demo().await;
    let answer = app.get("/v1/policy").await;
    let policy = answer.ok(200);
    assert_eq!(policy["demo"], true);
    assert_eq!(policy["dcs"].as_array().map(Vec::len), Some(8));
    assert_eq!(policy["classes"][0]["threshold_configured"]["eu"], true);
    assert_eq!(policy["exclusions"].as_array().map(Vec::len), Some(5));
    let text = answer.text();
    assert!(
        !text.contains("\"thresholds\"") && !text.contains("licences"),
        "no numbers of licences"
    );

    let etag = answer.header("etag").expect("etag");
    assert_eq!(answer.header("cache-control").as_deref(), Some("no-cache"));
    for known in [
        etag.clone(),
        format!("W/{etag}"),
        format!("\"x\", {etag}"),
        "*".to_owned(),
    ] {
        let again = app
            .send(Request::get("/v1/policy").header("if-none-match", &known))
            .await;
        assert_eq!((again.status, again.body.len()), (304, 0), "{known}");
        assert_eq!(again.header("etag"), Some(etag.clone()));
    }
    app.send(Request::get("/v1/policy").header("if-none-match", "\"other\""))
        .await
        .ok(200);
}

#[tokio::test]
async fn a_real_endpoint_lists_what_it_serves_and_is_no_demo() {
    let app = TestApp::real().await;
    let policy = app.get("/v1/policy").await.ok(200);
    assert_eq!(policy["dcs"], json!(["eu", "us"]));
    assert_eq!(policy.get("demo"), None);
    assert_eq!(
        policy["classes"][0]["threshold_configured"],
        json!({"eu": true, "us": false})
    );
    app.get("/demo/token?user=superadmin")
        .await
        .problem(404, "not_found");
}
