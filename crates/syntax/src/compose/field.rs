//! The cursor over a project's values, after interpolation and merging.

use super::Project;
use super::value::{Data, Origin, Scalar, Value};
use crate::{Kind, Node, NodeId, scalar};
use model::{Val, Why, WhyCode};
use std::fmt;

/// A cursor on a value of a project, or on a place where one is missing. It is to Compose what [`Node`] is to
/// a plain tree, and locates itself by the node at which the value was written, in whichever file.
#[derive(Clone, Copy)]
pub struct Field<'a> {
    project: &'a Project,
    value: Option<&'a Value>,
    near: Origin,
    /// Why a value that is missing here may still be set elsewhere.
    open: Option<&'a Why>,
}

impl fmt::Debug for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} at {:?}", self.value.map(|v| &v.data), self.node())
    }
}

impl<'a> Field<'a> {
    pub(super) fn new(
        project: &'a Project,
        value: Option<&'a Value>,
        near: Origin,
        open: Option<&'a Why>,
    ) -> Self {
        Self { project, value, near, open }
    }

    fn on(self, value: &'a Value) -> Self {
        Self { value: Some(value), near: value.origin, ..self }
    }

    fn nowhere(self) -> Self {
        Self { value: None, ..self }
    }

    /// The node at which the value was written; for a missing one that of the nearest ancestor.
    pub fn node(self) -> Node<'a> {
        let here = self.project.tree(self.near).map(|tree| tree.node(self.near.id));
        let root = || self.project.trees().first().map(|tree| tree.node(NodeId(0)));
        // A project always has its main tree; an empty one serves if that is ever wrong.
        here.or_else(root).unwrap_or_else(|| nothing().node(NodeId(0)))
    }

    /// True if the value was written in the main file, where fixes can change it.
    pub fn is_local(self) -> bool {
        self.near.tree == 0
    }

    /// True if something stands here, `null` included.
    pub fn exists(self) -> bool {
        self.value.is_some()
    }

    /// True if something other than `null` stands here.
    pub fn is_set(self) -> bool {
        self.value.is_some_and(|v| !matches!(v.data, Data::Null))
    }

    /// Why what is missing here may still be set elsewhere: a file it inherits from could not be read.
    pub fn may_be_elsewhere(self) -> Option<&'a Why> {
        self.open
    }

    /// What it is; `Null` where missing.
    pub fn kind(self) -> Kind {
        match self.value.map(|v| &v.data) {
            None | Some(Data::Null) => Kind::Null,
            Some(Data::Map(_)) => Kind::Map,
            Some(Data::Seq(_)) => Kind::Seq,
            Some(Data::Scalar(scalar)) => scalar.kind,
        }
    }

    /// The value of `key`, if this is a mapping that has it.
    #[must_use]
    pub fn get(self, key: &str) -> Self {
        match self.value.and_then(|v| v.get(key)) {
            Some(value) => self.on(value),
            None => self.nowhere(),
        }
    }

    /// Follows several keys.
    #[must_use]
    pub fn at(self, keys: &[&str]) -> Self {
        keys.iter().fold(self, |field, key| field.get(key))
    }

    /// Items of a sequence; a scalar counts as a sequence of one, for the specification allows that in many
    /// places (`env_file`, `tmpfs`, `dns`).
    pub fn items(self) -> Vec<Self> {
        match self.value.map(|v| &v.data) {
            Some(Data::Seq(items)) => items.iter().map(|item| self.on(item)).collect(),
            Some(Data::Scalar(_)) => vec![self],
            None | Some(Data::Null | Data::Map(_)) => Vec::new(),
        }
    }

    /// Keys and values of a mapping.
    pub fn entries(self) -> impl Iterator<Item = (&'a str, Self)> {
        let entries = match self.value.map(|v| &v.data) {
            Some(Data::Map(entries)) => entries.as_slice(),
            _ => &[],
        };
        entries.iter().map(move |(key, value)| (&**key, self.on(value)))
    }

    /// Number of items or entries.
    pub fn len(self) -> usize {
        match self.value.map(|v| &v.data) {
            Some(Data::Map(entries)) => entries.len(),
            Some(Data::Seq(items)) => items.len(),
            _ => 0,
        }
    }

    /// True if there are no items or entries.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    fn data(self) -> Option<&'a Scalar> {
        match self.value.map(|v| &v.data) {
            Some(Data::Scalar(scalar)) => Some(scalar),
            _ => None,
        }
    }

    /// The text of any scalar with its variables filled in, as far as they are known; what is not known
    /// stands in it as `${NAME}`.
    pub fn text(self) -> Option<&'a str> {
        self.data().map(|s| &*s.text)
    }

    /// The text of any scalar, if all of it is known.
    pub fn scalar(self) -> Option<&'a str> {
        self.data().filter(|s| s.unresolved.is_none()).map(|s| &*s.text)
    }

    /// The first variable or expression in it that has no value.
    pub fn unresolved(self) -> Option<&'a str> {
        self.data()?.unresolved.as_deref()
    }

    /// The variable whose default was taken for (a part of) it.
    pub fn defaulted(self) -> Option<&'a str> {
        self.data()?.defaulted.as_deref()
    }

    /// True if (a part of) it came from a `.env` file and is not written in the Compose file.
    pub fn is_from_dotenv(self) -> bool {
        self.data().is_some_and(|s| s.from_outside)
    }

    fn label(self) -> &'a str {
        let ancestors = std::iter::successors(Some(self.node()), |node| node.parent());
        ancestors.take(4).find_map(Node::key).unwrap_or("the value")
    }

    /// Why the value can't be told.
    pub fn why_unresolved(self) -> Why {
        let name = self.unresolved().unwrap_or("");
        Why::new(
            WhyCode::Unresolved,
            format!("`{}` depends on `{name}`, which is set outside of the file", self.label()),
        )
    }

    fn read<T>(self, wanted: &str, take: impl FnOnce(&'a Scalar) -> Option<T>) -> Val<T, Node<'a>> {
        let node = self.node();
        if !self.is_set() {
            return match self.open {
                Some(why) => Val::Unknown(why.clone(), node),
                None => Val::Absent(node),
            };
        }
        let wrong = |found: &str| {
            Why::new(WhyCode::Malformed, format!("`{}` should be {wanted}, but is {found}", self.label()))
        };
        match self.data() {
            Some(scalar) if scalar.unresolved.is_some() => Val::Unknown(self.why_unresolved(), node),
            Some(scalar) => match take(scalar) {
                Some(value) => Val::Known(value, node),
                None => Val::Unknown(wrong("something else"), node),
            },
            None if self.kind() == Kind::Map => Val::Unknown(wrong("a mapping"), node),
            None => Val::Unknown(wrong("a list"), node),
        }
    }

    /// A boolean; Compose also takes `"true"` and its like.
    pub fn bool(self) -> Val<bool, Node<'a>> {
        self.read("true or false", |s| {
            let text = s.text.to_ascii_lowercase();
            match scalar::resolve(&s.text) {
                Kind::Bool => Some(scalar::is_true(&s.text)),
                _ if text == "1" => Some(true),
                _ if text == "0" => Some(false),
                _ => None,
            }
        })
    }

    /// A whole number; Compose also takes one in quotes.
    pub fn int(self) -> Val<i64, Node<'a>> {
        self.read("a whole number", |s| scalar::parse_int(&s.text))
    }

    /// Any scalar as text.
    pub fn str(self) -> Val<&'a str, Node<'a>> {
        self.read("a string", |s| Some(&*s.text))
    }

    /// `Absent` if nothing stands here, `Unknown` if a file that could not be read may set it, else `Known`.
    pub fn presence(self) -> Val<(), Node<'a>> {
        match (self.is_set(), self.open) {
            (true, _) => Val::Known((), self.node()),
            (false, None) => Val::Absent(self.node()),
            (false, Some(why)) => Val::Unknown(why.clone(), self.node()),
        }
    }
}

/// A tree with nothing in it.
fn nothing() -> &'static crate::Tree {
    static EMPTY: std::sync::OnceLock<crate::Tree> = std::sync::OnceLock::new();
    EMPTY.get_or_init(|| crate::yaml::parse(std::sync::Arc::new(crate::SourceText::new("", ""))))
}
