//! Whatever is sent to the endpoint, whole and with a sound token or without (call, user, then path, query,
//! header and body separated by U+001E): never a failure of ours, always an answer of the documented form.

#![no_main]

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderValue, Request, Uri};
use libfuzzer_sys::fuzz_target;
use partner_endpoint::app::{App, router};
use partner_endpoint::clock::AdjustableClock;
use partner_endpoint::config::{Config, RawConfig, RawLimits, RawStore};
use partner_rules::wire::Problem;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// Method, path with `{}` for what is foreign, and the header that the call reads.
/// Without events, whose answer has no end.
const CALLS: [(&str, &str, &str); 17] = [
    ("GET", "/v1/session", "origin"),
    ("GET", "/v1/policy", "if-none-match"),
    ("POST", "/v1/tickets", "idempotency-key"),
    ("GET", "/v1/tickets", "origin"),
    ("GET", "/v1/tickets/{}", "authorization"),
    ("GET", "/v1/tickets/{}", "x-forwarded-for"),
    ("POST", "/v1/uploads", "upload-name"),
    ("POST", "/v1/accounts/verify", "origin"),
    ("GET", "/v1/access", "origin"),
    ("PUT", "/v1/access/{}", "origin"),
    ("GET", "/v1/access-default", "origin"),
    ("PUT", "/v1/access-default", "content-type"),
    ("GET", "/v1/access-log", "origin"),
    ("POST", "/v1/tickets/{}/replies", "idempotency-key"),
    ("POST", "/v1/tickets/{}/close", "idempotency-key"),
    ("POST", "/v1/tickets/{}/reopen", "idempotency-key"),
    ("PUT", "/v1/tickets/{}/seen", "origin"),
];
const USERS: [&str; 3] = ["superadmin", "member", "no-access"];
/// After as many calls the endpoint starts over, so that its lists stay short.
const RESET: u32 = 2000;

struct Endpoint {
    runtime: Runtime,
    router: Router,
    tokens: Mutex<Vec<HeaderValue>>,
    _folder: tempfile::TempDir,
}

static ENDPOINT: LazyLock<Endpoint> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let most = Some(u32::MAX / 32);
    let config = Config::try_from(RawConfig {
        demo: Some(true),
        store: RawStore {
            data: Some(folder.path().to_owned()),
            ..RawStore::default()
        },
        limits: RawLimits {
            requests_per_minute: most,
            writes_per_minute: most,
            address_per_minute: most,
            failures_per_minute: most,
            verify_per_minute: most,
            verify_per_hour: most,
            uploads_per_day: Some(1 << 24),
            upload_bytes_per_day: Some(1 << 50),
            ..RawLimits::default()
        },
        ..RawConfig::default()
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let clock = Arc::new(AdjustableClock::default());
    let app = runtime
        .block_on(App::start(config.unwrap(), clock))
        .unwrap();
    let endpoint = Endpoint {
        router: router(&app),
        tokens: Mutex::default(),
        runtime,
        _folder: folder,
    };
    endpoint.renew_tokens();
    endpoint
});

static CALLED: AtomicU32 = AtomicU32::new(0);

fuzz_target!(|bytes: &[u8]| {
    let [call, user, rest @ ..] = bytes else {
        return;
    };
    let (method, path, header) = CALLS[usize::from(*call) % CALLS.len()];
    let mut parts = rest.splitn(4, |byte| *byte == 0x1e);
    let mut part = || parts.next().unwrap_or_default();
    let (place, query, value, body) = (part(), part(), part(), part());
    let (Ok(place), Ok(query)) = (std::str::from_utf8(place), std::str::from_utf8(query)) else {
        return;
    };
    let Ok(uri) = format!("{}?{query}", path.replace("{}", place)).parse::<Uri>() else {
        return;
    };
    let endpoint = &*ENDPOINT;
    let mut request = Request::builder()
        .method(method)
        .uri(uri)
        .header("host", "127.0.0.1")
        .header("content-length", body.len());
    if header != "content-type" {
        request = request.header("content-type", "application/json");
    }
    if let Some(token) = endpoint.tokens.lock().unwrap().get(usize::from(*user)) {
        request = request.header("authorization", token);
    }
    if let Ok(value) = HeaderValue::from_bytes(value) {
        request = request.header(header, value);
    }
    let request = request.body(Body::from(body.to_vec())).unwrap();
    if CALLED.fetch_add(1, Ordering::Relaxed) % RESET == RESET - 1 {
        endpoint.start_over();
    }
    let (status, content_type, answer) = endpoint.answer(request);
    assert!(status < 500, "{status}: {answer:?}");
    if status >= 400 {
        assert_eq!(content_type, "application/problem+json");
        let problem: Problem = serde_json::from_slice(&answer).unwrap();
        assert_eq!((problem.status, problem.code.is_empty()), (status, false));
        assert!(problem.violations.is_empty() || status == 422);
    } else if content_type == "application/json" {
        let _: serde_json::Value = serde_json::from_slice(&answer).unwrap();
    }
});

impl Endpoint {
    /// They are good for minutes, and a run may last for hours.
    fn renew_tokens(&self) {
        let tokens = USERS.map(|user| {
            let uri = format!("/demo/token?user={user}");
            let request = Request::get(uri).header("host", "127.0.0.1");
            let (_, _, answer) = self.answer(request.body(Body::empty()).unwrap());
            let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
            let token = format!("Bearer {}", answer["token"].as_str().unwrap());
            HeaderValue::from_str(&token).unwrap()
        });
        *self.tokens.lock().unwrap() = tokens.to_vec();
    }

    fn start_over(&self) {
        let request = Request::post("/demo/reset")
            .header("host", "127.0.0.1")
            .header("content-type", "application/json");
        let (status, _, _) = self.answer(request.body(Body::empty()).unwrap());
        assert_eq!(status, 204);
        self.renew_tokens();
    }

    fn answer(&self, request: Request<Body>) -> (u16, String, Bytes) {
        self.runtime.block_on(async {
            let answer = self.router.clone().oneshot(request).await.unwrap();
            let status = answer.status().as_u16();
            assert!(answer.headers().contains_key("x-request-id"));
            let content_type = answer.headers().get("content-type");
            let content_type = content_type.map(|value| value.to_str().unwrap().to_owned());
            let body = to_bytes(answer.into_body(), 1 << 24).await.unwrap();
            (status, content_type.unwrap_or_default(), body)
        })
    }
}
