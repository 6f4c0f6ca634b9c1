//! The objects a build works on, and their names then and now.

use crate::origin::OriginId;
use crate::value::{Map, Value};
use std::rc::Rc;

/// What tells an object apart from others.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    /// Group of the API; empty for the core group.
    pub group: String,
    /// Version of the API.
    pub version: String,
    /// Kind.
    pub kind: String,
    /// Namespace as written; empty if none is.
    pub namespace: String,
    /// Name.
    pub name: String,
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

/// An object of a build. Cloning gives another reference to the same content; see [`Resource::deep_copy`].
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
    /// Objects that refer to it by name.
    pub referrers: Vec<Id>,
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
            referrers: Vec::new(),
            origin,
        })
    }

    /// The content.
    pub fn map(&self) -> Map {
        self.value.as_map().cloned().unwrap_or_default()
    }

    /// The text of a field of `metadata`; empty if there is none.
    fn metadata(&self, key: &str) -> String {
        let metadata = self.map().get("metadata");
        let value = metadata.as_ref().and_then(Value::as_map).and_then(|map| map.get(key));
        value.as_ref().and_then(Value::as_text).map(|text| text.str().into_owned()).unwrap_or_default()
    }

    fn field(&self, key: &str) -> String {
        let value = self.map().get(key);
        value.as_ref().and_then(Value::as_text).map(|text| text.str().into_owned()).unwrap_or_default()
    }

    /// Its id as it is now.
    pub fn id(&self) -> Id {
        let (group, version) = split_api_version(&self.field("apiVersion"));
        Id {
            group,
            version,
            kind: self.field("kind"),
            namespace: self.metadata("namespace"),
            name: self.metadata("name"),
        }
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

/// `apps/v1` to group and version; `v1` is of the core group.
pub fn split_api_version(text: &str) -> (String, String) {
    match text.split_once('/') {
        Some((group, version)) => (group.to_owned(), version.to_owned()),
        None => (String::new(), text.to_owned()),
    }
}
