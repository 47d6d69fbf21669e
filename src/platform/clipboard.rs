//! Copying text: the clipboard where the page may use it, the old command where not.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlTextAreaElement};

/// Whether the text is in the clipboard now. `root` takes a hidden text area for the old command.
pub async fn copy(root: Element, text: &str) -> bool {
    if let Some(promise) = write(text)
        && JsFuture::from(promise).await.is_ok()
    {
        return true;
    }
    old_command(&root, text).unwrap_or(false)
}

fn write(text: &str) -> Option<Promise> {
    let navigator: JsValue = web_sys::window()?.navigator().into();
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).ok()?;
    let write: Function = Reflect::get(&clipboard, &"writeText".into())
        .ok()?
        .dyn_into()
        .ok()?;
    write.call1(&clipboard, &text.into()).ok()?.dyn_into().ok()
}

fn old_command(root: &Element, text: &str) -> Option<bool> {
    let document = web_sys::window()?.document()?;
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_class_name("pd-hidden");
    area.set_value(text);
    root.append_child(&area).ok()?;
    area.select();
    let command: Function = Reflect::get(&document, &"execCommand".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let done = command.call1(&document, &"copy".into()).ok()?.as_bool();
    area.remove();
    done
}
