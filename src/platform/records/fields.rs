//! Values in the objects that the browser keeps.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

pub(super) fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    // A plain object takes every property.
    let _always = Reflect::set(object, &name.into(), &value.into());
}

pub(super) fn get(record: &JsValue, name: &str) -> JsValue {
    Reflect::get(record, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

pub(super) fn number(record: &JsValue, name: &str) -> Option<f64> {
    get(record, name).as_f64()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count that was written as one"
)]
pub(super) fn count(record: &JsValue, name: &str) -> u32 {
    number(record, name).unwrap_or_default() as u32
}

#[expect(
    clippy::cast_precision_loss,
    reason = "times of JavaScript fit into 53 bits"
)]
pub(super) fn ms(ms: i64) -> f64 {
    ms as f64
}
