//! The forms of a ticket's page.

use super::Page;
use crate::desk::acts::{Form, version};
use crate::desk::view::form::{self as parts, Field, Line};
use maud::{Markup, html};
use partner_rules::wire::Status;

/// Whether a form is in sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    Always,
    /// As soon as somebody typed into it.
    IfTyped,
}

/// A form with what each of them carries.
pub(super) fn form(page: Page<'_>, of: Form, open: Open, fields: &Markup) -> Markup {
    let texts = page.signed.visit.texts;
    let place = format!("/tickets/{}/{}", page.case.receipt.reference, of.code());
    let shown = open == Open::Always || page.typed.form == Some(of);
    let kind = of.has_files().then_some("multipart/form-data");
    html! {
        details.act open[shown] {
            summary { (texts.say(of.title())) }
            form method="post" action=(place) enctype=[kind] novalidate data-testid=(format!("desk-form-{}", of.code())) {
                (parts::secret(&page.signed.secret.form()))
                (parts::hidden("key", &format!("{}-{}", page.key, of.code())))
                (parts::hidden("version", &version(page.case)))
                (fields)
                button type="submit" data-testid=(format!("desk-{}", of.code())) { (texts.say(of.submit())) }
            }
        }
    }
}

/// Reply and note. What somebody typed stays in sight, though the ticket may have been closed meanwhile.
pub(super) fn words(page: Page<'_>) -> Markup {
    let typed = page.typed.form == Some(Form::Reply);
    let closed = page.case.receipt.status == Status::Closed;
    html! {
        @if !closed || typed { (reply(page)) }
        (form(page, Form::Note, Open::IfTyped, &text_and_files(page, Form::Note, "field.note")))
    }
}

fn reply(page: Page<'_>) -> Markup {
    let texts = page.signed.visit.texts;
    let of = Form::Reply;
    form(
        page,
        of,
        Open::Always,
        &html! {
            (text_and_files(page, of, "field.reply"))
            @for (name, label) in [
                ("status_note", "field.status_note"),
                ("determined", "field.determined"),
                ("resolved", "field.resolved"),
            ] {
                (parts::check(Field {
                    of: of.code(), name, label: texts.say(label), value: &page.typed.text(of, name), ..Field::default()
                }))
            }
        },
    )
}

fn text_and_files(page: Page<'_>, of: Form, label: &'static str) -> Markup {
    let texts = page.signed.visit.texts;
    let typed = page.typed;
    html! {
        (parts::area(texts, Field {
            of: of.code(), name: "text", label: texts.say(label), value: &typed.text(of, "text"),
            error: typed.error(of, "text"), required: true, ..Field::default()
        }, 6))
        @for (place, (value, name)) in typed.kept(of).into_iter().enumerate() {
            @let id = format!("{}-kept-{place}", of.code());
            // Arrived already; without the tick it is left out.
            div.check {
                input type="checkbox" name="upload" value=(value) id=(id) checked;
                label for=(id) { (texts.say("field.kept")) " " bdi { (name) } }
            }
        }
        (parts::file(texts, Field {
            of: of.code(), name: "files", label: texts.say("field.files"), hint: Some(texts.say("field.files_hint")),
            error: typed.error(of, "files"), ..Field::default()
        }))
    }
}

/// Everything that needs little more than a reason.
pub(super) fn steps(page: Page<'_>) -> Markup {
    let texts = page.signed.visit.texts;
    let case = page.case;
    let status = case.receipt.status;
    let open = status != Status::Closed;
    let steps = [
        (
            Form::Raise,
            open && case.receipt.severity.is_none(),
            "field.reason_agents",
        ),
        (Form::Hold, status == Status::Open, "field.reason_partner"),
        (
            Form::Resume,
            status == Status::OnHold,
            "field.reason_partner",
        ),
        (Form::HandOver, open, "field.reason_agents"),
        (
            Form::TakeBack,
            open && case.handling.handed_to.is_some(),
            "field.reason_agents",
        ),
        (Form::Close, open, "field.reason_partner"),
        (Form::Reopen, !open, "field.reason_partner"),
    ];
    html! {
        section.card aria-labelledby="steps" {
            h2 #steps { (texts.say("act.title")) }
            // What somebody typed stays in sight, though somebody else may have done it meanwhile.
            @for (of, _, label) in steps.into_iter().filter(|(of, shown, _)| *shown || page.typed.form == Some(*of)) {
                (step(page, of, label))
            }
        }
    }
}

fn step(page: Page<'_>, of: Form, label: &'static str) -> Markup {
    let texts = page.signed.visit.texts;
    let typed = page.typed;
    let (team, reason) = (typed.text(of, "team"), typed.text(of, "reason"));
    form(
        page,
        of,
        Open::IfTyped,
        &html! {
            @if of == Form::HandOver {
                (parts::line(texts, Field {
                    of: of.code(), name: "team", label: texts.say("field.team"), value: &team,
                    error: typed.error(of, "team"), required: true, ..Field::default()
                }, Line::Text))
            }
            (parts::area(texts, Field {
                of: of.code(), name: "reason", label: texts.say(label), value: &reason,
                error: typed.error(of, "reason"), required: of.needs_reason(), ..Field::default()
            }, 2))
        },
    )
}
