//! The language of `--set`: `a.b[0].c=1,x={p,q}`.

use super::coalesce::Table;
use crate::origin::{NO_OFFSET, OriginId};
use crate::text::Text;
use crate::value::{IntKind, List, Map, Value};
use std::iter::Peekable;
use std::str::Chars;

/// Largest index of a list.
const MOST_INDEX: usize = 65_536;
/// Most keys with dots between.
const DEEPEST: usize = 30;
/// Items that all lists of one argument may have together.
const MOST_ITEMS: usize = 200_000;

/// How values are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// `--set`: numbers, booleans and null are told from strings.
    Typed,
    /// `--set-string`.
    String,
    /// `--set-json`.
    Json,
}

/// Why parsing ended.
enum Stop {
    /// The text is at its end.
    End,
    /// It is wrong, in Helm's words.
    Wrong(String),
}

type Done = Result<(), Stop>;

struct Parser<'a> {
    text: &'a str,
    chars: Peekable<Chars<'a>>,
    mode: Mode,
    origin: OriginId,
    items: usize,
}

/// Sets values in a table as an argument says.
pub(super) fn set(into: &Table, text: &str, mode: Mode, origin: OriginId) -> Result<(), String> {
    if mode == Mode::Json && text.trim_start().starts_with('{') {
        let json = serde_json::from_str(text)
            .map_err(|error| format!("failed parsing --set-json data JSON: {error}"))?;
        if let Some(table) = Table::of(&from_json(json, origin)) {
            let merged = super::coalesce::overlay(into, &table);
            for (key, value) in merged.map.snapshot() {
                into.map.insert(key, value);
            }
        }
        return Ok(());
    }
    let mut parser = Parser { text, chars: text.chars().peekable(), mode, origin, items: MOST_ITEMS };
    loop {
        match parser.key(&into.map, 0) {
            Ok(()) => {}
            Err(Stop::End) => return Ok(()),
            Err(Stop::Wrong(why)) => {
                let flag = match mode {
                    Mode::Typed => "--set",
                    Mode::String => "--set-string",
                    Mode::Json => "--set-json",
                };
                return Err(format!("failed parsing {flag} data: {why}"));
            }
        }
    }
}

/// The text of an argument that sets one path to one value, whatever commas there are in it.
pub(super) fn argument(path: &str, value: &str, mode: Mode) -> String {
    if mode == Mode::Json || value.starts_with('{') && value.ends_with('}') {
        return format!("{path}={value}");
    }
    let mut out = format!("{path}=");
    let mut escaped = false;
    for c in value.chars() {
        if c == ',' && !escaped {
            out.push('\\');
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    out
}

impl Parser<'_> {
    /// Characters up to one of these, and which; `None` at the end of the text.
    fn until(&mut self, stops: &[char]) -> (String, Option<char>) {
        let mut out = String::new();
        while let Some(c) = self.chars.next() {
            if stops.contains(&c) {
                return (out, Some(c));
            }
            out.push(if c == '\\' {
                match self.chars.next() {
                    Some(next) => next,
                    None => break,
                }
            } else {
                c
            });
        }
        (out, None)
    }

    fn key(&mut self, into: &Map, depth: usize) -> Done {
        let (key, stop) = self.until(&['=', '[', ',', '.']);
        match stop {
            None if key.is_empty() => Err(Stop::End),
            None => Err(Stop::Wrong(format!("key {key:?} has no value"))),
            Some('[') => {
                let index = self.index()?;
                let list = match into.get(&key) {
                    None => Vec::new(),
                    Some(Value::List(list, _)) => list.items().to_vec(),
                    Some(other) => return Err(mistaken(&other, "[]interface {}")),
                };
                let (list, end) = self.item(list, index, depth)?;
                set_key(into, &key, Value::List(List::new(list), self.origin));
                if end { Err(Stop::End) } else { Ok(()) }
            }
            Some('=') => {
                let (value, end) = self.value()?;
                set_key(into, &key, value);
                if end { Err(Stop::End) } else { Ok(()) }
            }
            Some(',') => {
                set_key(into, &key, self.string(String::new()));
                Err(Stop::Wrong(format!("key {key:?} has no value (cannot end with ,)")))
            }
            Some(_) => {
                if depth >= DEEPEST {
                    return Err(Stop::Wrong(format!(
                        "value name nested level is greater than maximum supported nested level of {DEEPEST}"
                    )));
                }
                let have = into.get(&key);
                let (inner, origin) = match have {
                    None => (Map::default(), self.origin),
                    Some(Value::Map(map, origin)) => (map, origin),
                    Some(other) => return Err(mistaken(&other, "map[string]interface {}")),
                };
                let done = self.key(&inner, depth + 1);
                if done.is_ok() && inner.is_empty() {
                    return Err(Stop::Wrong(format!("key map {key:?} has no value")));
                }
                if !inner.is_empty() {
                    set_key(into, &key, Value::Map(inner, origin));
                }
                done
            }
        }
    }

    fn index(&mut self) -> Result<usize, Stop> {
        let (digits, stop) = self.until(&[']']);
        if stop.is_none() {
            return Err(Stop::Wrong("error parsing index: EOF".to_owned()));
        }
        let index: i64 = digits.parse().map_err(|_| {
            Stop::Wrong(format!("error parsing index: strconv.Atoi: parsing {digits:?}: invalid syntax"))
        })?;
        let Ok(index) = usize::try_from(index) else {
            return Err(Stop::Wrong(format!("negative {index} index not allowed")));
        };
        if index > MOST_INDEX {
            return Err(Stop::Wrong(format!(
                "index of {index} is greater than maximum supported index of {MOST_INDEX}"
            )));
        }
        Ok(index)
    }

    /// What comes after `[n]`. Also tells whether the text is at its end.
    fn item(&mut self, mut list: Vec<Value>, index: usize, depth: usize) -> Result<(Vec<Value>, bool), Stop> {
        let (key, stop) = self.until(&['[', '.', '=']);
        if !key.is_empty() {
            return Err(Stop::Wrong(format!("unexpected data at end of array index: {key:?}")));
        }
        if depth >= DEEPEST {
            return Err(Stop::Wrong("lists are nested too deep".to_owned()));
        }
        let wanted = (index + 1).saturating_sub(list.len());
        self.items = self
            .items
            .checked_sub(wanted)
            .ok_or_else(|| Stop::Wrong("the lists of the argument are too long".to_owned()))?;
        let have = list.get(index).cloned();
        let (value, end) = match stop {
            None => return Err(Stop::End),
            Some('=') => self.value()?,
            Some('[') => {
                let next = self.index()?;
                let inner = match have {
                    None | Some(Value::Nil(_)) => Vec::new(),
                    Some(Value::List(list, _)) => list.items().to_vec(),
                    Some(other) => return Err(mistaken(&other, "[]interface {}")),
                };
                let (inner, end) = self.item(inner, next, depth + 1)?;
                (Value::List(List::new(inner), self.origin), end)
            }
            Some(_) => {
                let (inner, origin) = match have {
                    Some(Value::Map(map, origin)) => (map, origin),
                    _ => (Map::default(), self.origin),
                };
                let end = match self.key(&inner, depth + 1) {
                    Ok(()) => false,
                    Err(Stop::End) => true,
                    Err(wrong) => return Err(wrong),
                };
                (Value::Map(inner, origin), end)
            }
        };
        while list.len() <= index {
            list.push(Value::Nil(self.origin));
        }
        if let Some(slot) = list.get_mut(index) {
            *slot = value;
        }
        Ok((list, end))
    }

    fn value(&mut self) -> Result<(Value, bool), Stop> {
        if self.mode == Mode::Json {
            return self.json();
        }
        if self.chars.next_if_eq(&'{').is_some() {
            let mut items = Vec::new();
            loop {
                let (text, stop) = self.until(&[',', '}']);
                match stop {
                    None => return Err(Stop::Wrong("list must terminate with '}'".to_owned())),
                    Some('}') => {
                        self.chars.next_if_eq(&',');
                        items.push(self.typed(text));
                        return Ok((Value::List(List::new(items), self.origin), false));
                    }
                    Some(_) => items.push(self.typed(text)),
                }
            }
        }
        let (text, stop) = self.until(&[',']);
        Ok((self.typed(text), stop.is_none()))
    }

    fn json(&mut self) -> Result<(Value, bool), Stop> {
        let rest: String = self.chars.clone().collect();
        let trimmed = rest.trim_start();
        if trimmed.is_empty() || trimmed.starts_with(',') {
            while self.chars.next_if(|c| *c != ',').is_some() {}
            let end = self.chars.next().is_none();
            return Ok((Value::Nil(self.origin), end));
        }
        let mut stream = serde_json::Deserializer::from_str(&rest).into_iter();
        let value: serde_json::Value = match stream.next() {
            Some(Ok(value)) => value,
            Some(Err(error)) => return Err(Stop::Wrong(error.to_string())),
            None => serde_json::Value::Null,
        };
        let at = self.text.len() - rest.len() + stream.byte_offset();
        self.chars = self.text.get(at..).unwrap_or("").chars().peekable();
        while self.chars.next_if(|c| c.is_whitespace()).is_some() {}
        let end = self.chars.peek().is_none();
        if !end && self.chars.next_if_eq(&',').is_none() {
            return Err(Stop::Wrong("invalid data after JSON value".to_owned()));
        }
        Ok((from_json(value, self.origin), end))
    }

    fn string(&self, text: String) -> Value {
        Value::Str(Text::new(text.into_bytes(), self.origin, NO_OFFSET))
    }

    fn typed(&self, text: String) -> Value {
        if self.mode == Mode::String {
            return self.string(text);
        }
        if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") {
            return Value::Bool(text.eq_ignore_ascii_case("true"), self.origin);
        }
        if text.eq_ignore_ascii_case("null") {
            return Value::Nil(self.origin);
        }
        let number = if text.starts_with('0') && text != "0" { None } else { text.parse().ok() };
        match number {
            Some(number) => Value::Int(number, IntKind::Int64, self.origin),
            None => self.string(text),
        }
    }
}

/// An empty key is not set.
fn set_key(into: &Map, key: &str, value: Value) {
    if !key.is_empty() {
        into.insert(key, value);
    }
}

fn mistaken(value: &Value, wanted: &str) -> Stop {
    let have = match value {
        Value::Nil(_) => "nil",
        other => other.type_name(),
    };
    Stop::Wrong(format!("unable to parse key: interface conversion: interface {{}} is {have}, not {wanted}"))
}

/// JSON as a value: all numbers are `float64`. Its depth is bounded by the reader.
fn from_json(json: serde_json::Value, origin: OriginId) -> Value {
    match json {
        serde_json::Value::Null => Value::Nil(origin),
        serde_json::Value::Bool(value) => Value::Bool(value, origin),
        serde_json::Value::Number(number) => Value::Float(number.as_f64().unwrap_or(0.0), origin),
        serde_json::Value::String(text) => Value::Str(Text::new(text.into_bytes(), origin, NO_OFFSET)),
        serde_json::Value::Array(items) => {
            Value::List(List::new(items.into_iter().map(|item| from_json(item, origin)).collect()), origin)
        }
        serde_json::Value::Object(entries) => Value::Map(
            entries.into_iter().map(|(key, value)| (key.into(), from_json(value, origin))).collect(),
            origin,
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: &Value) -> String {
        match value {
            Value::Nil(_) => "nil".to_owned(),
            Value::Bool(value, _) => value.to_string(),
            Value::Int(value, ..) => value.to_string(),
            Value::Float(value, _) => format!("{value:?}"),
            Value::Str(text) => format!("'{}'", text.str()),
            Value::List(list, _) => {
                format!("[{}]", list.items().iter().map(shown).collect::<Vec<_>>().join(" "))
            }
            Value::Map(map, _) => {
                let entries = map.snapshot();
                let entries: Vec<_> = entries.iter().map(|(k, v)| format!("{k}:{}", shown(v))).collect();
                format!("{{{}}}", entries.join(" "))
            }
            Value::Object(..) => "?".to_owned(),
        }
    }

    fn run(text: &str, mode: Mode) -> String {
        let table = Table::new();
        match set(&table, text, mode, OriginId::NONE) {
            Ok(()) => shown(&table.value()),
            Err(why) => format!("! {why}"),
        }
    }

    #[test]
    fn sets() {
        for (text, wanted) in [
            ("a=1", "{a:1}"),
            ("a=1,b=x", "{a:1 b:'x'}"),
            ("a.b.c=true", "{a:{b:{c:true}}}"),
            ("a=null,b=NULL", "{a:nil b:nil}"),
            ("a=010,b=0,c=-5,d=1.5", "{a:'010' b:0 c:-5 d:'1.5'}"),
            ("a[1]=x", "{a:[nil 'x']}"),
            ("a[0].b=1,a[0].c=2", "{a:[{b:1 c:2}]}"),
            ("a[0][1]=1", "{a:[[nil 1]]}"),
            ("a={x,1,true},b=2,c={}", "{a:['x' 1 true] b:2 c:['']}"),
            ("a\\.b=1,c=x\\,y", "{a.b:1 c:'x,y'}"),
            ("a=", "{a:''}"),
            ("a=b=c", "{a:'b=c'}"),
        ] {
            assert_eq!(run(text, Mode::Typed), wanted, "{text}");
        }
        for text in
            ["a", "a.b", "a,b=1", "a[x]=1", "a[-1]=1", "a[99999999]=1", "a={1", "a=1,a.b=2", "a[0]x=1"]
        {
            assert!(run(text, Mode::Typed).starts_with('!'), "{text}: {}", run(text, Mode::Typed));
        }
        assert_eq!(run("a=1,b=true", Mode::String), "{a:'1' b:'true'}");
        assert_eq!(run("a=[1,{\"x\":null}],b=\"q\"", Mode::Json), "{a:[1.0 {x:nil}] b:'q'}");
        assert_eq!(run("{\"a\":{\"b\":1}}", Mode::Json), "{a:{b:1.0}}");
        assert!(run(&"a.".repeat(40), Mode::Typed).starts_with('!'));
        assert!(run(&format!("a{}=1", "[0]".repeat(5000)), Mode::Typed).starts_with('!'));
        assert_eq!(argument("a.b", "x,y", Mode::Typed), "a.b=x\\,y");
    }
}
