//! The `holdfast` command.

mod args;
mod command;
mod output;
mod setup;

use args::{Arguments, Command};
use clap::Parser;
use std::process::ExitCode;

/// Nothing at or above the threshold.
const CLEAN: u8 = 0;
/// Findings at or above the threshold.
const FOUND: u8 = 1;
/// The command line or the input is wrong.
const WRONG: u8 = 2;

/// A mistake that ends the command with exit code 2.
struct Failure(String);

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self(message)
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match &arguments.command {
        Command::Scan(args) => command::scan::run(args),
        Command::Pss(args) => command::pss::run(args),
        Command::Fix(args) => command::fix::run(args),
        Command::Render(args) => command::render::run(args),
        Command::Rules(args) => command::rules::run(args),
        Command::Explain(args) => command::explain::run(args),
        Command::Init(args) => command::init::run(args),
        Command::Doctor => Ok(command::doctor::run()),
        Command::Completions(args) => Ok(command::completions::run(args)),
    };
    // The process ends here, at once: freeing what it holds piece by piece would only cost time.
    match done {
        Ok(code) => std::process::exit(i32::from(code)),
        Err(Failure(message)) => {
            eprintln!("holdfast: {message}");
            std::process::exit(i32::from(WRONG))
        }
    }
}
