//! Paths of fields of some kinds of objects, and what is done at each place they match.

use crate::context::Context;
use crate::value::Value;
use std::borrow::Cow;

/// Group, version and kind of an object, or a filter of them in which an empty part matches all.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gvk {
    /// The API group; empty for the core group.
    pub group: Cow<'static, str>,
    /// The version.
    pub version: Cow<'static, str>,
    /// The kind.
    pub kind: Cow<'static, str>,
}

impl Gvk {
    /// Of an object, by its `apiVersion` and `kind`.
    pub fn of(object: &Value) -> Self {
        let field = |name: &str| {
            let value = object.as_map().and_then(|map| map.get(name));
            value.as_ref().and_then(Value::as_text).map(|text| text.str().into_owned()).unwrap_or_default()
        };
        let api = field("apiVersion");
        let (group, version) = api.split_once('/').unwrap_or(("", &api));
        Self {
            group: Cow::Owned(group.to_owned()),
            version: Cow::Owned(version.to_owned()),
            kind: Cow::Owned(field("kind")),
        }
    }

    /// True if this filter selects an object of `other`.
    pub fn selects(&self, other: &Self) -> bool {
        let part = |mine: &str, theirs: &str| mine.is_empty() || mine == theirs;
        part(&self.group, &other.group)
            && part(&self.version, &other.version)
            && part(&self.kind, &other.kind)
    }
}

/// A field of objects of some kinds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldSpec {
    /// Which objects.
    pub gvk: Gvk,
    /// Keys separated by `/`, a `/` in a key written `\/`; a sequence's name may end in `[]`.
    pub path: Cow<'static, str>,
    /// Whether the field is made where it is missing.
    pub create: bool,
}

/// What is made where a field with [`FieldSpec::create`] is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Make {
    /// Nothing.
    Nothing,
    /// A null, which the change is to replace by a scalar.
    Scalar,
    /// An empty map.
    Map,
    /// An empty sequence.
    Sequence,
}

/// A change of a place that a field spec leads to.
pub type Change<'a> = &'a mut dyn FnMut(&mut Context, &mut Value) -> Result<(), String>;

/// Makes a change at each place of `object` that `spec` leads to; nothing if the object is not of its kind.
pub fn apply(
    context: &mut Context,
    object: &mut Value,
    spec: &FieldSpec,
    make: Make,
    change: Change<'_>,
) -> Result<(), String> {
    let _ = (context, object, spec, make, change);
    Ok(())
}
