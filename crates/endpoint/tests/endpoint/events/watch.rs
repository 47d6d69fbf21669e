//! A reader of events, as slow as one likes: it takes nothing that it is not asked for.

use crate::support::Request;
use serde_json::Value;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

/// For what comes or ends by itself.
const PATIENCE: Duration = Duration::from_secs(20);
/// What would come has come by then.
const QUIET: Duration = Duration::from_millis(700);

pub(super) struct Watch {
    stream: TcpStream,
    /// As they came, in pieces of HTTP.
    bytes: Vec<u8>,
    /// Without those pieces.
    text: String,
    pub(super) head: String,
    over: bool,
}

/// What lies between two empty lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) id: Option<i64>,
    pub(super) event: String,
    pub(super) data: String,
    pub(super) comment: String,
}

impl Block {
    fn read(text: &str) -> Self {
        let mut block = Self::default();
        for line in text.lines() {
            let (field, value) = line.split_once(':').expect("a field");
            let value = value.trim_start().to_owned();
            match field {
                "" => block.comment = value,
                "id" => block.id = Some(value.parse().expect("a number")),
                "event" => block.event = value,
                "data" => block.data = value,
                "retry" => assert_eq!(value, "5000"),
                other => panic!("{other}"),
            }
        }
        block
    }

    /// Reference and change.
    pub(super) fn told(&self) -> (String, String) {
        assert_eq!(self.event, "", "{self:?}");
        let data: Value = serde_json::from_str(&self.data).expect("JSON");
        assert_eq!(data.as_object().map(serde_json::Map::len), Some(2));
        let text = |name: &str| data[name].as_str().expect("text").to_owned();
        (text("reference"), text("change"))
    }
}

pub(super) fn question(token: &str, after: Option<&str>) -> Request {
    let request = Request::get("/v1/events").token(token);
    match after {
        Some(after) => request.header("last-event-id", after),
        None => request,
    }
}

impl Watch {
    /// Begins to watch; the head and the greeting have come.
    pub(super) async fn begin(address: SocketAddr, token: &str, after: Option<&str>) -> Self {
        let mut watch = Self::open(address, &question(token, after)).await;
        assert!(watch.head.starts_with("HTTP/1.1 200"), "{}", watch.head);
        let hello = watch.block().await.expect("a greeting");
        assert_eq!(hello.comment, "hello");
        watch
    }

    /// With a small window, so that little is on its way unread.
    pub(super) async fn open(address: SocketAddr, request: &Request) -> Self {
        let socket = TcpSocket::new_v4().expect("socket");
        socket.set_recv_buffer_size(4096).expect("set");
        let stream = socket.connect(address).await.expect("connected");
        let mut watch = Self {
            stream,
            bytes: Vec::new(),
            text: String::new(),
            head: String::new(),
            over: false,
        };
        watch
            .stream
            .write_all(&request.bytes(address))
            .await
            .expect("sent");
        let end = loop {
            let found = watch.bytes.windows(4).position(|four| four == b"\r\n\r\n");
            if let Some(end) = found {
                break end;
            }
            watch.take().await;
            assert!(!watch.over, "no answer");
        };
        let rest = watch.bytes.split_off(end + 4);
        watch.head = String::from_utf8(std::mem::replace(&mut watch.bytes, rest)).expect("ASCII");
        watch
    }

    async fn take(&mut self) {
        let mut piece = [0; 4096];
        match timeout(PATIENCE, self.stream.read(&mut piece)).await {
            Ok(Ok(length @ 1..)) => self.bytes.extend(&piece[..length]),
            Ok(Ok(0) | Err(_)) => self.over = true,
            Err(_) => panic!("nothing comes, and it does not end"),
        }
    }

    /// Takes whole pieces of HTTP out of the bytes; an empty one is the end.
    fn unpack(&mut self) {
        while let Some(end) = self.bytes.windows(2).position(|two| two == b"\r\n") {
            let size = std::str::from_utf8(&self.bytes[..end]).expect("ASCII");
            let size = usize::from_str_radix(size, 16).expect("a size");
            let Some(piece) = self.bytes.get(end + 2..end + 2 + size) else {
                return;
            };
            if self.bytes.len() < end + 4 + size {
                return;
            }
            self.text += std::str::from_utf8(piece).expect("UTF-8");
            self.over = self.over || size == 0;
            self.bytes.drain(..end + 4 + size);
        }
    }

    /// The next block; `None`: the stream has ended.
    pub(super) async fn block(&mut self) -> Option<Block> {
        loop {
            self.unpack();
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let block = Block::read(block);
                self.text = rest.to_owned();
                return Some(block);
            }
            if self.over {
                assert_eq!(self.text, "", "it ends between two blocks");
                return None;
            }
            self.take().await;
        }
    }

    /// The next block that says something; `None`: the stream has ended.
    pub(super) async fn event(&mut self) -> Option<Block> {
        loop {
            let block = self.block().await?;
            if !block.data.is_empty() {
                return Some(block);
            }
            assert_eq!(block.comment, "beat");
        }
    }

    /// What the next one tells.
    pub(super) async fn told(&mut self) -> (String, String) {
        self.event().await.expect("an event").told()
    }

    pub(super) async fn ends(&mut self) {
        let more = self.event().await;
        assert_eq!(more, None, "it ends");
    }

    pub(super) async fn stays_quiet(&mut self) {
        if let Ok(came) = timeout(QUIET, self.event()).await {
            panic!("{came:?}");
        }
    }
}
