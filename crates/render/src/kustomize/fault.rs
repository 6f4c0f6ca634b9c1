//! What stops a build.

use crate::origin::{FileId, OriginId};
use model::{Span, WhyCode};

/// Why a build stops, in Kustomize's words, and where the cause stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The words.
    pub message: String,
    /// The node that is to blame: a field of a kustomization file, or a patch. `NONE` if nobody knows; the
    /// caller then puts in what it knows.
    pub at: OriginId,
    /// Bytes of a file that are to blame, where there is no node.
    pub place: Option<(FileId, Span)>,
    /// Kind of reason.
    pub code: WhyCode,
    /// True if it lies elsewhere (an address) and so was not looked at: no mistake, but a gap.
    pub remote: bool,
}

impl Fault {
    /// Input that is not as it should be.
    pub fn new(message: impl Into<String>, at: OriginId) -> Self {
        Self { message: message.into(), at, place: None, code: WhyCode::Malformed, remote: false }
    }

    /// Another kind of reason.
    #[must_use]
    pub fn code(self, code: WhyCode) -> Self {
        Self { code, ..self }
    }

    /// Something at an address, which is not fetched.
    pub fn at_address(address: &str, at: OriginId) -> Self {
        let message = format!("`{address}` is remote and was not fetched");
        Self { message, at, place: None, code: WhyCode::MissingInput, remote: true }
    }

    /// A mistake of syntax.
    pub fn in_text(message: impl Into<String>, file: FileId, span: Span) -> Self {
        Self { place: Some((file, span)), ..Self::new(message, OriginId::NONE) }
    }

    /// The place, if none was known so far.
    #[must_use]
    pub fn or_at(self, at: OriginId) -> Self {
        if self.at == OriginId::NONE && self.place.is_none() { Self { at, ..self } } else { self }
    }

    /// What was being done, with the message in quotes.
    #[must_use]
    pub fn quoted(self, words: &str) -> Self {
        Self { message: format!("{words} {:?}", self.message), ..self }
    }

    /// What was being done: `words: message`.
    #[must_use]
    pub fn context(self, words: &str) -> Self {
        Self { message: format!("{words}: {}", self.message), ..self }
    }
}

impl From<String> for Fault {
    fn from(message: String) -> Self {
        Self::new(message, OriginId::NONE)
    }
}
