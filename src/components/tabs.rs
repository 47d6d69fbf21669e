//! Tabs by the ARIA pattern: roving tabindex, arrow keys that follow the writing direction,
//! Home and End. Moving activates, since the views cost nothing to show.

use crate::i18n::{Key, Texts};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// One tab: its id (also the end of its test id), its label.
#[derive(Clone, Debug, PartialEq)]
pub struct Tab {
    pub id: &'static str,
    pub label: Key,
}

pub fn tabs(
    texts: &Texts,
    tabs: &[Tab],
    selected: &'static str,
    on_select: &Callback<&'static str>,
) -> Html {
    let onkeydown = {
        let ids: Vec<&'static str> = tabs.iter().map(|tab| tab.id).collect();
        let on_select = on_select.clone();
        move |event: KeyboardEvent| {
            let Some(pressed) = event.target_dyn_into::<Element>() else {
                return;
            };
            if let Some(target) = target(&ids, selected, &event.key(), is_rtl(&pressed)) {
                event.prevent_default();
                on_select.emit(target);
                focus_tab(&pressed, target);
            }
        }
    };
    let tab = |tab: &Tab| {
        let (id, selected) = (tab.id, tab.id == selected);
        let onclick = on_select.reform(move |_: MouseEvent| id);
        html! {
            <button type="button" role="tab" class="pd-tabs__tab" key={id} id={tab_id(id)} data-testid={tab_id(id)}
                aria-selected={if selected { "true" } else { "false" }} aria-controls="pd-tabpanel"
                tabindex={if selected { "0" } else { "-1" }} {onclick}>
                { texts.get(tab.label) }
            </button>
        }
    };
    html! {
        <div class="pd-tabs" role="tablist" aria-label={texts.get(Key::PanelTabs)} {onkeydown}>
            { for tabs.iter().map(tab) }
        </div>
    }
}

fn tab_id(id: &str) -> String {
    let mut whole = String::from("pd-tab-");
    whole.push_str(id);
    whole
}

fn is_rtl(element: &Element) -> bool {
    let root = element.closest("[dir]").ok().flatten();
    root.is_some_and(|root| root.get_attribute("dir").as_deref() == Some("rtl"))
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

fn focus_tab(pressed: &Element, id: &str) {
    let mut selector = String::from("#");
    selector.push_str(&tab_id(id));
    let list = pressed.parent_element();
    let found = list.and_then(|list| list.query_selector(&selector).ok().flatten());
    if let Some(tab) = found.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
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
