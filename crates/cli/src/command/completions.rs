//! `holdfast completions`

use crate::CLEAN;
use crate::args::{Arguments, CompletionArgs};
use clap::CommandFactory;

/// Runs the command.
pub fn run(args: &CompletionArgs) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Arguments::command(), "holdfast", &mut script);
    crate::output::print(&String::from_utf8_lossy(&script));
    CLEAN
}
