//! The page's token: asked for on first need, before it expires and after a 401; once at a time.

use super::bridge::{Bridge, text};
use crate::state::Fault;
use js_sys::{Array, Date, Object, Promise};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use yew::Callback;

/// Renewed this long before it expires, so that no request leaves with a dying token.
const MARGIN_MS: f64 = 30_000.0;
/// Longer nobody waits for the page.
const LIMIT_MS: i32 = 30_000;

#[derive(Clone)]
pub struct Tokens {
    bridge: Bridge,
    held: Rc<RefCell<Held>>,
    /// Told when a token speaks for somebody else than the one before.
    on_change: Callback<()>,
}

#[derive(Default)]
struct Held {
    /// Counts identities: whoever asks names the one that it began with, and gets no other's token.
    identity: u32,
    /// Whom the tokens of this identity speak for, as soon as one has said it.
    who: Option<String>,
    /// The residency group of the last token (`aud`): each has tickets of its own.
    group: String,
    token: Option<(Rc<str>, f64)>,
    asking: Option<Promise>,
}

impl Tokens {
    pub fn new(bridge: Bridge, on_change: Callback<()>) -> Self {
        Self {
            bridge,
            held: Rc::default(),
            on_change,
        }
    }

    /// The identity of this moment, to be named when a token is wanted.
    pub fn identity(&self) -> u32 {
        self.held.borrow().identity
    }

    /// A token of this identity that is good for a while.
    pub async fn get(&self, identity: u32) -> Result<Rc<str>, Fault> {
        if self.identity() != identity {
            return Err(Fault::SignedOut);
        }
        if let Some((token, expires)) = &self.held.borrow().token
            && Date::now() + MARGIN_MS < *expires
        {
            return Ok(Rc::clone(token));
        }
        self.ask(identity).await
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

    /// Forgets the token and whom an earlier provider was asked for, not who is signed in.
    pub fn expire(&self) {
        let mut held = self.held.borrow_mut();
        held.token = None;
        held.asking = None;
    }

    /// Forgets whoever was signed in, also an answer that is still on its way.
    pub fn forget(&self) {
        let mut held = self.held.borrow_mut();
        *held = Held {
            identity: held.identity + 1,
            ..Held::default()
        };
    }

    /// Residency group, shop and user, as far as a token has said them.
    pub fn speaks_for(&self) -> Option<String> {
        let held = self.held.borrow();
        let who = held.who.as_ref()?;
        let mut all = held.group.clone();
        all.push('\n');
        all.push_str(who);
        Some(all)
    }

    async fn ask(&self, identity: u32) -> Result<Rc<str>, Fault> {
        let asking = self.held.borrow().asking.clone();
        let promise = match asking {
            Some(promise) => promise,
            None => self.start(),
        };
        let late = Object::new();
        let answer = JsFuture::from(or_late(&promise, &late)).await;
        if answer
            .as_ref()
            .is_ok_and(|answer| Object::is(answer, &late))
        {
            // The page may have lost it: whoever asks next asks anew.
            self.asked(&promise);
            return Err(no_token(&JsValue::from_str("")));
        }
        if self.identity() != identity {
            return Err(Fault::SignedOut);
        }
        let current = self.asked(&promise);
        let mut held = self.held.borrow_mut();
        let token = match answer {
            Err(reason) => return Err(no_token(&reason)),
            Ok(answer) => match answer.as_string() {
                // A page of some kind in place of a token: an expired session, an error.
                Some(token) if token.bytes().any(is_foreign) => return Err(no_token(&answer)),
                Some(token) if !token.is_empty() => Rc::<str>::from(token),
                // Nothing is nobody; anything else is no token.
                Some(_) => return Err(Fault::SignedOut),
                None if answer.is_falsy() => return Err(Fault::SignedOut),
                None => return Err(no_token(&answer)),
            },
        };
        let Claims {
            who,
            group,
            expires,
        } = claims(&token).unwrap_or_default();
        if held.who.is_some() && who.is_none() {
            // It does not say whom it speaks for: no reason to forget anybody.
            return Err(no_token(&JsValue::from_str("")));
        }
        if held.who.is_some() && who != held.who {
            drop(held);
            self.forget();
            self.on_change.emit(());
            return Err(Fault::SignedOut);
        }
        held.who = who;
        held.group = group;
        if current {
            held.token = Some((Rc::clone(&token), expires));
        }
        Ok(token)
    }

    /// Nobody waits for this answer any more; false if another provider has been set, and asked, meanwhile.
    fn asked(&self, promise: &Promise) -> bool {
        let asking = &mut self.held.borrow_mut().asking;
        let current = asking
            .as_ref()
            .is_some_and(|asking| Object::is(asking, promise));
        if current {
            *asking = None;
        }
        current
    }

    fn start(&self) -> Promise {
        let promise = self.bridge.token();
        self.held.borrow_mut().asking = Some(promise.clone());
        promise
    }
}

/// The page has to mend it, so its console says what came; a text is not repeated, it may be a secret.
fn no_token(came: &JsValue) -> Fault {
    let reason = if came.is_string() {
        &JsValue::UNDEFINED
    } else {
        came
    };
    web_sys::console::error_2(&"partner-desk: tokenProvider gave no token:".into(), reason);
    Fault::Provider
}

/// Whether a byte cannot be in a bearer token (RFC 6750, 2.1).
fn is_foreign(byte: u8) -> bool {
    !byte.is_ascii_alphanumeric() && !b"-._~+/=".contains(&byte)
}

/// The promise's answer, or `late` if there is none in time: a page may be waiting for a person.
fn or_late(promise: &Promise, late: &Object) -> Promise {
    let limit = Promise::new(&mut |resolve, _reject| {
        if let Some(window) = web_sys::window() {
            let _timer = window
                .set_timeout_with_callback_and_timeout_and_arguments_1(&resolve, LIMIT_MS, late);
        }
    });
    Promise::race(&Array::of2(promise, &limit))
}

struct Claims {
    /// Shop and user.
    who: Option<String>,
    group: String,
    /// By our clock's scale, in milliseconds.
    expires: f64,
}

impl Default for Claims {
    fn default() -> Self {
        Self {
            who: None,
            group: String::new(),
            expires: f64::INFINITY,
        }
    }
}

/// What a JWT says. A token that is none simply says nothing: the endpoint decides.
fn claims(token: &str) -> Option<Claims> {
    let payload = token.split('.').nth(1)?.replace('-', "+").replace('_', "/");
    let json = web_sys::window()?.atob(&payload).ok()?;
    let claims = js_sys::JSON::parse(&json).ok()?;
    let number = |name: &str| js_sys::Reflect::get(&claims, &name.into()).ok()?.as_f64();
    let who = text(&claims, "shop").zip(text(&claims, "sub"));
    let who = who.map(|(mut shop, sub)| {
        // Neither is empty or has a line break at an endpoint that takes the token.
        shop.push('\n');
        shop.push_str(&sub.to_lowercase());
        shop
    });
    // Counted from now by its own length: the page's clock may be wrong by hours.
    let lifetime_s = number("exp").zip(number("iat")).map(|(exp, iat)| exp - iat);
    Some(Claims {
        who,
        group: text(&claims, "aud").unwrap_or_default(),
        expires: lifetime_s.map_or(f64::INFINITY, |s| Date::now() + s * 1000.0),
    })
}
