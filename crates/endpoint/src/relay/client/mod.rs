//! HTTP to the portal and to Zoho's accounts: one connection for each call. A connection that is kept may be closed
//! by the other side at any moment, and then nobody knows whether the request still arrived.
//!
//! Never here: a log line with a URL, a token or a body.

mod ask;
mod token;

pub(super) use ask::{Ask, Content, Form, Unmade};
pub(super) use token::{NoToken, Tokens};

use crate::web::{self, Connector};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Limited};
use hyper::body::Bytes;
use hyper::header::RETRY_AFTER;
use hyper::{Request, Response};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use std::io;
use std::time::Duration;

/// A page of the longest comments is smaller.
const ANSWER_MAX: usize = 1 << 24;

pub(super) type Body = UnsyncBoxBody<Bytes, io::Error>;

/// A whole answer, whatever it says.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) retry_after: Option<u64>,
    pub(super) body: Vec<u8>,
}

/// Why there is no whole answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// There was no connection: nothing was sent.
    Unreached,
    /// It broke off, and whether the request arrived is not known.
    Cut,
    /// The same: nothing came in time.
    Late,
    /// The answer is longer than any answer.
    TooLong,
}

impl Broken {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Unreached => "unreachable",
            Self::Cut => "cut_off",
            Self::Late => "timed_out",
            Self::TooLong => "answer_too_long",
        }
    }
}

/// Something with which calls can be made.
#[derive(Clone, Debug)]
pub(super) struct Web(Client<Connector, Body>);

impl Web {
    /// With the certificates that the machine trusts.
    pub(super) fn new() -> io::Result<Self> {
        let client = Client::builder(TokioExecutor::new())
            .pool_max_idle_per_host(0)
            .retry_canceled_requests(false)
            .build(web::connector()?);
        Ok(Self(client))
    }

    /// One call, from beginning to end, in this time.
    pub(super) async fn call(
        &self,
        request: Request<Body>,
        within: Duration,
    ) -> Result<Answer, Broken> {
        let exchange = async {
            match self.0.request(request).await {
                Ok(response) => read(response).await,
                Err(cause) if cause.is_connect() => Err(Broken::Unreached),
                Err(_) => Err(Broken::Cut),
            }
        };
        let ended = tokio::time::timeout(within, exchange).await;
        ended.unwrap_or(Err(Broken::Late))
    }
}

async fn read(response: Response<hyper::body::Incoming>) -> Result<Answer, Broken> {
    let status = response.status().as_u16();
    let retry_after = response.headers().get(RETRY_AFTER);
    let retry_after = retry_after.and_then(|value| value.to_str().ok()?.trim().parse().ok());
    let body = Limited::new(response.into_body(), ANSWER_MAX);
    match body.collect().await {
        Ok(whole) => Ok(Answer {
            status,
            retry_after,
            body: whole.to_bytes().to_vec(),
        }),
        Err(cause) if cause.is::<http_body_util::LengthLimitError>() => Err(Broken::TooLong),
        Err(_) => Err(Broken::Cut),
    }
}
