//! Hints about the network: never trusted, only a reason to look.

use gloo_events::EventListener;

/// Whether the browser believes to be offline. It may be wrong in both directions.
pub fn seems_offline() -> bool {
    web_sys::window().is_some_and(|window| !window.navigator().on_line())
}

/// Hears when the browser shows the page again as it was left, until it is dropped.
pub struct Shown {
    _listener: Option<EventListener>,
}

impl Shown {
    pub fn new(call: impl Fn() + 'static) -> Self {
        let window = web_sys::window();
        Self {
            _listener: window
                .map(|window| EventListener::new(&window, "pageshow", move |_| call())),
        }
    }
}

/// Hears whether somebody can see the page, at once and whenever it changes, until it is dropped.
pub struct Looks {
    _listener: Option<EventListener>,
}

impl Looks {
    pub fn new(call: impl Fn(bool) + 'static) -> Self {
        let document = web_sys::window().and_then(|window| window.document());
        let listener = document.map(|document| {
            let looks = move |document: &web_sys::Document| call(!document.hidden());
            looks(&document);
            let seen = document.clone();
            EventListener::new(&document, "visibilitychange", move |_| looks(&seen))
        });
        Self {
            _listener: listener,
        }
    }
}

/// Hears when the network is back or the page is looked at again, until it is dropped.
pub struct Watch {
    _listeners: Vec<EventListener>,
}

impl Watch {
    pub fn new(call: impl Fn() + Clone + 'static) -> Self {
        let mut listeners = Vec::new();
        if let Some(window) = web_sys::window() {
            let online = call.clone();
            listeners.push(EventListener::new(&window, "online", move |_| online()));
            if let Some(document) = window.document() {
                let seen = document.clone();
                let looked = move |_: &web_sys::Event| {
                    if !seen.hidden() {
                        call();
                    }
                };
                listeners.push(EventListener::new(&document, "visibilitychange", looked));
            }
        }
        Self {
            _listeners: listeners,
        }
    }
}
