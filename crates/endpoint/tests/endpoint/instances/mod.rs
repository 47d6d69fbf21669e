//! Several programs on one database, as behind a balancer: what one has acknowledged, all know; what one writes, all
//! tell; and each may go and come. On a PostgreSQL server, since that is what they are for; what needs none of its
//! means holds on a file as well.

mod balancer;
mod copy;
mod follow;
mod load;
mod news;
mod rolling;
mod starting;

use crate::support::{Forge, HS256_SECRET, Program, Starting, program, setting, shop_one};
use balancer::Balancer;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// For what comes or ends by itself.
const PATIENCE: Duration = Duration::from_secs(20);
/// Quotas are not what these tests are about.
const MANY: &str = "1000000";

struct Installation {
    folder: tempfile::TempDir,
    programs: Vec<Program>,
    balancer: Balancer,
    tokens: Forge,
}

/// An instance for a real shop; it is not ready yet.
fn begun(data: &Path) -> Starting {
    let mut command = program();
    command
        .args(["serve", "--port", "0", "--dcs", "eu"])
        .args(["--audience", "test-group"])
        .args(["--requests-per-minute", MANY, "--writes-per-minute", MANY])
        .args(["--address-per-minute", MANY, "--failures-per-minute", MANY])
        .arg("--data")
        .arg(data)
        .envs(setting(data))
        // Calls that are cut off with their instance are what is wanted here.
        .env("RUST_LOG", "error")
        .stderr(Stdio::inherit());
    Program::start(&mut command)
}

impl Installation {
    /// So many, which all start at the same moment, behind a balancer.
    async fn of(count: usize) -> Self {
        let folder = tempfile::tempdir().expect("temporary folder");
        let begun: Vec<Starting> = (0..count).map(|_| begun(folder.path())).collect();
        let programs: Vec<Program> = begun.into_iter().map(Starting::ready).collect();
        let balancer = Balancer::start().await;
        balancer.leads_to(&programs);
        let tokens = shop_one(folder.path()).await;
        Self {
            folder,
            programs,
            balancer,
            tokens,
        }
    }

    /// Where partners call.
    fn address(&self) -> SocketAddr {
        self.balancer.address
    }

    /// Of somebody who sees the shop's tickets.
    fn superadmin(&self) -> String {
        let claims = self.tokens.clone().claim("role", "superadmin");
        claims.hs256(HS256_SECRET)
    }

    /// Starts one in place of another that is gone.
    fn replace(&mut self, index: usize) {
        self.programs[index] = begun(self.folder.path()).ready();
        self.balancer.leads_to(&self.programs);
    }

    /// Asks one to end, as an operator does, and waits until it has.
    fn end(&mut self, index: usize) {
        let program = self.programs.remove(index);
        let told = Command::new("kill")
            .args(["-TERM", &program.id().to_string()])
            .status();
        assert!(told.expect("kill").success());
        assert!(program.ended().success(), "it ends in peace");
        let program = begun(self.folder.path()).ready();
        self.programs.insert(index, program);
        self.balancer.leads_to(&self.programs);
    }
}
