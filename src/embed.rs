//! The JavaScript boundary: `mount(bridge)`, the handle it returns. Nothing else is exported.

use crate::app::{App, AppProps, Message};
use crate::options::{Options, RawOptions};
use crate::platform::bridge::{Bridge, JsBridge, read_options, text};
use crate::platform::language::Language;
use crate::platform::link;
use crate::platform::visible::Visible;
use crate::state::{Action, Screen};
use js_sys::Promise;
use partner_rules::{Draft, OrgIdKind};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use yew::AppHandle;
use yew::platform::spawn_local;

thread_local! {
    /// Everybody to tell when the instance dies: one instance serves all elements of a page.
    static BRIDGES: RefCell<Vec<Bridge>> = const { RefCell::new(Vec::new()) };
}

/// Starts the app in `bridge.root`.
#[wasm_bindgen]
pub fn mount(bridge: JsBridge) -> Handle {
    let bridge = Bridge::new(bridge);
    if BRIDGES.with_borrow(Vec::is_empty) {
        wasm_bindgen::handler::set_on_abort(aborted);
    }
    BRIDGES.with_borrow_mut(|bridges| bridges.push(bridge.clone()));
    let options = Options::from(bridge.options());
    let language = Language::new(bridge.clone());
    let texts = language.first();
    let props = AppProps {
        options,
        texts,
        bridge: bridge.clone(),
    };
    let app = yew::Renderer::<App>::with_root_and_props(bridge.root(), props).render();
    let handle = Handle {
        app: Some(app),
        bridge: bridge.clone(),
        language,
        follows_links: Cell::new(follows_links(&bridge.options())),
        linked: RefCell::default(),
        visible: Some(Visible::new(&bridge.root())),
    };
    handle.set_prefill(&handle.bridge.prefill());
    if handle.bridge.is_open() {
        handle.open(handle.bridge.view());
    }
    handle
}

/// The running app, as the loader holds it.
#[wasm_bindgen]
pub struct Handle {
    app: Option<AppHandle<App>>,
    bridge: Bridge,
    language: Language,
    /// `deep-link="on"`.
    follows_links: Cell<bool>,
    linked: RefCell<Option<Rc<str>>>,
    visible: Option<Visible>,
}

#[wasm_bindgen]
impl Handle {
    /// The panel is open; `view` is a view name of the embed contract, or none to stay, unless the
    /// page's address has come to name a request.
    pub fn open(&self, view: Option<String>) {
        let screen = match view {
            Some(view) => Screen::from_view_name(&view),
            None => self.linked().map(Screen::Request),
        };
        let now_ms = now();
        self.send(Action::Opened { screen, now_ms });
    }

    /// The view on screen, by its name in the embed contract.
    pub fn view(&self) -> Option<String> {
        let app = self.app.as_ref()?.get_component()?;
        Some(app.screen().view_name().to_owned())
    }

    /// The panel was closed; everything typed stays.
    pub fn closed(&self) {
        self.send(Action::Closed);
    }

    /// Attributes have changed.
    pub fn set_options(&self, options: &JsValue) {
        let raw = read_options(options);
        self.follows_links.set(follows_links(&raw));
        let options = Options::from(raw);
        if self.language.wants(&options.lang) {
            self.speak();
        }
        self.send(Action::OptionsChanged(Rc::new(options)));
    }

    /// The page has set its `prefill`: fills empty, untouched fields.
    #[wasm_bindgen(js_name = prefill)]
    pub fn set_prefill(&self, prefill: &JsValue) {
        if prefill.is_object() {
            self.send(Action::Prefilled(draft(prefill)));
        }
    }

    /// The page has set its `tokenProvider`.
    #[wasm_bindgen(js_name = tokenProvider)]
    pub fn token_provider(&self) {
        self.send(Action::ProviderChanged);
    }

    /// Signs out: what is unsent gets three seconds, then drafts, requests and tokens are forgotten. The
    /// promise tells how many were `sent` and how many `dropped`.
    pub fn sign_out(&self) -> Promise {
        let left = self.bridge.leaving();
        self.send(Action::SignOutWanted);
        left
    }

    /// Tickets that were submitted and are not accepted yet.
    pub fn unsent(&self) -> u32 {
        let app = self.app.as_ref().and_then(|app| app.get_component());
        app.map_or(0, |app| app.unsent())
    }

    /// Takes the app down and leaves its element empty.
    pub fn destroy(&mut self) {
        self.visible = None;
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        BRIDGES.with_borrow_mut(|bridges| bridges.retain(|known| *known != self.bridge));
    }

    /// Another language. Everything typed stays.
    fn speak(&self) {
        let Some(app) = &self.app else { return };
        let (app, language) = ((**app).clone(), self.language.clone());
        spawn_local(async move {
            if let Some(texts) = language.load().await {
                app.send_message(Message::Speak(texts));
            }
        });
    }

    /// The request that the page's address names, each time that it has come to name it.
    fn linked(&self) -> Option<Rc<str>> {
        if !self.follows_links.get() {
            return None;
        }
        let reference = link::reference();
        let known = self.linked.replace(reference.clone());
        reference.filter(|reference| known.as_ref() != Some(reference))
    }

    fn send(&self, action: Action) {
        if let Some(app) = &self.app {
            app.send_message(action);
        }
    }
}

fn follows_links(options: &RawOptions) -> bool {
    options.deep_link.as_deref() == Some("on")
}

fn draft(prefill: &JsValue) -> Draft {
    let field = |name: &str| text(prefill, name).unwrap_or_default();
    let kind = field("orgIdKind");
    Draft {
        service: field("service"),
        org_id_kind: if kind == "zgid" {
            OrgIdKind::Zgid
        } else {
            OrgIdKind::Zoid
        },
        org_id: field("orgId"),
        subject: field("subject"),
        description: field("description"),
        superadmin_email: field("superadminEmail"),
        ..Draft::default()
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "dates of JavaScript fit into 54 bits"
)]
fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// The instance is dead: every element shows its fallback.
fn aborted() {
    BRIDGES.with_borrow(|bridges| {
        for bridge in bridges {
            bridge.fail("panic");
        }
    });
}
