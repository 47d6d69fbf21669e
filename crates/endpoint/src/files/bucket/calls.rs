//! The library's way to the object store: over the client that this program calls others with, each answer and each
//! piece of it within a bound.
//!
//! Never here: a log line with an address, a header or a body. What the store says is told by its number.

use crate::web::{self, Connector};
use async_trait::async_trait;
use http_body_util::BodyExt;
use hyper_util::client::legacy::{Client, Error as CallError};
use hyper_util::rt::TokioExecutor;
use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody,
    HttpResponse, HttpResponseBody, HttpService,
};
use std::io;
use std::time::Duration;
use tower_http::timeout::TimeoutBody;

/// Makes the one client that all calls of a bucket share.
#[derive(Debug)]
pub(super) struct Caller(Calls);

#[derive(Clone, Debug)]
struct Calls {
    client: Client<Connector, HttpRequestBody>,
    patience: Duration,
}

impl Caller {
    pub(super) fn new(patience: Duration) -> io::Result<Self> {
        let client = Client::builder(TokioExecutor::new()).build(web::connector()?);
        Ok(Self(Calls { client, patience }))
    }
}

impl HttpConnector for Caller {
    fn connect(&self, _options: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.0.clone()))
    }
}

#[async_trait]
impl HttpService for Calls {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let method = request.method().clone();
        let answered = tokio::time::timeout(self.patience, self.client.request(request)).await;
        let failed = |kind| {
            tracing::warn!(%method, kind, "the store for files did not answer");
        };
        let response = match answered {
            Ok(Ok(response)) => response,
            Ok(Err(cause)) => {
                failed(if cause.is_connect() {
                    "unreachable"
                } else {
                    "cut_off"
                });
                return Err(HttpError::new(kind(&cause), cause));
            }
            Err(late) => {
                failed("timed_out");
                return Err(HttpError::new(HttpErrorKind::Timeout, late));
            }
        };
        let status = response.status();
        if status.is_server_error() || status.is_client_error() && status.as_u16() != 404 {
            tracing::warn!(%method, status = status.as_u16(), "the store for files refuses");
        }
        Ok(response.map(|body| {
            let body = TimeoutBody::new(self.patience, body);
            HttpResponseBody::new(body.map_err(|cause| {
                HttpError::new(HttpErrorKind::Interrupted, io::Error::other(cause))
            }))
        }))
    }
}

fn kind(cause: &CallError) -> HttpErrorKind {
    if cause.is_connect() {
        HttpErrorKind::Connect
    } else {
        HttpErrorKind::Interrupted
    }
}
