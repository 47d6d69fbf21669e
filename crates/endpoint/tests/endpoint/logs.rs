//! What is logged, and what never is. That nothing else is, every other test sees to: `support/logs` holds all lines
//! against all that was sent.

use crate::support::{Request, TestApp, User, Watch, line_with, ticket};
use serde_json::{Value, json};

fn filed(watch: &Watch) {
    let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl";
    let request = Request::post("/v1/tickets?q=wanted%20words", &ticket())
        .key("key-of-a-ticket")
        .header("x-forwarded-for", "203.0.113.77")
        .token(token);
    watch.sends(&request);
}

#[test]
fn a_line_with_anything_that_was_sent_is_found() {
    for planted in [
        "Contacts do not sync",
        "admin@small.example",
        "20000000002",
        "Since this morning.",
        "key-of-a-ticket",
        "203.0.113.77",
        "wanted words",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl",
    ] {
        let watch = Watch::default();
        filed(&watch);
        let line = json!({"level": "WARN", "fields": {"message": format!("not: {planted}!")}});
        watch.line(&line.to_string());
        assert_eq!(watch.leaks().len(), 1, "{planted}");
    }
}

#[test]
fn a_form_and_a_mail_are_searched_as_well() {
    let watch = Watch::default();
    watch.sends_text("From: Ada <ada@one.example>\r\n\r\nNothing works since noon.\r\n");
    watch.line("{\"cause\":\"from ada@one.example\"}");
    watch.line("{\"cause\":\"Nothing works since noon.\"}");
    assert_eq!(watch.leaks().len(), 2);
}

#[test]
fn what_is_logged_by_right_is_no_leak() {
    let watch = Watch::default();
    filed(&watch);
    watch.line(
        r#"{"level":"INFO","fields":{"message":"answered","id":"0123456789abcdef","method":"POST","route":"/v1/tickets","status":201,"millis":3}}"#,
    );
    watch.sends(&Request::get("/v1/tickets?q=PS-EU-000001"));
    watch.line(r#"{"fields":{"message":"a ticket is handed on later","ticket":"PS-EU-000001"}}"#);
    assert_eq!(watch.leaks(), [""; 0]);
}

#[tokio::test]
async fn every_answer_leaves_one_line_under_its_id() {
    let app = TestApp::demo().await;
    let answer = app.file(User::Member, "k", &ticket()).await;
    let id = answer.header("x-request-id").expect("an id");
    let line = line_with(&id).expect("a line");
    let line: Value = serde_json::from_str(&line).expect("JSON");
    let fields = &line["fields"];
    assert_eq!(fields["message"], "answered");
    assert_eq!(fields["route"], "/v1/tickets");
    assert_eq!(
        (&fields["status"], &fields["id"]),
        (&json!(201), &json!(id))
    );
}
