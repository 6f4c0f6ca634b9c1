//! Dockerfiles, as BuildKit reads them.
//!
//! [`parse`] gives a [`Dockerfile`]: stages of instructions, each taken apart as far as its own syntax
//! goes, every part with its bytes. See the Dockerfile reference
//! (<https://docs.docker.com/reference/dockerfile/>).

mod ast;

pub use ast::{
    ArgDef, Body, Command, Directive, Dockerfile, Flag, Form, From, Heredoc, Instruction, Keyword, Mount,
    MountOption, Pair, Port, Run, Stage, Transfer, User,
};
