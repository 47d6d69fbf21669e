//! R9 in what the partner wrote: the address that an agent asked for comes in an answer, as text.

use super::{Desk, FIRST, path, with};
use crate::support::{Request, User};
use serde_json::{Value, json};

async fn asked() -> Desk {
    let desk = Desk::demo().await;
    desk.file(&with(&[
        ("superadmin_email", Value::Null),
        ("customer_email", json!("someone@gmail.com")),
        ("org_id", json!("20000000099")),
        (
            "description",
            json!("It is the account with zuid: 20000000123, says their admin."),
        ),
    ]))
    .await;
    desk
}

/// `kind value source`, in order.
fn found(case: &Value) -> Vec<String> {
    let found = case["suggestions"]["found"].as_array().expect("found");
    let told = found.iter().map(|one| {
        let text = |field: &str| one[field].as_str().expect("text").to_owned();
        [text("kind"), text("value"), text("source")].join(" ")
    });
    told.collect()
}

async fn answer(desk: &Desk, key: &str, text: &str) {
    let path = format!("/v1/tickets/{FIRST}/replies");
    let reply = Request::post(&path, &json!({"text": text})).key(key);
    let token = desk.app.token(User::Member).await;
    desk.app.send(reply.token(&token)).await.ok(201);
}

#[tokio::test]
async fn what_the_partner_answers_leads_to_the_account() {
    let desk = asked().await;
    assert_eq!(
        found(&desk.case(FIRST).await),
        [
            "customer_email someone@gmail.com field",
            "zoid 20000000099 field",
            "zuid 20000000123 text"
        ]
    );
    // Once more what is known, our own words, and what is wanted at last.
    answer(
        &desk,
        "a",
        "ZOID 20000000099, write to member@partner.example",
    )
    .await;
    answer(&desk, "b", "Their SuperAdmin is admin@large.example.").await;
    let case = desk.case(FIRST).await;
    assert_eq!(
        found(&case),
        [
            "superadmin_email admin@large.example text",
            "customer_email someone@gmail.com field",
            "zoid 20000000099 field",
            "zuid 20000000123 text"
        ]
    );
    let account = &case["suggestions"]["found"][0]["accounts"][0];
    assert_eq!(account["licences"], 250);
    assert_eq!(case["severity"], Value::Null, "it decides nothing");
    let done = desk
        .done(
            FIRST,
            "complete",
            json!({"superadmin_email": "admin@large.example"}),
        )
        .await;
    assert_eq!(done["receipt"]["classification"]["outcome"], "priority");
    let case = desk.case(FIRST).await;
    assert!(
        found(&case).iter().all(|one| !one.ends_with(" text")),
        "nothing is looked for any more: {case}"
    );
}

#[tokio::test]
async fn what_agents_write_is_no_finding() {
    let desk = asked().await;
    let before = found(&desk.case(FIRST).await);
    for call in ["notes", "replies"] {
        let text = json!({"text": "SuperAdmin: boss@known.example, ZGID 20000000017"});
        let request = Request::post(&path(FIRST, call), &text).key(call);
        desk.send(request).await.ok(201);
    }
    assert_eq!(found(&desk.case(FIRST).await), before);
}

#[tokio::test]
async fn a_flood_of_addresses_is_cut() {
    let desk = asked().await;
    for key in 0..4 {
        let texts: Vec<String> = (0..9).map(|at| format!("u{at}@c{key}.example")).collect();
        answer(&desk, &key.to_string(), &texts.join(" ")).await;
    }
    let found = found(&desk.case(FIRST).await);
    assert_eq!(found.len(), 12, "{found:?}");
    assert!(
        found.iter().any(|one| one.contains("c3.example")),
        "the latest first"
    );
}
