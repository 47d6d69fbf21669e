//! Calls on one connection that is kept, so that what is measured is the answer and not the handshake.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Slower than this is no answer.
const LIMIT: Duration = Duration::from_secs(60);

pub(super) struct Line {
    to: SocketAddr,
    open: Option<BufReader<TcpStream>>,
}

pub(super) struct Answer {
    pub(super) took: Duration,
    pub(super) body: String,
}

impl Line {
    pub(super) fn to(to: SocketAddr) -> Self {
        Self { to, open: None }
    }

    /// Sends a call and waits for the whole answer, which has to be a 2xx. `head`: further headers, each with its line end.
    pub(super) fn call(
        &mut self,
        method: &str,
        path: &str,
        head: &str,
        body: &str,
    ) -> Result<Answer> {
        let text = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n{head}\r\n{body}",
            self.to,
            body.len()
        );
        let mut open = match self.open.take() {
            Some(open) => open,
            None => {
                let stream = TcpStream::connect_timeout(&self.to, LIMIT)?;
                stream.set_read_timeout(Some(LIMIT))?;
                stream.set_nodelay(true)?;
                BufReader::new(stream)
            }
        };
        let start = Instant::now();
        open.get_mut().write_all(text.as_bytes())?;
        let (status, length) = head_of(&mut open)?;
        let mut bytes = vec![0; length];
        open.read_exact(&mut bytes)?;
        let took = start.elapsed();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        if !(200..300).contains(&status) {
            bail!("{method} {path}: {status} {body}");
        }
        self.open = Some(open);
        Ok(Answer { took, body })
    }
}

/// Status, and how long the body is.
fn head_of(from: &mut impl BufRead) -> Result<(u16, usize)> {
    let mut line = String::new();
    from.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status = status.with_context(|| format!("no answer: {line}"))?;
    let mut length = None;
    loop {
        line.clear();
        from.read_line(&mut line)?;
        match line.trim_end().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().ok();
            }
            Some(_) => {}
            None => break,
        }
    }
    Ok((status, length.context("an answer without a length")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_says_how_it_went_and_how_long_it_is() {
        let answer = "HTTP/1.1 201 Created\r\ncontent-length: 2\r\nx: y\r\n\r\n{}";
        assert_eq!(head_of(&mut answer.as_bytes()).expect("read"), (201, 2));
        assert!(head_of(&mut "".as_bytes()).is_err());
        assert!(head_of(&mut "HTTP/1.1 200 OK\r\n\r\n".as_bytes()).is_err());
    }
}
