//! The error summary of a failed submit: first in the form, takes focus, leads to each field,
//! worded like the lines at the fields.

use crate::components::{control_id, use_texts, violation_text};
use crate::i18n::Key;
use crate::state::Action;
use partner_rules::Violation;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct ErrorSummaryProps {
    pub errors: Vec<Violation>,
    pub dispatch: Callback<Action>,
}

#[component]
pub(super) fn ErrorSummary(props: &ErrorSummaryProps) -> Html {
    let texts = use_texts();
    if props.errors.is_empty() {
        return Html::default();
    }
    let line = |violation: &Violation| {
        let field = violation.field;
        let onclick = props.dispatch.reform(move |event: MouseEvent| {
            // The address would become a history entry of the page.
            event.prevent_default();
            Action::FieldWanted(field)
        });
        let mut href = String::from("#");
        href.push_str(&control_id(field));
        html! { <li><a {href} {onclick}>{ violation_text(&texts, violation) }</a></li> }
    };
    html! {
        <div class="pd-summary" id="pd-error-summary" data-testid="pd-error-summary" role="alert"
            tabindex="-1" aria-labelledby="pd-error-summary-title">
            <h3 class="pd-summary__title" id="pd-error-summary-title">{ texts.get(Key::ErrorTitle) }</h3>
            <ul>{ for props.errors.iter().map(line) }</ul>
        </div>
    }
}
