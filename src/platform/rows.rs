//! How far the list is scrolled.

use web_sys::Element;

/// Scrolls what is shown to `px` below its top.
pub fn scroll_to(root: &Element, px: i32) {
    if let Ok(Some(scroller)) = root.query_selector(".pd-scroll") {
        scroller.set_scroll_top(px);
    }
}

/// Scrolls on by so many rows of the list, which all have the same height.
pub fn scroll_by(root: &Element, rows: i32) {
    if let Ok(Some(row)) = root.query_selector(".pd-requests__row")
        && let Ok(Some(scroller)) = root.query_selector(".pd-scroll")
    {
        let px = f64::from(rows) * row.get_bounding_client_rect().height();
        scroller.scroll_by_with_x_and_y(0.0, px);
    }
}
