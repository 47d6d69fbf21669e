//! Mails that become tickets.

use super::{app, detail, filed, fixture, ingest, mail, suggested};
use crate::support::{Request, on_disk, sabotage};
use partner_endpoint::casework::suggest::{FoundKind, suggest};
use partner_endpoint::config::RawMail;
use partner_endpoint::mail::Fate;
use partner_endpoint::store::tickets::Sight;
use serde_json::json;

#[tokio::test]
async fn the_composers_form_waits_for_an_agent_with_its_fields_suggested() {
    let app = app(RawMail::default()).await;
    let reference = filed(&app, fixture("composer.eml")).await;
    assert_eq!(reference, "PS-EU-000001");
    let ticket = detail(&app, "ada@one.example", &reference).await;
    assert_eq!(ticket["channel"], "email");
    assert_eq!(ticket["dc"], "eu");
    assert_eq!(ticket["region"], "eu");
    assert_eq!(ticket["status"], "open");
    assert_eq!(ticket["severity"], json!(null));
    assert_eq!(ticket["priority_customer"], false);
    assert_eq!(ticket["superadmin_email"], json!(null));
    assert_eq!(ticket["classification"]["outcome"], "manual");
    assert_eq!(ticket["classification"]["commitment"], json!(null));
    assert_eq!(ticket["timeline"], json!([]));
    assert_eq!(ticket["service"]["id"], "crm");
    assert_eq!(ticket["org_id"], "20000000001");
    assert_eq!(ticket["subject"], "Kontakte fehlen – größer");
    assert_eq!(
        ticket["description"],
        "Since this morning.\n\nNothing else changed."
    );
    assert_eq!(
        suggested(&app, &reference).await,
        [
            "superadmin_email admin@large.example form",
            "service Zoho CRM form",
            "zoid 20000000001 form",
        ]
    );
    let listed = Request::get("/v1/tickets").token(&super::token(&app, "ada@one.example"));
    let listed = app.send(listed).await.ok(200);
    assert_eq!(listed["items"][0]["reference"], "PS-EU-000001");
    app.stop().await;
}

#[tokio::test]
async fn agents_see_what_a_mail_says_about_the_account() {
    let app = app(RawMail::default()).await;
    let reference = filed(&app, fixture("composer.eml")).await;
    let sight = Sight {
        shop_id: "one".to_owned(),
        created_by: None,
        viewer: "agent".to_owned(),
    };
    let whole = app.app.store.ticket(&sight, &reference).await;
    let ticket = whole.expect("read").expect("a ticket").ticket;
    let suggestions = suggest(&app.app, &ticket, &[]).await.expect("suggested");
    let found: Vec<_> = suggestions
        .found
        .iter()
        .map(|one| (one.kind, one.value.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (FoundKind::SuperadminEmail, "admin@large.example"),
            (FoundKind::Zoid, "20000000001"),
        ]
    );
    assert!(!suggestions.ask_partner);
    // The mail named the service behind its label, so the ticket has it.
    assert_eq!(suggestions.services, [""; 0]);
    app.stop().await;
}

#[tokio::test]
async fn a_service_that_only_the_text_names_is_suggested() {
    let app = app(RawMail::default()).await;
    let text = "Since noon our Zoho Desk shows nothing.";
    let reference = filed(&app, mail("ada@one.example", "a@one.example", "", text)).await;
    let sight = Sight {
        shop_id: "one".to_owned(),
        created_by: None,
        viewer: "agent".to_owned(),
    };
    let whole = app.app.store.ticket(&sight, &reference).await;
    let ticket = whole.expect("read").expect("a ticket").ticket;
    let suggestions = suggest(&app.app, &ticket, &[]).await.expect("suggested");
    assert_eq!(suggestions.services, ["Zoho Desk"]);
    assert_eq!(suggestions.found, []);
    assert!(suggestions.ask_partner);
    app.stop().await;
}

#[tokio::test]
async fn a_mail_for_one_of_the_five_is_excluded() {
    let app = app(RawMail::default()).await;
    let text = "SuperAdmin: admin@large.example\r\nService: campaigns\r\nZOID: 20000000001";
    let reference = filed(&app, mail("ada@one.example", "a@one.example", "", text)).await;
    let ticket = detail(&app, "ada@one.example", &reference).await;
    assert_eq!(ticket["classification"]["outcome"], "excluded");
    assert_eq!(ticket["classification"]["metric"], "contacts");
    assert_eq!(ticket["severity"], json!(null));
    app.stop().await;
}

#[tokio::test]
async fn a_mail_that_names_nothing_is_a_ticket_with_empty_fields() {
    let app = app(RawMail::default()).await;
    let reference = filed(
        &app,
        mail("ada@one.example", "a@one.example", "", "It broke."),
    )
    .await;
    let ticket = detail(&app, "ada@one.example", &reference).await;
    assert_eq!(
        ticket["service"],
        json!({"id": "", "name": "", "listed": false})
    );
    assert_eq!(ticket["org_id"], "");
    assert_eq!(ticket["subject"], "It broke.");
    assert_eq!(ticket["lang"], "en");
    assert!(suggested(&app, &reference).await.is_empty());
    app.stop().await;
}

#[tokio::test]
async fn a_forwarded_html_mail_with_files_in_german_is_understood() {
    let app = app(RawMail::default()).await;
    let reference = filed(&app, fixture("forwarded.eml")).await;
    let ticket = detail(&app, "bob@one.example", &reference).await;
    assert_eq!(ticket["lang"], "de");
    assert_eq!(ticket["subject"], "WG: Störung in der Übersicht");
    let text = ticket["description"].as_str().expect("text");
    assert!(text.starts_with("Hallo,\n"), "{text}");
    assert!(
        text.contains("> Bei uns fehlen seit heute alle Kontakte."),
        "{text}"
    );
    let attachments = ticket["attachments"].as_array().expect("attachments");
    let names: Vec<_> = attachments.iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["Über sicht.csv", "logo.png"]);
    assert_eq!(
        suggested(&app, &reference).await,
        [
            "superadmin_email admin@large.example form",
            "service CRM form",
            "zoid 20000000001 form",
            "customer_email carl@customer.example text",
            "refused_file setup.exe file",
        ]
    );
    // What was attached is there to be read.
    let id = attachments[0]["id"].as_str().expect("id");
    let path = format!("/v1/tickets/{reference}/attachments/{id}");
    let request = Request::get(&path).token(&super::token(&app, "bob@one.example"));
    let answer = app.send(request).await;
    assert_eq!(
        (answer.status, answer.text()),
        (200, "a;b\r\n1;2".to_owned())
    );
    app.stop().await;
}

#[tokio::test]
async fn a_japanese_mail_is_text() {
    let app = app(RawMail::default()).await;
    let reference = filed(&app, fixture("japanese.eml")).await;
    let ticket = detail(&app, "ada@one.example", &reference).await;
    assert_eq!(ticket["subject"], "連絡先が同期しません");
    assert_eq!(ticket["org_id"], "20000000001");
    assert_eq!(ticket["description"], "今朝からです。");
    app.stop().await;
}

#[tokio::test]
async fn what_does_not_fit_is_a_file() {
    let app = app(RawMail::default()).await;
    let long = "ä".repeat(32_001);
    let reference = filed(&app, mail("ada@one.example", "a@one.example", "", &long)).await;
    let ticket = detail(&app, "ada@one.example", &reference).await;
    let text = ticket["description"].as_str().expect("text");
    assert_eq!(text.chars().count(), 32_000);
    assert_eq!(ticket["attachments"][0]["name"], "mail.txt");
    assert_eq!(ticket["attachments"][0]["size"], 64_002);
    app.stop().await;
}

#[tokio::test]
async fn the_same_mail_is_one_ticket_however_often_and_wherever_it_is_delivered() {
    let app = app(RawMail::default()).await;
    let one = mail(
        "ada@one.example",
        "a@one.example",
        "Subject: x\r\n",
        "It broke.",
    );
    filed(&app, one.clone()).await;
    let copy = format!("Delivered-To: help@desk.example\r\n{one}");
    assert_eq!(ingest(&app, one.clone()).await, Fate::Known);
    assert_eq!(ingest(&app, copy.clone()).await, Fate::Known);
    // Nor does a copy that nobody vouches for ask an agent anything.
    let bare = one.replace("dmarc=pass", "dmarc=fail");
    assert_eq!(ingest(&app, bare).await, Fate::Known);
    // At once, too: what is known is decided in the transaction.
    let other = mail(
        "ada@one.example",
        "b@one.example",
        "Subject: x\r\n",
        "Again.",
    );
    let rush = (0..8).map(|_| {
        let office = super::office(&app);
        let raw = other.clone().into_bytes();
        tokio::spawn(async move { office.ingest(raw).await.expect("ended") })
    });
    let rush: Vec<_> = rush.collect();
    let mut tickets = 0;
    for one in rush {
        let fate = one.await.expect("joined");
        if matches!(fate, Fate::Ticket(_)) {
            tickets += 1;
        } else {
            assert_eq!(fate, Fate::Known);
        }
    }
    assert_eq!(tickets, 1);
    assert_eq!(app.app.store.count_tickets().await.expect("count"), 2);
    // The same words under another Message-ID are another mail.
    filed(
        &app,
        mail(
            "ada@one.example",
            "c@one.example",
            "Subject: x\r\n",
            "It broke.",
        ),
    )
    .await;
    app.stop().await;
}

#[tokio::test]
async fn files_of_a_mail_that_came_twice_leave_nothing_behind() {
    let app = app(RawMail::default()).await;
    let office = super::office(&app);
    let rush = [(); 6].map(|()| {
        let office = office.clone();
        tokio::spawn(async move { office.ingest(fixture("forwarded.eml")).await })
    });
    for one in rush {
        one.await.expect("joined").expect("ended");
    }
    assert_eq!(app.app.store.count_tickets().await.expect("count"), 1);
    assert_eq!(on_disk(&app).len(), 2);
    app.stop().await;
}

#[tokio::test]
async fn each_mail_is_counted_by_what_became_of_it() {
    let app = app(RawMail::default()).await;
    filed(&app, mail("ada@one.example", "a@one.example", "", "One.")).await;
    ingest(&app, "From: x@y.example\r\n\r\nhello").await;
    ingest(&app, "From: x@y.example\r\nPrecedence: bulk\r\n\r\nbuy").await;
    let told = |text: String| -> Vec<String> {
        let ours = text
            .lines()
            .filter(|line| line.starts_with("partner_endpoint_mails_total"));
        ours.map(str::to_owned).collect()
    };
    let counted = [
        "partner_endpoint_mails_total{became=\"set_aside\"} 1",
        "partner_endpoint_mails_total{became=\"ticket\"} 1",
        "partner_endpoint_mails_total{became=\"unverified\"} 1",
    ];
    assert_eq!(told(app.get("/metrics").await.text()), counted);
    // Rows go by age, counts stay.
    sabotage(&app, "UPDATE mails SET at = 0").await;
    app.app.tidy_up().await.expect("tidied");
    assert!(
        app.app
            .store
            .mails_left(i64::MAX, 10)
            .await
            .expect("list")
            .is_empty()
    );
    assert_eq!(told(app.get("/metrics").await.text()), counted);
    app.stop().await;
}

/// Access is to the widget; who has none has the other channels, and sees what they filed.
#[tokio::test]
async fn a_user_without_access_files_by_mail() {
    let app = app(RawMail::default()).await;
    let reference = filed(
        &app,
        mail("zoe@one.example", "a@one.example", "", "It broke."),
    )
    .await;
    let ticket = detail(&app, "zoe@one.example", &reference).await;
    assert_eq!(ticket["channel"], "email");
    app.stop().await;
}

#[tokio::test]
async fn of_several_shops_the_one_that_grants_access_is_meant() {
    let app = app(RawMail::default()).await;
    let reference = filed(
        &app,
        mail("pam@two.example", "a@two.example", "", "It broke."),
    )
    .await;
    assert_eq!(
        detail(&app, "pam@two.example", &reference).await["reference"],
        reference.as_str()
    );
    let (ticket, _) = app
        .app
        .store
        .case(&reference)
        .await
        .expect("store")
        .expect("ticket");
    assert_eq!(ticket.shop_id, "two");
    app.stop().await;
}
