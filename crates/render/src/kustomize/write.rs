//! Objects to YAML.

use crate::context::Context;
use crate::origin::{NO_OFFSET, OriginId};
use crate::text::{Text, TextBuf};
use crate::value::Value;

/// Deepest nesting of an object.
const DEEPEST: usize = 600;

/// An object as a YAML document: keys sorted, each with the origin of its value.
pub(super) fn yaml(context: &mut Context, value: &Value) -> Result<Text, String> {
    let mut buf = TextBuf::default();
    write(context, value, 0, DEEPEST, &mut buf)?;
    context.budget.take(buf.len())?;
    Ok(buf.finish())
}

fn indent(buf: &mut TextBuf, depth: usize, origin: OriginId) {
    buf.push("  ".repeat(depth).as_bytes(), origin, NO_OFFSET);
}

/// Writes a map or list in block style, or a scalar; each ends its line.
fn write(
    context: &mut Context,
    value: &Value,
    depth: usize,
    left: usize,
    buf: &mut TextBuf,
) -> Result<(), String> {
    let left = left.checked_sub(1).ok_or("the object is nested too deep")?;
    context.budget.step(1)?;
    match value {
        Value::Map(map, _) if !map.is_empty() => {
            let entries = map.entries().clone();
            for (index, (key, value)) in entries.iter().enumerate() {
                let origin = value.origin(&mut context.origins);
                // The first key stands behind the dash, where there is one.
                if index > 0 || !follows_dash(buf) {
                    indent(buf, depth, origin);
                }
                buf.push(quoted(key).as_bytes(), origin, NO_OFFSET);
                buf.push(b":", origin, NO_OFFSET);
                entry(context, value, depth, left, buf)?;
            }
        }
        Value::List(list, _) if !list.items().is_empty() => {
            for (index, item) in list.items().iter().enumerate() {
                let origin = item.origin(&mut context.origins);
                if index > 0 || !follows_dash(buf) {
                    indent(buf, depth, origin);
                }
                buf.push(b"- ", origin, NO_OFFSET);
                write(context, item, depth + 1, left, buf)?;
            }
        }
        scalar => {
            let origin = scalar.origin(&mut context.origins);
            push_scalar(buf, scalar, origin);
            buf.push(b"\n", origin, NO_OFFSET);
        }
    }
    Ok(())
}

fn follows_dash(buf: &TextBuf) -> bool {
    buf.bytes().ends_with(b"- ") && {
        let line = buf.bytes().rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        line.iter().all(|byte| matches!(byte, b' ' | b'-'))
    }
}

fn entry(
    context: &mut Context,
    value: &Value,
    depth: usize,
    left: usize,
    buf: &mut TextBuf,
) -> Result<(), String> {
    let origin = value.origin(&mut context.origins);
    match value {
        Value::Map(map, _) if !map.is_empty() => {
            buf.push(b"\n", origin, NO_OFFSET);
            write(context, value, depth + 1, left, buf)
        }
        Value::List(list, _) if !list.items().is_empty() => {
            buf.push(b"\n", origin, NO_OFFSET);
            write(context, value, depth, left, buf)
        }
        scalar => {
            buf.push(b" ", origin, NO_OFFSET);
            write(context, scalar, depth, left, buf)
        }
    }
}

fn push_scalar(buf: &mut TextBuf, value: &Value, origin: OriginId) {
    let text = match value {
        Value::Str(text) => {
            if is_plain(&text.str()) {
                buf.push_text(text);
            } else {
                buf.push(json(&text.str()).as_bytes(), origin, NO_OFFSET);
            }
            return;
        }
        Value::Bool(value, _) => value.to_string(),
        Value::Int(value, ..) => value.to_string(),
        Value::Float(value, _) => float(*value),
        Value::List(..) => "[]".to_owned(),
        Value::Map(..) => "{}".to_owned(),
        Value::Nil(_) | Value::Object(..) => "null".to_owned(),
    };
    buf.push(text.as_bytes(), origin, NO_OFFSET);
}

fn float(value: f64) -> String {
    if value.is_nan() {
        return ".nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    let size = value.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) { format!("{value:e}") } else { value.to_string() }
}

fn quoted(key: &str) -> String {
    if is_plain(key) { key.to_owned() } else { json(key) }
}

/// True for text that reads as the same string without quotes, in any version of YAML.
fn is_plain(text: &str) -> bool {
    let mut bytes = text.bytes();
    let first = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'_'));
    let simple =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b'@' | b'+');
    let fits = |(index, byte): (usize, u8)| {
        simple(byte) || byte == b':' && text.as_bytes().get(index + 1).is_some_and(|next| simple(*next))
    };
    first
        && text.len() < 512
        && text.bytes().enumerate().all(fits)
        && syntax::scalar::resolve(text) == syntax::Kind::Str
}

/// A string in double quotes, as JSON has it, which is YAML too.
fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
