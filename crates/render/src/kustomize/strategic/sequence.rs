//! Lists whose items are told apart by keys.

use super::{Walk, is_missing};
use crate::kustomize::scalar;
use crate::kustomize::schema::Shape;
use crate::origin::NO_OFFSET;
use crate::text::Text;
use crate::value::Value;
use std::collections::BTreeSet;

/// What an item's keys hold, empty where one is missing.
type Tuple = Vec<String>;

impl Walk<'_> {
    /// A list of scalars that is a set: the patch's first, then what else the object has.
    pub(super) fn scalars(&mut self, ours: &[Value], theirs: &[Value]) -> Result<Vec<Value>, String> {
        self.context.budget.step((ours.len() + theirs.len()) as u64)?;
        let mut seen = BTreeSet::new();
        let mut merged = Vec::new();
        for item in theirs.iter().chain(ours) {
            let Some(text) = scalar::plain(&self.context.origins, item) else {
                if item.is_nil() {
                    continue;
                }
                return Err(self.wrong_kind(super::Form::Scalar, item));
            };
            if seen.insert(text) {
                merged.push(item.clone());
            }
        }
        Ok(merged)
    }

    fn held(&self, item: &Value, key: &str) -> String {
        let value = item.as_map().and_then(|map| map.get(key));
        value.and_then(|value| scalar::plain(&self.context.origins, &value)).unwrap_or_default()
    }

    fn tuple(&self, item: &Value, keys: &[&str]) -> Tuple {
        keys.iter().map(|key| self.held(item, key)).collect()
    }

    fn find(&self, items: &[Value], keys: &[&str], wanted: &Tuple) -> Option<Value> {
        // One key has to be there; of several, those that are missing everywhere agree.
        if wanted.iter().all(String::is_empty) {
            return None;
        }
        items.iter().find(|item| item.as_map().is_some() && self.tuple(item, keys) == *wanted).cloned()
    }

    /// A list of maps.
    pub(super) fn items(
        &mut self,
        mut ours: Vec<Value>,
        mut theirs: Vec<Value>,
        is_new: bool,
        keys: &[&'static str],
        shape: Option<Shape>,
        depth: usize,
    ) -> Result<Vec<Value>, String> {
        let mut wanted: Vec<Tuple> = Vec::new();
        let mut seen = BTreeSet::new();
        for item in theirs.iter().chain(&ours) {
            let tuple = self.tuple(item, keys);
            if seen.insert(tuple.clone()) {
                wanted.push(tuple);
            }
        }
        let count = wanted.len() as u64;
        self.context.budget.step(count.saturating_mul(count))?;
        if keys.len() > 1 {
            complete(&mut wanted);
        }
        // Keys that no item has don't count.
        let used = |index: usize| wanted.iter().any(|tuple| tuple.get(index).is_some_and(|v| !v.is_empty()));
        let chosen: Vec<usize> = (0..keys.len()).filter(|index| used(*index)).collect();
        let keys: Vec<&'static str> = if chosen.is_empty() {
            keys.to_vec()
        } else {
            chosen.iter().filter_map(|index| keys.get(*index).copied()).collect()
        };
        if !chosen.is_empty() {
            for tuple in &mut wanted {
                *tuple = chosen.iter().filter_map(|index| tuple.get(*index).cloned()).collect();
            }
        }
        let mut merged: Vec<(Tuple, Value)> = Vec::new();
        for tuple in wanted {
            let (our, their) = (self.find(&ours, &keys, &tuple), self.find(&theirs, &keys, &tuple));
            if our.is_none() && their.is_none() {
                // Kustomize takes a missing key for any.
                if tuple.iter().all(String::is_empty) {
                    let lacks = |item: &Value| {
                        item.as_map().is_none_or(|map| keys.iter().any(|key| map.get(key).is_none()))
                    };
                    ours.retain(lacks);
                    if is_new {
                        theirs.retain(lacks);
                    }
                }
                continue;
            }
            let item = self.node(our, their, shape, depth)?;
            let Some(item) = item.filter(|item| !is_missing(Some(item)) && !scalar::is_empty(item)) else {
                // A key that is missing in what is to go stands for any value of it, but one there must be.
                let goes = |item: &Value| {
                    item.as_map().is_some_and(|map| {
                        keys.iter().zip(&tuple).all(|(key, value)| {
                            if value.is_empty() {
                                map.get(key).is_some()
                            } else {
                                self.held(item, key) == *value
                            }
                        })
                    })
                };
                ours.retain(|item| !goes(item));
                continue;
            };
            if let Some(map) = item.as_map() {
                for (key, value) in keys.iter().zip(&tuple) {
                    if !value.is_empty() && map.get(key).is_none() {
                        map.insert(
                            *key,
                            Value::Str(Text::new(value.as_str(), crate::OriginId::NONE, NO_OFFSET)),
                        );
                    }
                }
            }
            match merged.iter_mut().find(|(known, _)| *known == tuple) {
                Some(known) => known.1 = item,
                None => merged.push((tuple, item)),
            }
        }
        self.lay_over(merged, &ours, &keys)
    }

    /// The merged items, with the object's own laid over them: in their place if there is one key, behind the
    /// others if there are several.
    fn lay_over(
        &mut self,
        mut merged: Vec<(Tuple, Value)>,
        ours: &[Value],
        keys: &[&str],
    ) -> Result<Vec<Value>, String> {
        self.context.budget.step((merged.len() as u64).saturating_mul(ours.len() as u64))?;
        for item in ours {
            if item.is_nil() || scalar::is_empty(item) {
                continue;
            }
            let tuple = self.tuple(item, keys);
            if tuple.iter().all(String::is_empty) {
                // An item without keys drives out all before it.
                merged.clear();
                merged.push((tuple, item.clone()));
                continue;
            }
            // A key that this item lacks is not compared.
            let same = |(known, _): &(Tuple, Value)| {
                tuple.iter().zip(known).all(|(mine, other)| mine.is_empty() || mine == other)
            };
            if keys.len() == 1 {
                if let Some(known) = merged.iter_mut().find(|known| same(known)) {
                    known.1 = item.clone();
                    continue;
                }
            } else {
                merged.retain(|known| !same(known));
            }
            merged.push((tuple, item.clone()));
        }
        Ok(merged.into_iter().map(|(_, item)| item).collect())
    }
}

/// Tuples that differ only where one of them lacks a value, and agree somewhere, become one.
fn complete(wanted: &mut [Tuple]) {
    for i in 0..wanted.len() {
        let Some(mine) = wanted.get(i).cloned() else { continue };
        for j in 0..wanted.len() {
            let Some(joined) = wanted.get(j).and_then(|other| join(&mine, other)) else { continue };
            if let Some(place) = wanted.get_mut(j) {
                place.clone_from(&joined);
            }
            if let Some(place) = wanted.get_mut(i) {
                *place = joined;
            }
        }
    }
}

fn join(a: &Tuple, b: &Tuple) -> Option<Tuple> {
    let fits = |(a, b): (&String, &String)| a == b || a.is_empty() || b.is_empty();
    if !a.iter().zip(b).all(fits) || !a.iter().zip(b).any(|(a, b)| a == b) {
        return None;
    }
    Some(a.iter().zip(b).map(|(a, b)| if a.is_empty() { b.clone() } else { a.clone() }).collect())
}
