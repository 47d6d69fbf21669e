//! One request over HTTP/1.1 to an endpoint on this machine. Must never be used for another one: no TLS, no
//! redirects, and an answer is read until the connection ends.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// A demo endpoint answers in milliseconds.
const LIMIT: Duration = Duration::from_secs(20);

pub(super) struct Request<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) headers: &'a [(&'a str, &'a str)],
    pub(super) body: &'a str,
}

/// Sends it; the answer has to be a 2xx with JSON.
pub(super) fn send(to: SocketAddr, request: &Request<'_>) -> Result<Value> {
    let mut text = format!(
        "{} {} HTTP/1.1\r\nHost: {to}\r\nConnection: close\r\nContent-Length: {}\r\n",
        request.method,
        request.path,
        request.body.len()
    );
    for (name, value) in request.headers {
        write!(text, "{name}: {value}\r\n")?;
    }
    write!(text, "\r\n{}", request.body)?;
    let what = || format!("{} {}", request.method, request.path);
    let mut stream = TcpStream::connect_timeout(&to, LIMIT).with_context(what)?;
    stream.set_read_timeout(Some(LIMIT))?;
    stream.set_write_timeout(Some(LIMIT))?;
    stream.write_all(text.as_bytes()).with_context(what)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).with_context(what)?;
    read(&String::from_utf8_lossy(&answer)).with_context(what)
}

fn read(answer: &str) -> Result<Value> {
    let (head, body) = answer.split_once("\r\n\r\n").context("no whole answer")?;
    let status = head.split(' ').nth(1).unwrap_or_default();
    if !status.starts_with('2') {
        bail!("answered {status}: {body}");
    }
    serde_json::from_str(body).context("the answer is no JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_good_answer_with_json_is_one() {
        let good = "HTTP/1.1 201 Created\r\nA: b\r\n\r\n{\"id\": 1}";
        assert_eq!(read(good).expect("read")["id"], 1);
        for bad in [
            "",
            "HTTP/1.1 200 OK\r\n\r\n",
            "HTTP/1.1 422 Unprocessable Entity\r\n\r\n{}",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
