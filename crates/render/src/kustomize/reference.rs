//! References by name: where an object names another one whose name was changed, the name is changed there too.

use super::fault::Fault;
use super::fieldspec::{FieldSpec, Gvk, Make, apply};
use super::loader::Loader;
use super::resource::{Id, NO_NAMESPACE, Resource, effective_namespace, plain, show};
use super::tables::Tables;
use crate::context::Context;
use crate::origin::OriginId;
use crate::text::Text;
use crate::value::{List, Value};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// What is asked of an object that may be referred to.
struct Candidate {
    previous: Vec<Id>,
    name: String,
    name_origin: OriginId,
    namespace: Option<Value>,
    now_in: String,
    first_in: String,
    kind: String,
    prefixes: Vec<Rc<str>>,
    suffixes: Vec<Rc<str>>,
    id: Id,
}

/// All objects that had other names before.
struct Candidates {
    list: Vec<Candidate>,
    by_name: HashMap<String, Vec<usize>>,
}

/// An object whose references are looked at.
struct Referrer<'a> {
    candidates: &'a Candidates,
    now_in: &'a str,
    /// Namespaces of the service accounts that a role binding names.
    accounts_in: HashSet<String>,
    role: Option<Gvk>,
    prefixes: &'a [Rc<str>],
    suffixes: &'a [Rc<str>],
}

impl Loader<'_> {
    /// Changes the names in all references.
    pub(super) fn fix_references(
        &mut self,
        resources: &mut [Resource],
        tables: &Tables,
    ) -> Result<(), Fault> {
        let candidates = self.candidates(resources);
        if candidates.list.is_empty() {
            return Ok(());
        }
        for resource in resources {
            let id = resource.id();
            let original = resource.original_id();
            let now_in = effective_namespace(&id).to_owned();
            let referrer = Referrer {
                candidates: &candidates,
                now_in: &now_in,
                accounts_in: account_namespaces(&id, &resource.value),
                role: role(&resource.value),
                prefixes: &resource.prefixes,
                suffixes: &resource.suffixes,
            };
            for reference in &tables.name_reference {
                for field in &reference.fields {
                    if !field.gvk.selects(&original.gvk) {
                        continue;
                    }
                    self.step(1)?;
                    let spec = FieldSpec { gvk: Gvk::default(), path: field.path.clone(), create: false };
                    let is_role = field.path.ends_with("roleRef/name");
                    let mut change = |context: &mut Context, value: &mut Value| {
                        referrer.update(context, value, &reference.to, is_role)
                    };
                    apply(&mut self.context, &mut resource.value, &spec, Make::Nothing, &mut change)
                        .map_err(|words| {
                            let words = format!(
                                "updating name reference in '{}' field of '{}': {words}",
                                field.path,
                                show(&id)
                            );
                            Fault::new(words, resource.origin)
                        })?;
                }
            }
        }
        Ok(())
    }

    fn candidates(&mut self, resources: &[Resource]) -> Candidates {
        let mut list = Vec::new();
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for resource in resources.iter().filter(|resource| !resource.previous.is_empty()) {
            let id = resource.id();
            let name = resource.metadata("name");
            let name_origin =
                name.as_ref().map_or(OriginId::NONE, |name| name.origin(&mut self.context.origins));
            let names: HashSet<&String> = resource.previous.iter().map(|id| &id.name).collect();
            for name in names {
                by_name.entry(name.clone()).or_default().push(list.len());
            }
            list.push(Candidate {
                previous: resource.previous.clone(),
                name: id.name.clone(),
                name_origin,
                namespace: resource.metadata("namespace"),
                now_in: effective_namespace(&id).to_owned(),
                first_in: effective_namespace(&resource.original_id()).to_owned(),
                kind: id.gvk.kind.to_string(),
                prefixes: resource.prefixes.clone(),
                suffixes: resource.suffixes.clone(),
                id,
            });
        }
        Candidates { list, by_name }
    }
}

impl Referrer<'_> {
    /// Changes what stands in a field that may hold names of objects of the kind `to`.
    fn update(
        &self,
        context: &mut Context,
        value: &mut Value,
        to: &Gvk,
        is_role: bool,
    ) -> Result<(), String> {
        match value {
            Value::Nil(_) => Ok(()),
            Value::Map(..) => self.update_map(context, value, to, is_role),
            Value::List(list, origin) => {
                let mut items = list.items().to_vec();
                for item in &mut items {
                    match item {
                        Value::Map(..) => self.update_map(context, item, to, is_role)?,
                        Value::List(..) => return Err("node must be a scalar, sequence or map".to_owned()),
                        _ => self.update_scalar(context, item, to, is_role)?,
                    }
                }
                *value = Value::List(List::new(items), *origin);
                Ok(())
            }
            _ => self.update_scalar(context, value, to, is_role),
        }
    }

    fn update_scalar(
        &self,
        context: &mut Context,
        value: &mut Value,
        to: &Gvk,
        is_role: bool,
    ) -> Result<(), String> {
        let old = plain(value);
        let same = |a: &Candidate, b: &Candidate| a.name == b.name;
        let all = |_: &Candidate| true;
        let Some(found) = self.select(context, &old, to, is_role, &all, &same)? else { return Ok(()) };
        if found.name != old {
            *value = renamed(context, value, found);
        }
        Ok(())
    }

    fn update_map(
        &self,
        context: &mut Context,
        value: &mut Value,
        to: &Gvk,
        is_role: bool,
    ) -> Result<(), String> {
        let Value::Map(map, _) = value else { return Ok(()) };
        let Some(name) = map.get("name") else {
            return Err("path config error; no 'name' field in node".to_owned());
        };
        let old = plain(&name);
        let namespace = map.get("namespace").map(|namespace| plain(&namespace));
        let first = |c: &Candidate| {
            namespace.as_ref().is_none_or(|namespace| c.first_in == *namespace && c.first_in != NO_NAMESPACE)
        };
        let now = |c: &Candidate| {
            namespace.as_ref().is_some_and(|namespace| c.now_in == *namespace && c.now_in != NO_NAMESPACE)
        };
        let any_first = self.candidates.list.iter().any(|c| self.reaches(c) && first(c));
        let same = |a: &Candidate, b: &Candidate| {
            a.name == b.name && a.namespace.as_ref().map(plain) == b.namespace.as_ref().map(plain)
        };
        let found = if any_first {
            self.select(context, &old, to, is_role, &first, &same)?
        } else {
            self.select(context, &old, to, is_role, &now, &same)?
        };
        let Some(found) = found else { return Ok(()) };
        let target = found.namespace.as_ref().map(plain).unwrap_or_default();
        if found.name == old && target.is_empty() {
            return Ok(());
        }
        if found.name != old {
            let new = renamed(context, &name, found);
            map.insert("name", new);
        }
        if !target.is_empty() && namespace.as_ref() != Some(&target) {
            let mut from = Vec::new();
            if let Some(old) = map.get("namespace") {
                from.push(old.origin(&mut context.origins));
            }
            if let Some(new) = &found.namespace {
                from.push(new.origin(&mut context.origins));
            }
            let origin = context.origins.derive(from);
            map.insert("namespace", Value::Str(Text::derived(target, origin)));
        }
        Ok(())
    }

    /// True if this object could refer to that one at all: by scope and namespace.
    fn reaches(&self, candidate: &Candidate) -> bool {
        let written = candidate.namespace.as_ref().map(plain).unwrap_or_default();
        self.now_in == NO_NAMESPACE
            || candidate.now_in == NO_NAMESPACE
            || candidate.now_in == self.now_in
            || self.accounts_in.contains(&written)
    }

    fn select(
        &self,
        context: &mut Context,
        old: &str,
        to: &Gvk,
        is_role: bool,
        within: &dyn Fn(&Candidate) -> bool,
        same: &dyn Fn(&Candidate, &Candidate) -> bool,
    ) -> Result<Option<&Candidate>, String> {
        let Some(indexes) = self.candidates.by_name.get(old) else { return Ok(None) };
        context.budget.step(indexes.len() as u64)?;
        let mut found: Vec<&Candidate> = indexes
            .iter()
            .filter_map(|index| self.candidates.list.get(*index))
            .filter(|c| self.reaches(c) && within(c))
            .filter(|c| c.previous.iter().any(|id| to.selects(&id.gvk)))
            .filter(|c| {
                let role = self.role.as_ref().filter(|_| is_role);
                role.is_none_or(|role| c.previous.iter().any(|id| role.selects(&id.gvk)))
            })
            .filter(|c| {
                self.now_in == NO_NAMESPACE
                    || c.now_in == NO_NAMESPACE
                    || c.kind == "ServiceAccount"
                    || c.now_in == self.now_in
            })
            .collect();
        for empty_fits in [true, false] {
            if found.len() <= 1 {
                return Ok(found.first().copied());
            }
            found.retain(|c| {
                ends_agree(&c.prefixes, self.prefixes, empty_fits)
                    && ends_agree(&c.suffixes, self.suffixes, empty_fits)
            });
        }
        let Some(first) = found.first().copied() else { return Ok(None) };
        if found.iter().all(|c| same(first, c)) {
            return Ok(Some(first));
        }
        let ids: Vec<String> = found.iter().map(|c| show(&c.id)).collect();
        Err(format!(" found multiple possible referrals: {}", ids.join(", ")))
    }
}

/// The new name in place of the old one, from both.
fn renamed(context: &mut Context, old: &Value, to: &Candidate) -> Value {
    let origin = old.origin(&mut context.origins);
    let origin = context.origins.derive([origin, to.name_origin]);
    Value::Str(Text::derived(to.name.as_str(), origin))
}

/// True if the shorter list is the end of the longer one.
fn ends_agree(a: &[Rc<str>], b: &[Rc<str>], empty_fits: bool) -> bool {
    if a.is_empty() || b.is_empty() {
        return empty_fits || a.len() == b.len();
    }
    a.iter().rev().zip(b.iter().rev()).all(|(a, b)| a == b)
}

fn account_namespaces(id: &Id, object: &Value) -> HashSet<String> {
    let mut namespaces = HashSet::new();
    if id.gvk.kind != "RoleBinding" {
        return namespaces;
    }
    let subjects = object.as_map().and_then(|map| map.get("subjects"));
    for subject in subjects.as_ref().and_then(Value::as_items).unwrap_or_default() {
        let Some(map) = subject.as_map() else { continue };
        if map.get("kind").is_some_and(|kind| plain(&kind) == "ServiceAccount")
            && let Some(namespace) = map.get("namespace")
        {
            namespaces.insert(plain(&namespace));
        }
    }
    namespaces
}

/// The kind of role that a binding names.
fn role(object: &Value) -> Option<Gvk> {
    let role = object.as_map()?.get("roleRef")?;
    let role = role.as_map()?;
    let (group, kind) = (plain(&role.get("apiGroup")?), plain(&role.get("kind")?));
    Some(Gvk { group: group.into(), version: "".into(), kind: kind.into() })
}
