//! Notices to a mail server that encrypts, and to such as should.

use super::server::{Encrypts, Server};
use super::{app, fixture, ingest};
use crate::support::{TestApp, behind};
use partner_endpoint::config::RawMail;
use std::path::PathBuf;
use std::time::Duration;

fn trusted() -> Option<PathBuf> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls/root.pem");
    Some(PathBuf::from(root))
}

/// An endpoint with a notice to be sent to this server, at this address of it.
async fn with(url: String, ca: Option<PathBuf>) -> TestApp {
    let app = app(RawMail {
        mail_smtp: Some(url.as_str().into()),
        mail_tls_ca: ca,
        ..RawMail::default()
    })
    .await;
    ingest(&app, fixture("composer.eml")).await;
    app
}

/// `smtp` with STARTTLS, `smtps` without.
fn url(scheme: &str, server: &Server) -> String {
    let demand = if scheme == "smtp" {
        "?tls=required"
    } else {
        ""
    };
    format!("{scheme}://localhost:{}{demand}", server.address.port())
}

/// Waits for the first attempt; why it failed.
async fn failed(app: &TestApp) -> String {
    for _ in 0..600 {
        let mut database = behind(app).await;
        let (attempts, problem, _) = database
            .notice("SELECT attempts, problem, message_id FROM mail_outbox")
            .await;
        if attempts > 0 {
            return problem.unwrap_or_default();
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no attempt");
}

#[tokio::test]
async fn notices_are_sent_encrypted_to_a_server_that_the_operator_trusts() {
    for (scheme, encrypts) in [
        ("smtp", Encrypts::When("server")),
        ("smtps", Encrypts::Always("server")),
    ] {
        let server = Server::encrypting(encrypts).await;
        let app = with(url(scheme, &server), trusted()).await;
        let mails = server.wait(1).await;
        assert_eq!(mails[0].to, ["ada@one.example"], "{scheme}");
        app.stop().await;
    }
}

#[tokio::test]
async fn nothing_is_said_to_a_server_that_does_not_encrypt_or_is_another() {
    for (scheme, encrypts, ca, problem) in [
        // It does not know STARTTLS.
        ("smtp", Encrypts::Never, trusted(), "unsupported"),
        // Nobody vouches for it.
        ("smtp", Encrypts::When("server"), None, "tls"),
        ("smtps", Encrypts::Always("server"), None, "tls"),
        // It is somebody else.
        ("smtp", Encrypts::When("stranger"), trusted(), "tls"),
        ("smtps", Encrypts::Always("stranger"), trusted(), "tls"),
    ] {
        let server = Server::encrypting(encrypts).await;
        let app = with(url(scheme, &server), ca).await;
        assert_eq!(failed(&app).await, problem, "{scheme} {encrypts:?}");
        assert!(server.mails().is_empty(), "{scheme} {encrypts:?}");
        app.stop().await;
    }
}
