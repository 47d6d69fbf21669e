//! Handing a file to the browser's downloads. A blob needs no leave of the page's content policy,
//! and the link to it is never part of the page, so nothing stays behind and no handler hears it.

use crate::state::signal::Paper;
use gloo_timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// By then the browser has taken the content.
const KEPT_MS: u32 = 10_000;

/// Saves; `None` when the browser does not let us.
pub fn save(paper: &Paper) -> Option<()> {
    let kind = BlobPropertyBag::new();
    kind.set_type(paper.mime);
    let content = Array::of1(&paper.content.as_str().into());
    let blob = Blob::new_with_str_sequence_and_options(&content, &kind).ok()?;
    save_blob(&paper.name, &blob)
}

/// The same with bytes; the name is the browser's to make harmless for its disk.
pub fn save_blob(name: &str, blob: &Blob) -> Option<()> {
    let url = Url::create_object_url_with_blob(blob).ok()?;
    let document = web_sys::window()?.document()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Timeout::new(KEPT_MS, move || {
        // A URL that is gone already is what we want.
        let _gone = Url::revoke_object_url(&url);
    })
    .forget();
    Some(())
}
