//! How far the list is scrolled.

use web_sys::Element;

/// Scrolls what is shown to `px` below its top.
pub fn scroll_to(root: &Element, px: i32) {
    if let Ok(Some(scroller)) = root.query_selector(".pd-scroll") {
        scroller.set_scroll_top(px);
    }
}
