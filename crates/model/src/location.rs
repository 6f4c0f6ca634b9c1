//! Where something stands: byte spans, positions, pointers.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// A half-open range of byte offsets into one source text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset just past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from `start` up to, not including, `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// True for a span that covers no byte (a place between two bytes).
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// True if `other` lies wholly inside this span.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The text this span covers, or `""` if it does not fall on character boundaries of `text`.
    pub fn text(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// A place in a text as people count it: line and column from 1, the column in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in Unicode scalar values.
    pub column: u32,
}

/// From a position up to, not including, another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Range {
    /// First character.
    pub start: Position,
    /// Just past the last character.
    pub end: Position,
}

/// A route of keys and indexes through a document, in the form of RFC 6901 (JSON Pointer):
/// `/spec/containers/0/image`. The empty pointer is the document's root.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pointer(String);

impl Pointer {
    /// The root of a document.
    pub const fn root() -> Self {
        Self(String::new())
    }

    /// Takes a pointer that is already in RFC 6901 form.
    pub fn from_encoded(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Appends one unescaped step.
    pub fn push(&mut self, step: &str) {
        self.0.push('/');
        if step.contains(['~', '/']) {
            self.0.push_str(&step.replace('~', "~0").replace('/', "~1"));
        } else {
            self.0.push_str(step);
        }
    }

    /// This pointer with one more step.
    #[must_use]
    pub fn join(&self, step: &str) -> Self {
        let mut longer = self.clone();
        longer.push(step);
        longer
    }

    /// The unescaped steps, from the root.
    pub fn steps(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(|s| s.replace("~1", "/").replace("~0", "~"))
    }

    /// The RFC 6901 text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a finding, an exception or an error stands: a source, a pointer into it, and the bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Location {
    /// Path of the file as shown to people, with `/` between parts; `-` for standard input.
    pub file: Arc<str>,
    /// Route of keys through the document; empty for sources that have none (a Dockerfile).
    pub pointer: Pointer,
    /// Bytes in the file. Empty where only the file as a whole is meant.
    pub span: Span,
    /// The same in lines and columns.
    pub range: Range,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointer_escapes_and_unescapes() {
        let p = Pointer::root().join("metadata").join("annotations").join("a/b~c");
        assert_eq!(p.as_str(), "/metadata/annotations/a~1b~0c");
        assert_eq!(p.steps().collect::<Vec<_>>(), ["metadata", "annotations", "a/b~c"]);
        assert_eq!(Pointer::root().steps().count(), 0);
    }

    #[test]
    fn span_text_never_panics() {
        assert_eq!(Span::new(0, 2).text("ab"), "ab");
        assert_eq!(Span::new(1, 9).text("ab"), "");
        assert_eq!(Span::new(1, 2).text("é"), "");
    }
}
