//! The error summary of a failed submit: first in the form, takes focus, leads to each field,
//! worded like the lines at the fields.

use super::Part;
use super::attachments::problems;
use crate::components::{control_id, violation_text};
use crate::i18n::Key;
use crate::state::Action;
use partner_rules::{Field, Violation};
use yew::prelude::*;

pub(super) fn error_summary(part: &Part<'_>) -> Option<Html> {
    let errors = &part.form.errors;
    if errors.is_empty() {
        return None;
    }
    let line = |violation: &Violation| {
        let field = violation.field;
        let onclick = part.dispatch.reform(move |event: MouseEvent| {
            // Followed, the link would become a history entry of the page.
            event.prevent_default();
            Action::FieldWanted(field)
        });
        let mut href = String::from("#");
        href.push_str(&control_id(field));
        // The same words as at the field, which names the file.
        let about_files = problems(part.texts, &part.form.files).into_iter().next();
        let text = about_files
            .filter(|_| field == Field::Attachments)
            .unwrap_or_else(|| violation_text(part.texts, violation));
        html! { <li><a {href} {onclick}>{ text }</a></li> }
    };
    Some(html! {
        <div class="pd-summary" id="pd-error-summary" data-testid="pd-error-summary" role="alert"
            tabindex="-1" aria-labelledby="pd-error-summary-title">
            <h3 class="pd-summary__title" id="pd-error-summary-title">{ part.texts.get(Key::ErrorTitle) }</h3>
            <ul>{ for errors.iter().map(line) }</ul>
        </div>
    })
}
