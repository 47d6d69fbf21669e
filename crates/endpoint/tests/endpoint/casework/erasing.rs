//! Erasing a person: nothing of them is left anywhere, and the audit trail stays.

use super::{Desk, FIRST, without_address};
use crate::feedback::{Form, PNG, filed};
use crate::support::{User, behind, everything, on, ticket, upload};
use serde_json::{Value, json};

const MEMBER: &str = "member@partner.example";
/// What the member said, and what was said to them; in lower case.
const THEIRS: [&str; 8] = [
    MEMBER,
    "marmalade",
    "zebra",
    "giraffe",
    "penguin",
    "walrus",
    "boss@elsewhere.example",
    "iguana",
];

/// A ticket of the member's with a file, a reply and what agents do; one of somebody else's that names them.
async fn told() -> Desk {
    let desk = Desk::demo().await;
    let app = &desk.app;
    let file = upload("note.txt", b"iguana").token(&app.token(User::Member).await);
    let file = app.send(file).await.ok(201);
    let mut body = without_address();
    body["subject"] = json!("Marmalade does not sync");
    body["description"] = json!("Zebra.");
    body["uploads"] = json!([file["id"]]);
    assert_eq!(desk.file(&body).await, FIRST);
    let reply = crate::support::Request::post(
        &format!("/v1/tickets/{FIRST}/replies"),
        &json!({"text": "Giraffe."}),
    );
    app.send(reply.key("r").token(&app.token(User::Member).await))
        .await
        .ok(201);
    desk.done(FIRST, "replies", json!({"text": "Penguin."}))
        .await;
    desk.done(FIRST, "notes", json!({"text": "Walrus."})).await;
    desk.done(
        FIRST,
        "complete",
        json!({"superadmin_email": "boss@elsewhere.example"}),
    )
    .await;
    let mut other = ticket();
    other["description"] = json!("Ask Member@Partner.example about the ostrich.");
    app.file(User::Superadmin, "other", &other).await.ok(201);
    desk.done(
        "PS-EU-000002",
        "replies",
        json!({"text": "MEMBER@partner.example knows the lynx."}),
    )
    .await;
    let form = Form::sound().with("email", "Member@partner.example");
    filed(app, "f", &form.file("a.png", PNG)).await.ok(201);
    desk
}

#[tokio::test]
async fn nothing_of_a_person_is_left_anywhere_but_numbers_in_the_audit_trail() {
    let desk = told().await;
    let (app, data) = (&desk.app, desk.app.data());
    let before = everything(app).await;
    for needle in THEIRS {
        assert!(before.contains(needle), "{needle} is there to be found");
    }
    let mut raw = behind(app).await;
    let lines = raw.number("SELECT count(*) FROM ticket_audit").await;
    assert!(lines >= 4, "{lines}");
    let spelling = "Member@PARTNER.example";
    let (code, said) = on(
        &data,
        &["people", "erase", "--shop", "demo", "--address", spelling],
    );
    assert_eq!(
        (code, said.as_str()),
        (
            0,
            "erased\t1 tickets\t2 files\t1 tickets of others changed\n"
        )
    );
    let after = everything(app).await;
    for needle in THEIRS {
        assert!(!after.contains(needle), "{needle} is still there");
    }
    for others in ["ostrich", "lynx", "superadmin@partner.example"] {
        assert!(after.contains(others), "{others} is somebody else's");
    }
    assert_eq!(raw.number("SELECT count(*) FROM ticket_audit").await, lines);
    let left = "SELECT coalesce(before, '') || coalesce(after, '') || coalesce(reason, '') || coalesce(agent_name, '')
        || coalesce(agent_email, '') FROM ticket_audit WHERE ticket_id = 1";
    let left = raw.texts(left).await.join(" ");
    assert!(left.contains("agent-1") && !left.contains('@'), "{left}");
    // Whoever may look sees what others wrote, without the address.
    let other = app
        .get_as(User::Superadmin, "/v1/tickets/PS-EU-000002")
        .await
        .ok(200);
    assert_eq!(other["description"], "Ask […] about the ostrich.");
    assert_eq!(other["messages"][0]["text"], "[…] knows the lynx.");
    app.get_as(User::Superadmin, &format!("/v1/tickets/{FIRST}"))
        .await
        .problem(404, "not_found");
}

/// Only values go, only of what is on record as erased.
#[tokio::test]
async fn the_audit_trail_loses_nothing_else() {
    let desk = told().await;
    let mut raw = behind(&desk.app).await;
    let all = [
        "UPDATE ticket_audit SET reason = NULL",
        "UPDATE ticket_audit SET act = 'noted'",
        "UPDATE ticket_audit SET after = 'another'",
        "UPDATE ticket_audit SET agent_email = 'eve@desk.example'",
        "UPDATE ticket_audit SET agent_email = 'agent-1@desk.example'",
    ];
    for sql in all {
        assert!(raw.run(sql).await.is_err(), "{sql}");
    }
    let (code, said) = on(
        &desk.app.data(),
        &["people", "erase", "--shop", "demo", "--address", MEMBER],
    );
    assert_eq!(code, 0, "{said}");
    for sql in &all[1..] {
        assert!(raw.run(sql).await.is_err(), "{sql}");
    }
    assert!(raw.run("UPDATE erasures SET why = 'age'").await.is_err());
}

#[tokio::test]
async fn a_person_gets_a_copy_of_all_that_is_kept_and_nothing_is_written_over() {
    let desk = told().await;
    let to = desk.app.folder.path().join("copy");
    let to = to.to_str().expect("a path");
    let words = [
        "people",
        "export",
        "--shop",
        "demo",
        "--address",
        MEMBER,
        "--to",
        to,
    ];
    let (code, said) = on(&desk.app.data(), &words);
    assert_eq!(
        (code, said),
        (0, format!("1 tickets and 1 files in {to}\n"))
    );
    let text = |name: &str| std::fs::read_to_string(format!("{to}/{name}")).expect("written");
    let about: Value = serde_json::from_str(&text("about.json")).expect("JSON");
    assert_eq!(about["kept"]["user"][0]["email"], MEMBER);
    assert_eq!(about["kept"]["feedback"][0]["subject"], "A word is missing");
    let tickets = text("tickets.jsonl");
    let one: Value = serde_json::from_str(&tickets).expect("one line");
    assert_eq!(one["reference"], FIRST);
    assert_eq!(one["messages"][0]["text"], "Giraffe.");
    let file = one["attachments"][0]["id"].as_str().expect("an id");
    assert_eq!(text(&format!("files/{file}")), "iguana");
    assert!(
        !tickets.contains("Walrus"),
        "notes among agents are not the partner's"
    );
    assert_eq!(
        on(&desk.app.data(), &words).0,
        1,
        "there is something in it"
    );
    let unknown = [
        "people",
        "export",
        "--shop",
        "none",
        "--address",
        MEMBER,
        "--to",
        to,
    ];
    assert_eq!(on(&desk.app.data(), &unknown).0, 1);
}
