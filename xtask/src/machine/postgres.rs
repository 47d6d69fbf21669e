//! A PostgreSQL server of our own, in a temporary folder, for as long as tests run.
//! Must never touch a server that is there already, nor be reached from another machine.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::apt;
use crate::files;
use crate::process::{command, run_within, which};

/// Debian's package.
pub(crate) const PACKAGE: &str = "postgresql";
/// The user that Debian's package makes: the server refuses to run as root.
const USER: &str = "postgres";
/// Where Debian keeps the programs, by version.
const DEBIAN: &str = "/usr/lib/postgresql";
/// Making and starting one takes seconds.
const LIMIT: Duration = Duration::from_secs(120);
const PAUSE: Duration = Duration::from_millis(50);

/// The folder with `initdb` and `postgres`, of the newest version there is.
pub(crate) fn programs() -> Option<PathBuf> {
    let on_path = which("initdb").and_then(|program| program.parent().map(Path::to_owned));
    on_path.or_else(|| {
        let versions = std::fs::read_dir(DEBIAN).ok()?.flatten();
        let number = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
        let newest = versions.map(|entry| entry.path()).max_by_key(number)?;
        Some(newest.join("bin")).filter(|folder| folder.join("initdb").is_file())
    })
}

/// There is one, after installing Debian's package where we may.
fn ensure() -> Result<PathBuf> {
    if programs().is_none() && apt::available() {
        apt::install(&[PACKAGE])?;
    }
    match programs() {
        Some(folder) => Ok(folder),
        None => bail!(
            "the endpoint's tests need PostgreSQL's server programs (initdb, postgres): install them and start again"
        ),
    }
}

/// A server that runs. Ended, and its folder removed, with the value.
pub(crate) struct Server {
    child: Child,
    programs: PathBuf,
    folder: PathBuf,
    user: User,
}

impl Server {
    /// Makes and starts one. What it is told it may lose when the machine stops: nobody reads it afterwards.
    pub(crate) fn start() -> Result<Self> {
        Self::with(&["fsync=off", "full_page_writes=off", "autovacuum=off"])
    }

    /// One that writes to its disk as in operation, with memory for a database of some gigabytes.
    pub(crate) fn durable() -> Result<Self> {
        Self::with(&["shared_buffers=1GB", "max_wal_size=1GB"])
    }

    fn with(settings: &[&str]) -> Result<Self> {
        let programs = ensure()?;
        let name = format!("partner-desk-postgres-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        files::remove(&folder)?;
        std::fs::create_dir(&folder)?;
        let user = unprivileged(&folder)?;
        let data = folder.join("data");
        let mut make = command(programs.join("initdb"));
        make.args(["--auth=trust", "--username=partner", "--no-sync"])
            .args(["--encoding=UTF8", "--locale=C", "--pgdata"])
            .arg(&data)
            .current_dir(&folder);
        run_within(user.of(&mut make), LIMIT)?;
        let log = folder.join("log");
        let mut serve = command(programs.join("postgres"));
        serve.arg("-D").arg(&data).arg("-k").arg(&folder);
        serve.current_dir(&folder);
        let always = ["listen_addresses=", "jit=off", "max_connections=200"];
        for setting in always.iter().chain(settings) {
            serve.args(["-c", setting]);
        }
        serve
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(&log)?);
        let child = user
            .of(&mut serve)
            .spawn()
            .context("cannot start postgres")?;
        let mut server = Self {
            child,
            programs,
            folder,
            user,
        };
        server.ready(&log)?;
        Ok(server)
    }

    /// Its address, for a database that is there from the start.
    pub(crate) fn url(&self) -> String {
        let socket = self.folder.to_string_lossy().replace('/', "%2F");
        format!("postgres://partner@{socket}/postgres")
    }

    /// Makes a schema, and gives the address that leads to it.
    pub(crate) fn schema(&self, name: &str) -> Result<String> {
        self.ask(&format!("CREATE SCHEMA {name}"))?;
        Ok(format!("{}?options=-c%20search_path%3D{name}", self.url()))
    }

    /// What the tables and indexes of a schema take on disk.
    pub(crate) fn bytes(&self, schema: &str) -> Result<u64> {
        let said = self.ask(&format!(
            "SELECT sum(pg_total_relation_size(c.oid))::bigint FROM pg_class c WHERE relkind = 'r' AND relnamespace = '{schema}'::regnamespace"
        ))?;
        said.trim().parse().context("the server named no number")
    }

    fn ask(&self, sql: &str) -> Result<String> {
        // Not beside the server in every installation.
        let beside = self.programs.join("psql");
        let name = if beside.is_file() {
            beside
        } else {
            "psql".into()
        };
        let mut psql = command(name);
        psql.args([
            "--no-psqlrc",
            "--tuples-only",
            "--no-align",
            "--username=partner",
            "--dbname=postgres",
            "-h",
        ]);
        psql.arg(&self.folder).args(["--command", sql]);
        crate::process::capture(&mut psql)
    }

    fn ready(&mut self, log: &Path) -> Result<()> {
        let start = Instant::now();
        loop {
            let said = files::read(log)?;
            if said.contains("database system is ready to accept connections") {
                return Ok(());
            }
            if self.child.try_wait()?.is_some() || start.elapsed() > LIMIT {
                bail!("PostgreSQL did not start: {}", said.trim());
            }
            std::thread::sleep(PAUSE);
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing it has is worth writing down. If it cannot be told, it is killed.
        let mut stop = command(self.programs.join("pg_ctl"));
        stop.args(["stop", "-m", "immediate", "-D"])
            .arg(self.folder.join("data"))
            .current_dir(&self.folder);
        if run_within(self.user.of(&mut stop), LIMIT).is_err() {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
        let _ = files::remove(&self.folder);
    }
}

/// Whom the server runs as; `None`: whoever we are.
struct User(Option<(u32, u32)>);

impl User {
    fn of<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        #[cfg(unix)]
        if let Some((user, group)) = self.0 {
            use std::os::unix::process::CommandExt;
            command.uid(user).gid(group);
        }
        command
    }
}

/// Somebody who is not root, and owns the folder.
fn unprivileged(folder: &Path) -> Result<User> {
    let id = |arguments: &[&str]| -> Result<u32> {
        let said = crate::process::capture(command("id").args(arguments))?;
        said.trim().parse().context("`id` gave no number")
    };
    if cfg!(not(unix)) || id(&["-u"])? != 0 {
        return Ok(User(None));
    }
    let (user, group) = (id(&["-u", USER])?, id(&["-g", USER])?);
    #[cfg(unix)]
    std::os::unix::fs::chown(folder, Some(user), Some(group))?;
    Ok(User(Some((user, group))))
}
