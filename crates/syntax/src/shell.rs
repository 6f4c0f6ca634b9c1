//! Shell scripts: POSIX sh, and what people use of bash.
//!
//! [`parse`] reads a text to the end, whatever is wrong with it; [`Script::commands`] gives every simple
//! command in the order in which they run, also those inside substitutions, functions and the scripts that
//! `sh -c` and its like are given. See the Shell Command Language of POSIX.1-2024 and the Bash reference
//! manual. What only a run can tell (values of parameters, aliases, files) is left as it is.

mod ast;
mod commands;
mod compound;
pub mod dialect;
mod parser;
mod redirect;
#[cfg(test)]
mod tests;
mod unwrap;
mod word;

use crate::mapped::Mapped;

pub use ast::{
    Assignment, Chain, Command, Compound, CompoundKind, Heredoc, Join, List, Part, PartKind, Pipeline,
    Redirect, RedirectOp, Script, Simple, Word, Wrapper,
};
pub use commands::{Flow, Invocation};
pub use dialect::Dialect;

/// Parses a script. Spans are of `text`.
pub fn parse(text: &str) -> Script {
    parser::run(&Mapped::verbatim(text, 0), 0)
}

/// Parses a script that was taken out of a source. Spans are of the source.
pub fn parse_mapped(text: &Mapped) -> Script {
    parser::run(text, 0)
}
