//! `cargo xtask doctor`: what is present, what is missing, and what each command would do about it.
//! Must never change anything.

use std::process::ExitCode;

use anyhow::Result;

use crate::machine::browser::Chromium;
use crate::machine::wasm::{self, Toolchain};
use crate::machine::{apt, cxx, engines, fonts, languages, node, postgres, python, tools};
use crate::process::{capture, command, which};
use crate::{build, files};

/// One thing that commands need.
struct Finding {
    name: String,
    /// Where or which version; nothing if it is missing.
    found: Option<String>,
    /// Who needs it.
    needed_by: &'static str,
    /// What those commands do when it is missing.
    remedy: String,
}

/// The command. Its code is 0 even if something is missing: the other commands install it.
pub(crate) fn run() -> Result<ExitCode> {
    println!("checkout  {}", files::root().display());
    println!("cache     {}", files::cache().display());
    println!(
        "packages  {}\n",
        if apt::available() {
            "Debian's, installed when needed"
        } else {
            "installed by you, see below"
        }
    );
    let findings = findings()?;
    for finding in &findings {
        let state = if finding.found.is_some() {
            "present"
        } else {
            "MISSING"
        };
        println!(
            "{state}  {:<26} {}",
            finding.name,
            finding.found.as_deref().unwrap_or("-")
        );
    }
    for finding in findings.iter().filter(|finding| finding.found.is_none()) {
        println!(
            "\n{} is needed by: {}\n  {}",
            finding.name, finding.needed_by, finding.remedy
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn findings() -> Result<Vec<Finding>> {
    let by_apt = |packages: &str| {
        if apt::available() {
            format!("they install Debian's {packages}")
        } else {
            format!("install {packages} yourself")
        }
    };
    let version = |program: &str| {
        capture(command(program).arg("--version"))
            .ok()
            .map(|text| text.trim().to_owned())
    };
    let rustup = if wasm::rustup_failed_recently() {
        "rustup is left out (it failed lately)"
    } else {
        "they try rustup first"
    };
    let mut findings = vec![
        finding(
            "rustc",
            version("rustc"),
            "all",
            "install Rust: rustup.rs".to_owned(),
        ),
        finding(
            "rustfmt",
            version("rustfmt"),
            "test",
            "rustup component add rustfmt".to_owned(),
        ),
        finding(
            "clippy",
            version("cargo-clippy"),
            "test",
            "rustup component add clippy".to_owned(),
        ),
        finding(
            "compiler for wasm32",
            Toolchain::find().map(|found| found.describe()),
            "serve, build, test, size, screenshots",
            format!(
                "{rustup}; {}",
                by_apt("rustc-web cargo-web rust-web-src lld-22")
            ),
        ),
    ];
    for tool in [tools::wasm_bindgen()?, tools::trunk(), tools::minify()?] {
        findings.push(finding(
            &format!("{} {}", tool.package, tool.version),
            tool.is_installed()
                .then(|| tool.folder().display().to_string()),
            "serve, build, test, size, screenshots",
            "they build it with cargo, some minutes, once".to_owned(),
        ));
    }
    findings.push(finding(
        "widget in dist/site/",
        build::site()
            .join("index.html")
            .is_file()
            .then(|| build::site().display().to_string()),
        "serve, test, size, screenshots",
        "they build it".to_owned(),
    ));
    let chromium = Chromium::find();
    findings.push(finding(
        "Chromium and its driver",
        chromium.map(|found| format!("{}, {}", found.browser.display(), found.driver.display())),
        "test, screenshots",
        by_apt("chromium chromium-driver"),
    ));
    for program in &engines::PROGRAMS {
        findings.push(finding(
            program.package,
            program.find().map(|path| path.display().to_string()),
            "test (host pages)",
            by_apt(program.package),
        ));
    }
    for font in &fonts::FONTS {
        findings.push(finding(
            font.package,
            font.is_there().then(|| font.languages.to_owned()),
            "screenshots",
            by_apt(font.package),
        ));
    }
    for language in &languages::LANGUAGES {
        findings.push(finding(
            language.package,
            which(language.program).map(|path| path.display().to_string()),
            "test (packages)",
            by_apt(language.package),
        ));
    }
    findings.push(finding(
        "Node.js with npm",
        node::version(),
        "test, screenshots",
        by_apt("nodejs npm"),
    ));
    findings.push(finding(
        "packages of tests/e2e",
        node::has_packages().then(|| node::folder().join("node_modules").display().to_string()),
        "test, screenshots",
        "they run npm ci there".to_owned(),
    ));
    findings.push(finding(
        "schemathesis",
        python::schemathesis()
            .ok()
            .filter(|_| python::is_installed())
            .map(|program| program.display().to_string()),
        "test, openapi",
        format!(
            "they install it into the cache folder; {}",
            by_apt(&python::PACKAGES.join(" "))
        ),
    ));
    findings.push(finding(
        "C++ compiler",
        cxx::find().map(|path| path.display().to_string()),
        "fuzz",
        by_apt("g++"),
    ));
    findings.push(finding(
        "PostgreSQL's server",
        postgres::programs().map(|folder| folder.display().to_string()),
        "test",
        by_apt(postgres::PACKAGE),
    ));
    Ok(findings)
}

fn finding(name: &str, found: Option<String>, needed_by: &'static str, remedy: String) -> Finding {
    Finding {
        name: name.to_owned(),
        found,
        needed_by,
        remedy,
    }
}
