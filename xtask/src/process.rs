//! Running other programs: with a name for errors, with a time limit, with their output read.
//! Must never pass on what `cargo run` put into our own environment.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Variables that `cargo run` sets for us and that would mislead a cargo of another toolchain.
const OURS: [&str; 4] = [
    "CARGO",
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_PATH",
    "RUST_RECURSION_COUNT",
];

/// A command in the repository's root, with a clean environment.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(crate::files::root())
        .stdin(Stdio::null());
    for name in OURS {
        command.env_remove(name);
    }
    for (name, _) in std::env::vars_os() {
        if name
            .to_str()
            .is_some_and(|name| name.starts_with("CARGO_PKG_"))
        {
            command.env_remove(name);
        }
    }
    command
}

/// The cargo that started us; rustup's choice of toolchain stays as it is.
pub(crate) fn cargo() -> Command {
    command("cargo")
}

/// The command as one would type it, for messages.
pub(crate) fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(
        command
            .get_args()
            .map(|word| word.to_string_lossy().into_owned()),
    );
    words.join(" ")
}

/// Runs to the end; anything but success is an error that names the command.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    ended_well(command, status)
}

/// Runs to the end and gives what it printed on standard output; the rest only on failure.
pub(crate) fn capture(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    if !output.status.success() {
        bail!(
            "`{}` failed: {}",
            shown(command),
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs to the end, shows standard output as it comes and gives it back as well.
pub(crate) fn tee(command: &mut Command) -> Result<(ExitStatus, String)> {
    command.stdout(Stdio::piped());
    let mut child = start(command)?;
    let mut text = String::new();
    if let Some(stdout) = child.stdout.take() {
        let mut lines = BufReader::new(stdout);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line)? > 0 {
            let shown = String::from_utf8_lossy(&line);
            print!("{shown}");
            text.push_str(&shown);
            line.clear();
        }
    }
    Ok((child.wait()?, text))
}

/// Runs quietly for at most `limit`, then ends it; an error carries the end of what it said.
pub(crate) fn run_within(command: &mut Command, limit: Duration) -> Result<()> {
    let mut child = start(command.stdout(Stdio::null()).stderr(Stdio::piped()))?;
    let stderr = child.stderr.take();
    let reader = std::thread::spawn(move || {
        let mut text = Vec::new();
        // Whatever could be read until the end is all that a message needs.
        let _ = stderr.map(|mut stderr| stderr.read_to_end(&mut text));
        String::from_utf8_lossy(&text).trim().to_owned()
    });
    let status = wait_within(&mut child, command, limit)?;
    ended_well(command, status).with_context(|| reader.join().unwrap_or_default())
}

/// Runs for at most `limit`, showing what it says.
pub(crate) fn run_shown_within(command: &mut Command, limit: Duration) -> Result<()> {
    let mut child = start(command.stdout(std::io::stderr()))?;
    let status = wait_within(&mut child, command, limit)?;
    ended_well(command, status)
}

/// Says what is done now and how long it took; for steps that people wait for.
pub(crate) fn step<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("==> {what}");
    let start = Instant::now();
    let result = work().with_context(|| what.to_owned())?;
    println!("    done in {:.1} s", start.elapsed().as_secs_f32());
    Ok(result)
}

/// The program on PATH, if it is there.
pub(crate) fn which(name: &str) -> Option<std::path::PathBuf> {
    if Path::new(name).components().count() > 1 {
        return Path::new(name).is_file().then(|| name.into());
    }
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
}

fn start(command: &mut Command) -> Result<Child> {
    command
        .spawn()
        .with_context(|| format!("cannot start `{}`", shown(command)))
}

fn wait_within(child: &mut Child, command: &Command, limit: Duration) -> Result<ExitStatus> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if start.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            bail!(
                "`{}` gave no answer within {} s",
                shown(command),
                limit.as_secs()
            );
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn ended_well(command: &Command, status: ExitStatus) -> Result<()> {
    if status.success() {
        return Ok(());
    }
    bail!("`{}` failed ({status})", shown(command))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn hanging_program_is_ended() {
        let start = Instant::now();
        let error =
            run_within(command("sleep").arg("60"), Duration::from_millis(200)).expect_err("ended");
        assert!(start.elapsed() < Duration::from_secs(10));
        assert!(error.to_string().contains("gave no answer"));
    }

    #[test]
    fn failure_tells_what_the_program_said() {
        let error = run_within(
            command("sh").args(["-c", "echo because >&2; exit 3"]),
            Duration::from_secs(10),
        );
        assert!(format!("{:#}", error.expect_err("failed")).contains("because"));
    }
}
