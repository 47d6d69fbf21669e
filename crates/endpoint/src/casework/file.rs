//! Tickets from a call or a chat: an agent files what a partner says, for the partner to find among their own.
//! The same form, the same rules, the same verdict as in the widget.

use super::act::Done;
use super::agent::Agent;
use super::audit::{AuditAct, Line};
use super::perform::{fingerprint, replayed, turn};
use super::refusal::Refusal;
use crate::app::App;
use crate::directory::{self, Finding, address_key};
use crate::store::accounts::View;
use crate::store::casework::{Entered, Once};
use crate::ticket::{self, Record, Work};
use partner_rules::classify::classify_decided;
use partner_rules::wire::{AuthorKind, Channel, LastChange, Status, TicketChange, WireViolation};
use partner_rules::{Account, Dc, Draft, Region, Ticket, ViolationCode, check, email};
use serde::{Deserialize, Serialize};

/// A display name, as in tokens.
const NAME_MAX: usize = 200;
const LANG_MAX: usize = 35;

/// How the partner was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CallOrChat {
    Phone,
    Chat,
}

/// What a partner said, as typed by an agent.
#[derive(Clone, Debug)]
pub struct NewCase {
    pub shop_id: String,
    /// The partner's user, who will see the ticket as their own.
    pub partner_email: String,
    /// Absent: the name that the shop knows them by, else the address.
    pub partner_name: Option<String>,
    pub channel: CallOrChat,
    pub dc: Dc,
    /// Absent: the data centre's.
    pub region: Option<Region>,
    pub draft: Draft,
    pub lang: Option<String>,
}

impl CallOrChat {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Chat => "chat",
        }
    }
}

/// Files it, once per key.
pub async fn file(
    app: &App,
    agent: &Agent,
    case: &NewCase,
    key: Option<&str>,
) -> Result<Done, Refusal> {
    let sub = agent.sub();
    let _turn = turn(app, &sub, key).await?;
    let fingerprint = fingerprint("POST /agent/tickets", &words(case))?;
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
    if !app.config.dcs.contains(&case.dc) {
        return Err(Refusal::WrongDc);
    }
    let (ticket, whose) = sound(app, case).await?;
    let record = record(app, case, &ticket, whose).await?;
    let outcome = record.classification.outcome;
    let line = Line::new(AuditAct::Filed).to(Some(case.channel.code()));
    match app.store.enter(record, agent, &line, once).await? {
        Entered::Done(done) => {
            app.metrics.filed(outcome.code());
            Ok(*done)
        }
        Entered::Bound(bound) => replayed(bound),
    }
}

/// What the case is known by.
fn words(case: &NewCase) -> impl Serialize {
    let draft = &case.draft;
    let superadmin = (!draft.superadmin_unknown).then_some(&draft.superadmin_email);
    (
        (&case.shop_id, &case.partner_email, &case.partner_name),
        (case.channel, case.dc, case.region, &case.lang),
        (&draft.service, draft.org_id_kind, &draft.org_id),
        (&draft.subject, &draft.description),
        (superadmin, &draft.customer_email, &draft.zuid),
    )
}

/// The partner's user.
struct Whose {
    key: String,
    name: String,
}

/// The checked ticket and whose it is, or everything that is wrong.
async fn sound(app: &App, case: &NewCase) -> Result<(Ticket, Whose), Refusal> {
    let mut violations = Vec::new();
    let mut wrong = |field: &str, code, limit| {
        violations.push(WireViolation {
            field: field.to_owned(),
            code,
            limit,
        });
    };
    if app.store.shop(&case.shop_id).await?.is_none() {
        let code = match case.shop_id.is_empty() {
            true => ViolationCode::Required,
            false => ViolationCode::UnknownValue,
        };
        wrong("shop", code, None);
    }
    let address = email::parse(&case.partner_email);
    if let Err((code, limit)) = &address {
        wrong("partner_email", *code, *limit);
    }
    let name = case.partner_name.as_deref().map(str::trim);
    let name = name.filter(|name| !name.is_empty());
    if name.is_some_and(|name| name.contains(char::is_control)) {
        wrong("partner_name", ViolationCode::ControlCharacter, None);
    }
    if name.is_some_and(|name| name.len() > NAME_MAX) {
        wrong(
            "partner_name",
            ViolationCode::TooLong,
            u32::try_from(NAME_MAX).ok(),
        );
    }
    if case.lang.as_deref().is_some_and(|lang| !is_language(lang)) {
        wrong("lang", ViolationCode::UnknownValue, None);
    }
    let checked = check(&case.draft, app.config.policy.rules(), case.dc).ticket;
    for violation in checked.as_ref().err().into_iter().flatten() {
        wrong(violation.field.wire_name(), violation.code, violation.limit);
    }
    match (address, checked) {
        (Ok(address), Ok(ticket)) if violations.is_empty() => {
            let key = address_key(address.as_str());
            let name = match name {
                Some(name) => Some(name.to_owned()),
                None => app
                    .store
                    .user(&case.shop_id, &key)
                    .await?
                    .and_then(|user| user.name),
            };
            let name = name.unwrap_or_else(|| address.as_str().to_owned());
            Ok((ticket, Whose { key, name }))
        }
        _ => Err(Refusal::Invalid(violations)),
    }
}

/// As long as any tag in use (RFC 5646, 4.4.1), and nothing but what tags are made of.
fn is_language(text: &str) -> bool {
    (1..=LANG_MAX).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

async fn record(
    app: &App,
    case: &NewCase,
    ticket: &Ticket,
    whose: Whose,
) -> Result<Record, Refusal> {
    let view = View {
        dc: case.dc,
        shop_id: &case.shop_id,
    };
    let finding = directory::judge(&app.store, &app.config.policy, view, ticket).await?;
    let (account, mismatch) = match finding {
        Finding::Account(account) => (account, false),
        Finding::Mismatch => (Account::Unknown, true),
    };
    let verdict = classify_decided(&case.draft, app.config.policy.rules(), account, mismatch);
    let now = app.clock.now();
    let text = |address: Option<&email::Email>| address.map(|address| address.as_str().to_owned());
    let mut record = Record {
        reference: String::new(),
        shop_id: case.shop_id.clone(),
        created_by: whose.key,
        created_by_name: whose.name,
        dc: case.dc,
        region: case.region.unwrap_or_else(|| Region::from(case.dc)),
        created_at: now,
        updated_at: now,
        channel: match case.channel {
            CallOrChat::Phone => Channel::Phone,
            CallOrChat::Chat => Channel::Chat,
        },
        lang: case.lang.clone(),
        status: Status::Open,
        service: ticket.service().clone(),
        org_id_kind: ticket.org_id_kind(),
        org_id: ticket.org_id().as_str().to_owned(),
        subject: ticket.subject().to_owned(),
        description: ticket.description().to_owned(),
        superadmin_email: text(ticket.superadmin_email()),
        customer_email: text(ticket.customer_email()),
        zuid: ticket.zuid().map(|id| id.as_str().to_owned()),
        severity: verdict.severity,
        priority_customer: verdict.priority_customer,
        classification: ticket::view(&verdict),
        preview: None,
        last: LastChange {
            change: TicketChange::Filed,
            by: AuthorKind::Agent,
        },
        work: Work {
            clock_at: ticket.superadmin_email().map(|_| now),
            ..Work::default()
        },
    };
    record.promise(&app.config.calendar);
    Ok(record)
}
