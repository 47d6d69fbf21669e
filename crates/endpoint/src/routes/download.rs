//! A file that somebody sent, to be saved, never to be shown in place of a page.

use crate::app::App;
use crate::problem::ApiError;
use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use partner_rules::wire::Attachment;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::io::{self, ErrorKind};

/// What RFC 8187 lets stand as it is, besides letters and digits.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Its bytes. Whether the caller may have them is asked before.
pub(crate) async fn answer(app: &App, found: &Attachment) -> Result<Response, ApiError> {
    let file = app.files.open(&found.id).await.map_err(unreadable)?;
    let headers = [
        (header::CONTENT_TYPE, found.content_type.clone()),
        (header::CONTENT_LENGTH, found.size.to_string()),
        (header::CONTENT_DISPOSITION, disposition(&found.name)),
        (
            header::CONTENT_SECURITY_POLICY,
            "sandbox; default-src 'none'".to_owned(),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, Body::from_stream(file)).into_response())
}

/// A file that is gone will not come back by waiting.
fn unreadable(cause: io::Error) -> ApiError {
    if cause.kind() == ErrorKind::NotFound {
        ApiError::internal(cause)
    } else {
        ApiError::disk(cause)
    }
}

/// The name twice (RFC 6266): in ASCII for those who know no better, and as it is.
pub(crate) fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| match c {
            ' '..='~' if c != '"' && c != '\\' && c != '%' => c,
            _ => '_',
        })
        .collect();
    let whole = utf8_percent_encode(name, ENCODED);
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_a_header_as_they_are_and_in_ascii() {
        for (name, expected) in [
            (
                "a b.png",
                "attachment; filename=\"a b.png\"; filename*=UTF-8''a%20b.png",
            ),
            (
                "Größe.pdf",
                "attachment; filename=\"Gr__e.pdf\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.pdf",
            ),
            (
                "a\";x=%22'.txt",
                "attachment; filename=\"a_;x=_22'.txt\"; filename*=UTF-8''a%22%3Bx%3D%2522%27.txt",
            ),
        ] {
            assert_eq!(disposition(name), expected);
        }
    }
}
