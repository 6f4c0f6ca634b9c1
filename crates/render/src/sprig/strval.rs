//! Values as strings: what Go's `%v` shows.

use crate::context::Context;

use crate::text::Text;
use crate::value::{ListKind, Value};

/// Values nested deeper are cut off; a map may hold itself.
const DEEPEST: usize = 200;

/// A value as the string functions take it: a string as it is, anything else as `%v` shows it.
pub(crate) fn strval(context: &mut Context, value: &Value) -> Result<Text, String> {
    match value {
        Value::Str(text) => Ok(text.clone()),
        Value::List(list, origin) if list.kind == ListKind::Bytes => {
            Ok(Text::derived(bytes(list.items()), *origin))
        }
        other => {
            let mut out = Vec::new();
            write(context, &mut out, other, DEEPEST)?;
            // A scalar's text stands for the scalar: it keeps its origin.
            let origin = other.origin(&mut context.origins);
            Ok(Text::derived(out, origin))
        }
    }
}

/// As `%v` shows it.
pub(crate) fn display(context: &mut Context, value: &Value) -> Result<String, String> {
    let mut out = Vec::new();
    write(context, &mut out, value, DEEPEST)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// The bytes of a `[]uint8`.
pub(crate) fn bytes(items: &[Value]) -> Vec<u8> {
    items
        .iter()
        .filter_map(|item| if let Value::Int(byte, ..) = item { u8::try_from(*byte).ok() } else { None })
        .collect()
}

fn write(context: &mut Context, out: &mut Vec<u8>, value: &Value, depth: usize) -> Result<(), String> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err("a value is nested too deeply".to_owned());
    };
    context.budget.step(1)?;
    match value {
        Value::Nil(_) => out.extend_from_slice(b"<nil>"),
        Value::Bool(value, _) => out.extend_from_slice(value.to_string().as_bytes()),
        Value::Int(value, ..) => out.extend_from_slice(value.to_string().as_bytes()),
        Value::Float(value, _) => out.extend_from_slice(float(*value).as_bytes()),
        Value::Str(text) => {
            context.budget.take(text.len())?;
            out.extend_from_slice(text.bytes());
        }
        Value::List(list, _) => {
            out.push(b'[');
            for (index, item) in list.items().iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                write(context, out, item, depth)?;
            }
            out.push(b']');
        }
        Value::Map(map, _) => {
            out.extend_from_slice(b"map[");
            for (index, (key, item)) in map.snapshot().into_iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                out.extend_from_slice(key.as_bytes());
                out.push(b':');
                write(context, out, &item, depth)?;
            }
            out.push(b']');
        }
        Value::Object(object, _) => out.extend_from_slice(object.display().as_bytes()),
    }
    Ok(())
}

/// A `float64` as `%v` shows it: the shortest digits that give it back, with an exponent below 1e-4 and from
/// 1e6 on (a million is `1e+06`, which is known from many a chart).
pub(crate) fn float(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    let scientific = crate::emit::number::scientific(value);
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..6).contains(&exponent) {
        return crate::emit::number::plain(value);
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

#[cfg(test)]
mod tests {
    use super::float;

    #[test]
    fn floats_read_as_in_go() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (5.0, "5"),
            (2.5, "2.5"),
            (100_000.0, "100000"),
            (1_000_000.0, "1e+06"),
            (1_234_567.5, "1.2345675e+06"),
            (12_345_678_901.0, "1.2345678901e+10"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (1e300, "1e+300"),
            (f64::INFINITY, "+Inf"),
        ] {
            assert_eq!(float(value), text);
        }
    }
}
