//! Spanned document trees, as YAML and JSON are read into.
//!
//! One [`Tree`] holds all documents of one source in a flat arena. [`Node`] is a cursor into it: copyable,
//! and able to stand on something that is not there, so that `root.get("spec").get("hostPID")` needs no
//! unwrapping and still knows where the missing value would belong.

mod builder;
mod locate;
mod node;

pub use builder::{Builder, Text};
pub use locate::pointer_at;
pub use node::{Entries, Items, Node};

use crate::{SourceText, SyntaxError};
use model::Span;
use std::sync::Arc;

/// Index of a node in its [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(crate) u32);

/// What a node is, after YAML's type resolution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`, `~` or nothing at all.
    Null,
    /// A boolean.
    Bool,
    /// A whole number.
    Int,
    /// Any other number.
    Float,
    /// Text.
    Str,
    /// Keys and values.
    Map,
    /// Items.
    Seq,
}

/// How a node was written; fixes keep to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// A scalar without quotes.
    Plain,
    /// `'...'`
    Single,
    /// `"..."`
    Double,
    /// `|`
    Literal,
    /// `>`
    Folded,
    /// A mapping or sequence by indentation.
    Block,
    /// `{...}` or `[...]`, and all of JSON.
    Flow,
}

/// What a node holds: a scalar's text, or a range of the links table.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Payload {
    /// Bytes of the source are the value.
    Source(Span),
    /// Bytes of the side buffer are the value (escapes, folding).
    Side(Span),
    /// Links `[start, end)`: items, or keys and values in turn.
    Links(Span),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct NodeData {
    pub(crate) kind: Kind,
    pub(crate) style: Style,
    /// True for the key of a mapping entry.
    pub(crate) is_key: bool,
    pub(crate) span: Span,
    /// The node this one is written in; itself for a root.
    pub(crate) parent: NodeId,
    /// In a mapping the key's node; in a sequence the index; 0 for a root.
    pub(crate) slot: u32,
    pub(crate) payload: Payload,
}

/// One document of a source.
#[derive(Clone, Copy, Debug)]
pub struct Document {
    /// The root node; absent for an empty document and for one that could not be read.
    pub root: Option<NodeId>,
    /// From after the `---` to before the next one (or the end). The first document begins where the text
    /// does, so that comments and directives above its `---` are part of it; likewise after a `...` line.
    pub span: Span,
    /// True if the document was given up because of a mistake, which is then among the tree's errors.
    pub broken: bool,
}

/// All documents of one source.
#[derive(Debug)]
pub struct Tree {
    pub(crate) source: Arc<SourceText>,
    pub(crate) nodes: Vec<NodeData>,
    pub(crate) links: Vec<NodeId>,
    pub(crate) side: String,
    pub(crate) documents: Vec<Document>,
    pub(crate) comments: Vec<Span>,
    pub(crate) errors: Vec<SyntaxError>,
}

impl Tree {
    /// The text it was read from.
    pub fn source(&self) -> &Arc<SourceText> {
        &self.source
    }

    /// The documents in order, broken and empty ones included.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// Roots of the documents that have one.
    pub fn roots(&self) -> impl Iterator<Item = Node<'_>> {
        self.documents.iter().filter_map(|d| d.root).map(|id| self.node(id))
    }

    /// The document that has this root.
    pub fn document_of(&self, root: Node<'_>) -> Option<&Document> {
        let start = root.span().start;
        let near = self.documents.partition_point(|d| d.span.start <= start);
        let around = self.documents.get(near.saturating_sub(2)..(near + 1).min(self.documents.len()))?;
        around.iter().find(|d| d.root == Some(root.id()))
    }

    /// Comments in order, each from its `#` to the end of its line.
    pub fn comments(&self) -> &[Span] {
        &self.comments
    }

    /// Mistakes, in order of position.
    pub fn errors(&self) -> &[SyntaxError] {
        &self.errors
    }

    /// A cursor on a node of this tree.
    pub fn node(&self, id: NodeId) -> Node<'_> {
        Node::new(self, id)
    }

    pub(crate) fn data(&self, id: NodeId) -> NodeData {
        // Ids are only made by the builder of this tree; a foreign id gives a null rather than a panic.
        self.nodes.get(id.0 as usize).copied().unwrap_or(NodeData {
            kind: Kind::Null,
            style: Style::Plain,
            is_key: false,
            span: Span::new(0, 0),
            parent: id,
            slot: 0,
            payload: Payload::Side(Span::new(0, 0)),
        })
    }

    pub(crate) fn children(&self, id: NodeId) -> &[NodeId] {
        match self.data(id).payload {
            Payload::Links(range) => {
                self.links.get(range.start as usize..range.end as usize).unwrap_or_default()
            }
            Payload::Source(_) | Payload::Side(_) => &[],
        }
    }

    /// Text by which a mapping's key is compared; none for a key that is a collection.
    pub(crate) fn key_text(&self, id: NodeId) -> Option<&str> {
        match self.nodes.get(id.0 as usize)?.payload {
            Payload::Source(span) => Some(self.source.slice(span)),
            Payload::Side(span) => Some(span.text(&self.side)),
            Payload::Links(_) => None,
        }
    }

    pub(crate) fn scalar_text(&self, id: NodeId) -> &str {
        match self.data(id).payload {
            Payload::Source(span) => self.source.slice(span),
            Payload::Side(span) => span.text(&self.side),
            Payload::Links(_) => "",
        }
    }
}
