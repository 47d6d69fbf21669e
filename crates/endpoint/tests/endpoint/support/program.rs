//! The program itself, as operators run it.

use super::logs::{self, Guard};
use super::server;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_partner-endpoint");

/// A program that serves. It never outlives its value, also when a test fails.
pub(crate) struct Program {
    child: Child,
    pub(crate) address: SocketAddr,
    _listening: Guard,
}

impl Program {
    /// Serves a demo on a free port.
    pub(crate) fn serve(folder: &Path) -> Self {
        Self::by(program(), folder)
    }

    /// The same where no file can grow beyond so many bytes, as on a disk that is full. `kind` is what the
    /// shell's `ulimit` takes: `-S -f` can be lifted again.
    #[cfg(unix)]
    pub(crate) fn serve_on_full_disk(folder: &Path, kind: &str, room: usize) -> Self {
        let mut shell = clean(Command::new("sh"));
        // In blocks of 512 bytes. Without the trap the signal would end the program before it sees the error.
        let script = format!(
            "trap '' XFSZ; ulimit {kind} {}; exec \"$0\" \"$@\"",
            room / 512
        );
        shell.args(["-c", &script]).arg(PROGRAM);
        Self::by(shell, folder)
    }

    /// Serves a demo by a command that needs only the words.
    fn by(mut command: Command, folder: &Path) -> Self {
        command
            .args(["serve", "--demo", "--port", "0", "--data"])
            .arg(folder)
            .envs(server::setting(folder));
        Self::start(command.stderr(Stdio::piped())).ready()
    }

    /// Starts it with words that make it serve.
    pub(crate) fn start(command: &mut Command) -> Starting {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("started");
        if let Some(stderr) = child.stderr.take() {
            logs::listen(stderr);
        }
        Starting(Self {
            child,
            address: SocketAddr::from(([0, 0, 0, 0], 0)),
            _listening: Guard::new(),
        })
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as a crash would.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }

    /// Waits until it has ended by itself.
    pub(crate) fn ended(mut self) -> ExitStatus {
        self.child.wait().expect("ended")
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already; what matters is that it is gone.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A program that has not yet said that it answers.
pub(crate) struct Starting(Program);

impl Starting {
    /// Waits for the line with its address.
    pub(crate) fn ready(mut self) -> Program {
        let mut line = String::new();
        BufReader::new(self.0.child.stdout.take().expect("stdout"))
            .read_line(&mut line)
            .expect("a line");
        let address = line
            .trim()
            .strip_prefix("ready http://")
            .and_then(|rest| rest.strip_suffix('/'))
            .and_then(|text| text.parse().ok());
        self.0.address = address.unwrap_or_else(|| panic!("not ready: {line:?}"));
        self.0
    }
}

pub(crate) fn program() -> Command {
    clean(Command::new(PROGRAM))
}

/// Without the settings of whoever runs the tests.
fn clean(mut command: Command) -> Command {
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("PARTNER_ENDPOINT_")) {
        command.env_remove(name);
    }
    command
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().expect("ran")
}

/// Runs a command on a data folder; its exit code, and what it said on both ways.
pub(crate) fn on(data: &Path, words: &[&str]) -> (i32, String) {
    let mut command = program();
    command.args(words).arg("--data").arg(data);
    let output = command.envs(server::setting(data)).output().expect("ran");
    let said = text(&output.stdout) + &text(&output.stderr);
    (output.status.code().expect("a code"), said)
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The most memory that a process has had, in bytes.
#[cfg(target_os = "linux")]
pub(crate) fn most_memory(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("status");
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    number
        .and_then(|text| text.parse::<u64>().ok())
        .expect("kilobytes")
        * 1024
}
