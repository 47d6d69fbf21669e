//! Tabs by the ARIA pattern: roving tabindex, arrow keys that follow the writing direction,
//! Home and End. Moving activates, since the views cost nothing to show.

use super::use_texts;
use crate::i18n::Key;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// One tab: its id (also the end of its test id), its label.
#[derive(Clone, Debug, PartialEq)]
pub struct Tab {
    pub id: &'static str,
    pub label: Key,
}

#[derive(Properties, PartialEq)]
pub struct TabsProps {
    pub tabs: Vec<Tab>,
    pub selected: &'static str,
    pub on_select: Callback<&'static str>,
}

#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let texts = use_texts();
    let list = use_node_ref();
    let onkeydown = {
        let (ids, selected) = (ids(&props.tabs), props.selected);
        let (on_select, list) = (props.on_select.clone(), list.clone());
        move |event: KeyboardEvent| {
            let rtl = list.cast::<Element>().is_some_and(|list| {
                list.closest("[dir]")
                    .ok()
                    .flatten()
                    .is_some_and(|root| root.get_attribute("dir").as_deref() == Some("rtl"))
            });
            if let Some(target) = target(&ids, selected, &event.key(), rtl) {
                event.prevent_default();
                on_select.emit(target);
                focus_tab(&list, target);
            }
        }
    };
    let tab = |tab: &Tab| {
        let selected = tab.id == props.selected;
        let id = tab.id;
        let onclick = props.on_select.reform(move |_: MouseEvent| id);
        html! {
            <button type="button" role="tab" class="pd-tabs__tab" id={format_id("pd-tab-", id)}
                data-testid={format_id("pd-tab-", id)} aria-selected={if selected { "true" } else { "false" }}
                aria-controls="pd-tabpanel" tabindex={if selected { "0" } else { "-1" }} {onclick}>
                { texts.get(tab.label) }
            </button>
        }
    };
    html! {
        <div class="pd-tabs" role="tablist" aria-label={texts.get(Key::PanelTabs)} ref={list} {onkeydown}>
            { for props.tabs.iter().map(tab) }
        </div>
    }
}

fn ids(tabs: &[Tab]) -> Vec<&'static str> {
    tabs.iter().map(|tab| tab.id).collect()
}

fn format_id(prefix: &str, id: &str) -> String {
    let mut whole = String::from(prefix);
    whole.push_str(id);
    whole
}

fn target(ids: &[&'static str], selected: &str, key: &str, rtl: bool) -> Option<&'static str> {
    let at = ids.iter().position(|id| *id == selected)?;
    let step = |by: usize| ids.get((at + by) % ids.len()).copied();
    match (key, rtl) {
        ("ArrowRight", false) | ("ArrowLeft", true) => step(1),
        ("ArrowLeft", false) | ("ArrowRight", true) => step(ids.len() - 1),
        ("Home", _) => ids.first().copied(),
        ("End", _) => ids.last().copied(),
        _ => None,
    }
}

fn focus_tab(list: &NodeRef, id: &str) {
    let found = list.cast::<Element>().and_then(|list| {
        list.query_selector(&format_id("#pd-tab-", id))
            .ok()
            .flatten()
    });
    if let Some(tab) = found.and_then(|tab| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(tab).ok())
    {
        // A tab that cannot take focus leaves it where it is; nothing is lost.
        let _unfocusable = tab.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::target;

    const IDS: [&str; 3] = ["requests", "help", "access"];

    #[test]
    fn arrows_wrap_and_follow_the_writing_direction() {
        assert_eq!(
            target(&IDS, "access", "ArrowRight", false),
            Some("requests")
        );
        assert_eq!(target(&IDS, "requests", "ArrowLeft", false), Some("access"));
        assert_eq!(target(&IDS, "requests", "ArrowLeft", true), Some("help"));
        assert_eq!(target(&IDS, "help", "End", false), Some("access"));
        assert_eq!(target(&IDS, "help", "x", false), None);
    }
}
