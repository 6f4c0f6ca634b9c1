//! The hash that generated objects carry in their names.

use super::resource::{Resource, plain};
use crate::value::Value;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The name is no part of what is hashed, though a place for it is.
const NO_NAME: &str = "\"name\":\"\"";

/// The ten characters that Kustomize puts behind the name of an object with this content.
pub(super) fn suffix(resource: &Resource) -> String {
    let map = resource.map();
    let data = |key: &str| match map.get(key) {
        None => Some("\"\"".to_owned()),
        Some(Value::Map(map, origin)) => Some(json(&Value::Map(map, origin))),
        Some(other) => Some(json_string(&plain(&other))),
    };
    let is_map = |key: &str| matches!(map.get(key), Some(Value::Map(..)));
    let encoded = match resource.kind().as_str() {
        "ConfigMap" => {
            let mut parts = Vec::new();
            if is_map("binaryData") {
                parts.extend(data("binaryData").map(|text| format!("\"binaryData\":{text}")));
            }
            parts.extend(data("data").map(|text| format!("\"data\":{text}")));
            parts.push("\"kind\":\"ConfigMap\"".to_owned());
            parts.push(NO_NAME.to_owned());
            format!("{{{}}}", parts.join(","))
        }
        "Secret" => {
            let mut parts = Vec::new();
            parts.extend(data("data").map(|text| format!("\"data\":{text}")));
            parts.push("\"kind\":\"Secret\"".to_owned());
            parts.push(NO_NAME.to_owned());
            if is_map("stringData") {
                parts.extend(data("stringData").map(|text| format!("\"stringData\":{text}")));
            }
            parts.extend(data("type").map(|text| format!("\"type\":{text}")));
            format!("{{{}}}", parts.join(","))
        }
        _ => json(&resource.value),
    };
    let mut hex = String::new();
    for byte in Sha256::digest(encoded.as_bytes()) {
        let _ = write!(hex, "{byte:02x}");
    }
    // Some digits are replaced so that no words come about.
    let safe = |digit: char| match digit {
        '0' => 'g',
        '1' => 'h',
        '3' => 'k',
        'a' => 'm',
        'e' => 't',
        other => other,
    };
    hex.chars().take(10).map(safe).collect()
}

/// A value as Go's `json.Marshal` writes it.
pub(super) fn json(value: &Value) -> String {
    match value {
        Value::Nil(_) | Value::Object(..) => "null".to_owned(),
        Value::Bool(value, _) => value.to_string(),
        Value::Int(value, ..) => value.to_string(),
        Value::Float(value, _) => value.to_string(),
        Value::Str(text) => json_string(&text.str()),
        Value::List(list, _) => {
            let items: Vec<String> = list.items().iter().map(json).collect();
            format!("[{}]", items.join(","))
        }
        Value::Map(map, _) => {
            let entries = map.entries();
            let parts: Vec<String> =
                entries.iter().map(|(key, value)| format!("{}:{}", json_string(key), json(value))).collect();
            format!("{{{}}}", parts.join(","))
        }
    }
}

/// A string with Go's escapes: those of HTML included.
fn json_string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}
