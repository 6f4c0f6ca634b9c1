//! Which values may be secret: errors of templates quote values, and a report must not.

use super::coalesce::DEEPEST;
use crate::origin::Origins;
use crate::value::Value;

/// Shorter texts are words that say nothing.
const SHORTEST: usize = 4;

/// Notes all texts below keys that look like those of secrets.
pub(super) fn hide(values: &Value, origins: &mut Origins) {
    walk(values, false, DEEPEST, origins);
}

fn walk(value: &Value, secret: bool, depth: usize, origins: &mut Origins) {
    let Some(depth) = depth.checked_sub(1) else { return };
    match value {
        Value::Map(map, _) => {
            for (key, value) in map.snapshot() {
                walk(&value, secret || is_secret(&key), depth, origins);
            }
        }
        Value::List(list, _) => {
            for item in list.items() {
                walk(item, secret, depth, origins);
            }
        }
        Value::Str(text) if secret && text.len() >= SHORTEST => origins.hide(text.str()),
        Value::Int(number, ..) if secret && number.unsigned_abs() >= 1000 => origins.hide(number.to_string()),
        #[expect(clippy::float_cmp, reason = "whole numbers only")]
        Value::Float(number, _) if secret && number.abs() >= 1000.0 && number.trunc() == *number => {
            origins.hide(crate::template::float::shortest(*number));
            origins.hide(format!("{number}"));
        }
        Value::Nil(_)
        | Value::Bool(..)
        | Value::Int(..)
        | Value::Float(..)
        | Value::Str(_)
        | Value::Object(..) => {}
    }
}

/// True for a key whose value may be secret.
fn is_secret(key: &str) -> bool {
    const PARTS: &[&str] = &["password", "passwd", "passphrase", "secret", "token", "credential", "private"];
    const ENDS: &[&str] = &["key", "keys", "pwd"];
    let key = key.to_ascii_lowercase();
    PARTS.iter().any(|part| key.contains(part)) || ENDS.iter().any(|end| key.ends_with(end))
}
