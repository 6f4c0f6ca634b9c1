//! Dockerfiles, as BuildKit reads them.
//!
//! [`parse`] gives a [`Dockerfile`]: stages of instructions, each taken apart as far as its own syntax
//! goes, every part with its bytes. See the Dockerfile reference
//! (<https://docs.docker.com/reference/dockerfile/>).

mod ast;
mod expand;
mod instruction;
mod lines;
mod read;
mod scope;
mod script;
mod stages;
#[cfg(test)]
mod tests;
mod words;

pub use ast::{
    ArgDef, Body, Command, Directive, Dockerfile, Flag, Form, From, Heredoc, Instruction, Keyword, Mount,
    MountOption, Pair, Port, Run, Stage, Transfer, User,
};
pub use expand::{Expanded, Value};
pub use read::{is_dockerfile_name, looks_like, parse};
pub use scope::{Scope, Variable, Variables};
pub use script::{Program, Worked};
pub use stages::{Base, Evaluation, Origin, Reference, Setting, StageState, is_absolute};
