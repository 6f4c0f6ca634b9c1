//! Chores of the workspace: `cargo xtask gen [--check]`, `cargo xtask tidy`.

mod generate;

use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["gen"] => generate::modules(false),
        ["gen", "--check"] => generate::modules(true),
        _ => Err("usage: cargo xtask gen [--check]".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
