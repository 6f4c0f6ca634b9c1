//! Values as `%v` shows them.

use crate::context::{Budget, Context};
use crate::origin::{NO_OFFSET, OriginId};
use crate::template::float;
use crate::text::TextBuf;
use crate::value::Value;

/// Values may be nested this deep; a map may hold itself.
const DEEPEST: u32 = 100;

/// Appends a value as `%v` shows it. Strings in it keep their origins; the rest has the origin of its value.
pub fn show(context: &mut Context, value: &Value, out: &mut TextBuf) -> Result<(), String> {
    append(&mut context.budget, value, OriginId::NONE, out, 0)
}

/// A value as `%v` shows it, without origins.
pub fn text(context: &mut Context, value: &Value) -> Result<String, String> {
    let mut out = TextBuf::default();
    show(context, value, &mut out)?;
    Ok(String::from_utf8_lossy(out.bytes()).into_owned())
}

/// What `%v` makes of something that holds no other values.
pub(super) fn plain(value: &Value) -> Vec<u8> {
    match value {
        Value::Nil(_) => b"<nil>".to_vec(),
        Value::Bool(value, _) => value.to_string().into_bytes(),
        Value::Int(value, ..) => value.to_string().into_bytes(),
        Value::Float(value, _) => float::shortest(*value).into_bytes(),
        Value::Str(text) => text.bytes().to_vec(),
        Value::Object(object, _) => object.display().into_bytes(),
        Value::List(..) | Value::Map(..) => Vec::new(),
    }
}

/// The origin of a value, or of what holds it if it has none. Not for strings.
fn origin_of(value: &Value, around: OriginId) -> OriginId {
    let origin = match value {
        Value::Nil(origin)
        | Value::Bool(_, origin)
        | Value::Int(_, _, origin)
        | Value::Float(_, origin)
        | Value::List(_, origin)
        | Value::Map(_, origin)
        | Value::Object(_, origin) => *origin,
        Value::Str(_) => OriginId::NONE,
    };
    if origin == OriginId::NONE { around } else { origin }
}

fn append(
    budget: &mut Budget,
    value: &Value,
    around: OriginId,
    out: &mut TextBuf,
    depth: u32,
) -> Result<(), String> {
    let origin = origin_of(value, around);
    match value {
        Value::Str(text) => {
            budget.take(text.len())?;
            out.push_text(text);
        }
        Value::List(list, _) => {
            nested(budget, depth)?;
            out.push(b"[", origin, NO_OFFSET);
            for (index, item) in list.items().iter().enumerate() {
                if index > 0 {
                    out.push(b" ", origin, NO_OFFSET);
                }
                append(budget, item, origin, out, depth + 1)?;
            }
            out.push(b"]", origin, NO_OFFSET);
        }
        Value::Map(map, _) => {
            nested(budget, depth)?;
            out.push(b"map[", origin, NO_OFFSET);
            for (index, (key, item)) in map.entries().iter().enumerate() {
                if index > 0 {
                    out.push(b" ", origin, NO_OFFSET);
                }
                budget.take(key.len())?;
                out.push(key.as_bytes(), origin, NO_OFFSET);
                out.push(b":", origin, NO_OFFSET);
                append(budget, item, origin, out, depth + 1)?;
            }
            out.push(b"]", origin, NO_OFFSET);
        }
        scalar => {
            let shown = plain(scalar);
            budget.take(shown.len())?;
            out.push(&shown, origin, NO_OFFSET);
        }
    }
    Ok(())
}

fn nested(budget: &mut Budget, depth: u32) -> Result<(), String> {
    budget.step(1)?;
    if depth >= DEEPEST { Err("a value is nested too deeply, or holds itself".to_owned()) } else { Ok(()) }
}
