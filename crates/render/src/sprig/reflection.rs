//! Types and equality of values.

use super::arguments::{exactly, text};
use crate::context::{Context, Function};
use crate::value::Value;

pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("typeOf", |context, a| {
        let [value] = exactly("typeOf", a)?;
        Ok(context.computed(Value::str(value.type_name()), a))
    }),
    ("typeIs", |context, a| {
        let [name, value] = exactly("typeIs", a)?;
        let is = text(name)?.bytes() == value.type_name().as_bytes();
        Ok(context.computed(Value::bool(is), a))
    }),
    ("typeIsLike", |context, a| {
        let [name, value] = exactly("typeIsLike", a)?;
        let name = text(name)?.str();
        let is = name == value.type_name() || format!("*{name}") == value.type_name();
        Ok(context.computed(Value::bool(is), a))
    }),
    ("kindOf", |context, a| {
        let [value] = exactly("kindOf", a)?;
        Ok(context.computed(Value::str(value.kind()), a))
    }),
    ("kindIs", |context, a| {
        let [name, value] = exactly("kindIs", a)?;
        let is = text(name)?.bytes() == value.kind().as_bytes();
        Ok(context.computed(Value::bool(is), a))
    }),
    ("deepEqual", |context, a| {
        let [left, right] = exactly("deepEqual", a)?;
        let equal = deep_equal(context, left, right)?;
        Ok(context.computed(Value::bool(equal), a))
    }),
];

/// Values nested deeper are not compared; a map may hold itself.
const DEEPEST: usize = 200;

/// Go's `reflect.DeepEqual`: of one type, and equal all through.
pub(crate) fn deep_equal(context: &mut Context, left: &Value, right: &Value) -> Result<bool, String> {
    equal(context, left, right, DEEPEST)
}

fn equal(context: &mut Context, left: &Value, right: &Value, depth: usize) -> Result<bool, String> {
    context.budget.step(1)?;
    let Some(depth) = depth.checked_sub(1) else {
        return Err("a value is nested too deeply".to_owned());
    };
    Ok(match (left, right) {
        (Value::Nil(_), Value::Nil(_)) => true,
        (Value::Bool(left, _), Value::Bool(right, _)) => left == right,
        (Value::Int(left, left_kind, _), Value::Int(right, right_kind, _)) => {
            left == right && left_kind == right_kind
        }
        #[allow(clippy::float_cmp)] // As Go compares.
        (Value::Float(left, _), Value::Float(right, _)) => left == right,
        (Value::Str(left), Value::Str(right)) => left.bytes() == right.bytes(),
        (Value::List(left, _), Value::List(right, _)) => {
            if left.kind != right.kind || left.items().len() != right.items().len() {
                return Ok(false);
            }
            for (left, right) in left.items().iter().zip(right.items()) {
                if !equal(context, left, right, depth)? {
                    return Ok(false);
                }
            }
            true
        }
        (Value::Map(left, _), Value::Map(right, _)) => {
            if left.is_same(right) {
                return Ok(true);
            }
            if left.type_name() != right.type_name() || left.len() != right.len() {
                return Ok(false);
            }
            for (key, left) in left.snapshot() {
                let Some(right) = right.get(&key) else { return Ok(false) };
                if !equal(context, &left, &right, depth)? {
                    return Ok(false);
                }
            }
            true
        }
        (Value::Object(left, _), Value::Object(right, _)) => {
            std::rc::Rc::ptr_eq(left, right)
                || left.type_name() == right.type_name() && left.display() == right.display()
        }
        _ => false,
    })
}
