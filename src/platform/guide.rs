//! The fetched help files become a guide. What is not as it should be is left out, never guessed.

use crate::state::guide::{Block, Entry, Guide, Shape, Step};
use js_sys::{Array, Reflect};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};

/// Reads the file of a language and the drawings; `None` if they are something else.
pub fn read(help: &JsValue, drawings: &JsValue) -> Option<Guide> {
    let entries: Vec<Entry> = list(help, "entries").filter_map(|it| entry(&it)).collect();
    let steps = property(help, "steps");
    let steps = |channel: &str| -> Vec<Step> {
        list(&steps, channel)
            .filter_map(|it| step(&it, drawings))
            .collect()
    };
    (!entries.is_empty()).then(|| Guide {
        widget: steps("widget"),
        help_center: steps("help_center"),
        email: steps("email"),
        entries,
    })
}

fn entry(it: &JsValue) -> Option<Entry> {
    let block = |block: JsValue| match word(&block) {
        Some(text) => Block::Text(text),
        None => Block::List(words(&block)),
    };
    let answer = list(it, "answer").map(block).collect();
    let related = words(&property(it, "related"));
    Some(Entry::new(
        text(it, "id")?,
        text(it, "question")?,
        answer,
        related,
    ))
}

fn step(it: &JsValue, drawings: &JsValue) -> Option<Step> {
    let drawing = text(it, "drawing")?;
    Some(Step {
        text: text(it, "text")?,
        shown: text(it, "shown")?,
        drawing: list(drawings, &drawing).filter_map(shape).collect(),
    })
}

/// `[look, path data]`, or `[look, word, x, y]`.
fn shape(it: JsValue) -> Option<Shape> {
    let mut parts = words(&it).into_iter();
    let (look, data) = (parts.next()?, parts.next()?);
    Some(match parts.next().zip(parts.next()) {
        None => Shape::Path { look, data },
        Some((x, y)) => Shape::Word {
            look,
            text: data,
            x,
            y,
        },
    })
}

fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

fn text(object: &JsValue, name: &str) -> Option<Rc<str>> {
    word(&property(object, name))
}

fn word(value: &JsValue) -> Option<Rc<str>> {
    value.as_string().map(Rc::from)
}

fn words(list: &JsValue) -> Vec<Rc<str>> {
    items(list).iter().filter_map(|it| word(&it)).collect()
}

fn list(object: &JsValue, name: &str) -> js_sys::ArrayIntoIter {
    items(&property(object, name)).into_iter()
}

fn items(value: &JsValue) -> Array {
    value.dyn_ref::<Array>().cloned().unwrap_or_else(Array::new)
}
