//! A client small enough to see what really goes over the wire.

use serde_json::Value;
use std::fmt::Write;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn new(method: &str, path: &str) -> Self {
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    pub(crate) fn get(path: &str) -> Self {
        Self::new("GET", path)
    }

    pub(crate) fn post(path: &str, body: &Value) -> Self {
        Self::new("POST", path)
            .header("content-type", "application/json")
            .body(body.to_string())
    }

    /// Adds a header, or replaces the one of this name.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    pub(crate) fn token(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// The bytes on the wire, on a connection of its own.
    pub(crate) fn bytes(&self, address: SocketAddr) -> Vec<u8> {
        super::logs::sends(self);
        let given = |name: &str| self.headers.iter().any(|(known, _)| known == name);
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.path);
        if !given("host") {
            write!(head, "host: {address}\r\n").expect("string");
        }
        if !given("content-length") && !given("transfer-encoding") && !self.body.is_empty() {
            write!(head, "content-length: {}\r\n", self.body.len()).expect("string");
        }
        for (name, value) in &self.headers {
            write!(head, "{name}: {value}\r\n").expect("string");
        }
        if !given("connection") {
            head.push_str("connection: close\r\n");
        }
        head.push_str("\r\n");
        [head.as_bytes(), &self.body].concat()
    }

    pub(crate) async fn send(&self, address: SocketAddr) -> Answer {
        let bytes = self.exchange(address).await;
        Answer::read(&bytes, self.method == "HEAD")
            .unwrap_or_else(|| panic!("no answer to {} {}", self.method, self.path))
    }

    /// The status of the answer, whose body may go on for ever.
    pub(crate) async fn status(&self, address: SocketAddr) -> u16 {
        let mut stream = connect(address).await;
        let _ = stream.write_all(&self.bytes(address)).await;
        let mut line = [0; 12];
        stream.read_exact(&mut line).await.expect("a status line");
        let line = std::str::from_utf8(&line).expect("ASCII");
        let status = line.split(' ').nth(1).expect("a status");
        status.parse().expect("a number")
    }

    /// Everything that came back until the other side closed; perhaps nothing.
    pub(crate) async fn exchange(&self, address: SocketAddr) -> Vec<u8> {
        let mut stream = connect(address).await;
        // The other side may answer and close before it has everything.
        let _ = stream.write_all(&self.bytes(address)).await;
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes).await;
        bytes
    }

    /// The whole answer, if there is one: killed in the middle, a program leaves nothing or a part.
    pub(crate) async fn whole(&self, address: SocketAddr) -> Option<Answer> {
        let mut stream = TcpStream::connect(address).await.ok()?;
        let _ = stream.write_all(&self.bytes(address)).await;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.ok()?;
        let head = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let length = std::str::from_utf8(bytes.get(..head)?)
            .ok()?
            .split("\r\n")
            .find_map(|line| line.strip_prefix("content-length: "))?;
        let complete = bytes.len() - head - 4 == length.parse::<usize>().ok()?;
        complete.then(|| Answer::read(&bytes, false))?
    }
}

pub(crate) async fn connect(address: SocketAddr) -> TcpStream {
    TcpStream::connect(address).await.expect("connected")
}

impl Answer {
    pub(crate) fn read(bytes: &[u8], head_only: bool) -> Option<Self> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = std::str::from_utf8(&bytes[..end]).expect("ASCII head");
        let mut lines = head.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().expect("status");
        let headers: Vec<(String, String)> = lines
            .map(|line| line.split_once(": ").expect("header"))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        let mut body = bytes[end + 4..].to_vec();
        let length = headers.iter().find(|(name, _)| name == "content-length");
        match length.map(|(_, value)| value.parse::<usize>().expect("length")) {
            Some(length) if !head_only => assert_eq!(body.len(), length, "a whole body"),
            Some(_) => {}
            None => body = unchunked(&headers, &body),
        }
        Some(Self {
            status,
            headers,
            body,
        })
    }

    /// All values of a header, joined as HTTP allows.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = self
            .headers
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("JSON expected: {:?}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Asserts the status and gives the JSON.
    pub(crate) fn ok(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        self.json()
    }

    /// Asserts a problem answer with this status and code, complete in form, and gives it.
    pub(crate) fn problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(
            self.header("content-type").as_deref(),
            Some("application/problem+json")
        );
        let problem = self.json();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["status"], status);
        assert_eq!(problem["type"], "about:blank");
        assert!(
            problem["title"]
                .as_str()
                .is_some_and(|title| !title.is_empty())
        );
        assert!(self.header("x-request-id").is_some_and(|id| id.len() == 16));
        problem
    }

    /// Asserts that fields are wrong: exactly these, as `field:code`.
    pub(crate) fn refused(&self, violations: &[&str]) {
        self.problem(422, "invalid_fields");
        assert_eq!(self.violations(), violations);
    }

    /// Asserts that it was one call too many, and gives the seconds to wait.
    pub(crate) fn wait(&self) -> u64 {
        self.problem(429, "rate_limited");
        let wait = self.header("retry-after").expect("retry-after");
        wait.parse().expect("seconds")
    }

    /// Whether it says that the key had filed this before.
    pub(crate) fn is_replay(&self) -> bool {
        match self.header("idempotency-replayed").as_deref() {
            None => false,
            Some("true") => true,
            Some(other) => panic!("idempotency-replayed: {other}"),
        }
    }

    /// The violations of a problem as `field:code`.
    pub(crate) fn violations(&self) -> Vec<String> {
        let problem = self.json();
        let violations = problem["violations"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        violations
            .iter()
            .map(|one| {
                format!(
                    "{}:{}",
                    one["field"].as_str().expect("field"),
                    one["code"].as_str().expect("code")
                )
            })
            .collect()
    }
}

fn unchunked(headers: &[(String, String)], body: &[u8]) -> Vec<u8> {
    if !headers
        .iter()
        .any(|(name, value)| name == "transfer-encoding" && value == "chunked")
    {
        return body.to_vec();
    }
    let mut rest = body;
    let mut whole = Vec::new();
    loop {
        let end = rest
            .windows(2)
            .position(|window| window == b"\r\n")
            .expect("chunk size");
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..end]).expect("ASCII"), 16)
            .expect("hex");
        if size == 0 {
            return whole;
        }
        whole.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = &rest[end + 2 + size + 2..];
    }
}
