//! The cursor.

use super::{Kind, NodeId, Style, Tree};
use crate::placeholder;
use crate::scalar;
use model::{Location, Pointer, Span, Val, Why, WhyCode};
use std::fmt;

/// A cursor on a node, or on a place where a node is missing. Missing cursors answer every question with
/// "nothing" and locate themselves at the nearest ancestor that exists.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    tree: &'a Tree,
    id: NodeId,
    missing: bool,
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = if self.missing { " (missing below)" } else { "" };
        write!(f, "{:?} at {}{state}", self.kind(), self.pointer())
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.tree, other.tree) && self.id == other.id && self.missing == other.missing
    }
}

impl Eq for Node<'_> {}

impl<'a> Node<'a> {
    pub(crate) fn new(tree: &'a Tree, id: NodeId) -> Self {
        Self { tree, id, missing: false }
    }

    fn on(self, id: NodeId) -> Self {
        Self { tree: self.tree, id, missing: false }
    }

    fn nowhere(self) -> Self {
        Self { missing: true, ..self }
    }

    /// The tree it points into.
    pub fn tree(self) -> &'a Tree {
        self.tree
    }

    /// Its id; for a missing node that of the nearest ancestor that exists.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// True if something stands here, `null` included.
    pub fn exists(self) -> bool {
        !self.missing
    }

    /// True if a value stands here that Kubernetes would not drop: not missing and not `null`.
    pub fn is_set(self) -> bool {
        !self.missing && self.kind() != Kind::Null
    }

    /// What it is; `Null` where missing.
    pub fn kind(self) -> Kind {
        if self.missing { Kind::Null } else { self.tree.data(self.id).kind }
    }

    /// How it was written.
    pub fn style(self) -> Style {
        self.tree.data(self.id).style
    }

    /// True for a mapping.
    pub fn is_map(self) -> bool {
        self.kind() == Kind::Map
    }

    /// True for a sequence.
    pub fn is_seq(self) -> bool {
        self.kind() == Kind::Seq
    }

    /// The value of `key` if this is a mapping that has it.
    #[must_use]
    pub fn get(self, key: &str) -> Self {
        if self.is_map() {
            for pair in self.tree.children(self.id).chunks_exact(2) {
                if let &[k, v] = pair
                    && self.tree.scalar_text(k) == key
                {
                    return self.on(v);
                }
            }
        }
        self.nowhere()
    }

    /// Follows several keys.
    #[must_use]
    pub fn path(self, keys: &[&str]) -> Self {
        keys.iter().fold(self, |node, key| node.get(key))
    }

    /// Follows keys separated by dots: `at("spec.template.spec")`. For keys without dots in them.
    #[must_use]
    pub fn at(self, dotted: &str) -> Self {
        dotted.split('.').fold(self, Node::get)
    }

    /// The item at `index` if this is a sequence that has it.
    #[must_use]
    pub fn index(self, index: usize) -> Self {
        if self.is_seq()
            && let Some(id) = self.tree.children(self.id).get(index)
        {
            return self.on(*id);
        }
        self.nowhere()
    }

    /// Follows a pointer from this node.
    #[must_use]
    pub fn resolve(self, pointer: &Pointer) -> Self {
        pointer.steps().fold(self, |node, step| match node.kind() {
            Kind::Seq => step.parse().map_or(node.nowhere(), |i| node.index(i)),
            _ => node.get(&step),
        })
    }

    /// Items of a sequence; nothing for anything else.
    pub fn items(self) -> Items<'a> {
        let ids = if self.is_seq() { self.tree.children(self.id) } else { &[] };
        Items { tree: self.tree, ids: ids.iter() }
    }

    /// Keys and values of a mapping, merged ones last; nothing for anything else.
    pub fn entries(self) -> Entries<'a> {
        let ids = if self.is_map() { self.tree.children(self.id) } else { &[] };
        Entries { tree: self.tree, ids: ids.chunks_exact(2) }
    }

    /// Number of items or entries.
    pub fn len(self) -> usize {
        match self.kind() {
            Kind::Seq => self.tree.children(self.id).len(),
            Kind::Map => self.tree.children(self.id).len() / 2,
            _ => 0,
        }
    }

    /// True if there are no items or entries.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The text of any scalar, whatever its type (`8080`, `true`); `None` for collections, null and missing.
    pub fn scalar(self) -> Option<&'a str> {
        match self.kind() {
            Kind::Bool | Kind::Int | Kind::Float | Kind::Str => Some(self.tree.scalar_text(self.id)),
            Kind::Null | Kind::Map | Kind::Seq => None,
        }
    }

    /// The text of a string; `None` for anything else.
    pub fn as_str(self) -> Option<&'a str> {
        (self.kind() == Kind::Str).then(|| self.tree.scalar_text(self.id))
    }

    /// True if this is the string `text`.
    pub fn is(self, text: &str) -> bool {
        self.as_str() == Some(text)
    }

    /// A boolean; `None` for anything else. Where a wrong type matters use [`Node::bool`].
    pub fn as_bool(self) -> Option<bool> {
        (self.kind() == Kind::Bool).then(|| scalar::is_true(self.tree.scalar_text(self.id)))
    }

    /// A whole number; `None` for anything else. Where a wrong type matters use [`Node::int`].
    pub fn as_int(self) -> Option<i64> {
        if self.kind() == Kind::Int { scalar::parse_int(self.tree.scalar_text(self.id)) } else { None }
    }

    fn wrong(self, wanted: &str) -> Why {
        if let Some(expression) = self.scalar().and_then(placeholder::find) {
            return Why::new(
                WhyCode::Unresolved,
                format!("`{}` is filled in later by `{expression}`", self.label()),
            );
        }
        let found = match self.kind() {
            Kind::Null => "nothing",
            Kind::Bool => "a boolean",
            Kind::Int | Kind::Float => "a number",
            Kind::Str => "a string",
            Kind::Map => "a mapping",
            Kind::Seq => "a list",
        };
        Why::new(WhyCode::Malformed, format!("`{}` should be {wanted}, but is {found}", self.label()))
    }

    fn label(self) -> String {
        self.key().map_or_else(|| self.pointer().to_string(), str::to_owned)
    }

    /// A boolean field.
    pub fn bool(self) -> Val<bool, Self> {
        match (self.is_set(), self.as_bool()) {
            (false, _) => Val::Absent(self),
            (true, Some(value)) => Val::Known(value, self),
            (true, None) => Val::Unknown(self.wrong("true or false"), self),
        }
    }

    /// A whole-number field.
    pub fn int(self) -> Val<i64, Self> {
        match (self.is_set(), self.as_int()) {
            (false, _) => Val::Absent(self),
            (true, Some(value)) => Val::Known(value, self),
            (true, None) => Val::Unknown(self.wrong("a whole number"), self),
        }
    }

    /// A string field whose text is taken as it stands, placeholders included (scripts, free text).
    pub fn str(self) -> Val<&'a str, Self> {
        match (self.is_set(), self.as_str()) {
            (false, _) => Val::Absent(self),
            (true, Some(value)) => Val::Known(value, self),
            (true, None) => Val::Unknown(self.wrong("a string"), self),
        }
    }

    /// A string field that must be final (a name, an image): a text with a placeholder is `Unknown`.
    pub fn name(self) -> Val<&'a str, Self> {
        match self.str() {
            Val::Known(text, _) if placeholder::find(text).is_some() => {
                Val::Unknown(self.wrong("a string"), self)
            }
            other => other,
        }
    }

    /// The key under which it stands in a mapping; for a missing node that of its nearest ancestor.
    pub fn key(self) -> Option<&'a str> {
        self.key_id().map(|id| self.tree.scalar_text(id))
    }

    fn key_id(self) -> Option<NodeId> {
        let data = self.tree.data(self.id);
        (data.parent != self.id && self.tree.data(data.parent).kind == Kind::Map && !data.is_key)
            .then_some(NodeId(data.slot))
    }

    /// The collection it is written in.
    pub fn parent(self) -> Option<Self> {
        if self.missing {
            return Some(self.on(self.id));
        }
        let data = self.tree.data(self.id);
        (data.parent != self.id).then(|| self.on(data.parent))
    }

    /// Bytes of the value alone; for a missing node those of its nearest ancestor.
    pub fn span(self) -> Span {
        self.tree.data(self.id).span
    }

    /// Bytes of the key, if it stands under one.
    pub fn key_span(self) -> Option<Span> {
        self.key_id().map(|id| self.tree.data(id).span)
    }

    /// Bytes that a person should be shown: a scalar with its key; of a collection only its key; of an item
    /// that is a collection its first entry.
    pub fn head_span(self) -> Span {
        let span = self.span();
        if matches!(self.tree.data(self.id).kind, Kind::Map | Kind::Seq) {
            if let Some(key) = self.key_span() {
                return key;
            }
            let first = self.tree.children(self.id).first().copied();
            return match (self.tree.data(self.id).kind, first) {
                (Kind::Map, Some(key)) => {
                    let value = self.tree.children(self.id).get(1).map_or(key, |v| *v);
                    let inline = !matches!(self.tree.data(value).kind, Kind::Map | Kind::Seq)
                        && self.tree.data(value).parent == self.id;
                    let key_span = self.tree.data(key).span;
                    if inline {
                        key_span.cover(self.first_line(self.tree.data(value).span))
                    } else {
                        key_span
                    }
                }
                (_, Some(item)) => self.on(item).head_span(),
                (_, None) => span,
            };
        }
        let value = self.first_line(span);
        self.key_span().map_or(value, |key| if key.start <= value.start { key.cover(value) } else { key })
    }

    fn first_line(self, span: Span) -> Span {
        let text = self.tree.source.slice(span);
        let line = text.lines().next().unwrap_or("");
        Span::new(span.start, span.start + line.len() as u32)
    }

    /// Route from the document's root; for a missing node that of its nearest ancestor.
    pub fn pointer(self) -> Pointer {
        self.pointer_from(None)
    }

    /// Route from `root`, which must be an ancestor (else the route from the document's root).
    pub fn pointer_below(self, root: Self) -> Pointer {
        self.pointer_from(Some(root.id))
    }

    fn pointer_from(self, root: Option<NodeId>) -> Pointer {
        let mut chain = Vec::new();
        let mut id = self.id;
        while Some(id) != root {
            let data = self.tree.data(id);
            if data.parent == id {
                break;
            }
            chain.push(id);
            id = data.parent;
        }
        let mut pointer = Pointer::root();
        for id in chain.into_iter().rev() {
            let data = self.tree.data(id);
            if self.tree.data(data.parent).kind == Kind::Map {
                pointer.push(self.tree.scalar_text(NodeId(data.slot)));
            } else {
                pointer.push(&data.slot.to_string());
            }
        }
        pointer
    }

    /// Full location, at [`Node::head_span`].
    pub fn location(self) -> Location {
        self.tree.source.location(self.head_span(), self.pointer())
    }
}

/// Items of a sequence.
#[derive(Clone, Debug)]
pub struct Items<'a> {
    tree: &'a Tree,
    ids: std::slice::Iter<'a, NodeId>,
}

impl<'a> Iterator for Items<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.ids.next().map(|id| Node::new(self.tree, *id))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.ids.size_hint()
    }
}

impl ExactSizeIterator for Items<'_> {}

/// Keys and values of a mapping.
#[derive(Clone, Debug)]
pub struct Entries<'a> {
    tree: &'a Tree,
    ids: std::slice::ChunksExact<'a, NodeId>,
}

impl<'a> Iterator for Entries<'a> {
    type Item = (&'a str, Node<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let &[key, value] = self.ids.next()? {
                return Some((self.tree.scalar_text(key), Node::new(self.tree, value)));
            }
        }
    }
}
