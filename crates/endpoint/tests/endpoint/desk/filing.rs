//! Tickets from calls and chats, and how often shops leave the address out.

use super::signed_in;
use crate::support::{User, ticket};
use serde_json::{Value, json};

const CALL: [(&str, &str); 9] = [
    ("shop", "demo"),
    ("channel", "phone"),
    ("dc", "eu"),
    ("partner_email", "member@partner.example"),
    ("service", "Zoho CRM"),
    ("org_id_kind", "zoid"),
    ("org_id", "20000000001"),
    ("subject", "Nothing loads"),
    ("description", "Said on the phone."),
];

#[tokio::test]
async fn a_call_becomes_a_ticket_of_the_partner_s_once() {
    let (app, mut browser) = signed_in().await;
    let page = browser.page("/new").await;
    let key = super::browser::field(&page, "key").expect("a key");
    let mut fields = CALL.to_vec();
    fields.extend([
        ("key", key.as_str()),
        ("superadmin_email", "admin@large.example"),
    ]);
    let mut places = Vec::new();
    for _ in 0..2 {
        let answer = browser.post("/new", &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        places.push(answer.header("location").expect("a place"));
    }
    assert_eq!(places, ["/tickets/PS-EU-000001", "/tickets/PS-EU-000001"]);
    let seen = app.get_as(User::Member, "/v1/tickets").await.ok(200);
    assert_eq!(seen["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(seen["items"][0]["channel"], "phone");
    assert_eq!(seen["items"][0]["severity"], "S1");
    assert!(
        browser
            .page(&places[0])
            .await
            .contains("Filed for the partner")
    );
}

#[tokio::test]
async fn what_is_missing_is_said_and_what_was_typed_stays() {
    let (app, mut browser) = signed_in().await;
    browser.page("/new").await;
    let answer = browser
        .post("/new", &[("key", "k"), ("subject", "Half a <ticket>")])
        .await;
    assert_eq!(answer.status, 422);
    let text = answer.text();
    assert!(text.contains("<a href=\"#channel\">"), "{text}");
    assert!(text.contains("value=\"Half a &lt;ticket&gt;\""), "{text}");
    let mut fields = CALL.to_vec();
    fields.retain(|(name, _)| *name != "shop" && *name != "org_id");
    fields.extend([("key", "k"), ("org_id", "abc"), ("shop", "nobody")]);
    let answer = browser.post("/new", &fields).await;
    assert_eq!(answer.status, 422);
    let text = answer.text();
    for id in ["shop", "org_id"] {
        assert!(
            text.contains(&format!("<a href=\"#{id}\">")),
            "{id}: {text}"
        );
    }
    assert!(
        text.contains("id=\"channel-phone\" name=\"channel\" value=\"phone\" checked"),
        "{text}"
    );
    assert_eq!(app.app.store.count_tickets().await.expect("count"), 0);
}

#[tokio::test]
async fn it_shows_which_shops_leave_the_address_out() {
    let (app, mut browser) = signed_in().await;
    app.file(User::Member, "a", &ticket()).await.ok(201);
    let mut without = ticket();
    without["superadmin_email"] = Value::Null;
    without["customer_email"] = json!("c@d.example");
    app.file(User::Member, "b", &without).await.ok(201);
    let page = browser.page("/shops").await;
    let (_, row) = page.split_once("data-shop=\"demo\"").expect("a row");
    let row = row.split("</tr>").next().expect("its end");
    assert!(row.contains("<td>2</td><td>1</td><td>50 %</td>"), "{row}");
}
