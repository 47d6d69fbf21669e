//! `cargo xtask tidy`: the architecture's invariants. Must never mend anything itself.

use std::process::ExitCode;

use anyhow::Result;

/// What one check found.
pub(crate) struct Verdict {
    pub(crate) name: &'static str,
    pub(crate) problems: Vec<String>,
}

impl Verdict {
    /// One line, and one for each problem.
    pub(crate) fn print(&self) {
        println!(
            "{} {}",
            if self.problems.is_empty() {
                "ok    "
            } else {
                "FAILED"
            },
            self.name
        );
        for problem in &self.problems {
            println!("         {problem}");
        }
    }
}

/// The command.
pub(crate) fn run() -> Result<ExitCode> {
    let verdicts = check()?;
    verdicts.iter().for_each(Verdict::print);
    Ok(
        if verdicts.iter().all(|verdict| verdict.problems.is_empty()) {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        },
    )
}

/// Every check.
pub(crate) fn check() -> Result<Vec<Verdict>> {
    Ok(Vec::new())
}
