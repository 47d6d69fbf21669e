//! `POST /v1/uploads` by XMLHttpRequest, since `fetch` does not tell how much has gone.
//!
//! Never for anything but files: an XMLHttpRequest to the page's own origin carries its cookies, and
//! follows redirects before one hears of it.

use super::blobs::whole;
use super::bridge::text;
use super::endpoint::{Bad, Endpoint, judged};
use crate::state::Fault;
use gloo_timers::callback::Interval;
use js_sys::{Function, Promise, Reflect, encode_uri_component};
use partner_rules::wire::Upload;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Blob, Url};
use yew::Callback;

/// How often it is looked whether something has gone on, and after how many looks without anything it
/// counts as unanswered. Counted, not measured: a computer that slept has not been waiting.
const LOOK_MS: u32 = 5_000;
const LOOKS: u32 = 6;

#[wasm_bindgen]
extern "C" {
    type XMLHttpRequest;

    #[wasm_bindgen(constructor)]
    fn new() -> XMLHttpRequest;
    #[wasm_bindgen(method, catch)]
    fn open(this: &XMLHttpRequest, method: &str, url: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = setRequestHeader)]
    fn set_header(this: &XMLHttpRequest, name: &str, value: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, setter, js_name = responseType)]
    fn set_response_type(this: &XMLHttpRequest, kind: &str);
    #[wasm_bindgen(method, setter)]
    fn set_onloadend(this: &XMLHttpRequest, ended: Option<&Function>);
    #[wasm_bindgen(method, getter)]
    fn upload(this: &XMLHttpRequest) -> XMLHttpRequestUpload;
    #[wasm_bindgen(method, catch)]
    fn send(this: &XMLHttpRequest, body: &Blob) -> Result<(), JsValue>;
    #[wasm_bindgen(method)]
    fn abort(this: &XMLHttpRequest);
    #[wasm_bindgen(method, getter)]
    fn status(this: &XMLHttpRequest) -> u16;
    #[wasm_bindgen(method, getter)]
    fn response(this: &XMLHttpRequest) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = responseURL)]
    fn response_url(this: &XMLHttpRequest) -> String;
    #[wasm_bindgen(method, js_name = getResponseHeader)]
    fn header(this: &XMLHttpRequest, name: &str) -> Option<String>;

    type XMLHttpRequestUpload;

    #[wasm_bindgen(method, setter)]
    fn set_onprogress(this: &XMLHttpRequestUpload, progressed: Option<&Function>);

    type Progress;

    #[wasm_bindgen(method, getter)]
    fn loaded(this: &Progress) -> f64;
}

/// Sends a file; `on_progress` hears how many bytes have gone. Ends by the endpoint's answer, by the
/// signal, or when nothing has gone on for half a minute.
pub async fn upload(
    endpoint: &Endpoint,
    name: &str,
    blob: &Blob,
    signal: &AbortSignal,
    on_progress: &Callback<u64>,
) -> Result<Upload, Bad> {
    let mut url = String::from(&*endpoint.base);
    url.push_str("/v1/uploads");
    let answer = endpoint
        .with_token(async |token| {
            let sending = Sending::new(signal, on_progress);
            sending.answer(&url, name, blob, token).await
        })
        .await?;
    // The size is what arrived: a part of a file must not pass for the whole.
    let whole_file = |upload: &Upload| u64::from(upload.size) == whole(blob.size());
    let upload = read(&answer).filter(whole_file);
    upload.ok_or_else(|| Fault::Unreadable.into())
}

/// A request under way. Dropped, it is aborted and nothing of it is heard any more.
struct Sending {
    request: Rc<XMLHttpRequest>,
    signal: AbortSignal,
    on_abort: Closure<dyn FnMut()>,
    on_progress: Closure<dyn FnMut(Progress)>,
    _watch: Interval,
}

impl Sending {
    fn new(signal: &AbortSignal, progressed: &Callback<u64>) -> Self {
        let request = Rc::new(XMLHttpRequest::new());
        let idle = Rc::new(Cell::new(0));
        let on_progress = {
            let (idle, progressed) = (Rc::clone(&idle), progressed.clone());
            Closure::new(move |event: Progress| {
                idle.set(0);
                progressed.emit(whole(event.loaded()));
            })
        };
        let abort = || {
            let request = Rc::clone(&request);
            // Its end is heard as any other: without an answer.
            move || request.abort()
        };
        let on_abort = Closure::new(abort());
        let _watch = Interval::new(LOOK_MS, {
            let abort = abort();
            move || {
                idle.set(idle.get() + 1);
                if idle.get() >= LOOKS {
                    abort();
                }
            }
        });
        Self {
            request,
            signal: signal.clone(),
            on_abort,
            on_progress,
            _watch,
        }
    }

    async fn answer(
        &self,
        url: &str,
        name: &str,
        blob: &Blob,
        token: &str,
    ) -> Result<JsValue, Bad> {
        let request = &self.request;
        let ended = Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
        if self.signal.aborted() || self.begin(url, name, blob, token).is_err() {
            return Err(Fault::Unreachable.into());
        }
        // A promise that nothing rejects.
        let _ended = JsFuture::from(ended).await;
        let status = request.status();
        // Followed, a redirect has taken the file where no policy was shown. (0: there was no answer.)
        if status == 0 || !is_same(url, &request.response_url()) {
            return Err(Fault::Unreachable.into());
        }
        let retry_after = request
            .header("Retry-After")
            .and_then(|text| text.parse().ok());
        let body = Some(request.response()).filter(|body| !body.is_null());
        judged(status, body, retry_after)
    }

    fn begin(&self, url: &str, name: &str, blob: &Blob, token: &str) -> Result<(), JsValue> {
        let request = &self.request;
        let mut bearer = String::from("Bearer ");
        bearer.push_str(token);
        let kind = blob.type_();
        let kind = if kind.is_empty() {
            "application/octet-stream"
        } else {
            &kind
        };
        request.open("POST", url)?;
        request.set_response_type("json");
        request.set_header("Authorization", &bearer)?;
        request.set_header("Content-Type", kind)?;
        request.set_header("Upload-Name", &String::from(encode_uri_component(name)))?;
        let progressed = self.on_progress.as_ref().unchecked_ref();
        request.upload().set_onprogress(Some(progressed));
        let abort = self.on_abort.as_ref().unchecked_ref();
        self.signal
            .add_event_listener_with_callback("abort", abort)?;
        request.send(blob)
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        self.request.set_onloadend(None);
        self.request.upload().set_onprogress(None);
        let abort = self.on_abort.as_ref().unchecked_ref();
        // One that never listened is not there to be removed, which is no error either.
        let _gone = self
            .signal
            .remove_event_listener_with_callback("abort", abort);
        self.request.abort();
    }
}

/// Whether the answer came from where it was asked for; the browser writes addresses its own way.
fn is_same(asked: &str, answered: &str) -> bool {
    Url::new(asked).is_ok_and(|url| url.href() == answered)
}

/// Field by field: reading it by its type would cost more than it is worth.
fn read(answer: &JsValue) -> Option<Upload> {
    let size = Reflect::get(answer, &JsValue::from_str("size")).ok()?;
    Some(Upload {
        id: text(answer, "id")?,
        name: text(answer, "name")?,
        size: u32::try_from(whole(size.as_f64()?)).ok()?,
        sha256: text(answer, "sha256")?,
        expires_at: text(answer, "expires_at")?,
    })
}
