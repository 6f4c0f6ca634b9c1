//! `index`, `slice`, `len`.

use super::byte;
use crate::context::Context;
use crate::value::{List, Value};

/// `len`
pub(super) fn length(value: &Value) -> Result<usize, String> {
    match value {
        Value::Str(text) => Ok(text.len()),
        Value::List(list, _) => Ok(list.items().len()),
        Value::Map(map, _) => Ok(map.len()),
        Value::Nil(_) => Err("reflect: call of reflect.Value.Type on zero Value".to_owned()),
        Value::Object(object, _) => match object.underlying() {
            Some(value @ (Value::List(..) | Value::Map(..) | Value::Str(_))) => length(&value),
            _ => Err(format!("len of type {}", object.type_name())),
        },
        Value::Bool(..) | Value::Int(..) | Value::Float(..) => {
            Err(format!("len of type {}", value.type_name()))
        }
    }
}

/// A number as an index into something of this length.
fn position(key: &Value, length: usize) -> Result<usize, String> {
    let number = match key {
        Value::Int(number, ..) => *number,
        Value::Nil(_) => return Err("cannot index slice/array with nil".to_owned()),
        other => return Err(format!("cannot index slice/array with type {}", other.type_name())),
    };
    match usize::try_from(number) {
        Ok(index) if index <= length => Ok(index),
        _ => Err(format!("index out of range: {number}")),
    }
}

/// `index`: an item, or an item of an item.
pub(super) fn index(context: &mut Context, value: &Value, keys: &[Value]) -> Result<Value, String> {
    let mut value = value.clone();
    if value.is_nil() {
        return Err("index of untyped nil".to_owned());
    }
    for key in keys {
        value = step(context, &value, key)?;
    }
    Ok(value)
}

fn step(context: &mut Context, value: &Value, key: &Value) -> Result<Value, String> {
    match value {
        Value::Nil(_) => Err("index of nil pointer".to_owned()),
        Value::Str(text) => {
            let index = position(key, text.len())?;
            let Some(found) = text.bytes().get(index) else {
                return Err("reflect: string index out of range".to_owned());
            };
            Ok(context.computed(byte(*found), std::slice::from_ref(value)))
        }
        Value::List(list, _) => {
            let index = position(key, list.items().len())?;
            list.items().get(index).cloned().ok_or_else(|| "reflect: slice index out of range".to_owned())
        }
        Value::Map(map, origin) => {
            let name = match key {
                Value::Str(text) => text.str(),
                Value::Nil(_) => return Err("value is nil; should be of type string".to_owned()),
                other => return Err(format!("value has type {}; should be string", other.type_name())),
            };
            match map.get(&name) {
                Some(found) => Ok(found),
                None => Ok(Value::Nil(context.origins.missing(*origin, &name))),
            }
        }
        Value::Object(object, _) => match object.underlying() {
            Some(inner @ (Value::List(..) | Value::Map(..) | Value::Str(_))) => step(context, &inner, key),
            _ => Err(format!("can't index item of type {}", object.type_name())),
        },
        Value::Bool(..) | Value::Int(..) | Value::Float(..) => {
            Err(format!("can't index item of type {}", value.type_name()))
        }
    }
}

/// `slice`: some of the items.
pub(super) fn slice(value: &Value, bounds: &[Value]) -> Result<Value, String> {
    if let Value::Object(object, origin) = value
        && let Some(inner @ (Value::List(..) | Value::Str(_))) = object.underlying()
    {
        return slice(&inner.with_origin(*origin), bounds);
    }
    if value.is_nil() {
        return Err("slice of untyped nil".to_owned());
    }
    if bounds.len() > 3 {
        return Err(format!("too many slice indexes: {}", bounds.len()));
    }
    let length = match value {
        Value::Str(_) if bounds.len() == 3 => return Err("cannot 3-index slice a string".to_owned()),
        Value::Str(text) => text.len(),
        Value::List(list, _) => list.items().len(),
        other => return Err(format!("can't slice item of type {}", other.type_name())),
    };
    let at = |index: usize| bounds.get(index).map(|bound| position(bound, length)).transpose();
    let start = at(0)?.unwrap_or(0);
    let end = at(1)?.unwrap_or(length);
    let capacity = at(2)?.unwrap_or(length);
    if start > end {
        return Err(format!("invalid slice index: {start} > {end}"));
    }
    if end > capacity {
        return Err(format!("invalid slice index: {end} > {capacity}"));
    }
    Ok(match value {
        Value::Str(text) => Value::Str(text.slice(start, end)),
        Value::List(list, origin) => {
            let items = list.items().get(start..end).unwrap_or_default().to_vec();
            Value::List(List::of(items, list.kind), *origin)
        }
        other => other.clone(),
    })
}
