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

/// The script that runs one command given as words (exec form), so that what `sh -c` is given and what
/// wrappers start is seen as in any script. Spans are of the source of the words.
pub fn from_words(words: &[Mapped]) -> Script {
    let nowhere = Mapped::default();
    let mut parser = parser::Parser::new(&nowhere, 0);
    let word = |text: &Mapped| Word {
        parts: vec![Part { kind: PartKind::Text(text.clone()), quoted: true, span: text.span() }],
        span: text.span(),
    };
    let span = words.iter().map(Mapped::span).reduce(model::Span::cover).unwrap_or_default();
    let mut simple = Simple { words: words.iter().map(word).collect(), span, ..Simple::default() };
    unwrap::apply(&mut parser, &mut simple, 0);
    let commands = vec![Command::Simple(Box::new(simple))];
    let pipeline = Pipeline { negated: false, commands, span };
    let chain = Chain { pipelines: vec![(None, pipeline)], background: false };
    Script {
        list: List { chains: vec![chain] },
        heredocs: parser.heredocs,
        comments: parser.comments,
        errors: parser.errors,
    }
}
