//! R9: a ticket without the SuperAdmin address, from what it has to the verdict.

use super::{Desk, FIRST, hours, texts, verdict, with};
use serde_json::{Value, json};

/// A large account with everything that leads to it.
const KNOWN: &str = "superadmin_email,dc,zoid,zgid,zuids,user_emails,service,user_licences\n\
    boss@known.example,eu,20000000007,20000000017,20000000027,user@known.example,CRM,500\n";

/// A desk with one ticket without the address, and what the ticket has instead.
async fn desk(fields: &[(&str, Value)]) -> Desk {
    let desk = Desk::demo().await;
    desk.import(KNOWN).await;
    let mut given = vec![("superadmin_email", Value::Null)];
    given.extend_from_slice(fields);
    desk.file(&with(&given)).await;
    desk
}

/// The accounts that something of this kind leads to.
fn accounts<'a>(case: &'a Value, kind: &str) -> Option<Vec<&'a str>> {
    let found = case["suggestions"]["found"].as_array().expect("found");
    let of_kind = found.iter().find(|one| one["kind"] == kind)?;
    Some(texts(&of_kind["accounts"], "superadmin_email"))
}

fn asks(case: &Value) -> bool {
    case["suggestions"]["ask_partner"]
        .as_bool()
        .expect("a flag")
}

async fn complete(desk: &Desk, address: &str) -> Value {
    desk.done(FIRST, "complete", json!({"superadmin_email": address}))
        .await
}

#[tokio::test]
async fn the_customer_s_address_leads_to_the_account() {
    let desk = desk(&[
        ("customer_email", json!("User@known.example")),
        ("org_id", json!("20000000099")),
    ])
    .await;
    let case = desk.case(FIRST).await;
    assert_eq!(
        accounts(&case, "customer_email"),
        Some(vec!["boss@known.example"])
    );
    let account = &case["suggestions"]["found"][0]["accounts"][0];
    assert_eq!(account["class"], "large");
    assert_eq!(account["licences"], 500);
    assert_eq!(
        account["subscriptions"],
        json!([{"service": "Zoho CRM", "licences": 500, "eligible": true}])
    );
    assert!(!asks(&case));
    assert_eq!(verdict(&case), ("manual", &Value::Null, false));
    desk.later(5);
    let done = complete(&desk, "boss@known.example").await;
    assert_eq!(
        verdict(&done["receipt"]),
        ("priority", &json!("S1"), true),
        "a ZOID that the directory does not know contradicts nothing"
    );
    let draft = done["draft"].as_str().expect("a draft");
    assert!(draft.contains("boss@known.example") && draft.contains("default parameter"));
}

#[tokio::test]
async fn the_domain_of_the_customer_s_address_leads_to_the_account() {
    let desk = desk(&[("customer_email", json!("anybody@large.example"))]).await;
    let case = desk.case(FIRST).await;
    assert_eq!(
        accounts(&case, "customer_email"),
        Some(vec!["admin@large.example"])
    );
}

#[tokio::test]
async fn a_zuid_leads_to_the_account() {
    let desk = desk(&[("zuid", json!("20000000027"))]).await;
    let case = desk.case(FIRST).await;
    assert_eq!(accounts(&case, "zuid"), Some(vec!["boss@known.example"]));
    assert!(!asks(&case));
}

#[tokio::test]
async fn a_zoid_leads_to_the_account() {
    let desk = desk(&[("org_id", json!("20000000007"))]).await;
    let case = desk.case(FIRST).await;
    assert_eq!(accounts(&case, "zoid"), Some(vec!["boss@known.example"]));
    assert!(!asks(&case));
    let done = complete(&desk, "boss@known.example").await;
    assert_eq!(verdict(&done["receipt"]), ("priority", &json!("S1"), true));
}

/// A ZGID leads nowhere by itself, so the widget wants more; mails do not.
async fn with_zgid(id: &str) -> Desk {
    let desk = desk(&[
        ("org_id_kind", json!("zgid")),
        ("org_id", json!(id)),
        ("customer_email", json!("someone@gmail.com")),
    ])
    .await;
    desk.behind("UPDATE tickets SET customer_email = NULL")
        .await;
    desk
}

#[tokio::test]
async fn a_zgid_that_the_directory_knows_leads_to_the_account() {
    let desk = with_zgid("20000000017").await;
    let case = desk.case(FIRST).await;
    assert_eq!(accounts(&case, "zgid"), Some(vec!["boss@known.example"]));
    assert!(!asks(&case));
}

#[tokio::test]
async fn a_zgid_that_the_directory_does_not_know_leads_to_the_partner() {
    let desk = with_zgid("20000000018").await;
    let case = desk.case(FIRST).await;
    assert_eq!(accounts(&case, "zgid"), Some(vec![]));
    assert!(asks(&case));
    assert_eq!(case["severity"], Value::Null);
}

#[tokio::test]
async fn with_nothing_at_all_the_partner_is_asked_and_the_severity_stays_unset() {
    let desk = with_zgid("20000000018").await;
    desk.behind("UPDATE tickets SET org_id = ''").await;
    let case = desk.case(FIRST).await;
    assert_eq!(case["suggestions"]["found"], json!([]));
    assert!(asks(&case));
    assert_eq!(verdict(&case), ("manual", &Value::Null, false));
    let ask = case["drafts"]["ask"].as_str().expect("a draft");
    assert!(ask.contains(FIRST) && ask.contains("SuperAdmin") && ask.contains("Kim Agent"));
    assert_eq!(desk.queue("needs_address").await, [FIRST]);
}

#[tokio::test]
async fn an_excluded_service_stays_excluded() {
    let desk = desk(&[
        ("service", json!("Zoho Campaigns")),
        ("org_id", json!("20000000007")),
    ])
    .await;
    let done = complete(&desk, "boss@known.example").await;
    let receipt = &done["receipt"];
    assert_eq!(verdict(receipt), ("excluded", &Value::Null, false));
    assert_eq!(receipt["classification"]["metric"], "contacts");
    assert_eq!(receipt["classification"]["commitment"], Value::Null);
    assert!(
        done["draft"]
            .as_str()
            .expect("a draft")
            .contains("Campaigns")
    );
    assert_eq!(desk.partner(FIRST).await["timeline"], json!([]));
}

#[tokio::test]
async fn a_standard_account_does_not_become_s1() {
    let desk = desk(&[("org_id", json!("20000000002"))]).await;
    let done = complete(&desk, "admin@small.example").await;
    assert_eq!(verdict(&done["receipt"]), ("standard", &Value::Null, false));
}

#[tokio::test]
async fn an_unknown_account_is_undecided() {
    let desk = desk(&[("org_id", json!("20000000099"))]).await;
    let done = complete(&desk, "boss@elsewhere.example").await;
    assert_eq!(
        verdict(&done["receipt"]),
        ("undecided", &Value::Null, false)
    );
    assert_eq!(desk.queue("needs_address").await, [""; 0]);
    assert_eq!(desk.queue("needs_verification").await, [FIRST]);
}

#[tokio::test]
async fn address_and_id_of_different_accounts_decide_nothing() {
    let desk = desk(&[("org_id", json!("20000000007"))]).await;
    let done = complete(&desk, "admin@large.example").await;
    let receipt = &done["receipt"];
    assert_eq!(verdict(receipt), ("undecided", &Value::Null, false));
    let reasons = &receipt["classification"]["reasons"];
    assert!(
        reasons
            .as_array()
            .expect("list")
            .contains(&json!("account_mismatch"))
    );
}

#[tokio::test]
async fn the_clock_starts_when_the_agent_completes_it_and_both_sides_are_told() {
    let desk = desk(&[("org_id", json!("20000000007"))]).await;
    desk.later(5);
    let done = complete(&desk, "boss@known.example").await;
    let partner = desk.partner(FIRST).await;
    let updated = &done["receipt"]["updated_at"];
    assert_eq!(hours(&partner["created_at"], updated), 5.0);
    let timeline = &partner["timeline"];
    assert_eq!(hours(updated, &timeline[0]["aim_at"]), 1.0);
    assert_eq!(hours(updated, &timeline[0]["due_at"]), 3.0);
    assert_eq!(hours(updated, &timeline[1]["due_at"]), 8.0);
    assert_eq!(hours(updated, &timeline[2]["due_at"]), 48.0);
    assert_eq!(texts(&partner["history"], "change"), ["filed", "completed"]);
    assert_eq!(
        partner["last"],
        json!({"change": "completed", "by": "agent"})
    );
    assert_eq!(partner["superadmin_email"], "boss@known.example");
    let found = desk
        .app
        .get_as(crate::support::User::Member, "/v1/tickets?q=boss%40known")
        .await;
    assert_eq!(found.ok(200)["items"].as_array().expect("items").len(), 1);
    let case = desk.case(FIRST).await;
    assert_eq!(texts(&case["audit"], "act"), ["completed", "classified"]);
    let line = &case["audit"][0];
    assert_eq!(line["before"], Value::Null);
    assert_eq!(line["after"], "boss@known.example");
    assert_eq!(
        line["by"],
        json!({"name": "Kim Agent", "email": "agent@desk.example"})
    );
    assert_eq!(case["audit"][1]["before"], "manual");
    assert_eq!(case["audit"][1]["after"], "priority");
}

#[tokio::test]
async fn german_tickets_get_german_drafts() {
    let desk = desk(&[("org_id", json!("20000000007")), ("lang", json!("de-AT"))]).await;
    let done = complete(&desk, "boss@known.example").await;
    let draft = done["draft"].as_str().expect("a draft");
    assert!(
        draft.contains("Standardparameter") && draft.contains("Max Member"),
        "{draft}"
    );
}

/// A mail may name no service: then nobody knows whether it is one of the excluded ones.
#[tokio::test]
async fn without_a_service_there_is_no_verdict_until_the_agent_names_it() {
    let desk = desk(&[("org_id", json!("20000000007"))]).await;
    desk.behind(
        "UPDATE tickets SET service_id = '', service_name = '', service_listed = 0, org_id = '', channel = 'email', outcome = 'incomplete'",
    )
    .await;
    assert_eq!(desk.queue("needs_address").await, [FIRST]);
    let done = complete(&desk, "boss@known.example").await;
    assert_eq!(
        verdict(&done["receipt"]),
        ("undecided", &Value::Null, false)
    );
    let whole = json!({
        "superadmin_email": "boss@known.example", "service": "zoho crm",
        "org_id_kind": "zgid", "org_id": "20000000017",
    });
    let done = desk.done(FIRST, "complete", whole).await;
    let receipt = &done["receipt"];
    assert_eq!(verdict(receipt), ("priority", &json!("S1"), true));
    assert_eq!(receipt["service"]["id"], "crm");
    assert_eq!(receipt["org_id_kind"], "zgid");
    assert_eq!(receipt["org_id"], "20000000017");
}

#[tokio::test]
async fn what_is_no_address_is_refused() {
    let desk = desk(&[("org_id", json!("20000000007"))]).await;
    for (body, field) in [
        (json!({}), "superadmin_email"),
        (json!({"superadmin_email": "boss"}), "superadmin_email"),
        (json!({"superadmin_email": 5}), "superadmin_email"),
        (
            json!({"superadmin_email": "a@b.example", "org_id": "1234567890123456"}),
            "org_id",
        ),
        (
            json!({"superadmin_email": "a@b.example", "service": "a\u{7}"}),
            "service",
        ),
    ] {
        let answer = desk.act(FIRST, "complete", body).await;
        let problem = answer.problem(422, "invalid_fields");
        assert_eq!(problem["violations"][0]["field"], field);
    }
    assert_eq!(desk.case(FIRST).await["audit"], json!([]));
}
