//! Files that are dropped on the form, or pasted into it: an addition to the control, never the only way.
//! Never takes part when text is dragged or pasted: that is the browser's business, as ever.

use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, Element, File, FileList, Node};
use yew::prelude::*;

/// Set on the form while files are held over it. By hand, since it comes and goes many times a second and
/// is of no interest to anything but the style sheet.
const OVER: &str = "data-drop";

/// Listeners for the form.
pub struct Dropping {
    pub ondragover: Callback<DragEvent>,
    pub ondragleave: Callback<DragEvent>,
    pub ondrop: Callback<DragEvent>,
    pub onpaste: Callback<Event>,
}

/// While `open` is false nothing is taken in, but a file that is let go over the form still does not
/// replace the page.
pub fn dropping(open: bool, on_pick: &Callback<Vec<File>>) -> Dropping {
    let (dropped, pasted) = (on_pick.clone(), on_pick.clone());
    Dropping {
        ondragover: Callback::from(move |event: DragEvent| {
            if let Some(data) = dragged(&event) {
                event.prevent_default();
                data.set_drop_effect(if open { "copy" } else { "none" });
                mark(&event, open);
            }
        }),
        ondragleave: Callback::from(|event: DragEvent| {
            let to = event.related_target();
            let to = to.and_then(|to| to.dyn_into::<Node>().ok());
            let inside = form(&event).is_some_and(|form| form.contains(to.as_ref()));
            if !inside {
                mark(&event, false);
            }
        }),
        ondrop: Callback::from(move |event: DragEvent| {
            mark(&event, false);
            if let Some(data) = dragged(&event) {
                event.prevent_default();
                if open {
                    picked(&dropped, data.files());
                }
            }
        }),
        onpaste: Callback::from(move |event: Event| {
            let data = event
                .dyn_ref::<ClipboardEvent>()
                .and_then(ClipboardEvent::clipboard_data);
            if let Some(data) = data.filter(|data| open && holds_files(data) && !holds_prose(data))
            {
                event.prevent_default();
                picked(&pasted, data.files());
            }
        }),
    }
}

/// Hands over what a list holds, if it holds something.
pub fn picked(on_pick: &Callback<Vec<File>>, list: Option<FileList>) {
    let Some(list) = list else {
        return;
    };
    let files: Vec<File> = (0..list.length()).filter_map(|at| list.get(at)).collect();
    if !files.is_empty() {
        on_pick.emit(files);
    }
}

fn dragged(event: &DragEvent) -> Option<DataTransfer> {
    event.data_transfer().filter(holds_files)
}

fn holds_files(data: &DataTransfer) -> bool {
    holds(data, "Files")
}

/// Office programs put a picture of what was copied beside the text: text is what is meant. The name of
/// a copied file as plain text, or a picture with its markup, is none.
fn holds_prose(data: &DataTransfer) -> bool {
    holds(data, "text/plain") && (holds(data, "text/html") || holds(data, "text/rtf"))
}

fn holds(data: &DataTransfer, kind: &str) -> bool {
    let kinds = data.types();
    kinds
        .iter()
        .any(|known| known.as_string().as_deref() == Some(kind))
}

fn form(event: &DragEvent) -> Option<Element> {
    // Some browsers drag over text as well as over elements.
    let node = event.target_dyn_into::<Node>()?;
    let element = match node.dyn_into::<Element>() {
        Ok(element) => element,
        Err(node) => node.parent_element()?,
    };
    element.closest("form").ok().flatten()
}

fn mark(event: &DragEvent, over: bool) {
    let Some(form) = form(event) else {
        return;
    };
    // A name of our own can always be set.
    let _always = if over {
        form.set_attribute(OVER, "")
    } else {
        form.remove_attribute(OVER)
    };
}
