//! `eq`, `ne`, `lt`, `le`, `gt`, `ge`.

use crate::context::Context;
use crate::template::{printf, show};
use crate::text::Text;
use crate::value::Value;
use std::cmp::Ordering;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Basic {
    Bool,
    Int,
    Uint,
    Float,
    Str,
    /// None of those.
    Other,
}

fn basic(value: &Value) -> Basic {
    match value {
        Value::Bool(..) => Basic::Bool,
        Value::Int(_, crate::IntKind::Uint8, _) => Basic::Uint,
        Value::Int(..) => Basic::Int,
        Value::Float(..) => Basic::Float,
        Value::Str(_) => Basic::Str,
        Value::Object(object, _) => match object.kind() {
            "string" => Basic::Str,
            "bool" => Basic::Bool,
            "int" | "int64" | "int32" => Basic::Int,
            "float64" => Basic::Float,
            _ => Basic::Other,
        },
        Value::Nil(_) | Value::List(..) | Value::Map(..) => Basic::Other,
    }
}

/// True if the first equals any of the others.
pub(super) fn equals_any(context: &mut Context, first: &Value, others: &[Value]) -> Result<bool, String> {
    if others.is_empty() {
        return Err("missing argument for comparison".to_owned());
    }
    for other in others {
        if equal(context, first, other)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// True if both are equal.
pub(super) fn equal(context: &mut Context, a: &Value, b: &Value) -> Result<bool, String> {
    let (kind, other) = (basic(a), basic(b));
    match (a, b) {
        (Value::Bool(a, _), Value::Bool(b, _)) => return Ok(a == b),
        (Value::Int(a, ..), Value::Int(b, ..)) => return Ok(a == b),
        #[expect(clippy::float_cmp, reason = "as Go compares them")]
        (Value::Float(a, _), Value::Float(b, _)) => return Ok(a == b),
        (Value::Str(a), Value::Str(b)) => return Ok(a.bytes() == b.bytes()),
        _ => {}
    }
    if kind != other {
        if a.is_nil() || b.is_nil() {
            return Ok(false);
        }
        return Err(incompatible(a, b));
    }
    if kind != Basic::Other {
        return Ok(shown_equal(a, b));
    }
    let lengthy = |value: &Value| matches!(value, Value::List(..) | Value::Map(..));
    if !a.is_nil() && !b.is_nil() && (lengthy(a) || lengthy(b)) {
        return Err(non_comparable(context, a, b));
    }
    match (a, b) {
        (Value::Nil(_), Value::Nil(_)) => Ok(true),
        (Value::Object(a, _), Value::Object(b, _)) => Ok(std::rc::Rc::ptr_eq(a, b)),
        _ => Ok(false),
    }
}

fn incompatible(a: &Value, b: &Value) -> String {
    format!("incompatible types for comparison: {} and {}", a.type_name(), b.type_name())
}

fn shown_equal(a: &Value, b: &Value) -> bool {
    show::plain(a) == show::plain(b)
}

fn non_comparable(context: &mut Context, a: &Value, b: &Value) -> String {
    // Go shows the first as a string, whatever it is.
    let first = printf::printf(context, &Text::plain("%s"), std::slice::from_ref(a));
    let first = first.map(|text| text.str().into_owned()).unwrap_or_default();
    if a.type_name() == b.type_name() {
        return format!("non-comparable type {first}: {}", a.type_name());
    }
    let second = show::text(context, b).unwrap_or_default();
    format!("non-comparable types {first}: {}, {}: {second}", a.type_name(), b.type_name())
}

/// How both are ordered; `None` if a number is none.
pub(super) fn order(a: &Value, b: &Value) -> Result<Option<Ordering>, String> {
    let (kind, other) = (basic(a), basic(b));
    if kind == Basic::Other || other == Basic::Other {
        return Err("invalid type for comparison".to_owned());
    }
    match (a, b) {
        (Value::Int(a, ..), Value::Int(b, ..)) => Ok(Some(a.cmp(b))),
        (Value::Float(a, _), Value::Float(b, _)) => Ok(a.partial_cmp(b)),
        (Value::Str(a), Value::Str(b)) => Ok(Some(a.bytes().cmp(b.bytes()))),
        _ if kind != other => Err(incompatible(a, b)),
        (Value::Bool(..), _) => Err("invalid type for comparison".to_owned()),
        _ => Ok(Some(show::plain(a).cmp(&show::plain(b)))),
    }
}
