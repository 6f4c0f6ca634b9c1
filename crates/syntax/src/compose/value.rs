//! Values after interpolation, each with the node it was written at.

use super::interpolate::interpolate;
use crate::{Kind, Node, NodeId, SyntaxError};
use model::Span;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Most values one project may come to; `extends` copies what it names.
const MAX_VALUES: usize = 400_000;
/// Depth to which values may be nested.
const MAX_DEPTH: u32 = 64;

/// The node a value was written at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    /// Index of the tree in the project.
    pub(super) tree: u32,
    /// Node of that tree.
    pub(super) id: NodeId,
}

/// How a value takes part in merging.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// By the rules.
    Merge,
    /// `!reset`: what it would override is taken away.
    Reset,
    /// `!override`: it replaces what it overrides.
    Override,
}

/// A scalar with its variables filled in.
#[derive(Clone, Debug)]
pub(super) struct Scalar {
    /// Type as written; of an interpolated text the type of the result.
    pub(super) kind: Kind,
    pub(super) text: Box<str>,
    /// The variable or expression that has no value.
    pub(super) unresolved: Option<Box<str>>,
    /// The variable whose default was taken.
    pub(super) defaulted: Option<Box<str>>,
    /// True if some part came from a `.env` file.
    pub(super) from_outside: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Data {
    Null,
    Scalar(Scalar),
    Map(Vec<(Box<str>, Value)>),
    Seq(Vec<Value>),
}

#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) origin: Origin,
    pub(super) mode: Mode,
    pub(super) data: Data,
}

impl Value {
    pub(super) fn new(origin: Origin, data: Data) -> Self {
        Self { origin, mode: Mode::Merge, data }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match &self.data {
            Data::Map(entries) => entries.iter().find(|(k, _)| **k == *key).map(|(_, v)| v),
            Data::Null | Data::Scalar(_) | Data::Seq(_) => None,
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Scalar(scalar) => Some(&scalar.text),
            Data::Null | Data::Map(_) | Data::Seq(_) => None,
        }
    }

    /// Turns a list of `NAME=value` into a mapping; a name alone gets no value. Later ones win.
    pub(super) fn assignments(self, separators: &[char]) -> Self {
        let Data::Seq(items) = self.data else { return self };
        let mut entries: Vec<(Box<str>, Self)> = Vec::with_capacity(items.len());
        let mut places = HashMap::new();
        for item in items {
            let Data::Scalar(scalar) = item.data else { continue };
            // An `=` inside of an unresolved variable can't be: it stands as `${NAME}`.
            let (name, data) = match scalar.text.find(separators) {
                Some(at) => {
                    let (name, rest) = scalar.text.split_at(at);
                    let text: Box<str> = rest.get(1..).unwrap_or("").into();
                    let unresolved = scalar.unresolved.clone().filter(|_| unresolved_in(&text));
                    let data = Data::Scalar(Scalar { kind: Kind::Str, text, unresolved, ..scalar.clone() });
                    (Box::from(name), data)
                }
                None => (scalar.text.clone(), Data::Null),
            };
            let value = Self { origin: item.origin, mode: item.mode, data };
            if let Some((_, old)) = places.get(&name).and_then(|at: &usize| entries.get_mut(*at)) {
                *old = value;
            } else {
                places.insert(name.clone(), entries.len());
                entries.push((name, value));
            }
        }
        Self { data: Data::Map(entries), ..self }
    }

    /// Turns a list of names, or a single one, into a mapping of names without values.
    pub(super) fn names(self) -> Self {
        let items = match self.data {
            Data::Seq(items) => items,
            Data::Null | Data::Map(_) | Data::Scalar(_) => return self,
        };
        let mut entries: Vec<(Box<str>, Self)> = Vec::new();
        let mut seen = HashSet::new();
        for item in items {
            if let Data::Scalar(scalar) = item.data
                && seen.insert(scalar.text.clone())
            {
                entries.push((scalar.text, Self { origin: item.origin, mode: item.mode, data: Data::Null }));
            }
        }
        Self { data: Data::Map(entries), ..self }
    }
}

/// True if a text that was interpolated still has a variable or an expression in it.
fn unresolved_in(text: &str) -> bool {
    text.contains("${") || crate::placeholder::find(text).is_some()
}

/// Makes values of nodes.
#[derive(Debug)]
pub(super) struct Converter {
    /// Variables that are known.
    pub(super) variables: BTreeMap<String, String>,
    pub(super) errors: Vec<SyntaxError>,
    left: usize,
    /// Set once a limit was reached: then values are missing.
    pub(super) exhausted: bool,
}

impl Converter {
    pub(super) fn new(variables: BTreeMap<String, String>) -> Self {
        Self { variables, errors: Vec::new(), left: MAX_VALUES, exhausted: false }
    }

    /// The value at a node of tree number `tree`. Mistakes are only reported for the main tree.
    pub(super) fn convert(&mut self, node: Node<'_>, tree: u32) -> Value {
        self.at_depth(node, tree, 0)
    }

    fn at_depth(&mut self, node: Node<'_>, tree: u32, depth: u32) -> Value {
        let origin = Origin { tree, id: node.id() };
        if self.left == 0 || depth > MAX_DEPTH {
            if !self.exhausted {
                self.exhausted = true;
                let span = if tree == 0 { node.head_span() } else { Span::new(0, 0) };
                self.errors.push(
                    SyntaxError::new(span, "the project is too large or too deeply nested after expansion")
                        .limit(),
                );
            }
            return Value::new(origin, Data::Null);
        }
        self.left -= 1;
        let data = match node.kind() {
            Kind::Null => Data::Null,
            Kind::Map => Data::Map(
                node.entries()
                    .map(|(key, value)| (key.into(), self.at_depth(value, tree, depth + 1)))
                    .collect(),
            ),
            Kind::Seq => Data::Seq(node.items().map(|item| self.at_depth(item, tree, depth + 1)).collect()),
            Kind::Bool | Kind::Int | Kind::Float | Kind::Str => self.scalar(node, tree),
        };
        Value { origin, mode: mode(node), data }
    }

    fn scalar(&mut self, node: Node<'_>, tree: u32) -> Data {
        let text = node.scalar().unwrap_or("");
        if memchr::memchr(b'$', text.as_bytes()).is_none() {
            let unresolved = (node.kind() == Kind::Str).then(|| crate::placeholder::find(text)).flatten();
            return Data::Scalar(Scalar {
                kind: node.kind(),
                text: text.into(),
                unresolved: unresolved.map(Into::into),
                defaulted: None,
                from_outside: false,
            });
        }
        let result = interpolate(text, &|name| self.variables.get(name).map(String::as_str));
        if let (Some((start, end)), 0) = (result.invalid, tree) {
            let expression = text.get(start..end).unwrap_or("$");
            let shown: String = expression.chars().take(40).collect();
            self.errors.push(
                SyntaxError::new(
                    node.head_span(),
                    format!("`{shown}` is no valid variable, Compose refuses it"),
                )
                .hint("write `${NAME}` for a variable and `$$` for a dollar sign")
                .survived(),
            );
        }
        let left_over = crate::placeholder::find(&result.text).filter(|e| !e.starts_with('$'));
        let unresolved = result.unresolved.as_deref().or(left_over).map(Into::into);
        Data::Scalar(Scalar {
            kind: if result.unresolved.is_none() { crate::scalar::resolve(&result.text) } else { Kind::Str },
            text: result.text.into(),
            unresolved,
            defaulted: result.defaulted.map(Into::into),
            from_outside: result.from_outside,
        })
    }
}

/// The merge tag in front of a node.
fn mode(node: Node<'_>) -> Mode {
    let Some(key) = node.key_span() else { return Mode::Merge };
    let between = node.tree().source().slice(Span::new(key.end, node.span().start.max(key.end)));
    let own = node.tree().source().slice(node.span());
    let tag = |tag: &str| {
        between.split_whitespace().any(|word| word == tag)
            || own
                .strip_prefix(tag)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
    };
    if !between.contains('!') && !own.starts_with('!') {
        Mode::Merge
    } else if tag("!reset") {
        Mode::Reset
    } else if tag("!override") {
        Mode::Override
    } else {
        Mode::Merge
    }
}
