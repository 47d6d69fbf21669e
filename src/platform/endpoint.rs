//! The regional endpoint, over `fetch`. JSON is parsed by the browser.

use super::token::Tokens;
use crate::state::Fault;
use gloo_net::http::{Method, RequestBuilder};
use partner_rules::wire::{Problem, WireViolation};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Blob, FormData};

/// An endpoint with the token that it is asked with.
#[derive(Clone)]
pub struct Endpoint {
    pub base: Rc<str>,
    pub tokens: Tokens,
    /// Whom it is asked for; when somebody else has signed in, nothing is asked any more.
    pub identity: u32,
}

/// A 2xx answer.
pub struct Good {
    pub body: JsValue,
    /// `Idempotency-Replayed`.
    pub replayed: bool,
}

/// An answer of which only the head is read.
struct Answer {
    status: u16,
    replayed: bool,
    retry_after: Option<u32>,
    raw: web_sys::Response,
}

/// Any other answer, or none.
#[derive(Debug)]
pub struct Bad {
    pub fault: Fault,
    pub violations: Vec<WireViolation>,
}

impl From<Fault> for Bad {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            violations: Vec::new(),
        }
    }
}

/// What is sent besides path and token.
#[derive(Default)]
pub struct Parts<'a> {
    pub body: Option<&'a str>,
    /// Fields and files, in place of a body.
    pub form: Option<&'a FormData>,
    pub idempotency_key: Option<&'a str>,
}

impl Endpoint {
    pub async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        signal: &AbortSignal,
    ) -> Result<T, Bad> {
        Ok(read(self.fetch(path, signal).await?)?)
    }

    /// What may be read without being signed in: rules and channels.
    pub async fn get_public<T: DeserializeOwned>(
        &self,
        path: &str,
        signal: &AbortSignal,
    ) -> Result<T, Bad> {
        let parts = Parts::default();
        Ok(read(
            self.once(Method::GET, path, &parts, None, signal)
                .await?
                .body,
        )?)
    }

    /// What may be sent without being signed in.
    pub async fn post_public(
        &self,
        path: &str,
        parts: &Parts<'_>,
        signal: &AbortSignal,
    ) -> Result<Good, Bad> {
        self.once(Method::POST, path, parts, None, signal).await
    }

    /// The parsed JSON of a GET.
    pub async fn fetch(&self, path: &str, signal: &AbortSignal) -> Result<JsValue, Bad> {
        let good = self
            .send(Method::GET, path, &Parts::default(), signal)
            .await?;
        Ok(good.body)
    }

    pub async fn post(
        &self,
        path: &str,
        parts: &Parts<'_>,
        signal: &AbortSignal,
    ) -> Result<Good, Bad> {
        self.send(Method::POST, path, parts, signal).await
    }

    pub async fn put(
        &self,
        path: &str,
        parts: &Parts<'_>,
        signal: &AbortSignal,
    ) -> Result<Good, Bad> {
        self.send(Method::PUT, path, parts, signal).await
    }

    /// Opens a stream of events, after the one with this number. The answer's body is still to be read.
    pub async fn stream(
        &self,
        path: &str,
        after: Option<&str>,
        signal: &AbortSignal,
    ) -> Result<web_sys::Response, Bad> {
        self.with_token(async |token| {
            let mut request = self.request(Method::GET, path, Some(token), signal);
            if let Some(after) = after {
                request = request.header("Last-Event-ID", after);
            }
            let request = request.build().map_err(|_| Fault::Unreachable)?;
            let response = request.send().await.map_err(|_| Fault::Unreachable)?;
            if response.ok() {
                return Ok(response.into());
            }
            Err(refusal(response.status(), None, None))
        })
        .await
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        parts: &Parts<'_>,
        signal: &AbortSignal,
    ) -> Result<Good, Bad> {
        self.with_token(async |token| {
            self.once(method.clone(), path, parts, Some(token), signal)
                .await
        })
        .await
    }

    /// Asks with a token; after a 401 once more with a new one.
    pub(super) async fn with_token<T>(
        &self,
        ask: impl AsyncFn(&str) -> Result<T, Bad>,
    ) -> Result<T, Bad> {
        let token = self.tokens.get(self.identity).await?;
        match ask(&token).await {
            Err(bad) if bad.fault == Fault::Token => {
                self.tokens.refused(&token);
                let token = self.tokens.get(self.identity).await?;
                ask(&token).await
            }
            answer => answer,
        }
    }

    fn request(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        signal: &AbortSignal,
    ) -> RequestBuilder {
        let mut url = String::from(&*self.base);
        url.push_str(path);
        let request = RequestBuilder::new(&url)
            .method(method)
            .credentials(web_sys::RequestCredentials::Omit)
            // What is sent is for this endpoint: another address has not shown its policy.
            .redirect(web_sys::RequestRedirect::Error)
            .abort_signal(Some(signal));
        let Some(token) = token else { return request };
        let mut bearer = String::from("Bearer ");
        bearer.push_str(token);
        request.header("Authorization", &bearer)
    }

    /// The bytes of a GET, unread.
    pub async fn fetch_blob(&self, path: &str, signal: &AbortSignal) -> Result<Blob, Bad> {
        self.with_token(async |token| {
            let parts = Parts::default();
            let answer = self.ask(Method::GET, path, &parts, Some(token), signal);
            let answer = answer.await?;
            if !(200..300).contains(&answer.status) {
                let body = json(&answer.raw).await;
                return Err(refusal(answer.status, body, answer.retry_after));
            }
            let promise = answer.raw.blob().map_err(|_| Fault::Unreadable)?;
            // Cut off in the middle.
            let blob = JsFuture::from(promise)
                .await
                .map_err(|_| Fault::Unreachable)?;
            Ok(blob.dyn_into::<Blob>().map_err(|_| Fault::Unreadable)?)
        })
        .await
    }

    async fn once(
        &self,
        method: Method,
        path: &str,
        parts: &Parts<'_>,
        token: Option<&str>,
        signal: &AbortSignal,
    ) -> Result<Good, Bad> {
        let answer = self.ask(method, path, parts, token, signal).await?;
        let body = json(&answer.raw).await;
        let body = judged(answer.status, body, answer.retry_after)?;
        let replayed = answer.replayed;
        Ok(Good { body, replayed })
    }

    /// Sends a request as far as to the head of its answer.
    async fn ask(
        &self,
        method: Method,
        path: &str,
        parts: &Parts<'_>,
        token: Option<&str>,
        signal: &AbortSignal,
    ) -> Result<Answer, Bad> {
        let mut request = self.request(method, path, token, signal);
        if let Some(key) = parts.idempotency_key {
            request = request.header("Idempotency-Key", key);
        }
        let request = match (parts.body, parts.form) {
            (Some(body), _) => request
                .header("Content-Type", "application/json")
                .body(body),
            (None, Some(form)) => request.body(form),
            (None, None) => request.build(),
        };
        let request = request.map_err(|_| Fault::Unreachable)?;
        let response = request.send().await.map_err(|_| Fault::Unreachable)?;
        let (status, headers) = (response.status(), response.headers());
        let replayed = headers.get("Idempotency-Replayed").as_deref() == Some("true");
        let retry_after = headers
            .get("Retry-After")
            .and_then(|text| text.parse().ok());
        Ok(Answer {
            status,
            replayed,
            retry_after,
            raw: response.into(),
        })
    }
}

async fn json(raw: &web_sys::Response) -> Option<JsValue> {
    JsFuture::from(raw.json().ok()?).await.ok()
}

/// What an answer means, however it came. `body` is its parsed JSON, if it is some.
pub(super) fn judged(
    status: u16,
    body: Option<JsValue>,
    retry_after: Option<u32>,
) -> Result<JsValue, Bad> {
    if (200..300).contains(&status) {
        // Cut off in the middle: what was asked for may well have been done.
        return body.ok_or_else(|| Fault::Unreadable.into());
    }
    Err(refusal(status, body, retry_after))
}

fn refusal(status: u16, body: Option<JsValue>, retry_after: Option<u32>) -> Bad {
    let problem = body.and_then(|body| serde_wasm_bindgen::from_value::<Problem>(body).ok());
    match problem {
        Some(problem) => Bad {
            fault: Fault::from_answer(status, &problem.code, retry_after),
            violations: problem.violations,
        },
        None => Fault::from_answer(status, "", retry_after).into(),
    }
}

/// Reads a JSON value that the browser has parsed.
pub fn read<T: DeserializeOwned>(value: JsValue) -> Result<T, Fault> {
    serde_wasm_bindgen::from_value(value).map_err(|_| Fault::Unreadable)
}

/// Writes JSON with the browser's own writer; `None` is `null` unless the type leaves it out.
pub fn write<T: Serialize>(value: &T) -> Result<String, Fault> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    let value = value
        .serialize(&serializer)
        .map_err(|_| Fault::Unreadable)?;
    let text = js_sys::JSON::stringify(&value).map_err(|_| Fault::Unreadable)?;
    Ok(String::from(text))
}
