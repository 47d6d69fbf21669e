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
    let mut selector = String::from(".pd-conversation > :not(:first-child):");
    match line {
        Some(line) => {
            selector.push_str("nth-child(");
            selector.push_str(&(line + 1).to_string());
            selector.push(')');
        }
        None => selector.push_str("last-child"),
    }
    if let Some(line) = find(root, &selector) {
        for scroller in scrollers(root) {
            let from = scroller.get_bounding_client_rect().top();
            let px = line.get_bounding_client_rect().top() - from - ABOVE;
            scroller.scroll_by_with_x_and_y(0.0, px);
        }
    }
    begun.set(position(root));
}

/// The foot has grown from the height of its buttons to what it has now: what stood above it still does.
pub fn make_way(root: &Element) {
    if let (Some(foot), Some(buttons)) =
        (find(root, ".pd-write"), find(root, ".pd-write .pd-buttons"))
    {
        let now = foot.get_bounding_client_rect().height();
        let grown = now - buttons.get_bounding_client_rect().height();
        for scroller in scrollers(root) {
            scroller.scroll_by_with_x_and_y(0.0, grown);
        }
    }
}

fn find(root: &Element, selector: &str) -> Option<Element> {
    root.query_selector(selector).ok().flatten()
}

fn scrollers(root: &Element) -> impl Iterator<Item = Element> {
    SCROLLERS
        .into_iter()
        .filter_map(|selector| find(root, selector))
}

fn position(root: &Element) -> i32 {
    scrollers(root).map(|it| it.scroll_top()).sum()
}
