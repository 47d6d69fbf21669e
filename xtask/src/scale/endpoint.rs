//! An endpoint on made-up data, as in operation but for the rates: one caller stands for a thousand shops.
//! Must never outlive its value.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result};

use super::http::Line;
use crate::process::command;

pub(super) const AUDIENCE: &str = "scale";
/// It opens a database of some gigabytes, and looks at its open tickets.
const START: Duration = Duration::from_secs(300);
const RATES: [&str; 6] = [
    "--requests-per-minute",
    "--writes-per-minute",
    "--address-per-minute",
    "--verify-per-minute",
    "--verify-per-hour",
    "--failures-per-minute",
];

pub(super) struct Endpoint {
    process: Child,
    pub(super) line: Line,
}

impl Endpoint {
    pub(super) fn start(program: &Path, data: &Path, database: Option<&str>) -> Result<Self> {
        let mut serve = command(program);
        serve.args(["serve", "--listen", "127.0.0.1:0", "--dcs", "eu"]);
        serve.args(["--audience", AUDIENCE, "--data"]).arg(data);
        serve.args(database.iter().flat_map(|url| ["--database", url]));
        serve.args(RATES.iter().flat_map(|rate| [rate, "100000000"]));
        serve.env("RUST_LOG", "warn");
        let log = File::create(data.join("log")).context("cannot make the log")?;
        let mut process = serve.stdout(Stdio::piped()).stderr(log).spawn()?;
        let (tell, told) = mpsc::channel();
        let stdout = process.stdout.take();
        std::thread::spawn(move || {
            let lines = stdout.map(|stdout| BufReader::new(stdout).lines());
            for line in lines.into_iter().flatten().map_while(Result::ok) {
                // Nobody listens any more once it is ready.
                let _ = tell.send(line);
            }
        });
        let ready = told.recv_timeout(START);
        let address = ready.ok().and_then(|line| address(&line));
        let Some(address) = address else {
            let _ = process.kill();
            let said = std::fs::read_to_string(data.join("log")).unwrap_or_default();
            anyhow::bail!("the endpoint did not start: {}", said.trim());
        };
        Ok(Self {
            process,
            line: Line::to(address),
        })
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        // It may have ended by itself; what matters is that it is gone.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// `ready http://127.0.0.1:8080/`
fn address(line: &str) -> Option<SocketAddr> {
    let address = line.strip_prefix("ready http://")?.strip_suffix('/')?;
    address.parse().ok()
}
