//! Values as numbers, as spf13/cast makes them: what is no number is 0.

// As Go converts and compares.
#![allow(clippy::cast_precision_loss, clippy::float_cmp)]

use super::arguments::{exactly, text};
use super::strval::display;
use crate::context::{Context, Function};
use crate::origin::OriginId;
use crate::value::{IntKind, Value};

pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("int", |context, a| {
        let [value] = exactly("int", a)?;
        Ok(converted(context, value, Value::int(to_int(value))))
    }),
    ("int64", |context, a| {
        let [value] = exactly("int64", a)?;
        Ok(converted(context, value, Value::Int(to_int(value), IntKind::Int64, OriginId::NONE)))
    }),
    ("float64", |context, a| {
        let [value] = exactly("float64", a)?;
        Ok(converted(context, value, Value::Float(to_float(value), OriginId::NONE)))
    }),
    ("atoi", |context, a| {
        let [value] = exactly("atoi", a)?;
        let number = atoi(&text(value)?.str());
        Ok(converted(context, value, Value::int(number)))
    }),
    ("toDecimal", |context, a| {
        let [value] = exactly("toDecimal", a)?;
        let shown = display(context, value)?;
        let number = i64::from_str_radix(&shown, 8).unwrap_or(0);
        Ok(context.computed(Value::Int(number, IntKind::Int64, OriginId::NONE), a))
    }),
];

/// A number that says the same as it did in another type keeps its origin.
fn converted(context: &mut Context, from: &Value, to: Value) -> Value {
    let same = match (from, &to) {
        (Value::Int(a, ..), Value::Int(b, ..)) => a == b,
        (Value::Float(a, _), Value::Int(b, ..)) => *a == *b as f64,
        (Value::Int(a, ..), Value::Float(b, _)) => *a as f64 == *b,
        (Value::Float(a, _), Value::Float(b, _)) => a == b,
        (Value::Str(text), Value::Int(b, ..)) => text.bytes() == b.to_string().as_bytes(),
        _ => false,
    };
    if same {
        let origin = from.origin(&mut context.origins);
        return to.with_origin(origin);
    }
    context.computed(to, std::slice::from_ref(from))
}

/// A whole number of a value; also that of an `int64`, which is as wide as an `int` here.
pub(crate) fn to_int(value: &Value) -> i64 {
    match value {
        Value::Int(number, ..) => *number,
        Value::Float(number, _) => truncated(*number),
        Value::Bool(value, _) => i64::from(*value),
        Value::Str(text) => parse_int(without_zero_decimals(&text.str())).unwrap_or(0),
        Value::Nil(_) | Value::List(..) | Value::Map(..) | Value::Object(..) => 0,
    }
}

/// Go on amd64 makes the least number of all that do not fit.
pub(crate) fn truncated(number: f64) -> i64 {
    // 2^63, which is exact.
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if (-LIMIT..LIMIT).contains(&number) { number as i64 } else { i64::MIN }
}

/// A `float64` of a value.
pub(crate) fn to_float(value: &Value) -> f64 {
    match value {
        Value::Int(number, ..) => *number as f64,
        Value::Float(number, _) => *number,
        Value::Bool(value, _) => f64::from(u8::from(*value)),
        Value::Str(text) => parse_float(&text.str()).unwrap_or(0.0),
        Value::Nil(_) | Value::List(..) | Value::Map(..) | Value::Object(..) => 0.0,
    }
}

/// `5.00` counts as 5.
fn without_zero_decimals(text: &str) -> &str {
    match text.rsplit_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0') => whole,
        _ => text,
    }
}

/// Go's `ParseInt` with base 0: the prefix gives the base, a leading 0 octal; `_` may stand between digits.
pub(crate) fn parse_int(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let lower = digits.get(..2).map(str::to_ascii_lowercase);
    let (base, rest) = match lower.as_deref() {
        Some("0x") => (16, digits.get(2..)?),
        Some("0b") => (2, digits.get(2..)?),
        Some("0o") => (8, digits.get(2..)?),
        Some(_) if digits.starts_with('0') => (8, digits.get(1..)?),
        _ => (10, digits),
    };
    // Without a prefix an underscore has to stand between digits, of which a leading 0 is one; it never has a
    // place in plain decimals of base 10 unless between two of them.
    let cleaned = if rest.contains('_') {
        let before = if base == 10 { "_" } else { "" };
        let probe = format!("{before}{rest}");
        if probe.starts_with("__") || rest.ends_with('_') || rest.contains("__") || probe.len() == 1 {
            return None;
        }
        if base == 10 && rest.starts_with('_') {
            return None;
        }
        rest.replace('_', "")
    } else {
        rest.to_owned()
    };
    if cleaned.is_empty() || !cleaned.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let signed = if negative { format!("-{cleaned}") } else { cleaned };
    i64::from_str_radix(&signed, base).ok()
}

/// Go's `ParseFloat`.
pub(crate) fn parse_float(text: &str) -> Option<f64> {
    let lower = text.to_ascii_lowercase();
    let bare = lower.strip_prefix(['+', '-']).unwrap_or(&lower);
    let sign = if lower.starts_with('-') { -1.0 } else { 1.0 };
    match bare {
        "inf" | "infinity" => return Some(sign * f64::INFINITY),
        "nan" => return Some(f64::NAN),
        _ => {}
    }
    if let Some(hex) = bare.strip_prefix("0x") {
        return hex_float(&hex.replace('_', "")).map(|number| sign * number);
    }
    if bare.contains('_') {
        // Only between digits.
        let is_digit = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_digit());
        let mut parts = bare.split('_').peekable();
        while let Some(part) = parts.next() {
            let next = parts.peek().map(|next| next.bytes().next());
            if next.is_some_and(|next| !is_digit(next) || !is_digit(part.bytes().next_back())) {
                return None;
            }
        }
        return parse_float(&lower.replace('_', ""));
    }
    if !bare.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'+' | b'-')) {
        return None;
    }
    lower.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Digits of a hexadecimal number with a binary exponent, which it must have.
fn hex_float(text: &str) -> Option<f64> {
    let (digits, exponent) = text.split_once('p')?;
    let exponent: i32 = exponent.parse().ok()?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{fraction}");
    if all.is_empty() || all.len() > 13 {
        return None;
    }
    let number = u64::from_str_radix(&all, 16).ok()? as f64;
    let scale = exponent.checked_sub(4 * i32::try_from(fraction.len()).ok()?)?;
    Some(number * 2f64.powi(scale))
}

/// Go's `Atoi`; what is out of range is the nearest number, what is none is 0.
fn atoi(text: &str) -> i64 {
    text.parse::<i64>().unwrap_or_else(|error| match error.kind() {
        std::num::IntErrorKind::PosOverflow => i64::MAX,
        std::num::IntErrorKind::NegOverflow => i64::MIN,
        _ => 0,
    })
}
