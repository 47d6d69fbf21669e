//! Fields with their labels, hints and errors, and the summary of what is wrong.

use crate::desk::fields::SECRET;
use crate::desk::texts::Texts;
use maud::{Markup, html};

/// A field of a form. `name` is its id too, so it is unique on its page.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::desk) struct Field<'a> {
    pub(in crate::desk) name: &'a str,
    pub(in crate::desk) label: &'a str,
    pub(in crate::desk) hint: Option<&'a str>,
    pub(in crate::desk) value: &'a str,
    /// What is wrong with it.
    pub(in crate::desk) error: Option<&'a str>,
    pub(in crate::desk) required: bool,
}

impl Field<'_> {
    fn hint_id(&self) -> String {
        format!("{}-hint", self.name)
    }

    fn error_id(&self) -> String {
        format!("{}-error", self.name)
    }

    fn described_by(&self) -> Option<String> {
        let hint = self.hint.map(|_| self.hint_id());
        let error = self.error.map(|_| self.error_id());
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// The control with what belongs to it.
    fn around(&self, texts: &Texts, control: &Markup) -> Markup {
        html! {
            div.field data-wrong=[self.error] {
                label for=(self.name) {
                    (self.label)
                    @if !self.required { " " span.optional { (texts.say("form.optional")) } }
                }
                @if let Some(hint) = self.hint { p.hint id=(self.hint_id()) { (hint) } }
                @if let Some(error) = self.error { (wrong(texts, &self.error_id(), error)) }
                (control)
            }
        }
    }

    fn test_id(&self) -> String {
        format!("desk-{}", self.name)
    }
}

fn wrong(texts: &Texts, id: &str, error: &str) -> Markup {
    html! {
        p.error id=(id) { span.unseen { (texts.say("form.error")) " " } (error) }
    }
}

/// What kind of line a text field takes.
#[derive(Clone, Copy, Debug)]
pub(in crate::desk) enum Line {
    Text,
    Email,
    /// Who signs in.
    Username,
    Digits,
    Search,
    /// With what a password manager is told it is.
    Password(&'static str),
}

pub(in crate::desk) fn line(texts: &Texts, field: Field<'_>, kind: Line) -> Markup {
    let (input, mode, complete) = match kind {
        Line::Text => ("text", None, None),
        // `type=email` refuses addresses that the rules take, and rewrites others.
        Line::Email => ("text", Some("email"), Some("off")),
        Line::Username => ("text", Some("email"), Some("username")),
        Line::Digits => ("text", Some("numeric"), Some("off")),
        Line::Search => ("search", None, Some("off")),
        Line::Password(complete) => ("password", None, Some(complete)),
    };
    let plain = matches!(kind, Line::Email | Line::Username | Line::Digits);
    field.around(
        texts,
        &html! {
            input type=(input) id=(field.name) name=(field.name) value=(field.value)
                inputmode=[mode] autocomplete=[complete]
                autocapitalize=[plain.then_some("none")] spellcheck=[plain.then_some("false")]
                aria-describedby=[field.described_by()] aria-invalid=[field.error.map(|_| "true")]
                aria-required=[field.required.then_some("true")]
                data-testid=(field.test_id());
        },
    )
}

pub(in crate::desk) fn area(texts: &Texts, field: Field<'_>, rows: u8) -> Markup {
    field.around(
        texts,
        &html! {
            textarea id=(field.name) name=(field.name) rows=(rows) dir="auto"
                aria-describedby=[field.described_by()] aria-invalid=[field.error.map(|_| "true")]
                aria-required=[field.required.then_some("true")]
                // A line end right after the tag is the parser's; the second one is the value's.
                data-testid=(field.test_id()) { "\n" (field.value) }
        },
    )
}

/// The secret that a form has to carry.
pub(in crate::desk) fn secret(form: &str) -> Markup {
    html! { input type="hidden" name=(SECRET) value=(form); }
}

/// What is wrong, each with a way to its field; nothing if nothing is. Takes focus when the page opens.
pub(in crate::desk) fn summary(texts: &Texts, errors: &[(&str, &str)]) -> Markup {
    html! {
        @if !errors.is_empty() {
            div.summary role="alert" tabindex="-1" autofocus aria-labelledby="summary-title"
                data-testid="desk-errors" {
                h2 #summary-title { (texts.say("form.problem")) }
                ul {
                    @for (field, error) in errors {
                        li {
                            @if field.is_empty() { (error) } @else { a href=(format!("#{field}")) { (error) } }
                        }
                    }
                }
            }
        }
    }
}

/// Something that was done.
pub(in crate::desk) fn notice(text: &str) -> Markup {
    html! { p.notice role="status" data-testid="desk-notice" { (text) } }
}
