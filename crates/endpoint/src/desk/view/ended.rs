//! The session ended while somebody typed: nothing was sent, and their words are here to be taken along.

use super::frame;
use crate::desk::fields::Fields;
use crate::desk::visit::Visit;
use maud::{Markup, html};

/// What may be long, or hard to find again. Never a password.
const WORTH: [(&str, &str); 5] = [
    ("text", "field.text"),
    ("reason", "field.reason"),
    ("superadmin_email", "field.superadmin_email"),
    ("subject", "filing.subject"),
    ("description", "filing.description"),
];

pub(in crate::desk) fn page(visit: &Visit, to: &str, fields: &Fields) -> Markup {
    let texts = visit.texts;
    let title = texts.say("ended.title");
    let typed = WORTH.map(|(name, label)| (name, label, fields.text(name)));
    let main = html! {
        h1 { (title) }
        p { (texts.say("ended.text")) }
        @for (name, label, value) in typed.iter().filter(|(_, _, value)| !value.trim().is_empty()) {
            div.field {
                label for=(name) { (texts.say(label)) }
                textarea id=(name) rows="6" readonly dir="auto" data-testid="desk-typed" { "\n" (value) }
            }
        }
        p { a href=(to) { (texts.say("ended.sign_in")) } }
    };
    frame::bare(texts, title, &html! {}, &main)
}
