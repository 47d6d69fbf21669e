//! An S3-compatible server of others' making, in a temporary folder, for as long as tests run.
//! Must never be reached from another machine.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::node;
use crate::files;
use crate::process::command;

/// As the endpoint's tests call it.
const BUCKET: &str = "desk";
/// Starting it takes a second.
const LIMIT: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(50);

/// A server that runs. Ended, and its folder removed, with the value.
pub(crate) struct Server {
    child: Child,
    folder: PathBuf,
    address: SocketAddr,
}

impl Server {
    pub(crate) fn start() -> Result<Self> {
        let packages = files::root().join("tests/objects");
        node::ensure_in(
            &packages,
            "the endpoint's tests with an S3-compatible server",
        )?;
        let name = format!("partner-desk-objects-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        files::remove(&folder)?;
        std::fs::create_dir(&folder)?;
        // Free a moment ago; it takes no port 0 that it would say.
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let child = command("node")
            .arg(packages.join("node_modules/s3rver/bin/s3rver.js"))
            .args(["--silent", "--configure-bucket", BUCKET, "--directory"])
            .arg(&folder)
            .args(["--address", "127.0.0.1", "--port"])
            .arg(address.port().to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start the S3-compatible server")?;
        let mut server = Self {
            child,
            folder,
            address,
        };
        server.ready()?;
        Ok(server)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    fn ready(&mut self) -> Result<()> {
        let start = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            if self.child.try_wait()?.is_some() || start.elapsed() > LIMIT {
                bail!("the S3-compatible server did not start");
            }
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = files::remove(&self.folder);
    }
}
