//! Regular expressions of selectors, within bounds.

use regex::{Regex, RegexBuilder};

/// Most bytes that a compiled expression, and what matching it keeps, may take.
const SIZE: usize = 1 << 20;

/// A compiled expression.
#[derive(Clone, Debug)]
pub struct Pattern(Regex);

impl Pattern {
    /// Compiles as it stands.
    pub fn new(text: &str) -> Result<Self, String> {
        RegexBuilder::new(text)
            .size_limit(SIZE)
            .dfa_size_limit(SIZE)
            .nest_limit(100)
            .build()
            .map(Self)
            .map_err(|error| format!("error parsing regexp: {error}"))
    }

    /// Compiles so that it must match all of a text.
    pub fn whole(text: &str) -> Result<Self, String> {
        Self::new(&format!("^(?:{text})$"))
    }

    /// True if the text matches.
    pub fn matches(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}
