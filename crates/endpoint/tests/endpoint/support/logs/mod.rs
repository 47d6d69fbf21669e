//! What the endpoints of all tests log, held against everything that the tests send. Nobody has to think of it: every
//! endpoint in this process and every program that serves writes here, and every request passes here before it leaves.

mod watch;

pub(crate) use watch::Watch;

use super::Request;
use partner_endpoint::logs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::{LazyLock, Once};
use tracing_subscriber::EnvFilter;

static WATCH: LazyLock<Watch> = LazyLock::new(Watch::default);
static LISTENING: Once = Once::new();

/// Held by every endpoint of a test: whoever lets go of it fails if anything was logged that must not be.
#[derive(Debug)]
pub(crate) struct Guard(());

impl Guard {
    pub(crate) fn new() -> Self {
        LISTENING.call_once(|| {
            let filter = EnvFilter::new(logs::DEFAULT_FILTER);
            tracing::subscriber::set_global_default(logs::lines(filter, || Lines))
                .expect("nobody else listens");
        });
        Self(())
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        let leaks = WATCH.leaks();
        if !std::thread::panicking() {
            assert!(leaks.is_empty(), "logged, and must not be: {leaks:#?}");
        }
    }
}

/// Everything in this request is for nobody's log.
pub(crate) fn sends(request: &Request) {
    WATCH.sends(request);
}

/// The same for what comes another way than by HTTP.
pub(crate) fn sends_text(text: &str) {
    WATCH.sends_text(text);
}

/// The line that was logged with this in it.
pub(crate) fn line_with(part: &str) -> Option<String> {
    WATCH.line_with(part)
}

/// Reads what a program logs, until it ends.
pub(crate) fn listen(stderr: impl Read + Send + 'static) {
    std::thread::spawn(move || {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            WATCH.line(&line);
        }
    });
}

/// One line at a time, as they are written.
struct Lines;

impl Write for Lines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        WATCH.line(&String::from_utf8_lossy(line));
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
