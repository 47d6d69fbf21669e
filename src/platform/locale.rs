//! A fetched locale file becomes a catalogue.

use super::intl::BrowserFormats;
use crate::i18n::{Catalog, Category, Key, Texts};
use js_sys::Reflect;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// Texts for a language; `messages` is the parsed file, or `null` for English.
pub fn texts(lang: &str, messages: &JsValue) -> Texts {
    let mut catalog = Catalog::english();
    if messages.is_object() {
        for key in Key::ALL {
            insert(&mut catalog, *key, &property(messages, key.name()));
        }
    }
    Texts::new(lang, catalog, Box::new(BrowserFormats::new(lang)))
}

fn insert(catalog: &mut Catalog, key: Key, value: &JsValue) {
    if let Some(text) = value.as_string() {
        catalog.insert(key, Category::Other, Rc::from(text));
    } else if value.is_object() {
        for category in Category::ALL {
            if let Some(text) = property(value, category.name()).as_string() {
                catalog.insert(key, category, Rc::from(text));
            }
        }
    }
}

fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}
