//! The language on screen: the one that the page has, if there is a catalogue for it.

use super::bridge::Bridge;
use super::{files, locale};
use crate::i18n::Texts;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, ShadowRoot};

/// The language that is wanted. Another one may be wanted while its catalogue is on its way.
#[derive(Clone)]
pub struct Language {
    bridge: Bridge,
    wanted: Rc<RefCell<String>>,
}

impl Language {
    pub fn new(bridge: Bridge) -> Self {
        let wanted = Rc::new(RefCell::new(bridge.lang()));
        Self { bridge, wanted }
    }

    /// The texts that the loader has brought along.
    pub fn first(&self) -> Texts {
        self.speak(&self.wanted.borrow(), &self.bridge.messages())
    }

    /// Wants this language; whether it is another one than before.
    pub fn wants(&self, lang: &str) -> bool {
        self.wanted.replace(lang.to_owned()) != lang
    }

    /// The texts of the language that is wanted, unless another one is meanwhile.
    pub async fn load(&self) -> Option<Texts> {
        let lang = self.wanted.borrow().clone();
        let mut name = String::from("locales/");
        name.push_str(&lang);
        name.push_str(".json");
        let messages = files::json(&self.bridge, &name).await;
        (*self.wanted.borrow() == lang)
            .then(|| self.speak(&lang, &messages.unwrap_or(JsValue::NULL)))
    }

    /// English is compiled in, and stands in where there is no catalogue.
    fn speak(&self, lang: &str, messages: &JsValue) -> Texts {
        let lang = if messages.is_object() { lang } else { "en" };
        let root = self.bridge.root();
        let dir = if lang == "ar" { "rtl" } else { "ltr" };
        for (name, value) in [("lang", lang), ("dir", dir)] {
            // The names are sound, so it cannot fail.
            let _always = root.set_attribute(name, value);
        }
        locale::texts(lang, messages)
    }
}

/// Asks for another language as the page would: by the element's attribute, so that launcher, loader and app
/// have the same one.
pub fn ask_for(root: &Element, tag: &str) {
    if let Ok(shadow) = root.get_root_node().dyn_into::<ShadowRoot>() {
        // The name is sound, so it cannot fail.
        let _always = shadow.host().set_attribute("lang", tag);
    }
}
