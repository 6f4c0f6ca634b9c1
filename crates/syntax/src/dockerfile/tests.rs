use super::*;
use crate::SourceText;
use std::sync::Arc;

mod evaluate;
mod parse;
mod robust;

pub(super) fn read(text: &str) -> Dockerfile {
    parse(Arc::new(SourceText::new("Dockerfile", text)))
}

/// Parses what must be free of mistakes.
pub(super) fn good(text: &str) -> Dockerfile {
    let file = read(text);
    assert!(file.errors.is_empty(), "{text}\n{:#?}", file.errors);
    file
}

pub(super) fn texts(words: &[crate::Mapped]) -> Vec<&str> {
    words.iter().map(crate::Mapped::text).collect()
}
