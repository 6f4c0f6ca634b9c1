//! Small values as YAML or JSON text.

use crate::{Kind, scalar};
use serde_json::{Map, Value};

/// How to write.
pub(super) struct Emitter {
    /// The document is JSON: everything quoted.
    pub(super) json: bool,
    /// The document's line ending.
    pub(super) newline: &'static str,
}

impl Emitter {
    /// Any value on one line.
    pub(super) fn flow(&self, value: &Value) -> String {
        match value {
            Value::String(text) => self.string(text),
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(|i| self.flow_item(i)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Object(map) => {
                let entries: Vec<String> = map.iter().map(|(k, v)| self.flow_entry(k, v)).collect();
                format!("{{{}}}", entries.join(", "))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
        }
    }

    /// An item of a list in brackets.
    pub(super) fn flow_item(&self, value: &Value) -> String {
        match value {
            // Words in a list are commonly quoted in manifests: drop: ["ALL"].
            Value::String(text) => quoted(text),
            other => self.flow(other),
        }
    }

    /// `key: value` inside a flow mapping.
    pub(super) fn flow_entry(&self, key: &str, value: &Value) -> String {
        format!("{}: {}", self.string(key), self.flow_item_in_map(value))
    }

    fn flow_item_in_map(&self, value: &Value) -> String {
        match value {
            Value::String(text) if text.contains([',', '[', ']', '{', '}']) => quoted(text),
            other => self.flow(other),
        }
    }

    fn string(&self, text: &str) -> String {
        if !self.json && is_plain_safe(text) { text.to_owned() } else { quoted(text) }
    }

    /// `key: value` as lines; the first one indented, no line ending at the end.
    pub(super) fn block_entry(&self, out: &mut String, indent: usize, key: &str, value: &Value) {
        push_indent(out, indent);
        out.push_str(&self.string(key));
        out.push(':');
        match value {
            Value::Object(map) if !map.is_empty() => self.block_map(out, indent + 2, map),
            Value::Array(items) if items.iter().any(|i| i.is_object() || i.is_array()) => {
                for item in items {
                    out.push_str(self.newline);
                    self.block_item(out, indent + 2, item);
                }
            }
            other => {
                out.push(' ');
                out.push_str(&self.flow(other));
            }
        }
    }

    fn block_map(&self, out: &mut String, indent: usize, map: &Map<String, Value>) {
        for (key, value) in map {
            out.push_str(self.newline);
            self.block_entry(out, indent, key, value);
        }
    }

    /// `- value` as lines; the first one indented, no line ending at the end.
    pub(super) fn block_item(&self, out: &mut String, indent: usize, value: &Value) {
        push_indent(out, indent);
        out.push_str("- ");
        match value {
            Value::Object(map) if !map.is_empty() => {
                let mut lines = String::new();
                self.block_map(&mut lines, indent + 2, map);
                out.push_str(lines.trim_start());
            }
            other => out.push_str(&self.flow(other)),
        }
    }
}

fn push_indent(out: &mut String, indent: usize) {
    out.extend(std::iter::repeat_n(' ', indent));
}

/// A text in double quotes, as JSON and YAML both read it.
pub(super) fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

/// True if the text means itself when written without quotes, in block and in flow context.
fn is_plain_safe(text: &str) -> bool {
    let mut bytes = text.bytes();
    let starts_well =
        bytes.next().is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'.' | b'_'));
    starts_well
        && scalar::resolve(text) == Kind::Str
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && text.bytes().all(|b| {
            b.is_ascii_alphanumeric()
                || matches!(b, b'/' | b'.' | b'_' | b'-' | b':' | b'@' | b' ' | b'=' | b'+')
        })
}
