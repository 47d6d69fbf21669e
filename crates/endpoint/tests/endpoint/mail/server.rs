//! A mail server on loopback for notices to go to. What it understands is decided by a library for servers
//! that has nothing to do with the client's.

use mailin::response::{self, Response};
use mailin::{Action, Handler, SessionBuilder};
use std::collections::VecDeque;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

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

/// How it encrypts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encrypts {
    Never,
    /// After STARTTLS, as `server` or `stranger` in `tests/tls`.
    When(&'static str),
    /// From the first byte on.
    Always(&'static str),
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
        Self::encrypting(Encrypts::Never).await
    }

    pub(super) async fn encrypting(encrypts: Encrypts) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("free port");
        let server = Self {
            address: listener.local_addr().expect("address"),
            mails: Arc::default(),
            moods: Arc::default(),
        };
        let host = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(met(stream, host.clone(), encrypts));
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

fn acceptor(name: &str) -> TlsAcceptor {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls");
    let certificate = CertificateDer::from_pem_file(format!("{folder}/{name}.pem"));
    let key = PrivateKeyDer::from_pem_file(format!("{folder}/{name}.key"));
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.expect("certificate")], key.expect("key"));
    TlsAcceptor::from(Arc::new(config.expect("a pair")))
}

/// A client that does not like the certificate is gone before the first word.
async fn met(stream: impl Wire, server: Server, encrypts: Encrypts) {
    match encrypts {
        Encrypts::Never => {
            talk(stream, server, Start::Plain).await;
        }
        Encrypts::When(name) => {
            if let Some(stream) = talk(stream, server.clone(), Start::Upgradable).await
                && let Ok(stream) = acceptor(name).accept(stream).await
            {
                talk(stream, server, Start::Encrypted).await;
            }
        }
        Encrypts::Always(name) => {
            if let Ok(stream) = acceptor(name).accept(stream).await {
                talk(stream, server, Start::Plain).await;
            }
        }
    }
}

trait Wire: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Wire for T {}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    Plain,
    Upgradable,
    /// After STARTTLS: the client begins, and there is no greeting.
    Encrypted,
}

/// Gives the stream back if it is to be encrypted from here on.
async fn talk<W: Wire>(stream: W, server: Server, start: Start) -> Option<W> {
    let mut stream = BufReader::new(stream);
    let session = Session {
        server,
        mail: Received::default(),
    };
    let peer = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let mut builder = SessionBuilder::new("mail.test.example");
    if start != Start::Plain {
        builder.enable_start_tls();
    }
    let mut session = builder.build(peer, session);
    let mut said = session.greeting();
    if start == Start::Encrypted {
        session.tls_active();
        said = heard(&mut stream, &mut session).await?;
    }
    loop {
        let mut text = Vec::new();
        said.write_to(&mut text).ok()?;
        stream.write_all(&text).await.ok()?;
        stream.flush().await.ok()?;
        match said.action {
            Action::Close => return None,
            Action::UpgradeTls => return Some(stream.into_inner()),
            Action::Reply | Action::NoReply => {}
        }
        said = heard(&mut stream, &mut session).await?;
    }
}

/// What is to be said to the next lines; `None`: nobody is there any more.
async fn heard<W: Wire>(
    stream: &mut BufReader<W>,
    session: &mut mailin::Session<Session>,
) -> Option<Response> {
    loop {
        let mut line = Vec::new();
        if stream.read_until(b'\n', &mut line).await.ok()? == 0 {
            return None;
        }
        let said = session.process(&line);
        if !matches!(said.action, Action::NoReply) {
            return Some(said);
        }
    }
}
