//! Drawing a picture to a canvas of ours. No object URL, so it needs no leave of the page's content policy;
//! whoever calls has measured it: nothing here bounds what decoding takes.

use js_sys::{Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, Element, HtmlCanvasElement, ImageBitmap};

/// Where the size of a picture stands at the latest: behind the colour profile and what a camera says.
const HEAD_BYTES: i32 = 512 << 10;

/// The beginning of a file.
pub async fn head(blob: &Blob) -> Option<Vec<u8>> {
    let head = blob.slice_with_i32_and_i32(0, HEAD_BYTES).ok()?;
    let bytes = JsFuture::from(head.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&bytes).to_vec())
}

/// Draws it so wide to the canvas with this id, in its own proportions; `None` when the browser cannot.
pub async fn draw(root: &Element, id: &str, blob: &Blob, width: u32) -> Option<()> {
    let bitmap = decoded(blob, width).await?;
    let canvas = canvas(root, id)?;
    canvas.set_width(bitmap.width());
    canvas.set_height(bitmap.height());
    let context = canvas.get_context("2d").ok()??;
    let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
    let drawn = context.draw_image_with_image_bitmap(&bitmap, 0.0, 0.0);
    bitmap.close();
    drawn.ok()
}

async fn decoded(blob: &Blob, width: u32) -> Option<ImageBitmap> {
    let window = web_sys::window()?;
    let decode: Function = Reflect::get(&window, &"createImageBitmap".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let options = Object::new();
    for (name, value) in [
        ("resizeWidth", JsValue::from(width)),
        ("resizeQuality", JsValue::from("high")),
    ] {
        Reflect::set(&options, &name.into(), &value).ok()?;
    }
    let promise: Promise = decode
        .call2(&window, blob, &options)
        .ok()?
        .dyn_into()
        .ok()?;
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// Ids come from the endpoint, so they are compared and not made into a selector.
fn canvas(root: &Element, id: &str) -> Option<HtmlCanvasElement> {
    let all = root.query_selector_all("canvas").ok()?;
    (0..all.length())
        .filter_map(|at| all.item(at)?.dyn_into::<HtmlCanvasElement>().ok())
        .find(|canvas| canvas.get_attribute("data-file").as_deref() == Some(id))
}
