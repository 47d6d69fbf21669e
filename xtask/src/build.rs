//! `cargo xtask build`: the widget for release in `dist/site/`, ready to be served.
//! Must never leave a half-written site: the new one is made elsewhere and then swapped in.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use crate::files::{self, Lock};
use crate::machine::tools::{self, Tool};
use crate::machine::wasm::Toolchain;
use crate::process::{command, run as run_command, step};
use crate::widget::{bindgen, compress, loader, stamp};

/// The version of the workspace, as `Cargo.toml` has it.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");
const STAMP: &str = ".stamp";
/// Served with short names and without comments.
const SCRIPTS: [&str; 2] = ["partner-desk.js", "app/app.js"];

/// The command: builds and shows the sizes.
pub(crate) fn run() -> Result<ExitCode> {
    let _built = ensure()?;
    println!("dist/site/ is up to date, `cargo xtask size` shows its sizes");
    Ok(ExitCode::SUCCESS)
}

/// The folder that the demo serves.
pub(crate) fn site() -> PathBuf {
    files::root().join("dist/site")
}

/// The fingerprint of what the site was built from.
pub(crate) fn stamp_of_site() -> Result<String> {
    files::read(&site().join(STAMP))
}

/// Builds unless nothing has changed. While the answer is held, nobody swaps the site.
pub(crate) fn ensure() -> Result<Lock> {
    let toolchain = Toolchain::ensure()?;
    let tools = Tools {
        trunk: tools::trunk(),
        wasm_bindgen: tools::wasm_bindgen()?,
        minify: tools::minify()?,
    };
    tools.wasm_bindgen.ensure()?;
    tools.trunk.ensure()?;
    tools.minify.ensure()?;
    let how = format!(
        "{} {} {} {}",
        toolchain.describe(),
        tools.trunk.version,
        tools.wasm_bindgen.version,
        tools.minify.version
    );
    let stamp = stamp::of(&files::root(), &how)?;
    if let Some(lock) = fresh(&stamp)? {
        println!("==> widget: nothing changed");
        return Ok(lock);
    }
    let _building = files::lock(&files::target().join("partner-desk/build.lock"))?;
    if let Some(lock) = fresh(&stamp)? {
        println!("==> widget: another run has built it");
        return Ok(lock);
    }
    step("widget, release build", || {
        build(&toolchain, &tools, &stamp)
    })?;
    files::lock_shared(&site_lock())
}

/// The lock on the site if it is what the stamp says. Readers never wait for each other.
fn fresh(stamp: &str) -> Result<Option<Lock>> {
    let lock = files::lock_shared(&site_lock())?;
    let same = stamp_of_site().is_ok_and(|found| found == stamp);
    Ok(same.then_some(lock))
}

/// Shared by those who read the site; alone only while the new one takes its place.
fn site_lock() -> PathBuf {
    files::target().join("partner-desk/site.lock")
}

struct Tools {
    trunk: Tool,
    wasm_bindgen: Tool,
    minify: Tool,
}

fn build(toolchain: &Toolchain, tools: &Tools, stamp: &str) -> Result<()> {
    let fresh = files::target().join("partner-desk/site");
    files::remove(&fresh)?;
    let mut command = command(tools.trunk.program("trunk"));
    command
        .args(["build", "--release", "--dist"])
        .arg(&fresh)
        .stdout(std::io::stderr());
    // Trunk takes any value but true and false for a wrong option.
    command
        .env_remove("NO_COLOR")
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        .env("RUST_BACKTRACE", "0");
    let wasm_bindgen = &tools.wasm_bindgen;
    let stand_in = bindgen::install(&wasm_bindgen.program("wasm-bindgen"), &mut command)?;
    toolchain.prepare(&mut command, &[stand_in, wasm_bindgen.folder()])?;
    run_command(&mut command)?;
    // Before scripts are made small, which renames what is filled in; no script is hashed.
    loader::fill(&fresh, VERSION)?;
    // What customers' visitors load; the demo page's own scripts stay readable.
    run_command(
        self::command(tools.minify.program("partner-desk-minify"))
            .args(SCRIPTS.map(|script| fresh.join(script))),
    )?;
    loader::release(&fresh, VERSION)?;
    step("brotli and gzip", || compress::folder(&fresh))?;
    files::write(&fresh.join(STAMP), stamp)?;
    let _alone = files::lock(&site_lock())?;
    files::swap(&fresh, &site())
}
