//! What is wrong with an input.

use model::{Span, WhyCode};
use std::fmt;

/// A mistake in an input, with its place and a hint. Parsers report it and go on with what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where.
    pub span: Span,
    /// What is wrong, as a sentence without a full stop, lower case.
    pub message: String,
    /// What to do about it; empty if the message says it all.
    pub hint: String,
    /// `Malformed`, or `Limit` where a bound on depth or expansion was reached.
    pub code: WhyCode,
    /// True if the part around the error was given up; false if it was still read in full (a duplicate key).
    pub lost: bool,
}

impl SyntaxError {
    /// A mistake that cost the part around it.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), hint: String::new(), code: WhyCode::Malformed, lost: true }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Marks it as a reached limit.
    #[must_use]
    pub fn limit(mut self) -> Self {
        self.code = WhyCode::Limit;
        self
    }

    /// Marks it as one after which everything was still read.
    #[must_use]
    pub fn survived(mut self) -> Self {
        self.lost = false;
        self
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
