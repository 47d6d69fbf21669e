//! Uploading, with a stand-in for the browser's XMLHttpRequest that answers as it is told.

use js_sys::{Array, Function, Reflect};
use partner_desk::effects::upload::deliver;
use partner_desk::platform::blobs::Blobs;
use partner_desk::platform::bridge::{Bridge, JsBridge};
use partner_desk::platform::endpoint::{Bad, Endpoint};
use partner_desk::platform::token::Tokens;
use partner_desk::platform::upload::upload;
use partner_desk::state::Fault;
use partner_desk::state::files::{Arrival, Attached, Standing};
use partner_rules::ViolationCode;
use partner_rules::wire::Upload;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{AbortController, Blob};
use yew::Callback;

/// Takes the place of XMLHttpRequest; gives the list of requests made. `answers` are used in turn; when
/// none is left, nothing comes.
const STAND_IN: &str = "const requests = [];
globalThis.XMLHttpRequest = class {
  constructor() { this.upload = {}; this.headers = {}; this.status = 0; requests.push(this); }
  open(method, url) { this.method = method; this.url = url; }
  setRequestHeader(name, value) { this.headers[name] = value; }
  getResponseHeader(name) { return this.told?.headers?.[name] ?? null; }
  abort() { this.aborted = true; this.end(); }
  send(body) {
    this.body = body;
    const told = answers.shift();
    if (told) setTimeout(() => {
      this.upload.onprogress?.({ loaded: 2 });
      Object.assign(this, { told, status: told.status, response: told.body ?? null });
      this.responseURL = told.url ?? new URL(this.url).href;
      this.end();
    });
  }
  end() { if (!this.ended) { this.ended = true; this.onloadend?.({}); } }
};
return requests;";

const ARRIVED: &str = "{ status: 201, body: { id: 'up-1', name: 'a.png', size: 3, sha256: 'ab',
    expires_at: '2026-11-24T10:00:00Z' } }";

struct Sent {
    result: Result<Upload, Bad>,
    requests: Array,
    progress: Vec<u64>,
}

impl Sent {
    fn request(&self, at: u32) -> JsValue {
        self.requests.get(at)
    }

    fn fault(&self) -> &Fault {
        &self.result.as_ref().err().expect("a fault").fault
    }
}

fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap()
}

/// Its provider gives another token each time.
fn endpoint() -> Endpoint {
    let bridge = Function::new_no_args(
        "let n = 0; return { token: () => Promise.resolve('token-' + (n += 1)) }",
    );
    let bridge: JsBridge = bridge.call0(&JsValue::NULL).unwrap().unchecked_into();
    let tokens = Tokens::new(Bridge::new(bridge), Callback::noop());
    Endpoint {
        // Written unlike the browser writes it.
        base: Rc::from("https://DESK.example:443"),
        identity: tokens.identity(),
        tokens,
    }
}

/// Uploads "abc" under a name while these answers wait; cancelled after `cancel_ms`, if that is given.
async fn send(name: &str, answers: &str, cancel_ms: Option<u32>) -> Sent {
    let answers = Function::new_no_args(&format!("return [{answers}]"));
    let answers = answers.call0(&JsValue::NULL).unwrap();
    let before = property(&js_sys::global(), "XMLHttpRequest");
    let requests = Function::new_with_args("answers", STAND_IN);
    let requests: Array = requests.call1(&JsValue::NULL, &answers).unwrap().into();
    let endpoint = endpoint();
    let blob = Function::new_no_args("return new Blob(['abc'], { type: 'image/png' })");
    let blob: Blob = blob.call0(&JsValue::NULL).unwrap().unchecked_into();
    let progress: Rc<RefCell<Vec<u64>>> = Rc::default();
    let heard = Rc::clone(&progress);
    let on_progress = Callback::from(move |bytes| heard.borrow_mut().push(bytes));
    let controller = AbortController::new().unwrap();
    let signal = controller.signal();
    let _cancel =
        cancel_ms.map(|ms| gloo_timers::callback::Timeout::new(ms, move || controller.abort()));
    let result = upload(&endpoint, name, &blob, &signal, &on_progress).await;
    Reflect::set(&js_sys::global(), &"XMLHttpRequest".into(), &before).unwrap();
    let progress = progress.borrow().clone();
    Sent {
        result,
        requests,
        progress,
    }
}

#[wasm_bindgen_test]
async fn a_file_goes_up_with_its_name_type_and_token_and_tells_how_far_it_is() {
    let sent = send("Größe 100%.png", ARRIVED, None).await;
    let upload = sent.result.as_ref().unwrap();
    assert_eq!((&*upload.id, upload.size), ("up-1", 3));
    assert_eq!(upload.expires_at, "2026-11-24T10:00:00Z");
    assert_eq!(sent.progress, [2]);
    let request = sent.request(0);
    assert_eq!(
        property(&request, "url"),
        "https://DESK.example:443/v1/uploads"
    );
    let headers = property(&request, "headers");
    assert_eq!(property(&headers, "Authorization"), "Bearer token-1");
    assert_eq!(property(&headers, "Content-Type"), "image/png");
    assert_eq!(
        property(&headers, "Upload-Name"),
        "Gr%C3%B6%C3%9Fe%20100%25.png"
    );
    assert!(
        property(&request, "onloadend").is_falsy(),
        "nothing is heard of it any more"
    );
}

#[wasm_bindgen_test]
async fn a_refused_token_is_replaced_once() {
    let refused = "{ status: 401, body: { title: '', status: 401, code: 'token_expired' } }";
    let sent = send("a.png", &format!("{refused}, {ARRIVED}"), None).await;
    assert!(sent.result.is_ok());
    let headers = property(&sent.request(1), "headers");
    assert_eq!(property(&headers, "Authorization"), "Bearer token-2");
    let twice = send("a.png", &format!("{refused}, {refused}, {ARRIVED}"), None).await;
    assert_eq!(twice.fault(), &Fault::Token);
    assert_eq!(twice.requests.length(), 2);
}

#[wasm_bindgen_test]
async fn refusals_are_read_like_those_of_every_other_call() {
    let by_type = "{ status: 422, body: { title: '', status: 422, code: 'invalid_fields',
        violations: [{ field: 'uploads', code: 'file_type' }] } }";
    let sent = send("a.exe", by_type, None).await;
    let bad = sent.result.as_ref().err().unwrap();
    assert_eq!(bad.violations[0].code, ViolationCode::FileType);
    let later = "{ status: 429, headers: { 'Retry-After': '7' }, body: null }";
    let sent = send("a.png", later, None).await;
    let retry_after_s = Some(7);
    assert_eq!(sent.fault(), &Fault::RateLimited { retry_after_s });
    let sent = send("a.png", "{ status: 503, body: null }", None).await;
    assert_eq!(sent.fault(), &Fault::from_answer(503, "", None));
}

#[wasm_bindgen_test]
async fn a_redirect_that_was_followed_is_no_answer() {
    let elsewhere = ARRIVED.replace("status: 201", "status: 201, url: 'https://other.example/'");
    assert_eq!(
        send("a.png", &elsewhere, None).await.fault(),
        &Fault::Unreachable
    );
}

#[wasm_bindgen_test]
async fn an_answer_about_another_size_or_without_an_id_is_not_believed() {
    for broken in [
        ARRIVED.replace("size: 3", "size: 2"),
        ARRIVED.replace("id: 'up-1',", ""),
    ] {
        assert_eq!(
            send("a.png", &broken, None).await.fault(),
            &Fault::Unreadable
        );
    }
}

#[wasm_bindgen_test]
async fn cancelling_aborts_the_request() {
    let sent = send("a.png", "", Some(20)).await;
    assert_eq!(sent.fault(), &Fault::Unreachable);
    assert_eq!(property(&sent.request(0), "aborted"), true);
    assert!(sent.progress.is_empty());
}

#[wasm_bindgen_test]
async fn bytes_that_are_not_there_are_not_sent() {
    let file = Attached {
        id: Rc::from("id"),
        name: Rc::from("a.png"),
        size: 3,
        kept: true,
        standing: Standing::Waiting,
    };
    let signal = AbortController::new().unwrap().signal();
    let blobs = Blobs::default();
    let arrival = deliver(&endpoint(), &blobs, &file, &signal, &Callback::noop()).await;
    assert_eq!(arrival, Arrival::Unreadable);
}
