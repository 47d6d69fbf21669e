//! Sentences for components: the catalogue from the context, and the sentence of a violation.

use crate::i18n::{Key, Texts};
use partner_rules::{Field, Violation, ViolationCode};
use yew::prelude::*;

/// The language in use. Without a provider (a component on its own in a test) it is English
/// without formats.
#[hook]
pub fn use_texts() -> Texts {
    let provided = use_context::<Texts>();
    provided.unwrap_or_else(crate::i18n::plain_english)
}

/// What to do about a violation: `error.<field>.<code>`, or a general sentence.
pub fn violation_text(texts: &Texts, violation: &Violation) -> String {
    let mut name = String::from("error.");
    name.push_str(violation.field.wire_name());
    name.push('.');
    name.push_str(violation.code.code());
    let sentence = Key::named(&name).unwrap_or(Key::ErrorAny);
    let Some(limit) = violation.limit else {
        return texts.get(sentence).to_string();
    };
    let limit = if violation.code == ViolationCode::FileTooLarge {
        texts.formats().bytes(u64::from(limit))
    } else {
        texts.formats().number(limit)
    };
    texts.with(sentence, &[("limit", &limit)])
}

/// The name of a field inside a sentence.
pub fn field_name(texts: &Texts, field: Field) -> String {
    let key = match field {
        Field::Service => Key::FieldService,
        Field::OrgId => Key::FieldOrgId,
        Field::Subject => Key::FieldSubject,
        Field::Description => Key::FieldDescription,
        Field::SuperadminEmail => Key::FieldSuperadminEmail,
        Field::CustomerEmail => Key::FieldCustomerEmail,
        Field::Zuid => Key::FieldZuid,
        Field::Attachments => Key::FieldUploads,
    };
    texts.get(key).to_string()
}
