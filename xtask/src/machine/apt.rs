//! Debian's packages, for machines where we may install them: root, with apt.
//! Must never be tried elsewhere; there people get a message that says what to install.

use anyhow::{Result, bail};

use crate::process::{capture, command, run, step, which};

/// Whether packages can be installed without asking anybody.
pub(crate) fn available() -> bool {
    which("apt-get").is_some() && capture(command("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// The first of `names` that can be installed, after the package lists have been read if need be.
pub(crate) fn first_known<'a>(names: &[&'a str]) -> Option<&'a str> {
    let find = || names.iter().copied().find(|name| known(name));
    find().or_else(|| {
        // Lists that cannot be read show as "nothing is known", and the caller says what is missing.
        step("Debian package lists", || run(&mut get(&["update", "-q"]))).ok()?;
        find()
    })
}

/// Installs the packages without their recommendations.
pub(crate) fn install(names: &[&str]) -> Result<()> {
    if first_known(names).is_none() {
        bail!("Debian's package lists know none of: {}", names.join(" "));
    }
    step(&format!("Debian packages {}", names.join(" ")), || {
        let mut arguments = vec!["install", "-y", "-q", "--no-install-recommends"];
        arguments.extend(names);
        // Lists may be older than the archive: read them again once before giving up.
        run(&mut get(&arguments)).or_else(|_| {
            run(&mut get(&["update", "-q"]))?;
            run(&mut get(&arguments))
        })
    })
}

fn known(name: &str) -> bool {
    capture(command("apt-cache").args(["policy", name])).is_ok_and(|text| {
        text.lines()
            .any(|line| line.trim().starts_with("Candidate:") && !line.contains("(none)"))
    })
}

fn get(arguments: &[&str]) -> std::process::Command {
    let mut get = command("apt-get");
    get.args(["-o", "DPkg::Lock::Timeout=600", "-o", "Acquire::Retries=3"])
        .args(arguments);
    get.env("DEBIAN_FRONTEND", "noninteractive")
        .stdout(std::io::stderr());
    get
}
