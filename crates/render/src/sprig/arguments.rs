//! Arguments of functions, checked as text/template checks them against the types of Go.
//!
//! The texts beginning with `wrong number of args for`, `wrong type for value` and `invalid value` are
//! text/template's own: the engine shows them without `error calling NAME: `.

use crate::text::Text;
use crate::value::{IntKind, List, Map, Value};
use std::borrow::Cow;

/// All arguments, if there are exactly as many as the function takes.
pub(crate) fn exactly<'a, const N: usize>(
    name: &str,
    arguments: &'a [Value],
) -> Result<&'a [Value; N], String> {
    arguments
        .try_into()
        .map_err(|_| format!("wrong number of args for {name}: want {N} got {}", arguments.len()))
}

/// The first arguments, which must be given, and any number of others.
pub(crate) fn at_least<'a, const N: usize>(
    name: &str,
    arguments: &'a [Value],
) -> Result<(&'a [Value; N], &'a [Value]), String> {
    arguments
        .split_first_chunk::<N>()
        .ok_or_else(|| format!("wrong number of args for {name}: want at least {N} got {}", arguments.len()))
}

/// The error for a value that a parameter of type `expected` does not take.
pub(crate) fn mismatch(expected: &str, value: &Value) -> String {
    // A nil that comes straight from a map is a nil interface to Go. A nil from a pipeline is nothing at all
    // and gives `invalid value; expected ...`: only the engine can tell, by the signature.
    let got = if value.is_nil() { "interface {}" } else { value.type_name() };
    format!("wrong type for value; expected {expected}; got {got}")
}

/// A `string`.
pub(crate) fn text(value: &Value) -> Result<&Text, String> {
    value.as_text().ok_or_else(|| mismatch("string", value))
}

/// A `string`, as text; bytes that are no UTF-8 are replaced.
pub(crate) fn string(value: &Value) -> Result<Cow<'_, str>, String> {
    text(value).map(Text::str)
}

/// An `int`.
pub(crate) fn int(value: &Value) -> Result<i64, String> {
    match value {
        // A rune is an untyped constant as an argument, which becomes what is asked for.
        Value::Int(number, IntKind::Int | IntKind::Int32, _) => Ok(*number),
        other => Err(mismatch("int", other)),
    }
}

/// A `bool`.
pub(crate) fn boolean(value: &Value) -> Result<bool, String> {
    match value {
        Value::Bool(value, _) => Ok(*value),
        other => Err(mismatch("bool", other)),
    }
}

/// A `map[string]interface {}`. Nil is a map without entries to Go, but only if it comes from a pipeline; see
/// [`mismatch`].
pub(crate) fn map(value: &Value) -> Result<Map, String> {
    match value {
        Value::Map(map, _) => Ok(map.clone()),
        Value::Nil(_) => Ok(Map::default()),
        // An object such as a map of its own type passes when Go sees a map underneath.
        Value::Object(object, _) => match object.underlying() {
            Some(Value::Map(map, _)) => Ok(map),
            _ => Err(mismatch("map[string]interface {}", value)),
        },
        other => Err(mismatch("map[string]interface {}", other)),
    }
}

/// What reflection takes for a slice: a slice, or an object that is one underneath.
pub(crate) fn list(value: &Value) -> Option<List> {
    match value {
        Value::List(list, _) => Some(list.clone()),
        Value::Object(object, _) => match object.underlying() {
            Some(Value::List(list, _)) => Some(list),
            _ => None,
        },
        _ => None,
    }
}
