//! The object that the loader hands over: where to render, what the page wrote, how to answer.

use crate::options::RawOptions;
use js_sys::{Function, Object, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Element;

#[wasm_bindgen]
extern "C" {
    /// `bridge` of the loader.
    pub type JsBridge;

    /// The element in which the app renders.
    #[wasm_bindgen(method, getter)]
    fn root(this: &JsBridge) -> Element;
    /// Attribute values as the page wrote them.
    #[wasm_bindgen(method, getter)]
    fn options(this: &JsBridge) -> JsValue;
    /// The language of the page as far as we speak it.
    #[wasm_bindgen(method, getter)]
    fn lang(this: &JsBridge) -> String;
    /// Its catalogue; anything but an object for English.
    #[wasm_bindgen(method, getter)]
    fn messages(this: &JsBridge) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn prefill(this: &JsBridge) -> JsValue;
    /// The first view, by its name in the embed contract.
    #[wasm_bindgen(method, getter)]
    fn view(this: &JsBridge) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn open(this: &JsBridge) -> bool;
    /// Asks the page for a token; nothing without a provider.
    #[wasm_bindgen(method)]
    fn token(this: &JsBridge) -> Promise;
    /// Fires an event of the embed contract on the element.
    #[wasm_bindgen(method)]
    fn emit(this: &JsBridge, name: &str, detail: &JsValue);
    /// Asks the loader to close the panel.
    #[wasm_bindgen(method)]
    fn close(this: &JsBridge);
    /// A file below `app/`, as parsed JSON.
    #[wasm_bindgen(method)]
    fn file(this: &JsBridge, name: &str) -> Promise;
    /// The app cannot go on: the loader shows its fallback.
    #[wasm_bindgen(method)]
    fn fail(this: &JsBridge, code: &str);
}

/// Shared handle on the loader's object; equal when it is the same one.
#[derive(Clone)]
pub struct Bridge(Rc<JsBridge>, Rc<RefCell<Vec<Function>>>);

impl PartialEq for Bridge {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Bridge {
    pub fn new(js: JsBridge) -> Self {
        Self(Rc::new(js), Rc::default())
    }
    pub fn root(&self) -> Element {
        self.0.root()
    }
    pub fn options(&self) -> RawOptions {
        read_options(&self.0.options())
    }
    pub fn lang(&self) -> String {
        self.0.lang()
    }
    pub fn messages(&self) -> JsValue {
        self.0.messages()
    }
    pub fn prefill(&self) -> JsValue {
        self.0.prefill()
    }
    pub fn view(&self) -> Option<String> {
        self.0.view()
    }
    pub fn is_open(&self) -> bool {
        self.0.open()
    }
    /// The page may set another provider at any time: the loader calls the one of the moment.
    pub fn token(&self) -> Promise {
        self.0.token()
    }
    pub fn emit(&self, name: &str, detail: &Object) {
        self.0.emit(name, detail);
    }
    pub fn close(&self) {
        self.0.close();
    }
    pub(super) fn file(&self, name: &str) -> Promise {
        self.0.file(name)
    }
    /// A promise of what becomes of unsent tickets when somebody is signed out: `{sent, dropped}`.
    pub fn leaving(&self) -> Promise {
        Promise::new(&mut |resolve, _reject| self.1.borrow_mut().push(resolve))
    }
    /// Keeps that promise.
    pub fn left(&self, sent: u32, dropped: u32) {
        for resolve in self.1.take() {
            let counts = Object::new();
            for (name, count) in [("sent", sent), ("dropped", dropped)] {
                // A plain object takes every property.
                let _always = Reflect::set(&counts, &name.into(), &count.into());
            }
            let _kept = resolve.call1(&JsValue::UNDEFINED, &counts);
        }
    }
    pub fn fail(&self, code: &str) {
        self.0.fail(code);
    }
}

/// Reads the options object of the loader.
pub fn read_options(options: &JsValue) -> RawOptions {
    let text = |name: &str| text(options, name);
    RawOptions {
        dc: text("dc"),
        region: text("region"),
        endpoint: text("endpoint"),
        lang: text("lang"),
        deep_link: text("deep-link"),
        storage: text("storage"),
        launcher: text("launcher"),
        qa: text("qa"),
    }
}

/// A text property of a JavaScript object, if it is one.
pub fn text(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &JsValue::from_str(name))
        .ok()
        .and_then(|value| value.as_string())
}
