//! A ticket from a call or a chat: the same form as partners have, filled in by an agent who listens.

use crate::app::App;
use crate::casework::{self, CallOrChat, NewCase, Refusal};
use crate::desk::fields::{Fields, SignedForm};
use crate::desk::view::codes;
use crate::desk::view::form::{self as parts, Field, Line};
use crate::desk::view::frame::{self, State as PageState};
use crate::desk::visit::Signed;
use crate::problem::{ApiError, ProblemCode};
use crate::random;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use partner_rules::wire::WireViolation;
use partner_rules::{Dc, Draft, OrgIdKind, ViolationCode};
use std::sync::Arc;

/// As in the wire contract.
const KEY_MAX: usize = 255;

/// Text fields with their labels, hints, and whether they must be filled in.
const LINES: [(&str, &str, Option<&str>, bool, Kind); 4] = [
    (
        "partner_email",
        "filing.partner_email",
        None,
        true,
        Kind::Email,
    ),
    (
        "partner_name",
        "filing.partner_name",
        None,
        false,
        Kind::Text,
    ),
    ("service", "filing.service", None, true, Kind::Text),
    (
        "org_id",
        "filing.org_id",
        Some("filing.org_id_hint"),
        true,
        Kind::Digits,
    ),
];
const ACCOUNT: [(&str, &str, Option<&str>, Kind); 3] = [
    (
        "superadmin_email",
        "filing.superadmin_email",
        Some("filing.superadmin_email_hint"),
        Kind::Email,
    ),
    ("customer_email", "filing.customer_email", None, Kind::Email),
    ("zuid", "filing.zuid", None, Kind::Digits),
];

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Email,
    Digits,
}

impl Kind {
    const fn line(self) -> Line {
        match self {
            Self::Text => Line::Text,
            Self::Email => Line::Email,
            Self::Digits => Line::Digits,
        }
    }
}

pub(super) async fn show(State(app): State<Arc<App>>, signed: Signed) -> Result<Markup, ApiError> {
    page(&app, &signed, &Fields::default(), &[]).await
}

/// What a field is called, by the name that violations have.
fn label(name: &str) -> &'static str {
    match name {
        "shop" => "filing.shop",
        "partner_email" => "filing.partner_email",
        "partner_name" => "filing.partner_name",
        "channel" => "filing.channel",
        "dc" => "filing.dc",
        "service" => "filing.service",
        "org_id_kind" => "filing.org_id_kind",
        "org_id" => "filing.org_id",
        "subject" => "filing.subject",
        "superadmin_email" => "filing.superadmin_email",
        "customer_email" => "filing.customer_email",
        "zuid" => "filing.zuid",
        _ => "filing.description",
    }
}

async fn page(
    app: &App,
    signed: &Signed,
    fields: &Fields,
    violations: &[WireViolation],
) -> Result<Markup, ApiError> {
    let texts = signed.visit.texts;
    let shops = app.store.shops(signed.visit.now).await?;
    let shops: Vec<(&str, &str)> = std::iter::once(("", texts.say("filing.choose")))
        .chain(
            shops
                .iter()
                .map(|entry| (entry.shop.id.as_str(), entry.shop.name.as_str())),
        )
        .collect();
    let dcs: Vec<(&str, String)> = app
        .config
        .dcs
        .iter()
        .map(|dc| (dc.code(), dc.code().to_uppercase()))
        .collect();
    let dcs: Vec<(&str, &str)> = dcs
        .iter()
        .map(|(code, name)| (*code, name.as_str()))
        .collect();
    let wrong: Vec<(&str, String)> = violations
        .iter()
        .map(|one| {
            let name = one.field.as_str();
            (name, codes::violation(texts, texts.say(label(name)), one))
        })
        .collect();
    let errors: Vec<(&str, &str)> = wrong
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let error = |wanted: &str| {
        let mut errors = errors.iter();
        errors
            .find(|(name, _)| *name == wanted)
            .map(|(_, text)| *text)
    };
    let key = random::hex(&random::bytes::<16>().map_err(ApiError::internal)?);
    let title = texts.say("filing.title");
    let text = |name: &str| fields.text(name);
    let line = |(name, label, hint, required, kind): (
        &str,
        &'static str,
        Option<&'static str>,
        bool,
        Kind,
    )| {
        parts::line(
            texts,
            Field {
                of: "",
                name,
                label: texts.say(label),
                hint: hint.map(|key| texts.say(key)),
                value: &text(name),
                error: error(name),
                required,
            },
            kind.line(),
        )
    };
    let choice = |name: &str, options: &[(&str, &str)]| {
        parts::select(
            texts,
            Field {
                name,
                label: texts.say(label(name)),
                value: &text(name),
                error: error(name),
                required: true,
                ..Field::default()
            },
            options,
        )
    };
    let main = html! {
        (parts::summary(texts, &errors))
        h1 { (title) }
        p { (texts.say("filing.lead")) }
        form.card method="post" action="/new" novalidate {
            (parts::secret(&signed.secret.form()))
            (parts::hidden("key", &key))
            (choice("shop", &shops))
            (parts::radios(texts, Field {
                name: "channel", label: texts.say("filing.channel"), value: &text("channel"),
                error: error("channel"), required: true, ..Field::default()
            }, &[("phone", texts.say("channel.phone")), ("chat", texts.say("channel.chat"))]))
            (choice("dc", &dcs))
            @let [email, name, service, org_id] = LINES;
            (line(email)) (line(name)) (line(service))
            (choice("org_id_kind", &[("zoid", "ZOID"), ("zgid", "ZGID")]))
            (line(org_id))
            (line(("subject", "filing.subject", None, true, Kind::Text)))
            (parts::area(texts, Field {
                name: "description", label: texts.say("filing.description"), value: &text("description"),
                error: error("description"), required: true, ..Field::default()
            }, 6))
            @for (name, label, hint, kind) in ACCOUNT { (line((name, label, hint, false, kind))) }
            button type="submit" data-testid="desk-file-ticket" { (texts.say("filing.submit")) }
        }
    };
    let state = if violations.is_empty() {
        PageState::Fine
    } else {
        PageState::Wrong
    };
    Ok(frame::signed(signed, title, state, &main))
}

pub(super) async fn submit(
    State(app): State<Arc<App>>,
    form: SignedForm,
) -> Result<Response, ApiError> {
    let SignedForm { signed, fields } = form;
    signed.agent.may_write(&app)?;
    let key = fields.text("key");
    if key.is_empty() || key.len() > KEY_MAX || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(ProblemCode::MalformedRequest.into());
    }
    let violations = match said(&fields) {
        Err(violations) => violations,
        Ok(case) => match casework::file(&app, &signed.agent, &case, Some(&key)).await {
            Ok(done) => {
                let to = format!("/tickets/{}", done.receipt.reference);
                return Ok(Redirect::to(&to).into_response());
            }
            Err(Refusal::Invalid(violations)) => violations,
            Err(other) => return Err(other.into()),
        },
    };
    let page = page(&app, &signed, &fields, &violations).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// What the partner said, or which choices are missing. Texts are judged where it is filed.
fn said(fields: &Fields) -> Result<NewCase, Vec<WireViolation>> {
    let channel = match fields.get("channel") {
        Some("phone") => Some(CallOrChat::Phone),
        Some("chat") => Some(CallOrChat::Chat),
        Some(_) | None => None,
    };
    let dc = Dc::parse(&fields.text("dc"));
    let (Some(channel), Some(dc)) = (channel, dc) else {
        let missing = [("channel", channel.is_none()), ("dc", dc.is_none())];
        let missing = missing.into_iter().filter(|(_, missing)| *missing);
        return Err(missing
            .map(|(name, _)| crate::problem::violation(name, ViolationCode::Required))
            .collect());
    };
    let superadmin_email = fields.text("superadmin_email");
    Ok(NewCase {
        shop_id: fields.text("shop"),
        partner_email: fields.text("partner_email"),
        partner_name: Some(fields.text("partner_name")),
        channel,
        dc,
        region: None,
        draft: Draft {
            service: fields.text("service"),
            org_id_kind: match fields.get("org_id_kind") {
                Some("zgid") => OrgIdKind::Zgid,
                Some(_) | None => OrgIdKind::Zoid,
            },
            org_id: fields.text("org_id"),
            subject: fields.text("subject"),
            description: fields.text("description"),
            // Nobody who is on the phone looks it up: left empty, it is unknown (R14).
            superadmin_unknown: superadmin_email.trim().is_empty(),
            superadmin_email,
            customer_email: fields.text("customer_email"),
            zuid: fields.text("zuid"),
        },
        lang: None,
    })
}
