//! How far a request is scrolled. Only ever its own scrollers: the page is somebody else's.

use std::cell::Cell;
use web_sys::Element;

/// In a low panel it is the form that scrolls, with the foot in it.
const SCROLLERS: [&str; 2] = [".pd-scroll", ".pd-form"];
/// What stays in sight above the line that one begins with, in px.
const ABOVE: f64 = 16.0;

/// Scrolls to the line with this number, or to the last one. The first one is where a request begins, so
/// what stands above it stays. Whoever has scrolled since the last time (`begun`) stays where they are.
pub fn begin(root: &Element, line: Option<usize>, begun: &Cell<i32>) {
    let now = position(root);
    if now != 0 && (line.is_none() || now != begun.get()) {
        return;
    }
    let Ok(Some(talk)) = root.query_selector(".pd-conversation") else {
        return;
    };
    let lines = talk.children();
    let last = lines.length().saturating_sub(1);
    let at = line.and_then(|line| u32::try_from(line).ok());
    let at = at.unwrap_or(last);
    if let Some(line) = lines.item(at).filter(|_| at > 0) {
        for scroller in scrollers(root) {
            let top = line.get_bounding_client_rect().top();
            let from = scroller.get_bounding_client_rect().top();
            scroller.scroll_by_with_x_and_y(0.0, top - from - ABOVE);
        }
    }
    begun.set(position(root));
}

/// Scrolls to the end, if no more of it is hidden than the foot may have covered.
pub fn make_way(root: &Element) {
    let Ok(Some(foot)) = root.query_selector(".pd-write") else {
        return;
    };
    for scroller in scrollers(root) {
        let end = scroller.scroll_height() - scroller.client_height();
        if end - scroller.scroll_top() <= foot.client_height() {
            scroller.set_scroll_top(end);
        }
    }
}

fn scrollers(root: &Element) -> impl Iterator<Item = Element> {
    let found = |selector| root.query_selector(selector).ok().flatten();
    SCROLLERS.into_iter().filter_map(found)
}

fn position(root: &Element) -> i32 {
    scrollers(root).map(|it| it.scroll_top()).sum()
}
