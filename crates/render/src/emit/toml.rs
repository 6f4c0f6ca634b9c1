//! TOML in the layout of Go's most used library for it: plain entries first, then tables, each level indented.

use super::{MAX_DEPTH, TOO_DEEP, view};
use crate::context::Context;
use crate::origin::{NO_OFFSET, OriginId};
use crate::sprig::strval::float;
use crate::text::{Text, TextBuf};
use crate::value::{Map, Value};
use std::fmt::Write;
use std::rc::Rc;

const NIL_ITEM: &str = "toml: cannot encode array with nil element";

/// `toToml`. A key has the origin of its value.
pub fn to_toml(context: &mut Context, value: &Value) -> Result<Text, String> {
    let mut writer = Writer { context, out: TextBuf::default() };
    let value = view::seen(value).unwrap_or_else(|| value.clone());
    match &value {
        Value::Map(map, _) => writer.table(map, &mut Vec::new())?,
        other => writer.inline(other, 0)?,
    }
    Ok(writer.out.finish())
}

struct Writer<'a> {
    context: &'a mut Context,
    out: TextBuf,
}

fn is_table(value: &Value) -> bool {
    matches!(value, Value::Map(..))
}

/// Tables are written after everything else: maps, and lists of nothing but maps.
fn is_late(value: &Value) -> Result<bool, String> {
    Ok(match value {
        Value::Map(..) => true,
        Value::List(list, _) => {
            if list.items().iter().any(Value::is_nil) {
                return Err(NIL_ITEM.to_owned());
            }
            !list.items().is_empty() && list.items().iter().all(is_table)
        }
        _ => false,
    })
}

impl Writer<'_> {
    fn put(&mut self, text: &str, origin: OriginId) {
        self.out.push(text.as_bytes(), origin, NO_OFFSET);
    }

    fn indent(&mut self, path: &[Rc<str>]) -> Result<(), String> {
        self.context.budget.take(path.len() * 8)?;
        for _ in 1..path.len() {
            self.out.push_beside(b"  ");
        }
        Ok(())
    }

    fn head(&mut self, path: &[Rc<str>], open: &str, close: &str, origin: OriginId) -> Result<(), String> {
        self.indent(path)?;
        let names: Vec<String> = path.iter().map(|part| key(part)).collect();
        let names = names.join(".");
        self.context.budget.take(names.len())?;
        self.put(open, origin);
        self.put(&names, origin);
        self.put(close, origin);
        self.out.push_beside(b"\n");
        Ok(())
    }

    fn separate(&mut self) {
        if !self.out.is_empty() {
            self.out.push_beside(b"\n");
        }
    }

    fn table(&mut self, map: &Map, path: &mut Vec<Rc<str>>) -> Result<(), String> {
        if path.len() > MAX_DEPTH {
            return Err(TOO_DEEP.to_owned());
        }
        let mut late = Vec::new();
        for (name, value) in map.snapshot() {
            self.context.budget.step(1)?;
            if value.is_nil() {
                continue;
            }
            let value = view::seen(&value).unwrap_or(value);
            if is_late(&value)? {
                late.push((name, value));
                continue;
            }
            let origin = value.origin(&mut self.context.origins);
            path.push(name.clone());
            self.indent(path)?;
            path.pop();
            self.put(&key(&name), origin);
            self.put(" = ", origin);
            self.inline(&value, 0)?;
            self.out.push_beside(b"\n");
        }
        for (name, value) in late {
            path.push(name);
            match &value {
                Value::Map(map, origin) => {
                    if path.len() == 1 {
                        self.separate();
                    }
                    self.head(path, "[", "]", *origin)?;
                    self.table(map, path)?;
                }
                Value::List(list, _) => {
                    for item in list.items() {
                        let Value::Map(map, origin) = item else { continue };
                        self.separate();
                        self.head(path, "[[", "]]", *origin)?;
                        self.table(map, path)?;
                    }
                }
                _ => {}
            }
            path.pop();
        }
        Ok(())
    }

    fn inline(&mut self, value: &Value, depth: usize) -> Result<(), String> {
        if depth > MAX_DEPTH {
            return Err(TOO_DEEP.to_owned());
        }
        self.context.budget.step(1)?;
        if let Some(seen) = view::seen(value) {
            return self.inline(&seen, depth + 1);
        }
        match value {
            Value::Nil(_) => return Err(NIL_ITEM.to_owned()),
            Value::Bool(value, origin) => self.put(if *value { "true" } else { "false" }, *origin),
            Value::Int(value, _, origin) => self.put(&value.to_string(), *origin),
            Value::Float(value, origin) => self.put(&number(*value), *origin),
            Value::Str(text) => {
                self.context.budget.take(text.len())?;
                let origin = text.origin(&mut self.context.origins);
                self.put(&quoted(&text.str()), origin);
            }
            Value::List(list, origin) => {
                self.put("[", *origin);
                for (index, item) in list.items().iter().enumerate() {
                    if index > 0 {
                        self.out.push_beside(b", ");
                    }
                    self.inline(item, depth + 1)?;
                }
                self.out.push_beside(b"]");
            }
            Value::Map(map, origin) => self.inline_table(map, *origin, depth)?,
            Value::Object(..) => return Err(TOO_DEEP.to_owned()),
        }
        Ok(())
    }

    fn inline_table(&mut self, map: &Map, origin: OriginId, depth: usize) -> Result<(), String> {
        let (mut early, mut late) = (Vec::new(), Vec::new());
        for (name, value) in map.snapshot() {
            if is_late(&value)? { late.push((name, value)) } else { early.push((name, value)) }
        }
        self.put("{", origin);
        let last = early.len() + late.len();
        for (index, (name, value)) in early.iter().chain(&late).enumerate() {
            if value.is_nil() {
                continue;
            }
            let origin = value.origin(&mut self.context.origins);
            self.put(&key(name), origin);
            self.put(" = ", origin);
            self.inline(value, depth + 1)?;
            // Also before one that is left out because it is nil, as in the original.
            if index + 1 != last {
                self.out.push_beside(b", ");
            }
        }
        self.out.push_beside(b"}");
        Ok(())
    }
}

fn number(value: f64) -> String {
    if value.is_nan() {
        return "nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let text = float(value);
    if text.contains(['.', 'e']) { text } else { text + ".0" }
}

fn key(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !name.is_empty() && name.chars().all(bare) { name.to_owned() } else { quoted(name) }
}

fn quoted(text: &str) -> String {
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
            '\0'..='\u{1f}' | '\u{7f}' => {
                // Writing to a string can't fail.
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}
