//! Tickets by e-mail, from the bytes of a mail to what partners see, and notices back.

mod command;
mod doubts;
mod filing;
mod hostile;
mod maildir;
mod notices;
mod server;
mod threads;
mod tls;
mod unverified;

use crate::support::{Forge, HS256_SECRET, Request, TWO_SECRET, TestApp, sends_text};
use partner_endpoint::clock::Clock;
use partner_endpoint::config::{RawConfig, RawMail};
use partner_endpoint::mail::{Fate, Office};
use partner_endpoint::store::access::Whose;
use partner_rules::wire::Access;
use serde_json::Value;
use std::sync::Arc;

const OURS: &str = "support@desk.example";

/// The settings of a mailbox, with others besides.
pub(crate) fn mailbox(more: RawMail) -> RawMail {
    RawMail {
        mail_dc: Some("eu".to_owned()),
        mail_addresses: Some(vec![OURS.to_owned(), "help@desk.example".to_owned()]),
        mail_authserv_id: Some("mx.desk.example".to_owned()),
        ..more
    }
}

/// A real endpoint with a mailbox, whose shops know some people: `ada` and `bob` of shop one, `eve` of shop
/// two, `max` of both, `zoe` without access, `pam` of both with access in two, `sam` of both without.
async fn app(more: RawMail) -> TestApp {
    let app = TestApp::real_with(RawConfig {
        mail: mailbox(more),
        ..RawConfig::default()
    })
    .await;
    for (shop, email, access) in [
        ("one", "ada@one.example", Access::Own),
        ("one", "bob@one.example", Access::Company),
        ("one", "zoe@one.example", Access::None),
        ("two", "eve@two.example", Access::Own),
        ("one", "max@both.example", Access::Own),
        ("two", "max@both.example", Access::Own),
        ("one", "pam@two.example", Access::None),
        ("two", "pam@two.example", Access::Own),
        ("one", "sam@both.example", Access::None),
        ("two", "sam@both.example", Access::None),
    ] {
        let whose = Whose {
            shop_id: shop,
            email_key: email,
            email,
        };
        let now = app.clock.now();
        app.app
            .store
            .put_access(whose, access, now)
            .await
            .expect("user");
    }
    app
}

/// The channel of this endpoint, as a pipe has it.
fn office(app: &TestApp) -> Office {
    Office {
        store: app.app.store.clone(),
        files: app.app.files.clone(),
        policy: app.app.config.policy.clone(),
        config: app.app.config.mail.clone().expect("mail is on"),
        uploads: app.app.config.limits.uploads,
        messages: app.app.config.limits.messages_per_ticket,
        clock: Arc::clone(&app.app.clock),
    }
}

pub(crate) async fn ingest(app: &TestApp, raw: impl Into<Vec<u8>>) -> Fate {
    let raw = raw.into();
    sends_text(&String::from_utf8_lossy(&raw));
    office(app).ingest(raw).await.expect("ended")
}

/// The reference of the ticket that it became.
async fn filed(app: &TestApp, raw: impl Into<Vec<u8>>) -> String {
    let fate = ingest(app, raw).await;
    let Fate::Ticket(reference) = fate else {
        panic!("no ticket: {fate:?}");
    };
    reference
}

/// A mail of this user, which the mail server vouches for, with these headers besides.
pub(crate) fn mail(from: &str, id: &str, headers: &str, text: &str) -> String {
    let domain = from.rsplit('@').next().expect("a domain");
    format!(
        "Received: from sender by mx.desk.example; Mon, 23 Nov 2026 09:00:00 +0000\r\n\
         Authentication-Results: mx.desk.example; dmarc=pass header.from={domain}\r\n\
         Received: from laptop by sender; Mon, 23 Nov 2026 09:00:00 +0000\r\n\
         From: {from}\r\nTo: {OURS}\r\nMessage-ID: <{id}>\r\n{headers}\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    )
}

/// One of the mails beside the tests.
fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/mails/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|cause| panic!("{path}: {cause}"))
}

/// A token of a shop's user.
fn token(app: &TestApp, email: &str) -> String {
    let forge: Forge = app.forge().claim("sub", email);
    if email.ends_with("two.example") {
        forge.claim("shop", "two").kid("two-hs").hs256(TWO_SECRET)
    } else {
        forge.hs256(HS256_SECRET)
    }
}

/// A ticket as this user sees it.
async fn detail(app: &TestApp, email: &str, reference: &str) -> Value {
    let request = Request::get(&format!("/v1/tickets/{reference}")).token(&token(app, email));
    app.send(request).await.ok(200)
}

/// What was suggested for a ticket, as `field value source`.
async fn suggested(app: &TestApp, reference: &str) -> Vec<String> {
    let store = &app.app.store;
    let suggestions = store.suggestions(reference).await.expect("suggestions");
    let told = suggestions.iter().map(|one| {
        let field = serde_json::to_value(one.field).expect("code");
        let source = serde_json::to_value(one.source).expect("code");
        format!(
            "{} {} {}",
            field.as_str().expect("text"),
            one.value,
            source.as_str().expect("text")
        )
    });
    told.collect()
}
