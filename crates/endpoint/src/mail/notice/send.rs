//! Sends the notices that are due, and tries again what may go right later. What is given up is written down
//! and logged; nothing is dropped in silence. A notice may arrive twice if the program ends between the server's
//! answer and our note of it: with the same Message-ID, so that mail programs show one.

use super::write::{self, Envelope};
use crate::clock::Timestamp;
use crate::config::{Encryption, Smtp};
use crate::mail::{MailError, Office};
use crate::random;
use crate::store::mail::outbox::{Attempt, Notice};
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::time::Duration;

/// Between two looks for notices that are due.
const LOOK: Duration = Duration::from_secs(2);
/// For the conversation with the server, part by part.
const PATIENCE: Duration = Duration::from_secs(30);
/// For all of it: over well before the lease is, which another program may have then.
const CONVERSATION: Duration = Duration::from_secs(4 * 60);
/// How long a notice is this program's, in seconds. After a crash it waits for so long.
const LEASE_S: i64 = 5 * 60;
/// Minutes until the next attempt, after the first, the second, and so on; two days in all.
const WAITS: [i64; 8] = [1, 5, 15, 60, 180, 360, 720, 1440];

type Server = AsyncSmtpTransport<Tokio1Executor>;

/// Sends what is due, again and again, until it is dropped.
pub(crate) async fn deliver(office: Office) {
    let Some(smtp) = office.config.smtp.clone() else {
        return;
    };
    let server = match server(&smtp, &office.config.sender) {
        Ok(server) => server,
        Err(_) => {
            tracing::error!("the mail server for notices cannot be used: no notice is sent");
            return;
        }
    };
    loop {
        match round(&office, &server).await {
            Ok(true) => {}
            Ok(false) => tokio::time::sleep(LOOK).await,
            Err(cause) => {
                tracing::warn!(%cause, "notices could not be sent; they wait");
                tokio::time::sleep(PATIENCE).await;
            }
        }
    }
}

fn server(smtp: &Smtp, sender: &str) -> Result<Server, lettre::transport::smtp::Error> {
    let domain = sender.rsplit_once('@').map(|(_, domain)| domain);
    let mut server = Server::from_url(smtp.url.reveal())?;
    if let (Some(encryption), Some(ca)) = (smtp.encryption, &smtp.ca) {
        let parameters = TlsParameters::builder(smtp.host.clone())
            .add_root_certificate(Certificate::from_pem(ca)?)
            .build()?;
        server = server.tls(match encryption {
            Encryption::Implicit => Tls::Wrapper(parameters),
            Encryption::StartTls => Tls::Required(parameters),
        });
    }
    Ok(server
        .hello_name(ClientId::Domain(domain.unwrap_or("localhost").to_owned()))
        .timeout(Some(PATIENCE))
        .build())
}

/// Whether a notice was due.
async fn round(office: &Office, server: &Server) -> Result<bool, MailError> {
    let (store, now) = (&office.store, office.clock.now());
    if !store.notice_is_due(now).await? {
        return Ok(false);
    }
    let claimed = store.claim_notice(now, now.plus_seconds(LEASE_S)).await?;
    match &claimed {
        Some(notice) => one(office, server, notice).await?,
        None => return Ok(false),
    }
    Ok(true)
}

async fn one(office: &Office, server: &Server, notice: &Notice) -> Result<(), MailError> {
    let message_id = match &notice.message_id {
        Some(known) => known.clone(),
        None => match name(office, notice).await? {
            Some(message_id) => message_id,
            // It took too long, and is somebody else's.
            None => return Ok(()),
        },
    };
    let ticket = &notice.ticket;
    let user = office
        .store
        .user(&ticket.shop_id, &ticket.created_by)
        .await?;
    let envelope = Envelope {
        from: &office.config.sender,
        to: user.as_ref().map_or(&ticket.created_by, |user| &user.email),
        message_id: &message_id,
    };
    let suggestions = office.store.suggestions(&ticket.reference).await?;
    let attempt = match write::message(notice, &suggestions, envelope) {
        None => Attempt::Failed { problem: "address" },
        Some(message) => {
            let sent = tokio::time::timeout(CONVERSATION, server.send(message)).await;
            match sent {
                Ok(Ok(_)) => Attempt::Sent,
                Ok(Err(cause)) => after(&cause, notice.attempts, office.clock.now()),
                Err(_elapsed) => again("timeout", notice.attempts, office.clock.now()),
            }
        }
    };
    match attempt {
        Attempt::Sent => {}
        Attempt::Later { at: _, problem } => {
            tracing::warn!(notice = notice.id, problem, "a notice is tried again later");
        }
        Attempt::Failed { problem } => {
            tracing::error!(notice = notice.id, problem, "a notice was given up");
        }
    }
    Ok(office.store.attempted(notice, attempt).await?)
}

/// A Message-ID that nobody can guess; it is on record before anybody can have read it. `None`: the notice is not ours
/// any more.
async fn name(office: &Office, notice: &Notice) -> Result<Option<String>, MailError> {
    let chance = random::hex(&random::bytes::<16>()?);
    let sender = &office.config.sender;
    let domain = sender.rsplit_once('@').map(|(_, domain)| domain);
    let message_id = format!("{chance}@{}", domain.unwrap_or("localhost"));
    let now = office.clock.now();
    let named = office.store.name_notice(notice, &message_id, now).await?;
    Ok(named.then_some(message_id))
}

fn after(
    cause: &lettre::transport::smtp::Error,
    attempts: u32,
    now: Timestamp,
) -> Attempt<'static> {
    let code = cause.status().map(u16::from).unwrap_or_default();
    let (problem, final_word) = match code {
        // About us and our password, not about this mail.
        530..=539 => ("credentials", false),
        500..=599 => ("refused", true),
        400..=499 => ("postponed", false),
        _ if cause.is_timeout() => ("timeout", false),
        _ if cause.is_tls() || is_handshake(cause) => ("tls", false),
        // It does not know STARTTLS, or another thing that the mail needs.
        _ if cause.is_client() => ("unsupported", false),
        _ => ("connection", false),
    };
    match final_word {
        true => Attempt::Failed { problem },
        false => again(problem, attempts, now),
    }
}

/// Later, unless it was tried often enough.
fn again(problem: &'static str, attempts: u32, now: Timestamp) -> Attempt<'static> {
    let wait = usize::try_from(attempts).ok().and_then(|n| WAITS.get(n));
    match wait {
        Some(minutes) => Attempt::Later {
            at: now.plus_seconds(minutes * 60),
            problem,
        },
        None => Attempt::Failed { problem },
    }
}

/// Whether the server is not who it should be, or does not encrypt as it should. The library calls it a connection
/// that failed; beneath is what the one who encrypts said.
fn is_handshake(cause: &lettre::transport::smtp::Error) -> bool {
    let mut beneath = std::error::Error::source(cause);
    while let Some(error) = beneath {
        let io = error.downcast_ref::<std::io::Error>();
        if io.is_some_and(|io| io.kind() == std::io::ErrorKind::InvalidData) {
            return true;
        }
        beneath = error.source();
    }
    false
}
