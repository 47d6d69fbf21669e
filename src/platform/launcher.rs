//! The launcher, which belongs to the loader. `static/moving.js` moves it and remembers where it is.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, ShadowRoot};

/// Asks for the launcher to be at the other side. The event stays between us and the launcher.
pub fn to_the_other_side(root: &Element) {
    if let (Some(launcher), Ok(wish)) = (launcher(root), Event::new("pd-move")) {
        let _nobody_cancels_it = launcher.dispatch_event(&wish);
    }
}

/// The button, if the app renders where the loader has put it.
pub fn launcher(root: &Element) -> Option<Element> {
    let shadow: ShadowRoot = root.get_root_node().dyn_into().ok()?;
    shadow.query_selector(".pd-launcher").ok().flatten()
}
