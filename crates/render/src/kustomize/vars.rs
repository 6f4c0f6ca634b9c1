//! `vars`: `$(NAME)` in some fields (deprecated, still in use).

use super::fieldspec::{self, FieldSpec, Make};
use crate::context::Context;
use crate::text::{Text, TextBuf};
use crate::value::{List, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Expands `$(NAME)` at the fields of `specs`. Names that were used are added to `used`.
pub fn apply(
    context: &mut Context,
    object: &mut Value,
    values: &BTreeMap<String, Value>,
    used: &mut BTreeSet<String>,
    specs: &[FieldSpec],
) -> Result<(), String> {
    for spec in specs {
        fieldspec::apply(context, object, spec, Make::Nothing, &mut |context, place| {
            field(context, place, values, used)
        })?;
    }
    Ok(())
}

/// A string, the strings of a list, or the strings of a map.
fn field(
    context: &mut Context,
    place: &mut Value,
    values: &BTreeMap<String, Value>,
    used: &mut BTreeSet<String>,
) -> Result<(), String> {
    match place {
        Value::Str(text) => {
            if let Some(expanded) = expand(context, text, values, used)? {
                *place = expanded;
            }
        }
        Value::List(list, origin) => {
            context.budget.step(list.items().len() as u64)?;
            let mut items = list.items().to_vec();
            for item in &mut items {
                match item {
                    Value::Str(text) => {
                        if let Some(expanded) = expand(context, text, values, used)? {
                            *item = expanded;
                        }
                    }
                    Value::Map(..) | Value::List(..) => {
                        return Err("invalid value type expect a string".to_owned());
                    }
                    _ => {}
                }
            }
            *place = Value::List(List::of(items, list.kind), *origin);
        }
        Value::Map(map, _) => {
            for (key, value) in map.snapshot() {
                if let Value::Str(text) = &value
                    && let Some(expanded) = expand(context, text, values, used)?
                {
                    map.insert(key, expanded);
                }
            }
        }
        _ => {}
    }
    Ok(())
}

/// The text with its references replaced; `None` if nothing changes. `$$` is a `$`; names that nobody knows
/// stay. A text that is one reference becomes the value itself, be it a number.
fn expand(
    context: &mut Context,
    text: &Text,
    values: &BTreeMap<String, Value>,
    used: &mut BTreeSet<String>,
) -> Result<Option<Value>, String> {
    let whole = text.str().into_owned();
    if !whole.contains('$') {
        return Ok(None);
    }
    context.budget.step(whole.len() as u64)?;
    let mut out = TextBuf::default();
    // Up to where the text was copied.
    let mut done = 0;
    let mut at = 0;
    while let Some(found) = whole.get(at..).and_then(|rest| rest.find('$')).map(|found| at + found) {
        let rest = whole.get(found + 1..).unwrap_or("");
        if rest.starts_with('$') {
            out.push_slice(text, done, found + 1);
            at = found + 2;
            done = at;
            continue;
        }
        let name = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map(|(name, _)| name);
        let Some(name) = name else {
            at = found + 1;
            continue;
        };
        let end = found + name.len() + 3;
        at = end;
        let Some(value) = values.get(name) else { continue };
        used.insert(name.to_owned());
        if found == 0 && end == whole.len() {
            return Ok(Some(value.clone()));
        }
        out.push_slice(text, done, found);
        if let Some(text) = super::scalar::text(&mut context.origins, value) {
            context.budget.take(text.len())?;
            out.push_text(&text);
        }
        done = end;
    }
    if done == 0 {
        return Ok(None);
    }
    out.push_slice(text, done, text.len());
    Ok(Some(Value::Str(out.finish())))
}

/// The value of a var: what stands at `path` (dots, `[0]`, `[key=value]`), which must be a scalar.
pub fn lookup(object: &Value, path: &str) -> Option<Value> {
    let mut value = object.clone();
    for step in steps(path) {
        value = match (&value, step.strip_prefix('[').and_then(|step| step.strip_suffix(']'))) {
            (Value::List(list, _), Some(inside)) => match inside.split_once('=') {
                Some((key, wanted)) => list.items().iter().find(|item| {
                    let held = item.as_map().and_then(|map| map.get(key));
                    held.as_ref()
                        .and_then(Value::as_text)
                        .is_some_and(|text| text.bytes() == wanted.as_bytes())
                })?,
                None => list.items().get(inside.parse::<usize>().ok()?)?,
            }
            .clone(),
            (Value::List(list, _), None) => list.items().get(step.parse::<usize>().ok()?)?.clone(),
            (Value::Map(map, _), None) => map.get(&step)?,
            (Value::Map(map, _), Some(inside)) => map.get(inside)?,
            _ => return None,
        };
    }
    match value {
        Value::Map(..) | Value::List(..) | Value::Nil(_) => None,
        scalar => Some(scalar),
    }
}

/// `a.b[0].c` as `a`, `b`, `[0]`, `c`; dots in brackets and behind `\` don't part.
fn steps(path: &str) -> Vec<String> {
    let mut steps = vec![String::new()];
    let mut inside = false;
    let mut letters = path.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '.' if !inside => steps.push(String::new()),
            '\\' if !inside => {
                if let (Some(last), Some(next)) = (steps.last_mut(), letters.next()) {
                    last.push(next);
                }
            }
            _ => {
                if letter == '[' {
                    inside = true;
                    steps.push(String::new());
                }
                if let Some(last) = steps.last_mut() {
                    last.push(letter);
                }
                if letter == ']' {
                    inside = false;
                }
            }
        }
    }
    steps.retain(|step| !step.is_empty());
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kustomize::testing::{read, show};

    #[test]
    fn expands() {
        let mut context = Context::new(0);
        let values: BTreeMap<String, Value> =
            [("A".to_owned(), Value::str("x")), ("N".to_owned(), Value::int(5))].into_iter().collect();
        let mut used = BTreeSet::new();
        for (text, expected) in [
            ("$(A)", "\"x\""),
            ("a $(A) b $(N)", "\"a x b 5\""),
            ("$(N)", "5"),
            ("$$(A)", "\"$(A)\""),
            ("$(B) $A $( $", "\"$(B) $A $( $\""),
            ("$(B)$(A)", "\"$(B)x\""),
        ] {
            let mut place = Value::str(text);
            field(&mut context, &mut place, &values, &mut used).unwrap();
            assert_eq!(show(&place), expected, "{text}");
        }
        assert_eq!(used.len(), 2);
    }

    #[test]
    fn looks_up() {
        let mut context = Context::new(0);
        let object = read(&mut context, "{a: {b.c: 1}, l: [{n: x, v: 2}, 3]}");
        let at = |path: &str| lookup(&object, path).map(|value| show(&value));
        assert_eq!(at("a.b\\.c").as_deref(), Some("1"));
        assert_eq!(at("a[b.c]").as_deref(), Some("1"));
        assert_eq!(at("l[0].v").as_deref(), Some("2"));
        assert_eq!(at("l.[n=x].v").as_deref(), Some("2"));
        assert_eq!(at("l[1]").as_deref(), Some("3"));
        assert_eq!(at("l"), None);
        assert_eq!(at("nope"), None);
    }
}
