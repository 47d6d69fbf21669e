//! Focus inside the panel, and what its selects show.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlSelectElement};

/// Focuses the element with this id below `root`; false when it is not there.
pub fn focus(root: &Element, id: &str) -> bool {
    let mut selector = String::from("#");
    // Ids are ours: letters, digits and hyphens.
    selector.push_str(id);
    focus_first(root, &selector)
}

/// Whether focus is below `root`.
pub fn is_inside(root: &Element) -> bool {
    root.query_selector(":focus").ok().flatten().is_some()
}

/// Focus that has got lost goes to the title; focus that somebody has taken elsewhere stays there.
pub fn keep(root: &Element) {
    let page = web_sys::window().and_then(|window| window.document());
    let elsewhere = page
        .and_then(|page| page.active_element())
        .is_some_and(|active| active.tag_name() != "BODY");
    if !elsewhere && !is_inside(root) {
        focus(root, "pd-title");
    }
}

/// Focuses the n-th element that matches, counted from 0.
pub fn focus_nth(root: &Element, selector: &str, n: usize) -> bool {
    let found = u32::try_from(n).ok().and_then(|n| {
        root.query_selector_all(selector)
            .ok()
            .and_then(|all| all.item(n))
    });
    found
        .and_then(|node| node.dyn_into::<HtmlElement>().ok())
        .is_some_and(|it| it.focus().is_ok())
}

fn focus_first(root: &Element, selector: &str) -> bool {
    let found = root.query_selector(selector).ok().flatten();
    found
        .and_then(|it| it.dyn_into::<HtmlElement>().ok())
        .is_some_and(|it| it.focus().is_ok())
}

/// Shows this value in a select, whatever was chosen in it. The id may contain an address, so it is
/// compared and not made into a selector.
pub fn choose(root: &Element, id: &str, value: &str) {
    let Ok(selects) = root.query_selector_all("select") else {
        return;
    };
    for at in 0..selects.length() {
        let select = selects
            .item(at)
            .and_then(|node| node.dyn_into::<HtmlSelectElement>().ok());
        if let Some(select) = select.filter(|select| select.id() == id) {
            select.set_value(value);
        }
    }
}
