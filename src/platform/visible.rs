//! What an on-screen keyboard leaves of the screen. The panel of a small screen fills that part and no more,
//! so that neither the field that has focus nor the foot below it is behind the keyboard.
//!
//! Browsers make only the visual viewport smaller for it; `position: fixed` goes by the layout viewport.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition, VisualViewport, Window,
};

/// Px by which both viewports may differ without a keyboard: rounding.
const SLACK: f64 = 2.0;

/// Keeps the panel around `root` in sight until it is dropped.
pub struct Visible {
    _listeners: Vec<EventListener>,
}

impl Visible {
    pub fn new(root: &Element) -> Self {
        let mut listeners = Vec::new();
        let panel = root.closest("dialog").ok().flatten();
        let panel = panel.and_then(|panel| panel.dyn_into::<HtmlElement>().ok());
        let window = web_sys::window();
        let viewport = window.as_ref().and_then(Window::visual_viewport);
        if let (Some(panel), Some(window), Some(viewport)) = (panel, window, viewport) {
            for event in ["resize", "scroll"] {
                let (panel, window, seen) = (panel.clone(), window.clone(), viewport.clone());
                let fit = move |_: &web_sys::Event| fit(&panel, &window, &seen);
                listeners.push(EventListener::new(&viewport, event, fit));
            }
        }
        Self {
            _listeners: listeners,
        }
    }
}

fn fit(panel: &HtmlElement, window: &Window, viewport: &VisualViewport) {
    let layout = window
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64())
        .unwrap_or_default();
    let (seen, above) = (viewport.height(), viewport.offset_top());
    // Who zooms in sees a part, too, but wants the panel to stay as large as it is.
    let zoomed = (viewport.scale() - 1.0).abs() > 0.01;
    let covered = !zoomed && panel.matches(":modal").is_ok_and(|it| it) && layout - seen > SLACK;
    let style = panel.style();
    for (name, px) in [("height", seen), ("top", above)] {
        let mut value = String::new();
        if covered {
            value = px.round().to_string();
            value.push_str("px");
        }
        // The names are sound; a height below nothing is not taken, which is right.
        let _always = style.set_property(name, &value);
    }
    if covered {
        keep_in_sight(panel);
    }
}

fn keep_in_sight(panel: &HtmlElement) {
    if let Some(focused) = panel.query_selector(":focus").ok().flatten() {
        let nearest = ScrollIntoViewOptions::new();
        nearest.set_block(ScrollLogicalPosition::Nearest);
        focused.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}
