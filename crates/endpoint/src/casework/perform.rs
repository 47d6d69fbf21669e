//! Does what an agent wants done: checks the words, asks the directory, and lets the store do the rest in one
//! transaction.

use super::act::{Act, Complete, Done, HandOver, Note, Raise, Reason, Reply};
use super::agent::Agent;
use super::decide::{Scene, decide};
use super::refusal::Refusal;
use super::verdict::Rules;
use crate::app::App;
use crate::directory::{self, Finding};
use crate::locks::KeyGuard;
use crate::problem::violation;
use crate::random;
use crate::rates::Identity;
use crate::store::accounts::View;
use crate::store::casework::{Once, Worked};
use crate::store::idempotency::{Bound, Fingerprint, Scope};
use crate::ticket::Record;
use partner_rules::conversation::{self, Wrong};
use partner_rules::policy::Limits;
use partner_rules::wire::{AuthorKind, WireViolation};
use partner_rules::{Account, ViolationCode, email, identifier};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::time::Duration;

/// For the first request with the same key. From the wire contract.
const WAIT_FOR_FIRST: Duration = Duration::from_secs(5);
/// A team's name, not an essay.
const TEAM_MAX: usize = 100;

/// Does one thing on a ticket, in one transaction with its history, its audit lines and the key. With a key
/// it is done once: the same again gives what was done then, and another act with the key is refused.
pub async fn act(
    app: &App,
    agent: &Agent,
    reference: &str,
    act: Act,
    key: Option<&str>,
) -> Result<Done, Refusal> {
    let sub = agent.sub();
    let _turn = turn(app, &sub, key).await?;
    let ticket = app.store.case(reference).await?;
    let (ticket, _) = ticket.ok_or(Refusal::NotFound)?;
    let whose = Identity {
        shop_id: &ticket.shop_id,
        sub: &sub,
    };
    let hashes = app.store.hashes(whose, act.uploads()).await?;
    let hashes = hashes.ok_or_else(Refusal::upload_gone)?;
    let call = format!("POST /agent/tickets/{reference}/{}", act.call());
    let fingerprint = fingerprint(&call, &act.with_uploads(hashes))?;
    let once = key.map(|key| Once {
        agent: &sub,
        key,
        fingerprint: &fingerprint,
    });
    if let Some(once) = once
        && let Some(bound) = app.store.done_before(once).await?
    {
        return replayed(bound);
    }
    let act = checked(act, app.config.policy.rules().limits())?;
    let finding = finding(app, &ticket, &act).await?;
    let id = random::hex(&random::bytes::<16>()?);
    let scene = Scene {
        now: app.clock.now(),
        rules: Rules {
            policy: app.config.policy.rules(),
            calendar: &app.config.calendar,
        },
        finding,
        agent,
    };
    let mut change = None;
    let worked = app
        .store
        .work(reference, agent, &sub, &id, once, scene.now, |ticket| {
            let step = decide(ticket, act, scene)?;
            change = step.change;
            Ok(step)
        })
        .await?;
    match worked {
        Worked::Done(done) => {
            if let Some(change) = change {
                app.metrics.changed(change, AuthorKind::Agent);
            }
            Ok(*done)
        }
        Worked::Bound(bound) => replayed(bound),
        Worked::NoTicket => Err(Refusal::NotFound),
        Worked::Refused(refusal) => Err(refusal),
        Worked::UploadGone => Err(Refusal::upload_gone()),
    }
}

/// Waits until nothing else with this key is done in this process.
pub(super) async fn turn<'a>(
    app: &'a App,
    sub: &str,
    key: Option<&str>,
) -> Result<Option<KeyGuard<'a>>, Refusal> {
    let Some(key) = key else { return Ok(None) };
    let scope = Scope {
        shop_id: String::new(),
        sub: sub.to_owned(),
        key: key.to_owned(),
    };
    let turn = app.locks.acquire(&scope, WAIT_FOR_FIRST).await;
    turn.map(Some).ok_or(Refusal::Busy)
}

/// SHA-256 over the call and what was given.
pub(super) fn fingerprint(call: &str, given: &impl Serialize) -> Result<Fingerprint, Refusal> {
    let json = serde_json::to_vec(given)
        .map_err(|cause| crate::store::StoreError::Damaged(cause.to_string()))?;
    let call = Sha256::new().chain_update(call).chain_update(b"\n");
    Ok(call.chain_update(json).finalize().into())
}

pub(super) fn replayed(bound: Bound) -> Result<Done, Refusal> {
    match bound {
        Bound::Same(answer) => {
            let done: Done = serde_json::from_str(&answer)
                .map_err(|cause| crate::store::StoreError::Damaged(cause.to_string()))?;
            Ok(Done {
                replayed: true,
                ..done
            })
        }
        Bound::Other => Err(Refusal::OtherKey),
    }
}

/// What the directory says about an address that is given.
async fn finding(app: &App, ticket: &Record, act: &Act) -> Result<Finding, Refusal> {
    let Act::Complete(field) = act else {
        return Ok(Finding::Account(Account::Unknown));
    };
    let limits = app.config.policy.rules().limits();
    let address = email::parse_within(&field.superadmin_email, limits.email_max)
        .map_err(|wrong| invalid("superadmin_email", wrong))?;
    let view = View {
        dc: ticket.dc,
        shop_id: &ticket.shop_id,
    };
    let organisation = match &field.org_id {
        Some(id) => (field.org_id_kind.unwrap_or_default(), id.as_str()),
        None => (ticket.org_id_kind, ticket.org_id.as_str()),
    };
    let policy = &app.config.policy;
    Ok(directory::judge_address(&app.store, policy, view, &address, organisation).await?)
}

/// The act with its texts normalised, by the same rules as partners' texts.
fn checked(act: Act, limits: &Limits) -> Result<Act, Refusal> {
    Ok(match act {
        Act::Reply(reply) => {
            let text = conversation::reply(&reply.text, limits);
            let (text, uploads) = message(text, reply.uploads, limits)?;
            Act::Reply(Reply {
                text,
                uploads,
                ..reply
            })
        }
        Act::Note(note) => {
            let text = conversation::reply(&note.text, limits);
            let (text, uploads) = message(text, note.uploads, limits)?;
            Act::Note(Note { text, uploads })
        }
        Act::Hold(why) => Act::Hold(reason(why)?),
        Act::Resume(why) => Act::Resume(reason(why)?),
        Act::Close(why) => Act::Close(reason(why)?),
        Act::Reopen(why) => Act::Reopen(reason(why)?),
        Act::TakeBack(why) => Act::TakeBack(reason(why)?),
        Act::HandOver(to) => Act::HandOver(HandOver {
            team: team(&to.team)?,
            reason: needed(&to.reason)?,
        }),
        Act::Raise(why) => Act::Raise(Raise {
            reason: needed(&why.reason)?,
        }),
        Act::Verify(seen) => Act::Verify(seen),
        Act::Complete(field) => Act::Complete(complete(field, limits)?),
    })
}

fn message(
    text: Result<String, Wrong>,
    uploads: Vec<String>,
    limits: &Limits,
) -> Result<(String, Vec<String>), Refusal> {
    if u32::try_from(uploads.len()).is_ok_and(|count| count <= limits.files_max) {
        Ok((text.map_err(|wrong| invalid("text", wrong))?, uploads))
    } else {
        Err(invalid(
            "uploads",
            (ViolationCode::TooManyFiles, Some(limits.files_max)),
        ))
    }
}

fn reason(why: Reason) -> Result<Reason, Refusal> {
    let reason = conversation::reason(why.reason.as_deref().unwrap_or_default())
        .map_err(|wrong| invalid("reason", wrong))?;
    Ok(Reason { reason })
}

/// A reason that must be there.
fn needed(text: &str) -> Result<String, Refusal> {
    conversation::reason(text)
        .and_then(|reason| reason.ok_or((ViolationCode::Required, None)))
        .map_err(|wrong| invalid("reason", wrong))
}

fn team(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::field("team", ViolationCode::Required));
    }
    if text.contains(char::is_control) {
        return Err(Refusal::field("team", ViolationCode::ControlCharacter));
    }
    if text.chars().count() > TEAM_MAX {
        let limit = u32::try_from(TEAM_MAX).ok();
        return Err(invalid("team", (ViolationCode::TooLong, limit)));
    }
    Ok(text.to_owned())
}

fn complete(field: Complete, limits: &Limits) -> Result<Complete, Refusal> {
    let mut violations = Vec::new();
    let mut wrong = |name: &str, code| violations.push(violation(name, code));
    let address = email::parse_within(&field.superadmin_email, limits.email_max);
    if let Err((code, _)) = &address {
        wrong("superadmin_email", *code);
    }
    let service = field.service.as_deref().map(str::trim);
    let service = service.filter(|service| !service.is_empty());
    if service.is_some_and(|service| service.contains(char::is_control)) {
        wrong("service", ViolationCode::ControlCharacter);
    }
    let too_long = |service: &str| service.chars().count() > limits.service_max as usize;
    if service.is_some_and(too_long) {
        wrong("service", ViolationCode::TooLong);
    }
    let id = field.org_id.as_deref().map(str::trim);
    let id = id.filter(|id| !id.is_empty()).map(identifier::read);
    let id = id.map(|id| id.identifier).transpose();
    if let Err((code, _)) = &id {
        wrong("org_id", *code);
    }
    match (address, id) {
        (Ok(address), Ok(id)) if violations.is_empty() => Ok(Complete {
            superadmin_email: address.as_str().to_owned(),
            service: service.map(str::to_owned),
            org_id_kind: field.org_id_kind,
            org_id: id.map(|id| id.as_str().to_owned()),
        }),
        _ => Err(Refusal::Invalid(violations)),
    }
}

pub(super) fn invalid(field: &str, (code, limit): Wrong) -> Refusal {
    Refusal::Invalid(vec![WireViolation {
        field: field.to_owned(),
        code,
        limit,
    }])
}
