//! Paths of fields of some kinds of objects, and what is done at each place they match.

use crate::context::Context;
use crate::value::{List, Value};
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

/// The deepest path that is followed.
const DEPTH: usize = 64;

/// Makes a change at each place of `object` that `spec` leads to; nothing if the object is not of its kind.
pub fn apply(
    context: &mut Context,
    object: &mut Value,
    spec: &FieldSpec,
    make: Make,
    change: Change<'_>,
) -> Result<(), String> {
    let gvk = Gvk::of(object);
    if !spec.gvk.selects(&gvk) {
        return Ok(());
    }
    let path = split(&spec.path);
    if path.len() > DEPTH {
        return Err(format!("the path '{}' is too deep", spec.path));
    }
    let make = if spec.create { make } else { Make::Nothing };
    descend(context, object, &path, make, change)
        .map_err(|error| format!("considering field '{}' of object {}: {error}", spec.path, describe(object)))
}

/// As Kustomize names an object in messages: `Kind.version.group/name.namespace`.
pub fn describe(object: &Value) -> String {
    let gvk = Gvk::of(object);
    let field = |name: &str| {
        let metadata = object.as_map().and_then(|map| map.get("metadata"));
        let value = metadata.as_ref().and_then(Value::as_map).and_then(|map| map.get(name));
        value.as_ref().and_then(Value::as_text).map(|text| text.str().into_owned()).unwrap_or_default()
    };
    let or = |text: String, other: &str| if text.is_empty() { other.to_owned() } else { text };
    format!(
        "{}.{}.{}/{}.{}",
        or(gvk.kind.into_owned(), "[noKind]"),
        or(gvk.version.into_owned(), "[noVer]"),
        or(gvk.group.into_owned(), "[noGrp]"),
        or(field("name"), "[noName]"),
        or(field("namespace"), "[noNs]")
    )
}

/// The keys of a path; `\\/` is a slash in a key.
pub fn split(path: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = path.trim_start_matches('/').chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, letters.peek()) {
            ('\\', Some('/')) => {
                letters.next();
                if let Some(last) = parts.last_mut() {
                    last.push('/');
                }
            }
            ('/', _) => parts.push(String::new()),
            _ => {
                if let Some(last) = parts.last_mut() {
                    last.push(letter);
                }
            }
        }
    }
    parts
}

fn descend(
    context: &mut Context,
    value: &mut Value,
    path: &[String],
    make: Make,
    change: &mut dyn FnMut(&mut Context, &mut Value) -> Result<(), String>,
) -> Result<(), String> {
    context.budget.step(1)?;
    let Some((first, rest)) = path.split_first() else {
        return change(context, value);
    };
    match value {
        Value::Nil(_) => Ok(()),
        Value::List(list, origin) => {
            context.budget.step(list.items().len() as u64)?;
            let mut items = list.items().to_vec();
            for item in &mut items {
                // A sequence in a sequence takes no part of the path either, so depth is bounded by the file's.
                descend(context, item, path, make, change)?;
            }
            *value = Value::List(List::of(items, list.kind), *origin);
            Ok(())
        }
        Value::Map(map, _) => {
            let name = first.strip_suffix("[]").unwrap_or(first);
            if name.is_empty() {
                return Err("cannot set or create an empty field name".to_owned());
            }
            let is_sequence = name.len() != first.len();
            let new = if is_sequence || make == Make::Nothing {
                None
            } else if rest.is_empty() {
                Some(make)
            } else {
                Some(Make::Map)
            };
            let mut child = match (map.get(name), new) {
                (None, None) => return Ok(()),
                (Some(Value::Nil(_)), None) if is_sequence => Value::list(Vec::new()),
                (None | Some(Value::Nil(_)), Some(Make::Map)) => Value::map([]),
                (None | Some(Value::Nil(_)), Some(Make::Sequence)) => Value::list(Vec::new()),
                (None, Some(Make::Scalar | Make::Nothing)) => Value::NIL,
                (Some(child), _) => child,
            };
            descend(context, &mut child, rest, make, change)?;
            map.insert(name, child);
            Ok(())
        }
        _ => Err("expected sequence or mapping node".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_paths() {
        assert_eq!(split("a/b[]/c"), ["a", "b[]", "c"]);
        assert_eq!(split(r"metadata/annotations/a.b\/c"), ["metadata", "annotations", "a.b/c"]);
    }
}
