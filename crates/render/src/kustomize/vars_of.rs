//! `vars`: collected on the way up, resolved at the end.

use super::fault::Fault;
use super::fieldspec::Gvk;
use super::kustomization::{Kustomization, Settings};
use super::loader::Loader;
use super::resource::{Id, Resource, same};
use super::tables::{Tables, is_cluster_scoped};
use super::target::Accumulator;
use crate::origin::OriginId;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A var.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Var {
    name: Rc<str>,
    object: Id,
    path: String,
    at: OriginId,
}

impl Var {
    /// As messages name it.
    fn shown(&self) -> String {
        let kind = super::resource::show_gvk(&self.object.gvk);
        format!("{{{} {kind} {{{}}}}}", self.name, self.path)
    }

    fn new(fields: &Settings, at: OriginId) -> Self {
        let object = fields.part("objref").unwrap_or_default();
        let version = object.str("apiVersion");
        let (group, version) = match version.split_once('/') {
            Some((group, version)) => (group.to_owned(), version.to_owned()),
            None if version.is_empty() => (object.str("group"), object.str("version")),
            None => (String::new(), version),
        };
        let path = fields.part("fieldref").map(|field| field.str("fieldpath")).unwrap_or_default();
        Self {
            name: Rc::from(fields.str("name")),
            object: Id {
                gvk: Gvk {
                    group: Cow::Owned(group),
                    version: Cow::Owned(version),
                    kind: Cow::Owned(object.str("kind")),
                },
                name: object.str("name"),
                namespace: object.str("namespace"),
            },
            path: if path.is_empty() { "metadata.name".to_owned() } else { path },
            at,
        }
    }
}

impl Loader<'_> {
    /// Takes in the vars of a kustomization, and marks the objects they look at.
    pub(super) fn merge_vars(&mut self, target: &Kustomization, sum: &mut Accumulator) -> Result<(), Fault> {
        let mut more = Vec::new();
        for (fields, value) in target.fields.parts("vars") {
            let at = value.origin(&mut self.context.origins);
            let var = Var::new(&fields, at);
            let exact = !var.object.namespace.is_empty() || is_cluster_scoped(&var.object.gvk);
            let matches = |id: &Id| {
                if exact {
                    same(id, &var.object)
                } else {
                    id.name == var.object.name && id.gvk == var.object.gvk
                }
            };
            self.step(sum.resources.len())?;
            let mut found: Vec<&mut Resource> =
                sum.resources.iter_mut().filter(|resource| resource.ids().iter().any(matches)).collect();
            if found.len() > 1 {
                let message = format!(
                    "found {} resId matches for var {} (unable to disambiguate)",
                    found.len(),
                    var.name
                );
                return Err(Fault::new(message, at));
            }
            if let Some(resource) = found.first_mut() {
                resource.vars.push(var.name.clone());
            }
            more.push(var);
        }
        self.add_vars(&mut sum.vars, more)
    }

    /// Adds vars; one that is known already must be the same.
    pub(super) fn add_vars(&mut self, into: &mut Vec<Var>, more: Vec<Var>) -> Result<(), Fault> {
        for var in more {
            self.step(into.len())?;
            if into.iter().any(|known| known.name == var.name) {
                return Err(Fault::new(format!("var '{}' already encountered", var.name), var.at));
            }
            into.push(var);
        }
        Ok(())
    }

    /// Puts the values of all vars where they are used.
    pub(super) fn resolve_vars(&mut self, sum: &mut Accumulator, tables: &Tables) -> Result<(), Fault> {
        let mut values = BTreeMap::new();
        for var in &sum.vars {
            let source = sum.resources.iter().find(|resource| resource.vars.contains(&var.name));
            let Some(source) = source else {
                let message = format!(
                    "var '{}' cannot be mapped to a field in the set of known resources",
                    var.shown()
                );
                if self.incomplete {
                    self.leave_out(Fault::new(message, var.at), "something remote is missing here");
                    continue;
                }
                return Err(Fault::new(message, var.at));
            };
            let Some(value) = super::vars::lookup(&source.value, &var.path) else {
                let message =
                    format!("field specified in var '{}' not found in corresponding resource", var.shown());
                return Err(Fault::new(message, var.at));
            };
            values.insert(var.name.to_string(), value);
        }
        if values.is_empty() {
            return Ok(());
        }
        let mut used = BTreeSet::new();
        for resource in &mut sum.resources {
            let at = resource.origin;
            super::vars::apply(
                &mut self.context,
                &mut resource.value,
                &values,
                &mut used,
                &tables.var_reference,
            )
            .map_err(|words| Fault::new(words, at))?;
        }
        Ok(())
    }
}
