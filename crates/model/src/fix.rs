//! Ways to mend a finding.

use crate::{Pointer, Span};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

/// Whether a fix can be applied unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// Can not change what a correct program does.
    Safe,
    /// Right in most cases, but somebody should look: it may stop a program that relied on the fault.
    Unsafe,
}

/// A symbolic change to a document, before it is turned into text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "op", rename_all = "lowercase")]
pub enum Change {
    /// Gives the node at `pointer` this value; mappings on the way that do not exist are made.
    Set {
        /// Route from the root of the document that holds the resource.
        pointer: Pointer,
        /// The new value.
        value: Value,
    },
    /// Adds `value` at the end of the sequence at `pointer`, which is made if it does not exist.
    Append {
        /// Route to the sequence.
        pointer: Pointer,
        /// The new item.
        value: Value,
    },
    /// Removes the node at `pointer`, with its key.
    Remove {
        /// Route to the node.
        pointer: Pointer,
    },
    /// Replaces bytes of a source that has no pointers (a Dockerfile).
    Replace {
        /// What to replace; empty to insert.
        span: Span,
        /// The new text.
        text: String,
    },
}

/// A replacement of bytes in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TextEdit {
    /// The file, as in [`crate::Location::file`].
    pub file: Arc<str>,
    /// What to replace; empty to insert.
    pub span: Span,
    /// The new text.
    pub text: String,
}

/// A way to mend a finding, offered only after its result was parsed and checked again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What it does, in the imperative: `set securityContext.privileged to false`.
    pub title: String,
    /// Whether it can be applied unseen.
    pub safety: Safety,
    /// The symbolic form.
    pub changes: Vec<Change>,
    /// The same as replacements of bytes, in ascending order, not overlapping.
    pub edits: Vec<TextEdit>,
}
