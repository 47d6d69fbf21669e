//! As much of S3 as the endpoint speaks, in memory. What it does not know it refuses.

use super::{KEY, sha256};
use hyper::Response;
use hyper::body::Bytes;
use hyper::http::request::Parts;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

const FRESH: &str = "2100-01-01T00:00:00.000Z";
const OLD: &str = "2000-01-01T00:00:00.000Z";

#[derive(Clone, Default)]
pub(super) struct Shelf(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    objects: BTreeMap<String, Object>,
    parts: BTreeMap<(String, u32), Bytes>,
    uploads: u32,
}

struct Object {
    bytes: Bytes,
    since: &'static str,
}

impl Shelf {
    pub(super) fn age(&self) {
        for object in self.0.lock().expect("lock").objects.values_mut() {
            object.since = OLD;
        }
    }

    pub(super) fn answer(&self, head: &Parts, body: &Bytes) -> Response<Bytes> {
        let text = |name: &str| {
            let value = head.headers.get(name);
            value.and_then(|value| value.to_str().ok()).unwrap_or("")
        };
        let signed = format!("AWS4-HMAC-SHA256 Credential={KEY}/");
        let hash = sha256(body);
        if !text("authorization").starts_with(&signed) || text("x-amz-content-sha256") != hash {
            return said(403, "");
        }
        let query: BTreeMap<String, String> =
            url::form_urlencoded::parse(head.uri.query().unwrap_or("").as_bytes())
                .into_owned()
                .collect();
        let asked = |name: &str| query.get(name).map(String::as_str);
        let mut state = self.0.lock().expect("lock");
        let key = head.uri.path().to_owned();
        match (head.method.as_str(), asked("uploadId")) {
            ("GET", None) if query.contains_key("list-type") => {
                let bucket = format!("{}/", key.trim_end_matches('/'));
                state.list(&bucket, asked("prefix").unwrap_or(""))
            }
            ("GET", None) => match state.objects.get(&key) {
                None => said(404, "<Error><Code>NoSuchKey</Code></Error>"),
                Some(object) => object.read(text("range")),
            },
            ("PUT", None) => {
                let (bytes, since) = (body.clone(), FRESH);
                state.objects.insert(key, Object { bytes, since });
                tagged(200, &hash)
            }
            ("DELETE", None) => {
                state.objects.remove(&key);
                said(204, "")
            }
            ("POST", None) if query.contains_key("uploads") => {
                state.uploads += 1;
                let id = state.uploads;
                said(
                    200,
                    &format!(
                        "<InitiateMultipartUploadResult><UploadId>{id}</UploadId></InitiateMultipartUploadResult>"
                    ),
                )
            }
            ("PUT", Some(id)) => {
                let number = asked("partNumber").and_then(|text| text.parse().ok());
                let part = (id.to_owned(), number.expect("a number"));
                state.parts.insert(part, body.clone());
                tagged(200, &hash)
            }
            ("POST", Some(id)) => {
                let parts = state.parts.iter().filter(|((of, _), _)| of == id);
                let whole: Vec<u8> = parts.flat_map(|(_, bytes)| bytes.to_vec()).collect();
                let (bytes, since) = (Bytes::from(whole), FRESH);
                state.objects.insert(key, Object { bytes, since });
                said(
                    200,
                    &format!(
                        "<CompleteMultipartUploadResult><ETag>\"{hash}\"</ETag></CompleteMultipartUploadResult>"
                    ),
                )
            }
            ("DELETE", Some(id)) => {
                state.parts.retain(|(of, _), _| of != id);
                said(204, "")
            }
            _ => said(501, ""),
        }
    }
}

impl State {
    fn list(&self, bucket: &str, prefix: &str) -> Response<Bytes> {
        let mut xml = String::from("<ListBucketResult><IsTruncated>false</IsTruncated>");
        for (key, object) in &self.objects {
            let Some(key) = key
                .strip_prefix(bucket)
                .filter(|key| key.starts_with(prefix))
            else {
                continue;
            };
            let (since, size) = (object.since, object.bytes.len());
            xml += &format!(
                "<Contents><Key>{key}</Key><LastModified>{since}</LastModified><ETag>\"x\"</ETag><Size>{size}</Size></Contents>"
            );
        }
        said(200, &(xml + "</ListBucketResult>"))
    }
}

impl Object {
    /// All of it, or from a byte on.
    fn read(&self, range: &str) -> Response<Bytes> {
        let (size, hash) = (self.bytes.len(), sha256(&self.bytes));
        let Some((from, to)) = range
            .strip_prefix("bytes=")
            .and_then(|range| range.split_once('-'))
        else {
            let answer = tagged(200, &hash);
            return answer.map(|_| self.bytes.clone());
        };
        let from: usize = from.parse().expect("a number");
        let to = to.parse().map_or(size, |last: usize| size.min(last + 1));
        let mut answer = tagged(206, &hash);
        let of = format!("bytes {from}-{}/{size}", to - 1);
        answer
            .headers_mut()
            .insert("content-range", of.parse().expect("a header"));
        answer.map(|_| self.bytes.slice(from..to))
    }
}

fn said(status: u16, body: &str) -> Response<Bytes> {
    let body = Bytes::copy_from_slice(body.as_bytes());
    Response::builder()
        .status(status)
        .body(body)
        .expect("an answer")
}

fn tagged(status: u16, hash: &str) -> Response<Bytes> {
    let mut answer = said(status, "");
    let tag = format!("\"{hash}\"");
    answer
        .headers_mut()
        .insert("etag", tag.parse().expect("a header"));
    let since = "Fri, 01 Jan 2100 00:00:00 GMT".parse().expect("a header");
    answer.headers_mut().insert("last-modified", since);
    answer
}
