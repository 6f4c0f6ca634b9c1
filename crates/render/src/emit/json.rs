//! JSON as Go's `encoding/json` writes it.

use super::{MAX_DEPTH, TOO_DEEP, number, view};
use crate::context::Context;
use crate::origin::{NO_OFFSET, OriginId};
use crate::sprig::strval::float;
use crate::text::{Text, TextBuf};
use crate::value::Value;

/// How the JSON looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    /// `<`, `>` and `&` are escaped, for pages of HTML.
    pub escape_html: bool,
    /// One line for each item, indented by two.
    pub indent: bool,
}

/// Writes a value.
pub(super) fn write(context: &mut Context, value: &Value, layout: Layout) -> Result<Text, String> {
    let mut writer = Writer { context, out: TextBuf::default(), layout };
    writer.value(value, 0)?;
    Ok(writer.out.finish())
}

struct Writer<'a> {
    context: &'a mut Context,
    out: TextBuf,
    layout: Layout,
}

impl Writer<'_> {
    fn put(&mut self, text: &str, origin: OriginId) {
        self.out.push(text.as_bytes(), origin, NO_OFFSET);
    }

    fn new_line(&mut self, level: usize) {
        if self.layout.indent {
            self.out.push_beside(b"\n");
            for _ in 0..level {
                self.out.push_beside(b"  ");
            }
        }
    }

    fn value(&mut self, value: &Value, level: usize) -> Result<(), String> {
        if level > MAX_DEPTH {
            return Err(TOO_DEEP.to_owned());
        }
        self.context.budget.step(1)?;
        if let Some(seen) = view::seen(value) {
            return self.value(&seen, level + 1);
        }
        match value {
            Value::Nil(origin) => self.put("null", *origin),
            Value::Bool(value, origin) => self.put(if *value { "true" } else { "false" }, *origin),
            Value::Int(value, _, origin) => self.put(&value.to_string(), *origin),
            Value::Float(value, origin) => {
                let text = number::json(*value)
                    .ok_or_else(|| format!("json: unsupported value: {}", float(*value)))?;
                self.put(&text, *origin);
            }
            Value::Str(text) => {
                let origin = text.origin(&mut self.context.origins);
                self.string(text, origin)?;
            }
            Value::List(list, origin) => {
                self.context.budget.take(level * 2)?;
                self.put("[", *origin);
                for (index, item) in list.items().iter().enumerate() {
                    if index > 0 {
                        self.out.push_beside(b",");
                    }
                    self.new_line(level + 1);
                    self.value(item, level + 1)?;
                }
                if !list.items().is_empty() {
                    self.new_line(level);
                }
                self.out.push_beside(b"]");
            }
            Value::Map(map, origin) => {
                self.context.budget.take(level * 2)?;
                self.put("{", *origin);
                for (index, (key, item)) in map.snapshot().iter().enumerate() {
                    if index > 0 {
                        self.out.push_beside(b",");
                    }
                    self.new_line(level + 1);
                    let origin = item.origin(&mut self.context.origins);
                    self.string(&Text::derived(key.as_bytes(), origin), origin)?;
                    self.put(if self.layout.indent { ": " } else { ":" }, origin);
                    self.value(item, level + 1)?;
                }
                if !map.is_empty() {
                    self.new_line(level);
                }
                self.out.push_beside(b"}");
            }
            Value::Object(..) => return Err(TOO_DEEP.to_owned()),
        }
        Ok(())
    }

    fn string(&mut self, text: &Text, origin: OriginId) -> Result<(), String> {
        self.context.budget.take(text.len())?;
        self.put("\"", origin);
        let mut from = 0;
        let mut at = 0;
        for chunk in text.bytes().utf8_chunks() {
            for c in chunk.valid().chars() {
                if let Some(escape) = self.escape(c) {
                    self.out.push_slice(text, from, at);
                    self.put(&escape, origin);
                    from = at + c.len_utf8();
                }
                at += c.len_utf8();
            }
            for _ in chunk.invalid() {
                self.out.push_slice(text, from, at);
                self.put("\\ufffd", origin);
                at += 1;
                from = at;
            }
        }
        self.out.push_slice(text, from, text.len());
        self.put("\"", origin);
        Ok(())
    }

    fn escape(&self, c: char) -> Option<String> {
        Some(match c {
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            '\n' => "\\n".to_owned(),
            '\r' => "\\r".to_owned(),
            '\t' => "\\t".to_owned(),
            '\u{8}' => "\\b".to_owned(),
            '\u{c}' => "\\f".to_owned(),
            '<' | '>' | '&' if self.layout.escape_html => format!("\\u{:04x}", c as u32),
            '\0'..='\u{1f}' | '\u{2028}' | '\u{2029}' => format!("\\u{:04x}", c as u32),
            _ => return None,
        })
    }
}
