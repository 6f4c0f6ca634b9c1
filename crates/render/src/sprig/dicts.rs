//! Functions on maps, which are references: `set` and `unset` change the map they are given.

use super::arguments::{at_least, exactly, map, text};
use super::pieces::strings;
use super::strval::strval;
use crate::context::{Context, Function};
use crate::origin::OriginId;
use crate::text::Text;
use crate::value::{Map, Value};
use std::rc::Rc;

pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("dict", dict),
    ("get", get),
    ("set", set),
    ("unset", unset),
    ("hasKey", has_key),
    ("keys", keys),
    ("values", values),
    ("pick", pick),
    ("omit", omit),
    ("pluck", pluck),
    ("dig", dig),
    ("deepCopy", |_, a| deep_copy("deepCopy", a)),
    ("mustDeepCopy", |_, a| deep_copy("mustDeepCopy", a)),
];

/// Values nested deeper are not copied; a map may hold itself.
const DEEPEST: usize = 200;

fn dict(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    context.budget.step(a.len() as u64)?;
    let map = Map::default();
    for pair in a.chunks(2) {
        let Some(key) = pair.first() else { continue };
        let key = strval(context, key)?.str().into_owned();
        map.insert(key, pair.get(1).cloned().unwrap_or(Value::str("")));
    }
    Ok(Value::Map(map, OriginId::NONE))
}

/// Where the entry of a key came from, or would have.
fn entry_origin(context: &mut Context, owner: &Value, map: &Map, key: &str) -> OriginId {
    if let Some(value) = map.get(key) {
        return value.origin(&mut context.origins);
    }
    let parent = owner.origin(&mut context.origins);
    context.origins.missing(parent, key)
}

fn get(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let [owner, key] = exactly("get", a)?;
    let (map, key) = (map(owner)?, text(key)?.str());
    if let Some(value) = map.get(&key) {
        return Ok(value);
    }
    let origin = entry_origin(context, owner, &map, &key);
    Ok(Value::Str(Text::derived("", origin)))
}

fn set(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let [owner, key, value] = exactly("set", a)?;
    let (map, key) = (map(owner)?, text(key)?);
    if owner.is_nil() {
        return Err("assignment to entry in nil map".to_owned());
    }
    context.budget.step(1)?;
    map.insert(key.str().into_owned(), value.clone());
    Ok(owner.clone())
}

fn unset(_: &mut Context, a: &[Value]) -> Result<Value, String> {
    let [owner, key] = exactly("unset", a)?;
    let map = map(owner)?;
    map.remove(&text(key)?.str());
    Ok(if owner.is_nil() { Value::Map(map, OriginId::NONE) } else { owner.clone() })
}

fn has_key(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let [owner, key] = exactly("hasKey", a)?;
    let (map, key) = (map(owner)?, text(key)?.str());
    let entry = entry_origin(context, owner, &map, &key);
    let origin = context.origins.derive([entry]);
    Ok(Value::Bool(map.get(&key).is_some(), origin))
}

fn keys(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let mut texts = Vec::new();
    for owner in a {
        let map = map(owner)?;
        context.budget.step(map.len() as u64)?;
        for (key, value) in map.snapshot() {
            // A key stands where its value stands.
            let value = value.origin(&mut context.origins);
            let origin = context.origins.derive([value]);
            texts.push(Text::derived(key.as_bytes(), origin));
        }
    }
    strings(context, texts, a)
}

fn values(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let [owner] = exactly("values", a)?;
    let items: Vec<Value> = map(owner)?.snapshot().into_iter().map(|(_, value)| value).collect();
    context.budget.step(items.len() as u64)?;
    Ok(context.computed(Value::list(items), a))
}

fn key_texts(keys: &[Value]) -> Result<Vec<String>, String> {
    keys.iter().map(|key| Ok(text(key)?.str().into_owned())).collect()
}

fn pick(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let ([owner], wanted) = at_least("pick", a)?;
    let map = map(owner)?;
    context.budget.step(wanted.len() as u64)?;
    let entries = key_texts(wanted)?
        .into_iter()
        .filter_map(|key| map.get(&key).map(|value| (Rc::from(key), value)))
        .collect();
    Ok(context.computed(Value::Map(entries, OriginId::NONE), std::slice::from_ref(owner)))
}

fn omit(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let ([owner], unwanted) = at_least("omit", a)?;
    let map = map(owner)?;
    context.budget.step(map.len() as u64)?;
    let rest: Map = map.snapshot().into_iter().collect();
    for key in key_texts(unwanted)? {
        rest.remove(&key);
    }
    Ok(context.computed(Value::Map(rest, OriginId::NONE), std::slice::from_ref(owner)))
}

fn pluck(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let ([key], owners) = at_least("pluck", a)?;
    let key = text(key)?.str();
    context.budget.step(owners.len() as u64)?;
    let mut items = Vec::new();
    for owner in owners {
        items.extend(map(owner)?.get(&key));
    }
    Ok(context.computed(Value::list(items), owners))
}

/// Follows keys down. The last argument is the map, the one before it what is given where a key is missing.
fn dig(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let [path @ .., fallback, owner] = a else {
        return Err("dig needs at least three arguments".to_owned());
    };
    if path.is_empty() {
        return Err("dig needs at least three arguments".to_owned());
    }
    // A type assertion, which, unlike the passing of arguments, wants this very type.
    let conversion = |value: &Value, wanted: &str| {
        let found = if value.is_nil() { "nil" } else { value.type_name() };
        format!("interface conversion: interface {{}} is {found}, not {wanted}")
    };
    let as_map = |value: &Value| match value {
        Value::Map(map, _) if map.type_name() == "map[string]interface {}" => Ok(map.clone()),
        other => Err(conversion(other, "map[string]interface {}")),
    };
    as_map(owner)?;
    let keys = path.iter().map(|key| key.as_text().ok_or_else(|| conversion(key, "string")));
    let keys = keys.collect::<Result<Vec<_>, _>>()?;
    let mut value = owner.clone();
    for key in keys {
        let map = as_map(&value)?;
        let key = key.str();
        let Some(next) = map.get(&key) else {
            let missing = entry_origin(context, &value, &map, &key);
            return Ok(super::pieces::chosen(context, fallback, &[Value::Nil(missing)]));
        };
        value = next;
    }
    Ok(value)
}

fn deep_copy(name: &str, a: &[Value]) -> Result<Value, String> {
    let [value] = exactly(name, a)?;
    if value.is_nil() {
        return Err("reflect: call of reflect.Value.Type on zero Value".to_owned());
    }
    value.deep_copy(DEEPEST).ok_or_else(|| "a value is nested too deeply".to_owned())
}
