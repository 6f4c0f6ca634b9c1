//! The objects of a build as a set: adding, finding, laying generated ones over others.

use super::fault::Fault;
use super::loader::Loader;
use super::resource::{Behavior, Id, Resource, effective_namespace, same, show};
use crate::origin::OriginId;
use crate::text::Text;
use crate::value::{Map, Value};
use std::collections::HashSet;

/// An id in which the default namespace is written out, to look it up by.
pub(super) fn key(id: &Id) -> Id {
    Id { namespace: effective_namespace(id).to_owned(), ..id.clone() }
}

/// Adds objects; none may be there already.
pub(super) fn append(into: &mut Vec<Resource>, more: Vec<Resource>) -> Result<(), Fault> {
    let mut seen: HashSet<Id> = into.iter().map(|resource| key(&resource.id())).collect();
    for resource in more {
        let id = resource.id();
        if !seen.insert(key(&id)) {
            let message = format!("may not add resource with an already registered id: {}", show(&id));
            return Err(Fault::new(message, resource.origin));
        }
        into.push(resource);
    }
    Ok(())
}

impl Loader<'_> {
    /// The objects that have or had an id.
    pub(super) fn find(&mut self, resources: &[Resource], id: &Id) -> Result<Vec<usize>, Fault> {
        self.step(resources.len())?;
        let matches = |resource: &Resource| {
            !resource.is_gone()
                && (resource.previous.iter().any(|old| same(old, id)) || same(&resource.id(), id))
        };
        Ok(resources.iter().enumerate().filter(|(_, r)| matches(r)).map(|(index, _)| index).collect())
    }

    /// Adds a generated object, or lays it over the one it is to replace or to be merged with.
    pub(super) fn absorb(&mut self, into: &mut Vec<Resource>, mut resource: Resource) -> Result<(), Fault> {
        let id = resource.id();
        let shown = || {
            format!(
                "id resid.ResId{{Gvk:resid.Gvk{{Group:{:?}, Version:{:?}, Kind:{:?}, isClusterScoped:false}}, \
                 Name:{:?}, Namespace:{:?}}}",
                id.gvk.group, id.gvk.version, id.gvk.kind, id.name, id.namespace
            )
        };
        let at = resource.origin;
        let matches = self.find(into, &id)?;
        let fault = |words: String| Fault::new(format!("merging from generator: {words}"), at);
        let index = match matches.as_slice() {
            [] if matches!(resource.behavior, Behavior::Merge | Behavior::Replace) => {
                return Err(fault(format!("{} does not exist; cannot merge or replace", shown())));
            }
            [] => return append(into, vec![resource]).map_err(|f| fault(f.message)),
            [index] => *index,
            _ => {
                return Err(fault(format!(
                    "found multiple objects that could accept merge of {}",
                    show(&id)
                )));
            }
        };
        let Some(old) = into.get(index) else { return Ok(()) };
        match resource.behavior {
            Behavior::Replace => self.inherit(&mut resource, old),
            Behavior::Merge => {
                self.inherit(&mut resource, old);
                for field in ["data", "binaryData"] {
                    lay_over(&resource.map(), &old.map(), field);
                }
                resource.made.clone_from(&old.made);
            }
            Behavior::Unspecified | Behavior::Create => {
                let behavior = if resource.behavior == Behavior::Create { "create" } else { "unspecified" };
                return Err(fault(format!(
                    "{} exists; can not use behavior: '{behavior}', behavior must be merge or replace",
                    shown()
                )));
            }
        }
        if let Some(slot) = into.get_mut(index) {
            *slot = resource;
        }
        Ok(())
    }

    /// Takes over from an object what a generated one does not change: its names, its labels and annotations
    /// where there are no new ones.
    fn inherit(&mut self, resource: &mut Resource, old: &Resource) {
        for field in ["labels", "annotations"] {
            let merged = Map::default();
            for from in [old, resource] {
                if let Some(Value::Map(map, _)) = from.metadata(field) {
                    for (key, value) in map.entries().iter() {
                        let text = self.as_string(value);
                        merged.insert(key.clone(), Value::Str(text));
                    }
                }
            }
            let origin = [old, &*resource].map(|from| match from.metadata(field) {
                Some(Value::Map(_, origin)) => origin,
                _ => OriginId::NONE,
            });
            let origin = self.context.origins.derive(origin);
            let value = (!merged.is_empty()).then_some(Value::Map(merged, origin));
            resource.set_metadata(field, value);
        }
        resource.set_metadata("name", old.metadata("name"));
        resource.set_metadata("namespace", old.metadata("namespace"));
        resource.previous.clone_from(&old.previous);
        resource.prefixes.clone_from(&old.prefixes);
        resource.suffixes.clone_from(&old.suffixes);
        resource.vars.clone_from(&old.vars);
        resource.needs_hash &= old.needs_hash;
        resource.behavior = old.behavior;
    }

    /// A scalar as a string, as labels and annotations are rewritten.
    pub(super) fn as_string(&mut self, value: &Value) -> Text {
        if let Value::Str(text) = value {
            return text.clone();
        }
        let origin = value.origin(&mut self.context.origins);
        if value.is_nil() && super::scalar::is_written_null(&self.context.origins, origin) {
            return Text::derived("null", origin);
        }
        super::scalar::text(&mut self.context.origins, value)
            .unwrap_or_else(|| Text::derived(super::resource::plain(value), origin))
    }
}

/// Adds what the old object has in a field and the new one has not.
fn lay_over(new: &Map, old: &Map, field: &str) {
    let Some(Value::Map(theirs, origin)) = old.get(field) else { return };
    match new.get(field) {
        Some(Value::Map(ours, _)) => {
            for (key, value) in theirs.entries().iter() {
                ours.entries_mut().entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
        _ => new.insert(field, Value::Map(theirs, origin)),
    }
}
