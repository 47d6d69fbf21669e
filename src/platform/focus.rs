//! Focus inside the panel, and what its selects show.

use wasm_bindgen::JsCast;
use web_sys::{
    Element, HtmlElement, HtmlSelectElement, ScrollIntoViewOptions, ScrollLogicalPosition,
    ShadowRoot,
};

/// Where focus goes when nothing better is there: never to the page's body.
pub const TITLE: &str = "pd-title";

/// Focuses the element with this id below `root`; false when it is not there.
pub fn focus(root: &Element, id: &str) -> bool {
    let mut selector = String::from("#");
    // Ids are ours: letters, digits and hyphens.
    selector.push_str(id);
    focus_first(root, &selector)
}

/// What has focus below `root`.
fn focused(root: &Element) -> Option<Element> {
    root.query_selector(":focus").ok().flatten()
}

/// What has focus in the page's document; of what is in a shadow root, its host. The body is nothing.
fn on_page() -> Option<Element> {
    let active = web_sys::window()?.document()?.active_element()?;
    (active.tag_name() != "BODY").then_some(active)
}

/// Whether focus is on something of the page, outside of the shadow root that we are in.
fn is_outside(root: &Element) -> bool {
    let shadow = root.get_root_node().dyn_into::<ShadowRoot>();
    shadow.is_ok_and(|shadow| shadow.active_element().is_none()) && on_page().is_some()
}

/// Whether somebody is at a control below `root`, not just where the panel put focus when it opened.
pub fn is_at_work(root: &Element) -> bool {
    focused(root).is_some_and(|it| it.id() != TITLE)
}

/// What had focus before the screen was drawn anew.
///
/// The scheduler lets the browser's events in between an update, its drawing and what follows from
/// it. So an update can come when the one before has already taken the focused element away, and a
/// person can have moved on before an errand gets to say where focus goes.
#[derive(Default)]
pub struct Watch {
    first: Option<Element>,
    last: Option<Element>,
    drawing: bool,
}

impl Watch {
    /// Before each update.
    pub fn look(&mut self, root: &Element) {
        let now = focused(root);
        if !self.drawing {
            // Not kept over from an earlier update: while focus moves on, it is nowhere for a moment.
            (self.first, self.last) = (now.clone(), now);
        } else if now.is_some() {
            self.last = now;
        }
    }

    /// After an update that shows something new.
    pub fn draw(&mut self) {
        self.drawing = true;
    }

    /// Whether somebody has taken focus to another element since the first of these updates, or out of the
    /// panel: opening it has put focus in.
    pub fn has_moved(&self, root: &Element) -> bool {
        let now = focused(root);
        is_outside(root) || (now.is_some() && now != self.first)
    }

    /// When all is drawn: focus that went with its element goes to the title; focus that somebody
    /// has taken elsewhere stays there.
    pub fn drawn(&mut self, root: &Element) {
        self.drawing = false;
        self.first = None;
        let Some(last) = self.last.take() else {
            return;
        };
        let gone = !last.is_connected() || last.matches(":disabled").is_ok_and(|it| it);
        if gone && on_page().is_none() && focused(root).is_none() {
            focus(root, TITLE);
        }
    }
}

/// Scrolls as far as it takes for the first element that matches to be seen.
pub fn reveal(root: &Element, selector: &str) {
    if let Ok(Some(it)) = root.query_selector(selector) {
        let how = ScrollIntoViewOptions::new();
        how.set_block(ScrollLogicalPosition::Nearest);
        it.scroll_into_view_with_scroll_into_view_options(&how);
    }
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
