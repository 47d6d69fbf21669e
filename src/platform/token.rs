//! The page's token: asked for on first need, before it expires and after a 401; once at a time.

use super::bridge::Bridge;
use crate::state::Fault;
use js_sys::{Date, Promise};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Renewed this long before it expires, so that no request leaves with a dying token.
const MARGIN_MS: f64 = 30_000.0;

#[derive(Clone)]
pub struct Tokens {
    bridge: Bridge,
    held: Rc<RefCell<Held>>,
}

#[derive(Default)]
struct Held {
    /// Counts identities: an answer for an earlier one is not kept.
    identity: u32,
    token: Option<(Rc<str>, f64)>,
    asking: Option<Promise>,
}

impl Tokens {
    pub fn new(bridge: Bridge) -> Self {
        Self {
            bridge,
            held: Rc::default(),
        }
    }

    /// A token that is good for a while.
    pub async fn get(&self) -> Result<Rc<str>, Fault> {
        if let Some((token, expires)) = &self.held.borrow().token
            && Date::now() + MARGIN_MS < *expires
        {
            return Ok(Rc::clone(token));
        }
        self.ask().await
    }

    /// Forgets the token that an endpoint refused.
    pub fn refused(&self, token: &str) {
        let mut held = self.held.borrow_mut();
        if held
            .token
            .as_ref()
            .is_some_and(|(known, _)| &**known == token)
        {
            held.token = None;
        }
    }

    /// Forgets whoever was signed in, also an answer that is still on its way.
    pub fn forget(&self) {
        let mut held = self.held.borrow_mut();
        *held = Held {
            identity: held.identity + 1,
            token: None,
            asking: None,
        };
    }

    async fn ask(&self) -> Result<Rc<str>, Fault> {
        let identity = self.held.borrow().identity;
        let asking = self.held.borrow().asking.clone();
        let promise = match asking {
            Some(promise) => promise,
            None => self.start()?,
        };
        let answer = JsFuture::from(promise).await;
        let mut held = self.held.borrow_mut();
        if held.identity != identity {
            return Err(Fault::SignedOut);
        }
        held.asking = None;
        let token: Rc<str> = match answer.ok().and_then(|token| token.as_string()) {
            Some(token) if !token.is_empty() => Rc::from(token),
            Some(_) => return Err(Fault::SignedOut),
            None => return Err(Fault::Token),
        };
        let expires = expiry(&token).unwrap_or(f64::INFINITY);
        held.token = Some((Rc::clone(&token), expires));
        Ok(token)
    }

    fn start(&self) -> Result<Promise, Fault> {
        let provider = self.bridge.token_provider().ok_or(Fault::SignedOut)?;
        let answer = provider
            .call0(&JsValue::UNDEFINED)
            .map_err(|_| Fault::Token)?;
        let promise = Promise::resolve(&answer);
        self.held.borrow_mut().asking = Some(promise.clone());
        Ok(promise)
    }
}

/// `exp` of a JWT in milliseconds, by our clock's scale. A token that is none simply has no known
/// end: the endpoint decides.
fn expiry(token: &str) -> Option<f64> {
    let payload = token.split('.').nth(1)?.replace('-', "+").replace('_', "/");
    let json = web_sys::window()?.atob(&payload).ok()?;
    let claims = js_sys::JSON::parse(&json).ok()?;
    let exp = js_sys::Reflect::get(&claims, &"exp".into())
        .ok()?
        .as_f64()?;
    let iat = js_sys::Reflect::get(&claims, &"iat".into())
        .ok()?
        .as_f64()?;
    // Counted from now by its own length: the page's clock may be wrong by hours.
    Some(Date::now() + (exp - iat) * 1000.0)
}
