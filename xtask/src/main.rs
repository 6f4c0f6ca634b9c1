//! Chores of the workspace: `cargo xtask gen [--check]`, `cargo xtask tidy`.
//!
//! Nothing of the workspace is linked here, so that a broken list of modules can still be written anew.

mod generate;
mod tidy;
mod workspace;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask COMMAND\n\n  \
    gen           write the lists of checks, the rule reference and the control matrix\n  \
    gen --check   fail if one of them is out of date\n  \
    tidy          check the layering of crates and the rules of the house";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let faults = match words.as_slice() {
        ["gen"] => generate::run(false),
        ["gen", "--check"] => generate::run(true),
        ["tidy"] => tidy::run(),
        _ => Err(USAGE.to_owned()),
    };
    match faults {
        Ok(faults) if faults.is_empty() => ExitCode::SUCCESS,
        Ok(faults) => {
            for fault in &faults {
                eprintln!("xtask: {fault}");
            }
            eprintln!("xtask: {} in all", faults.len());
            ExitCode::FAILURE
        }
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
