//! Printing a small document without touching the page: an empty frame inside our own root, filled
//! through the DOM, printed, removed.

use crate::state::signal::Sheet;
use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlIFrameElement};

/// Prints; false when the browser does not let us.
pub fn print(root: &Element, sheet: &Sheet) -> bool {
    try_print(root, sheet).is_some()
}

fn try_print(root: &Element, sheet: &Sheet) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let frame: HtmlIFrameElement = document.create_element("iframe").ok()?.dyn_into().ok()?;
    frame.set_class_name("pd-print");
    frame.set_attribute("aria-hidden", "true").ok()?;
    frame.set_attribute("tabindex", "-1").ok()?;
    root.append_child(&frame).ok()?;
    let window = frame.content_window()?;
    fill(&window.document()?, sheet)?;
    let print: Function = Reflect::get(&window, &"print".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let printed = print.call0(&window).is_ok();
    frame.remove();
    printed.then_some(())
}

fn fill(document: &Document, sheet: &Sheet) -> Option<()> {
    document.set_title(&sheet.title);
    let body = document.body()?;
    let heading = document.create_element("h1").ok()?;
    heading.set_text_content(Some(&sheet.title));
    body.append_child(&heading).ok()?;
    for (label, value) in &sheet.lines {
        let line = document.create_element("p").ok()?;
        let strong = document.create_element("strong").ok()?;
        strong.set_text_content(Some(label));
        line.append_child(&strong).ok()?;
        line.append_child(&document.create_text_node(": ")).ok()?;
        line.append_child(&document.create_text_node(value)).ok()?;
        body.append_child(&line).ok()?;
    }
    Some(())
}
