//! A mail server on loopback for notices to go to. What it understands is decided by a library for servers
//! that has nothing to do with the client's.

use mailin::response::{self, Response};
use mailin::{Action, Handler, SessionBuilder};
use std::collections::VecDeque;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A mail that arrived.
#[derive(Clone, Debug, Default)]
pub(super) struct Received {
    pub(super) from: String,
    pub(super) to: Vec<String>,
    pub(super) raw: Vec<u8>,
}

/// How it answers the next recipient.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mood {
    /// 450
    Later,
    /// 550
    Never,
}

#[derive(Clone, Debug)]
pub(super) struct Server {
    pub(super) address: SocketAddr,
    mails: Arc<Mutex<Vec<Received>>>,
    moods: Arc<Mutex<VecDeque<Mood>>>,
}

struct Session {
    server: Server,
    mail: Received,
}

impl Handler for Session {
    fn mail(&mut self, _: IpAddr, _: &str, from: &str) -> Response {
        self.mail = Received {
            from: from.to_owned(),
            ..Received::default()
        };
        response::OK
    }

    fn rcpt(&mut self, to: &str) -> Response {
        match self.server.moods.lock().expect("lock").pop_front() {
            Some(Mood::Later) => Response::custom(450, "later".to_owned()),
            Some(Mood::Never) => response::NO_MAILBOX,
            None => {
                self.mail.to.push(to.to_owned());
                response::OK
            }
        }
    }

    fn data(&mut self, piece: &[u8]) -> std::io::Result<()> {
        self.mail.raw.extend(piece);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let mail = std::mem::take(&mut self.mail);
        self.server.mails.lock().expect("lock").push(mail);
        response::OK
    }
}

impl Server {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("free port");
        let server = Self {
            address: listener.local_addr().expect("address"),
            mails: Arc::default(),
            moods: Arc::default(),
        };
        let host = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, host.clone()));
            }
        });
        server
    }

    pub(super) fn moody(&self, moods: impl IntoIterator<Item = Mood>) {
        self.moods.lock().expect("lock").extend(moods);
    }

    pub(super) fn mails(&self) -> Vec<Received> {
        self.mails.lock().expect("lock").clone()
    }

    /// Waits until so many mails have arrived.
    pub(super) async fn wait(&self, count: usize) -> Vec<Received> {
        for _ in 0..600 {
            let mails = self.mails();
            if mails.len() >= count {
                return mails;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{count} mails expected: {:?}", self.mails().len());
    }
}

async fn talk(stream: TcpStream, server: Server) {
    let mut stream = BufReader::new(stream);
    let session = Session {
        server,
        mail: Received::default(),
    };
    let peer = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let mut session = SessionBuilder::new("mail.test.example").build(peer, session);
    let mut said = session.greeting();
    loop {
        let mut text = Vec::new();
        if said.write_to(&mut text).is_err() || stream.write_all(&text).await.is_err() {
            return;
        }
        if matches!(said.action, Action::Close) {
            return;
        }
        loop {
            let mut line = Vec::new();
            match stream.read_until(b'\n', &mut line).await {
                Ok(0) | Err(_) => return,
                Ok(_) => said = session.process(&line),
            }
            if !matches!(said.action, Action::NoReply) {
                break;
            }
        }
    }
}
