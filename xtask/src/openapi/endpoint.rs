//! An endpoint in demo mode on a free port, with a ticket and a file in it to be asked for.
//! Must never outlive its value, nor keep anything.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result};

use super::http::{Request, send};
use crate::process::command;
use crate::{files, serve};

/// As much as is made up: whoever calls without a token is counted by address, and here all have the same.
const FEEDBACK: [&str; 4] = [
    "--feedback-per-hour",
    "1000000",
    "--feedback-bytes-per-day",
    "1000000000000",
];
/// It opens a database and listens.
const START: Duration = Duration::from_secs(60);

pub(super) struct Endpoint {
    process: Child,
    data: PathBuf,
    pub(super) address: SocketAddr,
}

/// What there is to ask for.
pub(super) struct Filed {
    pub(super) reference: String,
    pub(super) attachment: String,
}

impl Endpoint {
    /// Its log goes to a file in `folder`, its data to a folder there that is gone afterwards.
    pub(super) fn start(folder: &Path) -> Result<Self> {
        let data = folder.join("data");
        let log = File::create(folder.join("endpoint.log")).context("cannot make the log")?;
        let mut process = command(serve::endpoint_program())
            .args(["serve", "--demo", "--listen", "127.0.0.1:0", "--data"])
            .arg(&data)
            .args(FEEDBACK)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .context("cannot start the endpoint")?;
        let (tell, told) = mpsc::channel();
        let stdout = process.stdout.take();
        std::thread::spawn(move || {
            let lines = stdout.map(|stdout| BufReader::new(stdout).lines());
            for line in lines.into_iter().flatten().map_while(Result::ok) {
                // Nobody listens any more once it is ready; it goes on writing all the same.
                let _ = tell.send(line);
            }
        });
        let mut endpoint = Self {
            process,
            data,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
        };
        let line = told
            .recv_timeout(START)
            .context("the endpoint is not ready")?;
        endpoint.address = ready(&line).with_context(|| format!("the endpoint said: {line}"))?;
        Ok(endpoint)
    }

    /// A token of one of the demo's users.
    pub(super) fn token(&self, user: &str) -> Result<String> {
        let answer = send(
            self.address,
            &Request {
                method: "GET",
                path: &format!("/demo/token?user={user}"),
                headers: &[],
                body: "",
            },
        )?;
        let token = answer.get("token").and_then(|token| token.as_str());
        token.map(str::to_owned).context("the answer has no token")
    }

    /// A ticket with a file.
    pub(super) fn file(&self, token: &str) -> Result<Filed> {
        let bearer = format!("Bearer {token}");
        let upload = send(
            self.address,
            &Request {
                method: "POST",
                path: "/v1/uploads",
                headers: &[("Authorization", &bearer), ("Upload-Name", "notes.txt")],
                body: "Since this morning.",
            },
        )?;
        let id = upload
            .get("id")
            .and_then(|id| id.as_str())
            .context("no id")?;
        let ticket = serde_json::json!({
            "dc": "eu", "service": "Zoho CRM", "org_id_kind": "zoid", "org_id": "20000000001",
            "subject": "Contacts do not sync", "description": "Since this morning.",
            "superadmin_email": "admin@large.example", "uploads": [id],
        });
        let receipt = send(
            self.address,
            &Request {
                method: "POST",
                path: "/v1/tickets",
                headers: &[
                    ("Authorization", &bearer),
                    ("Content-Type", "application/json"),
                    ("Idempotency-Key", "the-first"),
                ],
                body: &ticket.to_string(),
            },
        )?;
        let reference = receipt.get("reference").and_then(|text| text.as_str());
        Ok(Filed {
            reference: reference.context("no reference")?.to_owned(),
            attachment: id.to_owned(),
        })
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        // It may have ended by itself; what matters is that it is gone.
        let _ = self.process.kill();
        let _ = self.process.wait();
        if let Err(error) = files::remove(&self.data) {
            println!("{error:#}");
        }
    }
}

/// `ready http://127.0.0.1:8080/`
fn ready(line: &str) -> Option<SocketAddr> {
    let address = line.strip_prefix("ready http://")?.strip_suffix('/')?;
    address.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_where_it_listens() {
        let address = ready("ready http://127.0.0.1:4711/").expect("ready");
        assert_eq!(address.port(), 4711);
        assert_eq!(ready("listening"), None);
    }
}
