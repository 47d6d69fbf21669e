//! R9: what the ticket has that leads to the customer's account, what the directory knows, and the forms to set
//! "Customer Primary Email Address" and to verify the class. Licence counts are for agents only.

use super::Page;
use super::acts::{Open, form};
use crate::casework::suggest::{Found, KnownAccount};
use crate::desk::acts::Form;
use crate::desk::view::codes;
use crate::desk::view::form::{self as parts, Field, Line};
use maud::{Markup, html};
use partner_rules::Outcome;

pub(super) fn panel(page: Page<'_>) -> Markup {
    let texts = page.signed.visit.texts;
    let suggestions = &page.case.suggestions;
    html! {
        section.card aria-labelledby="account" data-testid="desk-account" {
            h2 #account { (texts.say("lookup.title")) }
            @if suggestions.found.is_empty() { p { (texts.say("lookup.nothing")) } }
            ul.found { @for found in &suggestions.found { (one(page, found)) } }
            @if suggestions.ask_partner {
                p.duty data-testid="desk-ask-partner" {
                    (texts.say("lookup.ask")) " "
                    @if page.case.drafts.ask.is_some() {
                        a href="?draft=ask#reply-text" { (texts.say("lookup.ask_now")) }
                    }
                }
            }
            @if !suggestions.refused_files.is_empty() {
                p { (texts.say("lookup.refused_files")) }
                ul.soft data-testid="desk-refused-files" { @for name in &suggestions.refused_files { li { bdi { (name) } } } }
            }
            (complete(page))
            @if page.case.drafts.completed.is_some() {
                p { a href="?draft=completed#reply-text" { (texts.say("lookup.note")) } }
            }
            (verify(page))
        }
    }
}

fn one(page: Page<'_>, found: &Found) -> Markup {
    let texts = page.signed.visit.texts;
    html! {
        li data-testid="desk-found" data-kind=(texts.say(codes::found(found.kind))) {
            (texts.say(codes::found(found.kind))) ": " bdi { strong { (found.value) } }
            @if let Some(source) = codes::source(found.source) { " " span.soft { (texts.say(source)) } }
            @if found.accounts.is_empty() { p.soft { (texts.say("lookup.unknown")) } }
            @for account in &found.accounts { (known(page, account)) }
        }
    }
}

fn known(page: Page<'_>, account: &KnownAccount) -> Markup {
    let texts = page.signed.visit.texts;
    let licences = account.licences.map(u64::from);
    html! {
        div.account data-testid="desk-known-account" {
            p { bdi { (account.superadmin_email) } " – " strong { (texts.say(codes::account(account.class))) } }
            @if let Some(licences) = licences { p.soft { (texts.count("lookup.licences", licences)) } }
            ul.soft {
                @for subscription in &account.subscriptions {
                    li {
                        bdi { (subscription.service) } ": " (subscription.licences)
                        @if !subscription.eligible { " " (texts.say("lookup.not_counted")) }
                    }
                }
            }
        }
    }
}

/// The one account that everything leads to; nothing if there are several, or none.
fn suggested(page: Page<'_>) -> Option<String> {
    let mut accounts = page
        .case
        .suggestions
        .found
        .iter()
        .flat_map(|found| &found.accounts)
        .map(|account| account.superadmin_email.as_str());
    let first = accounts.next()?;
    accounts
        .all(|other| other == first)
        .then(|| first.to_owned())
}

/// The service that the mail names, if it names one.
fn only(services: &[String]) -> String {
    match services {
        [service] => service.clone(),
        [] | [_, _, ..] => String::new(),
    }
}

fn complete(page: Page<'_>) -> Markup {
    let texts = page.signed.visit.texts;
    let of = Form::Complete;
    let address = match page.typed.form {
        Some(Form::Complete) => page.typed.text(of, "superadmin_email"),
        _ => page
            .case
            .superadmin_email
            .clone()
            .or_else(|| suggested(page))
            .unwrap_or_default(),
    };
    let missing = page.case.superadmin_email.is_none();
    let service = match page.typed.form {
        Some(Form::Complete) => page.typed.text(of, "service"),
        _ => only(&page.case.suggestions.services),
    };
    let (kind, org_id) = (
        page.typed.text(of, "org_id_kind"),
        page.typed.text(of, "org_id"),
    );
    let open = if missing { Open::Always } else { Open::IfTyped };
    form(
        page,
        of,
        open,
        &html! {
            (parts::line(texts, Field {
                of: of.code(), name: "superadmin_email", label: texts.say("field.superadmin_email"),
                hint: Some(texts.say("field.superadmin_email_hint")), value: &address,
                error: page.typed.error(of, "superadmin_email"), required: true,
            }, Line::Email))
            details open[!service.is_empty() || !org_id.is_empty()] {
                summary { (texts.say("act.complete_more")) }
                (parts::line(texts, Field {
                    of: of.code(), name: "service", label: texts.say("field.service"), value: &service,
                    error: page.typed.error(of, "service"), ..Field::default()
                }, Line::Text))
                (parts::select(texts, Field {
                    of: of.code(), name: "org_id_kind", label: texts.say("field.org_id_kind"), value: &kind,
                    error: page.typed.error(of, "org_id_kind"), ..Field::default()
                }, &[("zoid", "ZOID"), ("zgid", "ZGID")]))
                (parts::line(texts, Field {
                    of: of.code(), name: "org_id", label: texts.say("field.org_id"), value: &org_id,
                    error: page.typed.error(of, "org_id"), ..Field::default()
                }, Line::Digits))
            }
        },
    )
}

fn verify(page: Page<'_>) -> Markup {
    let texts = page.signed.visit.texts;
    let of = Form::Verify;
    if page.case.superadmin_email.is_none() {
        return html! {};
    }
    let (class, licences) = (
        page.typed.text(of, "class"),
        page.typed.text(of, "licences"),
    );
    // It is what somebody has come for.
    let waits = page.case.receipt.classification.outcome == Outcome::Undecided;
    form(
        page,
        of,
        if waits { Open::Always } else { Open::IfTyped },
        &html! {
            (parts::radios(texts, Field {
                of: of.code(), name: "class", label: texts.say("field.class"), value: &class,
                error: page.typed.error(of, "class"), required: true, ..Field::default()
            }, &[
                ("large", texts.say("account_class.large")),
                ("standard", texts.say("account_class.standard")),
            ]))
            (parts::line(texts, Field {
                of: of.code(), name: "licences", label: texts.say("field.licences"),
                hint: Some(texts.say("field.licences_hint")), value: &licences,
                error: page.typed.error(of, "licences"), required: true,
            }, Line::Digits))
        },
    )
}
