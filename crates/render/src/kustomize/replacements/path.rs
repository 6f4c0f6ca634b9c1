//! Field paths of replacements: `spec.containers.[name=x].image`, `a.*.b`, `a.0`, `a\.b`.

use crate::context::Context;
use crate::kustomize::pattern::Pattern;
use crate::kustomize::scalar;
use crate::kustomize::shared::Shared;
use crate::value::{List, Value};

/// Most steps that a path may have.
const STEPS: usize = 100;

/// A path, cut into steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path(Vec<String>);

/// `[name=value]`
fn condition(step: &str) -> Option<(&str, &str)> {
    step.strip_prefix('[')?.strip_suffix(']')?.split_once('=')
}

fn is_bracketed(step: &str) -> bool {
    step.starts_with('[') && step.ends_with(']')
}

fn is_number(step: &str) -> bool {
    !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit())
}

fn wrong(context: &Context, expected: &str, found: &Value) -> String {
    let text = scalar::plain(&context.origins, found).unwrap_or_default();
    format!(
        "wrong node kind: expected {expected} but got {}: node contents:\n{text}\n",
        scalar::node_kind(found)
    )
}

/// What is done at each place.
type Visit<'a> = &'a mut dyn FnMut(&mut Context, &mut Value) -> Result<(), String>;

impl Path {
    /// Cuts at dots; not at `\.`, and not inside of brackets. A key in brackets is taken out of them.
    pub fn parse(text: &str) -> Self {
        let mut steps: Vec<String> = Vec::new();
        let mut joins = false;
        for piece in text.split('.') {
            match steps.last_mut() {
                Some(last) if joins => {
                    last.pop();
                    last.push('.');
                    last.push_str(piece);
                }
                _ => steps.push(piece.to_owned()),
            }
            joins = piece.ends_with('\\');
        }
        let mut joined: Vec<String> = Vec::new();
        let mut open = false;
        for step in steps {
            let closes = step.ends_with(']');
            match joined.last_mut() {
                Some(last) if open => {
                    last.push('.');
                    last.push_str(&step);
                    open = !closes;
                }
                _ => {
                    open = step.starts_with('[') && !closes;
                    joined.push(step);
                }
            }
        }
        for step in &mut joined {
            if step.starts_with('[') && !step.contains('=') {
                *step = step.trim_matches(['[', ']']).to_owned();
            }
        }
        joined.truncate(STEPS);
        Self(joined)
    }

    /// What stands there; the first match of a condition. `-` is the last item.
    pub fn get(&self, context: &Context, root: &Value) -> Result<Option<Value>, String> {
        let mut value = root.clone();
        for step in self.0.iter().filter(|step| !step.is_empty()) {
            let next = if is_number(step) || step == "-" || is_bracketed(step) {
                let Value::List(list, _) = &value else { return Err(wrong(context, "SequenceNode", &value)) };
                let items = list.items();
                if step == "-" {
                    items.last().cloned()
                } else if let Some((key, wanted)) = condition(step) {
                    let text = |value: Option<Value>| value.and_then(|v| scalar::plain(&context.origins, &v));
                    let is = |item: &&Value| match key {
                        "" => text(Some((*item).clone())).as_deref() == Some(wanted),
                        _ => text(item.as_map().and_then(|map| map.get(key))).as_deref() == Some(wanted),
                    };
                    items.iter().find(is).cloned()
                } else {
                    step.parse::<usize>().ok().and_then(|index| items.get(index)).cloned()
                }
            } else {
                match &value {
                    Value::Map(map, _) => map.get(step),
                    Value::Nil(_) => None,
                    other => return Err(wrong(context, "MappingNode", other)),
                }
            };
            let Some(next) = next else { return Ok(None) };
            value = next;
        }
        Ok(Some(value))
    }

    /// Visits every place the path leads to; makes missing ones if `blank` is given, the last one as that.
    pub fn for_each(
        &self,
        context: &mut Context,
        root: &mut Value,
        blank: Option<&Value>,
        shared: &Shared,
        visit: Visit<'_>,
    ) -> Result<(), String> {
        descend(context, root, &self.0, blank, shared, visit)
    }
}

/// A value for the step before these: a list where they need one, a map, or the last one.
fn made(rest: &[String], blank: &Value) -> Value {
    match rest.first() {
        None => blank.deep_copy(2).unwrap_or(Value::NIL),
        Some(step) if is_number(step) || is_bracketed(step) || step == "-" || step == "*" => {
            Value::list(Vec::new())
        }
        Some(_) => Value::map([]),
    }
}

fn descend(
    context: &mut Context,
    value: &mut Value,
    path: &[String],
    blank: Option<&Value>,
    shared: &Shared,
    visit: Visit<'_>,
) -> Result<(), String> {
    context.budget.step(1)?;
    let Some((step, rest)) = path.split_first() else {
        return visit(context, value);
    };
    if step.is_empty() {
        return if path.len() == 1 && matches!(value, Value::Map(..)) {
            Err(wrong(context, "ScalarNode", value))
        } else {
            descend(context, value, rest, blank, shared, visit)
        };
    }
    if is_number(step) || is_bracketed(step) || step == "*" {
        return in_list(context, value, step, rest, blank, shared, visit);
    }
    let Value::Map(map, _) = value else {
        return if value.is_nil() { Ok(()) } else { Err(wrong(context, "MappingNode", value)) };
    };
    let mut child = match (map.get(step), blank) {
        (Some(Value::Nil(origin)), Some(blank)) => made(rest, blank).with_origin(origin),
        (Some(child), _) => child,
        (None, Some(blank)) => made(rest, blank),
        (None, None) => return Ok(()),
    };
    descend(context, &mut child, rest, blank, shared, visit)?;
    if rest.is_empty() && map.get(step).is_some() {
        shared.set(map, step, &child);
    } else {
        map.insert(step.as_str(), child);
    }
    Ok(())
}

fn in_list(
    context: &mut Context,
    value: &mut Value,
    step: &str,
    rest: &[String],
    blank: Option<&Value>,
    shared: &Shared,
    visit: Visit<'_>,
) -> Result<(), String> {
    let Value::List(list, origin) = value else {
        return if value.is_nil() { Ok(()) } else { Err(wrong(context, "SequenceNode", value)) };
    };
    let (origin, kind) = (*origin, list.kind);
    let mut items = list.items().to_vec();
    context.budget.step(items.len() as u64)?;
    if step == "*" {
        for item in &mut items {
            descend(context, item, rest, blank, shared, visit)?;
        }
    } else if let Some((key, wanted)) = condition(step) {
        let pattern = Pattern::new(wanted)?;
        let mut found = false;
        for item in &mut items {
            let held = match key {
                "" => Some(item.clone()),
                _ => item.as_map().and_then(|map| map.get(key)),
            };
            let held = held.and_then(|held| scalar::plain(&context.origins, &held));
            if held.is_some_and(|held| pattern.matches(&held)) {
                found = true;
                descend(context, item, rest, blank, shared, visit)?;
            }
        }
        if let (false, Some(_)) = (found, blank) {
            let mut item = match key {
                "" => super::constant(wanted),
                _ => Value::map([(key.into(), super::constant(wanted))]),
            };
            descend(context, &mut item, rest, blank, shared, visit)?;
            items.push(item);
        }
    } else {
        let index: usize = step.parse().map_err(|_| format!("the index {step} is too large"))?;
        if let (Some(blank), true) = (blank, items.len() == index) {
            items.push(made(rest, blank));
        }
        let count = items.len();
        let item = items
            .get_mut(index)
            .ok_or_else(|| format!("index {index} specified but only {count} elements found"))?;
        descend(context, item, rest, blank, shared, visit)?;
    }
    *value = Value::List(List::of(items, kind), origin);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Path;

    #[test]
    fn cuts_paths() {
        let cut = |text: &str| Path::parse(text).0.join(" ");
        assert_eq!(cut("a.b.0.c"), "a b 0 c");
        assert_eq!(cut(r"metadata.annotations.a\.b/c"), "metadata annotations a.b/c");
        assert_eq!(cut("metadata.annotations.[a.b/c].x"), "metadata annotations a.b/c x");
        assert_eq!(cut("c.[name=b.c].image"), "c [name=b.c] image");
        assert_eq!(cut("c.[name=b"), "c [name=b");
    }
}
