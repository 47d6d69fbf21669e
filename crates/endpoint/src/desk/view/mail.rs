//! A mail whose sender nobody vouched for, as text, and what can be done with it.

use super::form::{self as parts, Field, Line};
use super::{codes, words};
use crate::casework::mails::{MailItem, MailView, Trail};
use crate::desk::fields::Fields;
use crate::desk::instant::told;
use crate::desk::texts::Texts;
use crate::desk::visit::Signed;
use crate::mail::Sheet;
use crate::store::mail::{Became, MailAct};
use maud::{Markup, html};
use partner_rules::wire::WireViolation;

/// What somebody typed, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub(in crate::desk) struct Typed {
    /// Somebody else was faster.
    pub(in crate::desk) late: bool,
    pub(in crate::desk) fields: Fields,
    pub(in crate::desk) violations: Vec<WireViolation>,
}

impl Typed {
    pub(in crate::desk) fn is_fine(&self) -> bool {
        !self.late && self.violations.is_empty()
    }
}

/// One without a subject can be clicked as well.
pub(in crate::desk) fn subject<'a>(texts: &'a Texts, item: &'a MailItem) -> &'a str {
    if item.subject.is_empty() {
        texts.say("mails.no_subject")
    } else {
        &item.subject
    }
}

/// `shops`: ids and names of all.
pub(in crate::desk) fn main(
    signed: &Signed,
    view: &MailView,
    shops: &[(String, String)],
    typed: &Typed,
) -> Markup {
    let texts = signed.visit.texts;
    let wrong: Vec<(&str, String)> = typed
        .violations
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
    html! {
        (parts::summary(texts, &errors))
        @if typed.late { (late(signed, view, typed)) }
        p { a href="/mails" { (texts.say("mails.back")) } }
        @match &view.mail {
            None => {
                h1 { (texts.say("mails.gone_title")) }
                p { (texts.say("mails.gone")) }
            }
            Some(item) => {
                h1 dir="auto" data-testid="desk-mail-title" data-mail=(item.id) { (subject(texts, item)) }
                (facts(signed, view, item))
                @match &view.sheet {
                    None => p data-testid="desk-mail-unkept" { (texts.say("mails.unkept")) },
                    Some(sheet) => (content(texts, sheet)),
                }
                @if view.sheet.is_some() { (assign(signed, view, shops, typed, &errors)) }
                @if item.became == Became::Unverified { (aside(signed, view, typed, &errors)) }
            }
        }
        (trail(signed, view))
    }
}

fn label(name: &str) -> &'static str {
    match name {
        "shop" => "mails.shop",
        "user" => "mails.user",
        "ticket" => "mails.ticket",
        _ => "field.reason",
    }
}

fn facts(signed: &Signed, view: &MailView, item: &MailItem) -> Markup {
    let texts = signed.visit.texts;
    html! {
        p.notice { (texts.say("mails.warning")) }
        dl.facts {
            div { dt { (texts.say("mails.from")) } dd { bdi { (item.from_name) } " " bdi { (item.from_email) } } }
            div { dt { (texts.say("mails.when")) } dd { (told(texts, signed.visit.now, &item.at)) } }
            div { dt { (texts.say("mails.reason")) } dd { (texts.say(codes::mail_reason(&item.reason))) } }
            @if !view.shops.is_empty() {
                div { dt { (texts.say("mails.known_in")) } dd {
                    @for shop in &view.shops { p { bdi { (shop.name) } } }
                } }
            }
        }
    }
}

fn content(texts: &Texts, sheet: &Sheet) -> Markup {
    html! {
        div data-testid="desk-mail-text" { (words::plain(&sheet.text)) }
        @if sheet.cut { p { (texts.say("mails.cut")) } }
        @if !sheet.files.is_empty() {
            h2 { (texts.say("mails.files")) }
            ul.files {
                @for file in &sheet.files {
                    li { bdi { (file.name) } " " span.soft { (words::size(texts, file.size)) } }
                }
            }
        }
    }
}

fn assign(
    signed: &Signed,
    view: &MailView,
    shops: &[(String, String)],
    typed: &Typed,
    errors: &[(&str, &str)],
) -> Markup {
    let texts = signed.visit.texts;
    // Once somebody has typed, only what they typed counts.
    let given = |name: &str, otherwise: &str| match typed.fields.get(name) {
        Some(_) => typed.fields.text(name),
        None => otherwise.to_owned(),
    };
    let (shop, user) = match view.shops.as_slice() {
        [one] => (one.id.as_str(), view.mail.as_ref()),
        _ => ("", None),
    };
    let user = user
        .map(|item| item.from_email.as_str())
        .unwrap_or_default();
    let (shop, user, ticket) = (
        given("shop", shop),
        given("user", user),
        given("ticket", ""),
    );
    let choice: Vec<(&str, &str)> = std::iter::once(("", texts.say("filing.choose")))
        .chain(shops.iter().map(|(id, name)| (id.as_str(), name.as_str())))
        .collect();
    let field = |name, label, hint: Option<&'static str>, value, required| Field {
        of: "",
        name,
        label: texts.say(label),
        hint: hint.map(|key| texts.say(key)),
        value,
        error: error(errors, name),
        required,
    };
    html! {
        form.card method="post" action=(format!("/mails/{}/assign", view.id)) novalidate {
            h2 { (texts.say("mails.assign_title")) }
            p { (texts.say("mails.assign_lead")) }
            (parts::secret(&signed.secret.form()))
            (parts::select(texts, field("shop", "mails.shop", None, &shop, true), &choice))
            (parts::line(texts, field("user", "mails.user", Some("mails.user_hint"), &user, true), Line::Email))
            (parts::line(texts, field("ticket", "mails.ticket", Some("mails.ticket_hint"), &ticket, false), Line::Text))
            button type="submit" data-testid="desk-mail-assign" { (texts.say("mails.assign")) }
        }
    }
}

fn aside(signed: &Signed, view: &MailView, typed: &Typed, errors: &[(&str, &str)]) -> Markup {
    let texts = signed.visit.texts;
    html! {
        form.card method="post" action=(format!("/mails/{}/set-aside", view.id)) novalidate {
            h2 { (texts.say("mails.set_aside_title")) }
            p { (texts.say("mails.set_aside_lead")) }
            (parts::secret(&signed.secret.form()))
            (parts::area(texts, Field {
                of: "", name: "reason", label: texts.say("field.reason_agents"), hint: None,
                value: &typed.fields.text("reason"), error: error(errors, "reason"), required: true,
            }, 2))
            button type="submit" data-testid="desk-mail-set-aside" { (texts.say("mails.set_aside")) }
        }
    }
}

fn error<'a>(errors: &[(&str, &'a str)], wanted: &str) -> Option<&'a str> {
    let mut errors = errors.iter();
    errors
        .find(|(name, _)| *name == wanted)
        .map(|(_, text)| *text)
}

/// Somebody else was faster. The form may be gone, so what was typed is shown here.
fn late(signed: &Signed, view: &MailView, typed: &Typed) -> Markup {
    let texts = signed.visit.texts;
    let reason = typed.fields.text("reason");
    html! {
        div.summary role="alert" tabindex="-1" autofocus aria-labelledby="news" data-testid="desk-conflict" {
            h2 #news { (texts.say("mails.late_title")) }
            p { (texts.say("mails.late")) }
            ul { @for entry in view.trail.iter().rev().take(1) { li { (line(signed, entry)) } } }
        }
        @if !reason.trim().is_empty() && view.mail.as_ref().is_none_or(|item| item.became != Became::Unverified) {
            div.field {
                label for="typed" { (texts.say("field.reason")) }
                textarea id="typed" rows="3" readonly dir="auto" data-testid="desk-typed" { "\n" (reason) }
            }
        }
    }
}

fn trail(signed: &Signed, view: &MailView) -> Markup {
    let texts = signed.visit.texts;
    html! {
        @if !view.trail.is_empty() {
            h2 { (texts.say("audit.title")) }
            ol.trail data-testid="desk-audit" { @for entry in &view.trail { li { (line(signed, entry)) } } }
        }
    }
}

fn line(signed: &Signed, entry: &Trail) -> Markup {
    let texts = signed.visit.texts;
    let act = match entry.act {
        MailAct::Assigned => "audit.assigned",
        MailAct::SetAside => "audit.set_aside",
    };
    html! {
        (told(texts, signed.visit.now, &entry.at)) " – " strong { (texts.say(act)) } " – "
        @match &entry.by {
            Some(who) => { bdi { (who.name) } " " span.soft { bdi { (who.email) } } }
            None => { (texts.say("audit.command_line")) }
        }
        @if let Some(user) = &entry.user { " – " bdi { (user) } }
        @if let Some(reference) = &entry.reference {
            " – " a href=(format!("/tickets/{reference}")) { (reference) }
        }
        @if let Some(reason) = &entry.reason { p.text dir="auto" { (reason) } }
    }
}
