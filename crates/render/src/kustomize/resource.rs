//! The objects a build works on, and their names then and now.

use super::fieldspec::Gvk;
use super::shared::Shared;
use super::tables::is_cluster_scoped;
use crate::origin::OriginId;
use crate::value::{Map, Value};
use std::rc::Rc;

/// What tells an object apart from others: its kind, its name, and its namespace as written.
pub use super::selector::Identity as Id;

/// The namespace that objects of kinds without namespaces are said to be in.
pub const NO_NAMESPACE: &str = "_non_namespaceable_";

/// The namespace of an object that names none.
pub const DEFAULT_NAMESPACE: &str = "default";

/// The namespace an object is in: none for kinds that have none, `default` where none is written.
pub fn effective_namespace(id: &Id) -> &str {
    if is_cluster_scoped(&id.gvk) {
        NO_NAMESPACE
    } else if id.namespace.is_empty() {
        DEFAULT_NAMESPACE
    } else {
        &id.namespace
    }
}

/// True if both are the same object, the default namespace written or not.
pub fn same(a: &Id, b: &Id) -> bool {
    a.name == b.name && a.gvk == b.gvk && effective_namespace(a) == effective_namespace(b)
}

/// An id as Kustomize writes it in messages: `Kind.version.group/name.namespace`.
pub fn show(id: &Id) -> String {
    fn part<'a>(text: &'a str, none: &'a str) -> &'a str {
        if text.is_empty() { none } else { text }
    }
    format!("{}/{}.{}", show_gvk(&id.gvk), part(&id.name, "[noName]"), part(&id.namespace, "[noNs]"))
}

/// A kind as Kustomize writes it in messages.
pub fn show_gvk(gvk: &Gvk) -> String {
    fn part<'a>(text: &'a str, none: &'a str) -> &'a str {
        if text.is_empty() { none } else { text }
    }
    format!(
        "{}.{}.{}",
        part(&gvk.kind, "[noKind]"),
        part(&gvk.version, "[noVer]"),
        part(&gvk.group, "[noGrp]")
    )
}

/// What a generated object does to one that is there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Behavior {
    /// Not said: as `Create`.
    #[default]
    Unspecified,
    /// There must be none.
    Create,
    /// It takes the place of the old one.
    Replace,
    /// Its data is laid over that of the old one.
    Merge,
}

/// An object of a build. Cloning gives another reference to the same content; see `Value::deep_copy`.
#[derive(Clone, Debug)]
pub struct Resource {
    /// The content, always a `Value::Map`.
    pub value: Value,
    /// Ids it had before its present one, oldest first. References and patches may use any of them.
    pub previous: Vec<Id>,
    /// Prefixes its name was given, in order.
    pub prefixes: Vec<Rc<str>>,
    /// Suffixes its name was given, in order; the hash is none of them.
    pub suffixes: Vec<Rc<str>>,
    /// What it does to an object of the same id, if it was generated.
    pub behavior: Behavior,
    /// True if its name gets a hash of its content.
    pub needs_hash: bool,
    /// For a patch: true if it may change the target's name.
    pub allow_name_change: bool,
    /// For a patch: true if it may change the target's kind.
    pub allow_kind_change: bool,
    /// Names of `vars` that take their values from it.
    pub vars: Vec<Rc<str>>,
    /// What the origin annotation says of it, where `buildMetadata` asks for one.
    pub made: Option<Rc<str>>,
    /// What the annotation of transformations says of it.
    pub transformations: Vec<Rc<str>>,
    /// Scalars of it that Kustomize takes for one.
    pub shared: Shared,
    /// True if it came of a chart, whose namespaces are Helm's alone.
    pub chart: bool,
    /// Where it stands, or what generated it.
    pub origin: OriginId,
}

impl Resource {
    /// An object as it was read. `None` if it is no mapping.
    pub fn new(value: Value, origin: OriginId) -> Option<Self> {
        value.as_map()?;
        Some(Self {
            value,
            previous: Vec::new(),
            prefixes: Vec::new(),
            suffixes: Vec::new(),
            behavior: Behavior::Unspecified,
            needs_hash: false,
            allow_name_change: false,
            allow_kind_change: false,
            vars: Vec::new(),
            made: None,
            transformations: Vec::new(),
            shared: Shared::default(),
            chart: false,
            origin,
        })
    }

    /// The content.
    pub fn map(&self) -> Map {
        self.value.as_map().cloned().unwrap_or_default()
    }

    /// A field of `metadata`.
    pub fn metadata(&self, key: &str) -> Option<Value> {
        self.map().get("metadata")?.as_map()?.get(key)
    }

    /// The name as it is now; empty if there is none.
    pub fn name(&self) -> String {
        self.metadata("name").map(|name| plain(&name)).unwrap_or_default()
    }

    /// The kind as it is now.
    pub fn kind(&self) -> String {
        self.map().get("kind").map(|kind| plain(&kind)).unwrap_or_default()
    }

    /// Sets a field of `metadata`, or takes it away.
    pub fn set_metadata(&self, key: &str, value: Option<Value>) {
        let map = self.map();
        let metadata = if let Some(Value::Map(metadata, _)) = map.get("metadata") {
            metadata
        } else {
            let metadata = Map::default();
            map.insert("metadata", Value::Map(metadata.clone(), OriginId::NONE));
            metadata
        };
        match value {
            Some(value) => metadata.insert(key, value),
            None => drop(metadata.entries_mut().remove(key)),
        }
    }

    /// Its id as it is now.
    pub fn id(&self) -> Id {
        let text = |key| self.metadata(key).map(|value| plain(&value)).unwrap_or_default();
        Id { gvk: Gvk::of(&self.value), name: text("name"), namespace: text("namespace") }
    }

    /// Every id it has or had, the present one last.
    pub fn ids(&self) -> Vec<Id> {
        self.previous.iter().cloned().chain([self.id()]).collect()
    }

    /// True if nothing is left of it.
    pub fn is_gone(&self) -> bool {
        self.value.as_map().is_none_or(Map::is_empty)
    }

    /// The id it had first.
    pub fn original_id(&self) -> Id {
        self.previous.first().cloned().unwrap_or_else(|| self.id())
    }

    /// Notes the present id before it is changed.
    pub fn store_id(&mut self) {
        self.previous.push(self.id());
    }
}

/// The text of a scalar: what a name or kind is compared by. Empty for anything else.
pub fn plain(value: &Value) -> String {
    match value {
        Value::Str(text) => text.str().into_owned(),
        Value::Int(number, ..) => number.to_string(),
        Value::Bool(value, _) => value.to_string(),
        Value::Float(number, _) => number.to_string(),
        Value::Nil(_) | Value::List(..) | Value::Map(..) | Value::Object(..) => String::new(),
    }
}
