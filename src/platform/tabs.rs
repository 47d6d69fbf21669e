//! Other tabs of the same site: telling them that something was written, hearing from them, and letting
//! one of them at a time send a ticket.

use super::vault::{Change, Vault};
use js_sys::{Date, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, BroadcastChannel, MessageEvent};

const CHANNEL: &str = "partner-desk";
/// Longer than any attempt to send.
const LEASE_MS: f64 = 120_000.0;

#[wasm_bindgen]
extern "C" {
    type Navigator;
    type LockManager;

    #[wasm_bindgen(thread_local_v2, js_name = navigator)]
    static NAVIGATOR: Navigator;
    /// Missing on pages that were not loaded securely.
    #[wasm_bindgen(method, getter)]
    fn locks(this: &Navigator) -> Option<LockManager>;
    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &Object,
        granted: &JsValue,
    ) -> Result<Promise, JsValue>;
}

/// Hears when another tab has written something for this owner, or has removed all of it, until it is
/// dropped.
pub struct Listener {
    channel: Option<BroadcastChannel>,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Listener {
    /// `call` is told whether everything is gone.
    pub fn new(owner: &str, mut call: impl FnMut(bool) + 'static) -> Self {
        let (written, gone) = (message(owner, false), message(owner, true));
        let heard = Closure::new(move |event: MessageEvent| {
            let message = event.data();
            if message == written {
                call(false);
            } else if message == gone {
                call(true);
            }
        });
        // Without it tabs agree no later than when they are loaded again.
        let channel = BroadcastChannel::new(CHANNEL).ok();
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        }
        Self {
            channel,
            _heard: heard,
        }
    }

    /// Tells the others, not ourselves.
    pub fn tell_written(&self, owner: &str) {
        if let Some(channel) = &self.channel {
            let _told = channel.post_message(&message(owner, false));
        }
    }
}

/// Tells every tab, from a moment in which nobody listens here any more.
pub fn tell_gone(owner: &str) {
    if let Ok(channel) = BroadcastChannel::new(CHANNEL) {
        let _told = channel.post_message(&message(owner, true));
        channel.close();
    }
}

fn message(owner: &str, gone: bool) -> JsValue {
    let mut message = String::from(owner);
    message.push_str(if gone { " gone" } else { " written" });
    JsValue::from(message)
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.set_onmessage(None);
            channel.close();
        }
    }
}

/// The right to send a ticket, held until it is dropped.
pub struct Turn {
    release: Release,
}

enum Release {
    Nothing,
    Lock(Function),
    Lease(Vault, String, String),
}

impl Drop for Turn {
    fn drop(&mut self) {
        match &self.release {
            Release::Nothing => {}
            Release::Lock(release) => {
                let _released = release.call0(&JsValue::UNDEFINED);
            }
            Release::Lease(vault, owner, name) => {
                let (vault, owner, name) = (vault.clone(), owner.clone(), name.clone());
                wasm_bindgen_futures::spawn_local(async move {
                    let change = Change { name, record: None };
                    let _written = vault.write(&owner, vec![change]).await;
                });
            }
        }
    }
}

/// What is held by one visible tab at a time; waits for it. `None`: nobody can be asked, or it is not wanted
/// any more.
pub async fn stay(owner: &str, signal: &AbortSignal) -> Option<Turn> {
    let locks = NAVIGATOR.with(Navigator::locks)?;
    let options = Object::new();
    Reflect::set(&options, &"signal".into(), signal).ok()?;
    let release = lock(&locks, owner, "events", &options).await.ok()??;
    Some(Turn {
        release: Release::Lock(release),
    })
}

/// Takes the turn for a ticket. `wait`: until it is free; otherwise `None` while another tab has it.
/// Where there are neither locks nor storage nobody can be asked: the endpoint tells doubles by their key.
pub async fn turn(vault: &Vault, owner: &str, key: &str, wait: bool) -> Option<Turn> {
    let free = Turn {
        release: Release::Nothing,
    };
    match NAVIGATOR.with(Navigator::locks) {
        Some(locks) => match lock(&locks, owner, key, &free_or(wait)).await {
            Ok(Some(release)) => Some(Turn {
                release: Release::Lock(release),
            }),
            Ok(None) => None,
            Err(_) => Some(free),
        },
        None => {
            let mut name = String::from("lease ");
            name.push_str(key);
            let now = Date::now();
            match vault.lease(owner, &name, now, now + LEASE_MS).await {
                Some(true) => Some(Turn {
                    release: Release::Lease(vault.clone(), owner.to_owned(), name),
                }),
                // Somebody who pressed the button is not sent away: the key does no harm.
                Some(false) if !wait => None,
                Some(false) | None => Some(free),
            }
        }
    }
}

/// Options of the browser's locks.
fn free_or(wait: bool) -> Object {
    let options = Object::new();
    // A plain object takes every property.
    let _always = Reflect::set(&options, &"ifAvailable".into(), &(!wait).into());
    options
}

async fn lock(
    locks: &LockManager,
    owner: &str,
    key: &str,
    options: &Object,
) -> Result<Option<Function>, JsValue> {
    let mut name = String::from("partner-desk ");
    name.push_str(owner);
    name.push(' ');
    name.push_str(key);
    let mut release = None;
    // The browser holds the lock until this promise settles.
    let held = Promise::new(&mut |resolve, _reject| release = Some(resolve));
    let mut asked = Ok(());
    let granted = Promise::new(&mut |resolve, reject| {
        let held = held.clone();
        let granted = Closure::once_into_js(move |lock: JsValue| {
            let _told = resolve.call1(&JsValue::UNDEFINED, &lock);
            if lock.is_null() {
                Promise::resolve(&lock)
            } else {
                held
            }
        });
        match locks.request(&name, options, &granted) {
            Ok(promise) => {
                let refused = Closure::once_into_js(move |reason: JsValue| {
                    let _told = reject.call1(&JsValue::UNDEFINED, &reason);
                });
                let refused: Function = refused.unchecked_into();
                if let Ok(catch) = Reflect::get(&promise, &"catch".into())
                    && let Some(catch) = catch.dyn_ref::<Function>()
                {
                    let _chained = catch.call1(&promise, &refused);
                }
            }
            Err(error) => asked = Err(error),
        }
    });
    asked?;
    let lock = JsFuture::from(granted).await?;
    Ok(release.filter(|_| !lock.is_null()))
}
