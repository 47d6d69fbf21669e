//! Subject and description, with counters. No `maxlength`: over-long text stays and is counted.

use super::Part;
use crate::components::{FieldFrame, TextField, counter, field_frame, text_field};
use crate::i18n::Key;
use crate::state::Input;
use partner_rules::Field;
use yew::prelude::*;

pub(super) fn message(part: &Part<'_>) -> Html {
    let (draft, limits) = (&part.form.draft, part.policy.limits());
    let field = |field: Field, value: &str, input: fn(String) -> Input, label: Key, max: u32| {
        let long = field == Field::Description;
        let error = part.form.error(field);
        let control = text_field(TextField {
            field,
            value,
            on_input: part.on_input(input),
            on_leave: part.on_leave(field),
            hint: long,
            invalid: error.is_some(),
            lines: if long { 5 } else { 1 },
            keyboard: None,
            read_only: part.frozen,
            required: true,
        });
        let id = if long {
            "pd-count-description"
        } else {
            "pd-count-subject"
        };
        field_frame(
            part.texts,
            FieldFrame {
                field,
                label,
                hint: long.then_some(Key::FormDescriptionHint),
                error: error.as_ref(),
                control,
                remarks: counter(part.texts, id, characters(value), max),
            },
        )
    };
    html! {
        <>
            { field(Field::Subject, &draft.subject, Input::Subject, Key::FormSubject, limits.subject_max) }
            { field(Field::Description, &draft.description, Input::Description, Key::FormDescription,
                limits.description_max) }
        </>
    }
}

/// Unicode scalar values after trimming, as the rules count them. What one sees in a text area has
/// single line feeds already.
fn characters(text: &str) -> u32 {
    u32::try_from(text.trim().chars().count()).unwrap_or(u32::MAX)
}
