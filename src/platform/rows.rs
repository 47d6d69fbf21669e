//! The room of rows that are not drawn, and how far the list is scrolled.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Gives each gap in a long list the height of the rows that it stands for: `style=` in markup would be
/// refused by a strict page.
pub fn make_room(root: &Element) {
    let Ok(gaps) = root.query_selector_all(".pd-requests__gap") else {
        return;
    };
    for at in 0..gaps.length() {
        let gap = gaps
            .item(at)
            .and_then(|node| node.dyn_into::<HtmlElement>().ok());
        if let Some(gap) = gap
            && let Some(rows) = gap.get_attribute("data-rows")
        {
            // A custom property takes any value.
            let _always = gap.style().set_property("--rows", &rows);
        }
    }
}

/// Scrolls what is shown to `px` below its top.
pub fn scroll_to(root: &Element, px: i32) {
    if let Ok(Some(scroller)) = root.query_selector(".pd-scroll") {
        scroller.set_scroll_top(px);
    }
}
