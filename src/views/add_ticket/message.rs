//! Subject and description, with counters. No `maxlength`: over-long text stays and is counted.

use super::PartProps;
use crate::components::{Counter, FieldFrame, TextField, use_texts};
use crate::i18n::Key;
use crate::state::Input;
use partner_rules::Field;
use yew::prelude::*;

#[component]
pub fn Message(props: &PartProps) -> Html {
    let texts = use_texts();
    let (form, limits) = (&props.form, props.connected.policy.limits());
    let subject_error = form.error(Field::Subject);
    let description_error = form.error(Field::Description);
    let counter = |id: &'static str, text: &str, max: u32| {
        html! { <Counter {id} used={characters(text)} {max} /> }
    };
    html! {
        <>
            <FieldFrame field={Field::Subject} label={AttrValue::from(texts.get(Key::FormSubject))} error={subject_error}
                remarks={counter("pd-count-subject", &form.draft.subject, limits.subject_max)}>
                <TextField field={Field::Subject} value={form.draft.subject.clone()}
                    invalid={subject_error.is_some()} read_only={props.frozen} required=true
                    on_input={props.on_input(Input::Subject)} on_leave={props.on_leave(Field::Subject)} />
            </FieldFrame>
            <FieldFrame field={Field::Description} label={AttrValue::from(texts.get(Key::FormDescription))}
                hint={AttrValue::from(texts.get(Key::FormDescriptionHint))} error={description_error}
                remarks={counter("pd-count-description", &form.draft.description, limits.description_max)}>
                <TextField field={Field::Description} value={form.draft.description.clone()} lines={5}
                    hint=true invalid={description_error.is_some()} read_only={props.frozen} required=true
                    on_input={props.on_input(Input::Description)} on_leave={props.on_leave(Field::Description)} />
            </FieldFrame>
        </>
    }
}

/// Unicode scalar values after trimming, as the rules count them. What one sees in a text area has
/// single line feeds already.
fn characters(text: &str) -> u32 {
    u32::try_from(text.trim().chars().count()).unwrap_or(u32::MAX)
}
