//! The project's commands: set-up, build, serve, test and upkeep, all by `cargo xtask COMMAND`.
//!
//! Must never ask a question, and must compile in seconds: no crate here that the product needs.

mod build;
mod chaos;
mod check;
mod cli;
mod dist;
mod doctor;
mod files;
mod fuzz;
mod machine;
mod openapi;
mod process;
mod scale;
mod screenshots;
mod serve;
mod setup;
mod size;
mod tidy;
mod widget;

use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(code) = widget::bindgen::stand_in() {
        return code;
    }
    match cli::Task::parse(std::env::args().skip(1)).and_then(cli::Task::run) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
