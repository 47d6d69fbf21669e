//! Fields with their labels, hints and errors, and the summary of what is wrong.

use crate::desk::fields::SECRET;
use crate::desk::texts::Texts;
use maud::{Markup, html};

/// A field of a form. Several forms are on a page: `of` keeps their ids apart.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::desk) struct Field<'a> {
    pub(in crate::desk) of: &'a str,
    pub(in crate::desk) name: &'a str,
    pub(in crate::desk) label: &'a str,
    pub(in crate::desk) hint: Option<&'a str>,
    pub(in crate::desk) value: &'a str,
    /// What is wrong with it.
    pub(in crate::desk) error: Option<&'a str>,
    pub(in crate::desk) required: bool,
}

/// The id of a field.
pub(in crate::desk) fn id(of: &str, name: &str) -> String {
    if of.is_empty() {
        name.to_owned()
    } else {
        format!("{of}-{name}")
    }
}

impl Field<'_> {
    fn id(&self) -> String {
        id(self.of, self.name)
    }

    fn described_by(&self) -> Option<String> {
        let hint = self.hint.map(|_| format!("{}-hint", self.id()));
        let error = self.error.map(|_| format!("{}-error", self.id()));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// The control with what belongs to it.
    fn around(&self, texts: &Texts, control: &Markup) -> Markup {
        html! {
            div.field data-wrong=[self.error] {
                label for=(self.id()) {
                    (self.label)
                    @if !self.required { " " span.optional { (texts.say("form.optional")) } }
                }
                (self.remarks(texts))
                (control)
            }
        }
    }

    fn remarks(&self, texts: &Texts) -> Markup {
        html! {
            @if let Some(hint) = self.hint { p.hint id=(format!("{}-hint", self.id())) { (hint) } }
            @if let Some(error) = self.error {
                p.error id=(format!("{}-error", self.id())) {
                    span.unseen { (texts.say("form.error")) " " } (error)
                }
            }
        }
    }

    fn test_id(&self) -> String {
        format!("desk-{}", self.id())
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
            input type=(input) id=(field.id()) name=(field.name) value=(field.value)
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
            textarea id=(field.id()) name=(field.name) rows=(rows) dir="auto"
                aria-describedby=[field.described_by()] aria-invalid=[field.error.map(|_| "true")]
                aria-required=[field.required.then_some("true")]
                // A line end right after the tag is the parser's; what follows is the value.
                data-testid=(field.test_id()) { "\n" (field.value) }
        },
    )
}

/// One of a few: values with their labels.
pub(in crate::desk) fn select(texts: &Texts, field: Field<'_>, options: &[(&str, &str)]) -> Markup {
    field.around(
        texts,
        &html! {
            select id=(field.id()) name=(field.name)
                aria-describedby=[field.described_by()] aria-invalid=[field.error.map(|_| "true")]
                aria-required=[field.required.then_some("true")]
                data-testid=(field.test_id()) {
                @for (value, label) in options {
                    option value=(value) selected[*value == field.value] { (label) }
                }
            }
        },
    )
}

/// One of a few, all in sight.
pub(in crate::desk) fn radios(texts: &Texts, field: Field<'_>, options: &[(&str, &str)]) -> Markup {
    html! {
        fieldset.field data-wrong=[field.error] id=(field.id()) tabindex="-1" aria-describedby=[field.described_by()] {
            legend { (field.label) }
            (field.remarks(texts))
            @for (value, label) in options {
                @let id = format!("{}-{value}", field.id());
                div.check {
                    input type="radio" id=(id) name=(field.name) value=(value) checked[*value == field.value]
                        data-testid=(format!("desk-{id}"));
                    label for=(id) { (label) }
                }
            }
        }
    }
}

/// Yes or no.
pub(in crate::desk) fn check(field: Field<'_>) -> Markup {
    let checked = !field.value.is_empty();
    html! {
        div.check {
            input type="checkbox" id=(field.id()) name=(field.name) value="1" checked[checked]
                aria-describedby=[field.described_by()] data-testid=(field.test_id());
            div {
                label for=(field.id()) { (field.label) }
                @if let Some(hint) = field.hint { p.hint id=(format!("{}-hint", field.id())) { (hint) } }
            }
        }
    }
}

/// Files to send along.
pub(in crate::desk) fn file(texts: &Texts, field: Field<'_>) -> Markup {
    field.around(
        texts,
        &html! {
            input type="file" id=(field.id()) name=(field.name) multiple
                aria-describedby=[field.described_by()] aria-invalid=[field.error.map(|_| "true")]
                data-testid=(field.test_id());
        },
    )
}

/// A value that goes along.
pub(in crate::desk) fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// The secret that a form has to carry. The first field of every form.
pub(in crate::desk) fn secret(form: &str) -> Markup {
    hidden(SECRET, form)
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
