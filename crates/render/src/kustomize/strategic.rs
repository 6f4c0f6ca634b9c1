//! Strategic merge patches, as Kustomize applies them: a walk over object and patch together, in which even
//! lists that only the object has are gone through (items of one name become one).
//!
//! Where Kustomize does what its documentation does not say (`$patch: replace` on an item of a list changes
//! nothing; `$setElementOrder` and its like are plain fields), this does what Kustomize does.

mod sequence;

use super::scalar;
use super::schema::Shape;
use super::shared::Shared;
use crate::context::Context;
use crate::value::{List, Value};
use std::collections::BTreeSet;

/// How deep a patch may be nested.
const DEPTH: usize = 200;

/// What a patch asks for with `$patch`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Directive {
    Merge,
    Replace,
    Delete,
}

/// Merges a patch into an object in place. `false` if the patch deletes the object.
pub fn merge(
    context: &mut Context,
    object: &mut Value,
    patch: &Value,
    shared: &Shared,
) -> Result<bool, String> {
    // A copy, because directives are taken out of it and its parts become parts of the object.
    let patch = patch.deep_copy(DEPTH).ok_or_else(|| "the patch is nested too deeply".to_owned())?;
    let mut walk = Walk { context, shared };
    match walk.node(Some(object.clone()), Some(patch), None, DEPTH)? {
        Some(merged) if !merged.is_nil() => {
            *object = merged;
            Ok(true)
        }
        _ => Ok(false),
    }
}

struct Walk<'a> {
    context: &'a mut Context,
    shared: &'a Shared,
}

/// True if there is no value, or a null.
fn is_missing(value: Option<&Value>) -> bool {
    value.is_none_or(Value::is_nil)
}

/// The kind two sides are walked as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Map,
    List,
    Scalar,
}

fn form(value: &Value) -> Form {
    match value {
        Value::Map(..) => Form::Map,
        Value::List(..) => Form::List,
        _ => Form::Scalar,
    }
}

impl Walk<'_> {
    /// What becomes of a place: `dest` is what the object has there, `patch` what the patch has, the same
    /// value for both where something of the patch is taken over.
    fn node(
        &mut self,
        dest: Option<Value>,
        patch: Option<Value>,
        shape: Option<Shape>,
        depth: usize,
    ) -> Result<Option<Value>, String> {
        let depth = depth.checked_sub(1).ok_or_else(|| "the object is nested too deeply".to_owned())?;
        self.context.budget.step(1)?;
        let Some(walked) = [&dest, &patch].into_iter().flatten().find(|value| !value.is_nil()) else {
            // Both null or missing: what the patch says counts, then what is written out in the object.
            let kept = dest.filter(|dest| match dest {
                Value::Nil(origin) => scalar::is_written_null(&self.context.origins, *origin),
                _ => false,
            });
            return Ok(if patch.is_some() { None } else { kept });
        };
        let walked = form(walked);
        for value in [&dest, &patch].into_iter().flatten() {
            if !value.is_nil() && form(value) != walked {
                return Err(self.wrong_kind(walked, value));
            }
        }
        match walked {
            Form::Map => self.map(dest, patch, shape, depth),
            Form::Scalar => Ok(match (dest, patch) {
                (Some(dest), Some(patch)) => {
                    Some(scalar::in_place_of(&mut self.context.origins, &dest, patch))
                }
                (dest, patch) => patch.or(dest),
            }),
            // A list without keys is replaced; the map around takes care of those that have some.
            Form::List => Ok(patch.or(dest)),
        }
    }

    fn wrong_kind(&mut self, expected: Form, found: &Value) -> String {
        let expected = match expected {
            Form::Map => "MappingNode",
            Form::List => "SequenceNode",
            Form::Scalar => "ScalarNode",
        };
        let text = scalar::plain(&self.context.origins, found).unwrap_or_default();
        format!(
            "wrong node kind: expected {expected} but got {}: node contents:\n{text}\n",
            scalar::node_kind(found)
        )
    }

    fn map(
        &mut self,
        dest: Option<Value>,
        patch: Option<Value>,
        shape: Option<Shape>,
        depth: usize,
    ) -> Result<Option<Value>, String> {
        let shape = shape.or_else(|| [&dest, &patch].into_iter().flatten().find_map(shape_of));
        let base = if is_missing(dest.as_ref()) {
            let Some(patch) = &patch else { return Ok(None) };
            match self.directive(patch) {
                Ok(Directive::Delete) => return Ok(None),
                // Anything else, mistakes included, is taken over.
                Ok(Directive::Merge | Directive::Replace) | Err(_) => patch.clone(),
            }
        } else {
            match &patch {
                Some(Value::Nil(_)) => return Ok(None),
                Some(patch) => match self.directive(patch)? {
                    Directive::Delete => return Ok(None),
                    Directive::Replace => patch.clone(),
                    Directive::Merge => dest.clone().unwrap_or(Value::NIL),
                },
                None => dest.clone().unwrap_or(Value::NIL),
            }
        };
        let Value::Map(base_map, _) = &base else { return Ok(Some(base)) };
        let patch_map = patch.as_ref().and_then(Value::as_map);
        let mut keys: BTreeSet<_> = base_map.entries().keys().cloned().collect();
        if let Some(map) = patch_map {
            keys.extend(map.entries().keys().cloned());
        }
        self.context.budget.step(keys.len() as u64)?;
        for key in keys {
            let ours = base_map.get(&key);
            let theirs = patch_map.and_then(|map| map.get(&key));
            let replaced = ours.is_some() && theirs.is_some();
            let keys = shape.and_then(|shape| shape.keys(&key));
            let below = shape.and_then(|shape| shape.below(&key));
            let is_list = |value: &Option<Value>| matches!(value, Some(Value::List(..)));
            let merged = match keys {
                Some(keys) if is_list(&ours) || is_missing(ours.as_ref()) && is_list(&theirs) => {
                    self.list(ours, theirs, keys, below, depth)?
                }
                _ => self.node(ours, theirs, below, depth)?,
            };
            match merged {
                // A null of the object that the patch does not speak of stays; every other one is gone.
                Some(Value::Nil(origin))
                    if !scalar::is_written_null(&self.context.origins, origin)
                        || patch_has(patch_map, &key) =>
                {
                    base_map.remove(&key);
                }
                Some(value) if replaced && form(&value) == Form::Scalar => {
                    self.shared.set(base_map, &key, &value);
                }
                Some(value) => base_map.insert(key, value),
                None => drop(base_map.remove(&key)),
            }
        }
        Ok(Some(base))
    }

    fn list(
        &mut self,
        dest: Option<Value>,
        patch: Option<Value>,
        keys: &'static [&'static str],
        shape: Option<Shape>,
        depth: usize,
    ) -> Result<Option<Value>, String> {
        if let Some(value) =
            [&dest, &patch].into_iter().flatten().find(|v| !v.is_nil() && form(v) != Form::List)
        {
            return Err(self.wrong_kind(Form::List, value));
        }
        // Below something new, both sides are the same list.
        let is_one = match (&dest, &patch) {
            (Some(Value::List(a, _)), Some(Value::List(b, _))) => std::ptr::eq(a.items(), b.items()),
            _ => false,
        };
        let (directive, patch) = match patch {
            Some(Value::Nil(_)) if !is_missing(dest.as_ref()) => return Ok(None),
            Some(Value::List(list, origin)) => {
                // On a new list the directive is not looked for.
                let (directive, items) = if is_missing(dest.as_ref()) {
                    (Directive::Merge, list.items().to_vec())
                } else {
                    list_directive(list.items())?
                };
                (directive, Some((items, origin)))
            }
            _ => (Directive::Merge, None),
        };
        let (ours, origin) = match (&dest, directive) {
            (_, Directive::Delete) => return Ok(None),
            (Some(Value::List(list, origin)), Directive::Merge) if !is_one => {
                (list.items().to_vec(), *origin)
            }
            _ => match &patch {
                Some((items, origin)) => (items.clone(), *origin),
                None => return Ok(dest),
            },
        };
        let is_new = is_one || is_missing(dest.as_ref()) || directive == Directive::Replace;
        let theirs = patch.map(|(items, _)| items);
        let merged = if keys.is_empty() {
            self.scalars(&ours, theirs.as_deref().unwrap_or_default())?
        } else {
            self.items(ours, theirs.unwrap_or_default(), is_new, keys, shape, depth)?
        };
        Ok(Some(Value::List(List::new(merged), origin)))
    }

    /// The directive of a map, which is taken out of it.
    fn directive(&mut self, patch: &Value) -> Result<Directive, String> {
        let Some(map) = patch.as_map() else { return Ok(Directive::Merge) };
        let Some(value) = map.get("$patch") else { return Ok(Directive::Merge) };
        let directive = named(&scalar::plain(&self.context.origins, &value).unwrap_or_default())?;
        map.remove("$patch");
        Ok(directive)
    }
}

fn patch_has(patch: Option<&crate::value::Map>, key: &str) -> bool {
    patch.is_some_and(|map| map.entries().contains_key(key))
}

fn named(text: &str) -> Result<Directive, String> {
    match text {
        "delete" => Ok(Directive::Delete),
        "replace" => Ok(Directive::Replace),
        "merge" => Ok(Directive::Merge),
        other => Err(format!("unknown patch strategy '{other}'")),
    }
}

/// The directive of a list, an item that consists of it, and the other items.
fn list_directive(items: &[Value]) -> Result<(Directive, Vec<Value>), String> {
    let strategy = |item: &Value| item.as_map().and_then(|map| map.get("$patch"));
    let Some(first) = items.iter().find(|item| strategy(item).is_some()) else {
        return Ok((Directive::Merge, items.to_vec()));
    };
    if first.as_map().is_none_or(|map| map.len() > 1) {
        return Ok((Directive::Merge, items.to_vec()));
    }
    let text =
        |item: &Value| strategy(item).and_then(|value| value.as_text().map(|text| text.str().into_owned()));
    let name = text(first).unwrap_or_default();
    let directive = named(&name)?;
    Ok((directive, items.iter().filter(|item| text(item).as_deref() != Some(&name)).cloned().collect()))
}

/// The shape of an object, or of something in one that looks like an object.
fn shape_of(value: &Value) -> Option<Shape> {
    let map = value.as_map()?;
    let (version, kind) = (map.get("apiVersion")?, map.get("kind")?);
    Shape::of(&version.as_text()?.str(), &kind.as_text()?.str())
}

#[cfg(test)]
mod tests;
