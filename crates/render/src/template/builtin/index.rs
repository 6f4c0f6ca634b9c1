//! `index` and `len`. (`slice` is Sprig's.)

use super::byte;
use crate::context::Context;
use crate::value::Value;

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
