//! What is asked, as requests. A request is made anew for every attempt: a file is read from disk each time.

use super::Body;
use crate::files::Files;
use crate::random::{self, NoRandomness};
use futures_util::{StreamExt, TryStreamExt, stream};
use http_body_util::{BodyExt, Empty, Full, StreamBody};
use hyper::Request;
use hyper::body::{Bytes, Frame};
use hyper::header::{ACCEPT, AUTHORIZATION, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE};
use hyper::http::Error as HttpError;
use hyper::http::request::Builder;
use partner_rules::wire::Attachment;
use std::io;

/// A call to the portal; paths begin with `/`.
#[derive(Clone, Copy, Debug)]
pub(in crate::relay) enum Ask<'a> {
    Get { path: &'a str },
    Post { path: &'a str, json: &'a [u8] },
    Patch { path: &'a str, json: &'a [u8] },
    Upload { path: &'a str, file: Form<'a> },
}

/// A file in a form of one field, `file`.
#[derive(Clone, Copy, Debug)]
pub(in crate::relay) struct Form<'a> {
    pub(in crate::relay) name: &'a str,
    pub(in crate::relay) content_type: &'a str,
    pub(in crate::relay) content: Content<'a>,
}

/// Where the bytes are.
#[derive(Clone, Copy, Debug)]
pub(in crate::relay) enum Content<'a> {
    Kept(&'a Files, &'a Attachment),
    Text(&'a str),
}

/// Why a request cannot even be made.
#[derive(Debug, thiserror::Error)]
pub(in crate::relay) enum Unmade {
    #[error("a file cannot be read")]
    File(#[from] io::Error),
    #[error("something is no part of a request")]
    Http(#[from] HttpError),
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

impl Ask<'_> {
    /// The request, with nothing of the token in its address.
    pub(in crate::relay) async fn request(
        &self,
        origin: &str,
        token: &str,
        org_id: &str,
    ) -> Result<Request<Body>, Unmade> {
        let (method, path) = match self {
            Self::Get { path } => ("GET", path),
            Self::Post { path, .. } | Self::Upload { path, .. } => ("POST", path),
            Self::Patch { path, .. } => ("PATCH", path),
        };
        let head = Request::builder()
            .method(method)
            .uri(format!("{origin}{path}"))
            .header(AUTHORIZATION, format!("Zoho-oauthtoken {token}"))
            .header("orgid", org_id)
            .header(ACCEPT, "application/json")
            .header(CONNECTION, "close");
        match self {
            Self::Get { .. } => Ok(head.body(empty())?),
            Self::Post { json, .. } | Self::Patch { json, .. } => {
                let head = head.header(CONTENT_TYPE, "application/json");
                Ok(head.body(whole(json.to_vec()))?)
            }
            Self::Upload { file, .. } => file.on(head).await,
        }
    }
}

impl Form<'_> {
    async fn on(&self, head: Builder) -> Result<Request<Body>, Unmade> {
        // Nobody can write it into a file beforehand.
        let boundary = random::hex(&random::bytes::<16>()?);
        let opening = format!(
            "--{boundary}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{}\"\r\n\
             content-type: {}\r\n\r\n",
            quoted(self.name),
            self.content_type
        );
        let closing = format!("\r\n--{boundary}--\r\n");
        let around = opening.len() + closing.len();
        let head = head.header(
            CONTENT_TYPE,
            format!("multipart/form-data; boundary={boundary}"),
        );
        match self.content {
            Content::Text(text) => {
                Ok(head.body(whole([&opening, text, &closing].concat().into_bytes()))?)
            }
            Content::Kept(files, kept) => {
                let file = files.open(&kept.id).await?;
                let length = u64::from(kept.size) + u64::try_from(around).unwrap_or(u64::MAX);
                let piece = |text: String| stream::once(async { Ok(Bytes::from(text)) });
                let pieces = piece(opening).chain(file).chain(piece(closing));
                let body = StreamBody::new(pieces.map_ok(Frame::data)).boxed_unsync();
                Ok(head.header(CONTENT_LENGTH, length).body(body)?)
            }
        }
    }
}

/// A name as browsers write it into a form.
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn empty() -> Body {
    Empty::new().map_err(|never| match never {}).boxed_unsync()
}

pub(super) fn whole(bytes: Vec<u8>) -> Body {
    Full::from(bytes)
        .map_err(|never| match never {})
        .boxed_unsync()
}
