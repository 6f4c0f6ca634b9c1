//! Collections: the block layout of libyaml's emitter.

use super::{MAX_DEPTH, TOO_DEEP, analysis, number, order, scalar, view};
use crate::context::Context;
use crate::origin::{NO_OFFSET, OriginId};
use crate::sprig::certificates::Certificate;
use crate::sprig::strval::float;
use crate::sprig::time::Time;
use crate::text::{Text, TextBuf};
use crate::value::{ListKind, Value};
use std::rc::Rc;

/// Whose YAML it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// go-yaml v2 on a value that went by way of JSON: `toYaml`.
    Json,
    /// go-yaml v3 with an indentation of two: `toYamlPretty`.
    Pretty,
}

/// Where a node stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The whole text, or an item of a sequence.
    Item,
    /// A key on one line with its colon.
    SimpleKey,
    /// A key after `? `, or a value.
    Mapping,
}

/// Writes a value.
pub(super) fn write(context: &mut Context, value: &Value, style: Style) -> Result<Text, String> {
    let mut emitter = Emitter {
        context,
        out: TextBuf::default(),
        style,
        indent: None,
        column: 0,
        whitespace: true,
        indention: true,
    };
    emitter.node(value, Place::Item, MAX_DEPTH)?;
    // One line feed ends the document, and it is cut off again. A block scalar may have written it.
    if emitter.column == 0 && emitter.out.bytes().last() == Some(&b'\n') {
        let length = emitter.out.len() - 1;
        emitter.out.truncate(length);
    }
    Ok(emitter.out.finish())
}

/// State of libyaml's emitter, as far as block collections need it.
pub(super) struct Emitter<'a> {
    pub context: &'a mut Context,
    pub out: TextBuf,
    pub style: Style,
    /// `None` outside of all collections.
    pub indent: Option<usize>,
    /// Characters since the last line feed.
    pub column: usize,
    /// The last character was a blank, or nothing is on the line.
    pub whitespace: bool,
    /// Only blanks and indicators are on the line.
    pub indention: bool,
}

impl Emitter<'_> {
    /// Writes characters of the layout.
    pub fn put(&mut self, text: &str, origin: OriginId) {
        self.out.push(text.as_bytes(), origin, NO_OFFSET);
        self.column += text.chars().count();
    }

    /// Writes blanks, which count as part of what stands before.
    fn blanks(&mut self, count: usize) {
        const BLANKS: &[u8] = &[b' '; 64];
        let mut left = count;
        while left > 0 {
            let part = BLANKS.get(..left).unwrap_or(BLANKS);
            self.out.push_beside(part);
            left -= part.len();
        }
        self.column += count;
    }

    /// Ends the line.
    pub fn line_feed(&mut self) {
        self.out.push_beside(b"\n");
        self.column = 0;
    }

    /// Begins a line with the indentation, unless that is where we are.
    pub fn begin_line(&mut self) {
        let indent = self.indent.unwrap_or(0);
        if !self.indention || self.column > indent || self.column == indent && !self.whitespace {
            self.line_feed();
        }
        self.blanks(indent.saturating_sub(self.column));
        self.whitespace = true;
        self.indention = true;
    }

    /// Writes `-`, `:`, a quote. `apart` asks for a blank before; `goes_on` says that a collection may begin on
    /// the same line.
    pub fn indicator(&mut self, text: &str, origin: OriginId, apart: bool, goes_on: bool) {
        if apart && !self.whitespace {
            self.put(" ", origin);
        }
        self.put(text, origin);
        self.whitespace = false;
        self.indention &= goes_on;
    }

    /// Goes one level deeper; gives the level to come back to.
    pub fn deeper(&mut self, indent: usize, flat: bool) -> Option<usize> {
        let before = self.indent;
        self.indent = Some(match before {
            None => indent,
            Some(before) if flat => before,
            Some(before) => before + 2,
        });
        before
    }

    fn node(&mut self, value: &Value, place: Place, depth: usize) -> Result<(), String> {
        let depth = depth.checked_sub(1).ok_or(TOO_DEEP)?;
        self.context.budget.step(1)?;
        // A time is a scalar of its own in YAML; by way of JSON it becomes a string.
        if self.style == Style::Pretty
            && let Value::Object(object, origin) = value
            && let Some(time) = object.as_any().downcast_ref::<Time>()
        {
            scalar::write(self, &Text::derived(time.rfc3339(), *origin), place, scalar::Wish::Plain);
            return Ok(());
        }
        if let Some(seen) = self.seen(value) {
            return self.node(&seen, place, depth);
        }
        match value {
            Value::List(list, origin) if list.items().is_empty() => {
                self.empty("[", "]", *origin);
                Ok(())
            }
            Value::Map(map, origin) if map.is_empty() => {
                self.empty("{", "}", *origin);
                Ok(())
            }
            Value::List(list, _) => {
                let flat = self.style == Style::Json && place == Place::Mapping && !self.indention;
                let before = self.deeper(0, flat);
                for item in list.items() {
                    self.begin_line();
                    let origin = item.origin(&mut self.context.origins);
                    self.indicator("-", origin, true, true);
                    self.node(item, Place::Item, depth)?;
                }
                self.indent = before;
                Ok(())
            }
            Value::Map(map, _) => {
                let before = self.deeper(0, false);
                let pretty = self.style == Style::Pretty;
                let entries = order::sort(map.snapshot(), &|a: &(Rc<str>, Value), b: &(Rc<str>, Value)| {
                    order::compare(&a.0, &b.0, pretty).is_le()
                });
                for (key, value) in &entries {
                    self.entry(key, value, depth)?;
                }
                self.indent = before;
                Ok(())
            }
            Value::Str(text) => scalar::string(self, text, place),
            _ => {
                let text = self.other_scalar(value)?;
                scalar::write(self, &text, place, scalar::Wish::Plain);
                Ok(())
            }
        }
    }

    fn seen(&self, value: &Value) -> Option<Value> {
        match value {
            Value::List(list, _) if self.style == Style::Pretty && list.kind == ListKind::Bytes => None,
            // Without JSON in between, names of fields come in lower case.
            Value::Object(object, _) if self.style == Style::Pretty => {
                match object.as_any().downcast_ref::<Certificate>() {
                    Some(certificate) => Some(certificate.fields("cert", "key")),
                    None => view::seen(value),
                }
            }
            _ => view::seen(value),
        }
    }

    fn empty(&mut self, open: &str, close: &str, origin: OriginId) {
        self.indicator(open, origin, true, false);
        self.indicator(close, origin, false, false);
    }

    fn entry(&mut self, key: &str, value: &Value, depth: usize) -> Result<(), String> {
        /// Longest key that may stand on one line with its colon, in bytes.
        const LONGEST: usize = 128;
        if self.style == Style::Json && scalar::is_broken_key(key) {
            return Err("error converting YAML to JSON: yaml: could not find expected ':'".to_owned());
        }
        self.begin_line();
        let origin = value.origin(&mut self.context.origins);
        let text = Text::derived(key, origin);
        let simple = key.len() <= LONGEST && !analysis::analyse(key, self.style == Style::Pretty).multiline;
        if simple {
            scalar::string(self, &text, Place::SimpleKey)?;
            self.indicator(":", origin, false, false);
        } else {
            self.indicator("?", origin, true, true);
            scalar::string(self, &text, Place::Mapping)?;
            self.begin_line();
            self.indicator(":", origin, true, true);
        }
        self.node(value, Place::Mapping, depth)
    }

    fn other_scalar(&self, value: &Value) -> Result<Text, String> {
        let (text, origin) = match value {
            Value::Bool(value, origin) => (value.to_string(), *origin),
            Value::Int(value, _, origin) => (value.to_string(), *origin),
            Value::Float(value, origin) => (self.float(*value)?, *origin),
            Value::Nil(origin) => ("null".to_owned(), *origin),
            Value::Str(_) | Value::List(..) | Value::Map(..) | Value::Object(..) => {
                return Err(TOO_DEEP.to_owned());
            }
        };
        Ok(Text::derived(text, origin))
    }

    fn float(&self, value: f64) -> Result<String, String> {
        if self.style == Style::Pretty {
            return Ok(match value {
                f64::INFINITY => ".inf".to_owned(),
                f64::NEG_INFINITY => "-.inf".to_owned(),
                value if value.is_nan() => ".nan".to_owned(),
                value => float(value),
            });
        }
        let json = number::json(value).ok_or_else(|| format!("json: unsupported value: {}", float(value)))?;
        // The JSON is read again; what is a whole number then is written as one.
        if json == "-0" {
            return Ok("0".to_owned());
        }
        let whole = json.parse::<i64>().is_ok() || json.parse::<u64>().is_ok();
        Ok(if whole { json } else { float(value) })
    }
}
