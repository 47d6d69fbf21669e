//! An S3-compatible store behind a door that fails where a test says so: a server of others' making if the run names
//! one, else a stand-in.

mod standin;

use super::sha256;
use http_body_util::{BodyExt, Full, StreamBody, combinators::UnsyncBoxBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioIo};
use partner_endpoint::config::RawAttachments;
use standin::Shelf;
use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// The address of a server with the bucket and the key below, which nobody else uses.
const VARIABLE: &str = "PARTNER_ENDPOINT_TEST_S3";
const BUCKET: &str = "desk";
/// As the server's documentation has them; and no secret.
pub(crate) const KEY: &str = "S3RVER";

type Body = UnsyncBoxBody<Bytes, io::Error>;

/// What becomes of a call instead of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Not handled, but answered.
    Status(u16),
    /// Handled; the connection ends before the answer.
    Cut,
    /// Handled; the connection ends in the middle of the answer's body.
    CutBody,
    /// Not handled, and never answered.
    Silence,
}

#[derive(Default)]
struct Script {
    once: VecDeque<(&'static str, Fault)>,
    always: Option<Fault>,
}

#[derive(Clone)]
pub(crate) struct Objects {
    address: SocketAddr,
    script: Arc<Mutex<Script>>,
    shelf: Shelf,
    real: Option<String>,
}

impl Objects {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("free port");
        let objects = Self {
            address: listener.local_addr().expect("address"),
            script: Arc::default(),
            shelf: Shelf::default(),
            real: std::env::var(VARIABLE).ok(),
        };
        let door = objects.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let door = door.clone();
                let service = service_fn(move |request| door.clone().answer(request));
                tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
            }
        });
        objects
    }

    /// The settings for a place of one's own, by this name.
    pub(crate) fn place(&self, name: &str) -> RawAttachments {
        // Others use the server, too.
        let own = sha256(format!("{} {}", self.address, std::process::id()).as_bytes());
        let own = own.get(..12).expect("a hash");
        RawAttachments {
            attachments: Some(format!("s3://{BUCKET}/{own}/{name}")),
            attachments_endpoint: Some(format!("http://{}", self.address)),
            attachments_region: None,
            attachments_key_id: Some(KEY.to_owned()),
            attachments_secret: Some(KEY.into()),
            attachments_seconds: Some(2),
        }
    }

    /// The next call by this method fails so.
    pub(crate) fn fail_once(&self, method: &'static str, fault: Fault) {
        self.script
            .lock()
            .expect("lock")
            .once
            .push_back((method, fault));
    }

    /// All calls fail so, or none any more.
    pub(crate) fn fail(&self, fault: Option<Fault>) {
        self.script.lock().expect("lock").always = fault;
    }

    /// Whether the script is over.
    pub(crate) fn has_failed(&self) -> bool {
        self.script.lock().expect("lock").once.is_empty()
    }

    /// Makes everything older than a day, which only the stand-in can.
    pub(crate) fn age(&self) -> bool {
        self.shelf.age();
        self.real.is_none()
    }

    fn fault(&self, method: &str) -> Option<Fault> {
        let mut script = self.script.lock().expect("lock");
        let place = script.once.iter().position(|(of, _)| *of == method);
        let once = place.and_then(|place| script.once.remove(place));
        once.map(|(_, fault)| fault).or(script.always)
    }

    async fn answer(self, request: Request<Incoming>) -> io::Result<Response<Body>> {
        let fault = self.fault(request.method().as_str());
        let (head, body) = request.into_parts();
        let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
        match fault {
            Some(Fault::Silence) => std::future::pending().await,
            Some(Fault::Status(status)) => {
                let said = Full::from("<Error><Code>Scripted</Code></Error>");
                let said = Response::builder().status(status).body(boxed(said));
                return Ok(said.expect("an answer"));
            }
            Some(Fault::Cut | Fault::CutBody) | None => {}
        }
        let answer = match &self.real {
            None => self.shelf.answer(&head, &body),
            Some(real) => pass_on(real, head, body).await?,
        };
        match fault {
            Some(Fault::Cut) => Err(io::ErrorKind::ConnectionReset.into()),
            Some(Fault::CutBody) => Ok(answer.map(|body| {
                let half = body.slice(..body.len() / 2);
                let cut = Err(io::ErrorKind::ConnectionReset.into());
                let pieces = [Ok(Frame::data(half)), cut];
                StreamBody::new(futures_util::stream::iter(pieces)).boxed_unsync()
            })),
            Some(Fault::Status(_) | Fault::Silence) | None => {
                Ok(answer.map(|body| boxed(Full::from(body))))
            }
        }
    }
}

fn boxed(body: Full<Bytes>) -> Body {
    body.map_err(|never| match never {}).boxed_unsync()
}

/// As it is: the signature covers the headers.
async fn pass_on(
    real: &str,
    head: hyper::http::request::Parts,
    body: Bytes,
) -> io::Result<Response<Bytes>> {
    let client = Client::builder(TokioExecutor::new()).build_http::<Full<Bytes>>();
    let mut request = Request::from_parts(head, Full::from(body));
    let uri = format!("{real}{}", request.uri());
    *request.uri_mut() = uri.parse().map_err(io::Error::other)?;
    let answer = client.request(request).await.map_err(io::Error::other)?;
    let (mut head, body) = answer.into_parts();
    head.headers.remove("transfer-encoding");
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    Ok(Response::from_parts(head, body))
}
