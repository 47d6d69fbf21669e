//! A combobox with list autocomplete by the ARIA Authoring Practices: focus stays in the input,
//! arrows move through the list, Enter takes, Escape closes only the list. Free text stays.

use super::field::{control_id, described_by, test_id};
use partner_rules::Field;
use std::rc::Rc;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

/// A row of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What is taken over.
    pub value: AttrValue,
    /// Identity in tests: `data-service`.
    pub id: AttrValue,
    /// The value in three parts; the middle one is what was typed.
    pub parts: [AttrValue; 3],
    pub note: AttrValue,
    pub description: Option<AttrValue>,
}

#[derive(Properties, PartialEq)]
pub struct ComboboxProps {
    pub field: Field,
    pub value: AttrValue,
    pub rows: Rc<Vec<Row>>,
    pub list_label: AttrValue,
    #[prop_or_default]
    pub hint: bool,
    #[prop_or_default]
    pub invalid: bool,
    #[prop_or_default]
    pub read_only: bool,
    pub on_input: Callback<String>,
    /// A row was taken.
    pub on_take: Callback<String>,
    pub on_leave: Callback<()>,
    /// The list now shows this many rows.
    pub on_count: Callback<u32>,
}

const LIST_ID: &str = "pd-service-list";

#[component]
pub fn Combobox(props: &ComboboxProps) -> Html {
    let open = use_state_eq(|| false);
    let active = use_state_eq(|| None::<usize>);
    let list = use_node_ref();
    let shown = *open && !props.rows.is_empty() && !props.read_only;

    use_effect_with((*active, list.clone()), |(active, list)| {
        scroll_to(list, *active);
    });
    use_effect_with((shown, props.rows.len()), {
        let on_count = props.on_count.clone();
        move |(shown, count)| {
            if *shown {
                on_count.emit(u32::try_from(*count).unwrap_or(u32::MAX));
            }
        }
    });

    let oninput = {
        let (open, active, on_input) = (open.clone(), active.clone(), props.on_input.clone());
        move |event: InputEvent| {
            // The text first: a rendering in between would write the old value back.
            on_input.emit(event.target_unchecked_into::<HtmlInputElement>().value());
            open.set(true);
            active.set(None);
        }
    };
    let take = {
        let (open, active, on_take) = (open.clone(), active.clone(), props.on_take.clone());
        Callback::from(move |value: AttrValue| {
            on_take.emit(value.to_string());
            open.set(false);
            active.set(None);
        })
    };
    let onkeydown = {
        let (open, active, rows) = (open.clone(), active.clone(), Rc::clone(&props.rows));
        let (take, read_only) = (take.clone(), props.read_only);
        move |event: KeyboardEvent| {
            // Keys of a composition belong to the input method.
            if event.is_composing() || read_only {
                return;
            }
            match event.key().as_str() {
                "ArrowDown" | "ArrowUp" if !rows.is_empty() => {
                    event.prevent_default();
                    let down = event.key() == "ArrowDown";
                    let next = if *open || event.alt_key() {
                        step(*active, rows.len(), down)
                    } else {
                        Some(if down { 0 } else { rows.len() - 1 })
                    };
                    open.set(true);
                    active.set(if event.alt_key() { *active } else { next });
                }
                "Enter" if shown => {
                    event.prevent_default();
                    match active.and_then(|at| rows.get(at)) {
                        Some(row) => take.emit(row.value.clone()),
                        None => open.set(false),
                    }
                }
                "Escape" if shown => {
                    event.prevent_default();
                    event.stop_propagation();
                    open.set(false);
                    active.set(None);
                }
                _ => {}
            }
        }
    };
    let onblur = {
        let (open, active, on_leave) = (open.clone(), active.clone(), props.on_leave.clone());
        move |_: FocusEvent| {
            open.set(false);
            active.set(None);
            on_leave.emit(());
        }
    };
    let onclick = {
        let open = open.clone();
        move |_: MouseEvent| open.set(true)
    };
    let current = active.filter(|_| shown).and_then(|at| props.rows.get(at));
    html! {
        <div class="pd-combobox">
            <input class="pd-control" type="text" role="combobox" id={control_id(props.field)}
                data-testid={test_id("pd-", props.field)} value={props.value.clone()}
                autocomplete="off" autocapitalize="none" spellcheck="false" dir="auto"
                aria-autocomplete="list" aria-expanded={if shown { "true" } else { "false" }}
                aria-controls={LIST_ID} aria-required="true"
                aria-activedescendant={current.map(|row| option_id(&row.id))}
                aria-describedby={described_by(props.field, props.hint, props.invalid)}
                aria-invalid={props.invalid.then_some("true")} readonly={props.read_only}
                {oninput} {onkeydown} {onblur} {onclick} />
            // Browsers let Tab stop at what scrolls; leaving the input closes the list, and focus would be lost.
            <ul class="pd-combobox__list" id={LIST_ID} role="listbox" hidden={!shown} ref={list}
                tabindex="-1" aria-label={props.list_label.clone()}>
                if shown {
                    { for props.rows.iter().enumerate().map(|(at, row)| {
                        option(row, *active == Some(at), take.clone())
                    }) }
                }
            </ul>
        </div>
    }
}

fn option(row: &Row, active: bool, take: Callback<AttrValue>) -> Html {
    // The input must keep focus: its blur would close the list before the click arrives.
    let onmousedown = |event: MouseEvent| event.prevent_default();
    let value = row.value.clone();
    let onclick = move |_: MouseEvent| take.emit(value.clone());
    let [before, typed, after] = row.parts.clone();
    html! {
        <li class="pd-combobox__option" role="option" id={option_id(&row.id)} key={row.id.to_string()}
            data-testid="pd-service-option" data-service={row.id.clone()}
            aria-selected={if active { "true" } else { "false" }} {onmousedown} {onclick}>
            <span class="pd-combobox__name">{ before }<b>{ typed }</b>{ after }</span>
            <span class="pd-combobox__note">{ row.note.clone() }</span>
            if let Some(description) = row.description.clone() {
                <span class="pd-combobox__description"><bdi>{ description }</bdi></span>
            }
        </li>
    }
}

fn option_id(id: &str) -> String {
    let mut whole = String::from("pd-option-");
    whole.push_str(id);
    whole
}

/// The next row, wrapping around; from nowhere to the first or the last.
fn step(active: Option<usize>, count: usize, down: bool) -> Option<usize> {
    match (active, down) {
        _ if count == 0 => None,
        (None, true) => Some(0),
        (None, false) => Some(count - 1),
        (Some(at), true) => Some((at + 1) % count),
        (Some(at), false) => Some((at + count - 1) % count),
    }
}

fn scroll_to(list: &NodeRef, active: Option<usize>) {
    let row = active
        .zip(list.cast::<Element>())
        .and_then(|(at, list)| list.children().item(u32::try_from(at).ok()?));
    if let Some(row) = row {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        row.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

#[cfg(test)]
mod tests {
    use super::step;

    #[test]
    fn arrows_wrap_around() {
        assert_eq!(step(None, 3, true), Some(0));
        assert_eq!(step(None, 3, false), Some(2));
        assert_eq!(step(Some(2), 3, true), Some(0));
        assert_eq!(step(Some(0), 3, false), Some(2));
        assert_eq!(step(None, 0, true), None);
    }
}
