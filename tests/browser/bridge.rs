//! A loader in a test: the object that the real one hands to `mount`, and what it was told.

use js_sys::{Array, Function, Object, Reflect};
use partner_desk::embed::{Handle, mount};
use partner_desk::platform::bridge::JsBridge;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

pub(crate) struct Page {
    pub(crate) root: Element,
    pub(crate) handle: Handle,
    /// Names of the events that were fired, and "close" for each request to close.
    told: Array,
}

impl Page {
    /// Mounts with a data centre (or none) and no way to reach an endpoint.
    pub(crate) fn open(dc: Option<&str>, view: &str) -> Self {
        let document = web_sys::window().unwrap().document().unwrap();
        let root = document.create_element("div").unwrap();
        document.body().unwrap().append_child(&root).unwrap();
        let told = Array::new();
        let options = object(&[
            ("dc", dc.map_or(JsValue::NULL, JsValue::from_str)),
            ("endpoint", JsValue::from_str("http://127.0.0.1:1")),
            ("lang", JsValue::from_str("en")),
        ]);
        let note = Function::new_with_args("told, name", "return () => { told.push(name) }");
        let closer = note.call2(&JsValue::NULL, &told, &"close".into()).unwrap();
        let failer = note.call2(&JsValue::NULL, &told, &"fail".into()).unwrap();
        let emitter = Function::new_with_args("told", "return (name) => { told.push(name) }")
            .call1(&JsValue::NULL, &told)
            .unwrap();
        let provider = Function::new_no_args("return Promise.resolve('token')");
        // One word of German; nothing else is there.
        let files = Function::new_with_args(
            "name",
            "return name === 'locales/de.json'
                ? Promise.resolve({ 'panel.close': 'Schließen' })
                : Promise.reject(new Error(name))",
        );
        let bridge = object(&[
            ("root", root.clone().into()),
            ("options", options),
            ("lang", JsValue::from_str("en")),
            ("messages", JsValue::NULL),
            ("prefill", JsValue::NULL),
            ("view", JsValue::from_str(view)),
            ("open", JsValue::TRUE),
            ("token", provider.into()),
            ("emit", emitter),
            ("file", files.into()),
            ("close", closer),
            ("fail", failer),
        ]);
        let handle = mount(bridge.unchecked_into::<JsBridge>());
        Self { root, handle, told }
    }

    pub(crate) fn find(&self, hook: &str) -> Option<HtmlElement> {
        let selector = format!("[data-testid={hook}]");
        self.root
            .query_selector(&selector)
            .unwrap()
            .map(JsCast::unchecked_into)
    }

    pub(crate) fn told(&self) -> Vec<String> {
        self.told
            .iter()
            .filter_map(|name| name.as_string())
            .collect()
    }

    /// Waits until it holds; fails with the sentence after five seconds.
    pub async fn wait_for(&self, sentence: &str, holds: impl Fn(&Self) -> bool) {
        for _ in 0..250 {
            if holds(self) {
                return;
            }
            gloo_timers::future::TimeoutFuture::new(20).await;
        }
        panic!(
            "not within five seconds: {sentence}\n{}",
            self.root.inner_html()
        );
    }
}

fn object(pairs: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in pairs {
        Reflect::set(&object, &JsValue::from_str(name), value).unwrap();
    }
    object.into()
}
