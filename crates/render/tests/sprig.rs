//! Functions of templates, compared with what the real Helm gave for the same calls.
//!
//! A line of `tests/sprig/*.txt` is `CALL => TYPE JSON` or `CALL => error TEXT`: a call in the notation of
//! templates, arguments in parentheses being calls again.

#![allow(clippy::unwrap_used, clippy::unreachable, clippy::string_slice)]

use render::{Context, IntKind, ListKind, Value};
use std::fmt::Write as _;
use std::rc::Rc;

/// Calls a function, or stands for a literal.
enum Expression {
    Literal(Value),
    Call(String, Vec<Expression>),
}

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    fn call(&mut self) -> Expression {
        self.blanks();
        let end = self.rest.find([' ', ')']).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        let mut arguments = Vec::new();
        loop {
            self.blanks();
            if self.rest.is_empty() || self.rest.starts_with(')') {
                return Expression::Call(name.to_owned(), arguments);
            }
            arguments.push(self.argument());
        }
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn argument(&mut self) -> Expression {
        if let Some(rest) = self.rest.strip_prefix('(') {
            self.rest = rest;
            let call = self.call();
            self.rest = self.rest.strip_prefix(')').unwrap();
            return call;
        }
        if self.rest.starts_with('"') {
            return Expression::Literal(self.string());
        }
        let end = self.rest.find([' ', ')']).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        Expression::Literal(match word {
            "nil" => Value::NIL,
            "true" => Value::bool(true),
            "false" => Value::bool(false),
            ".Values" => values(),
            _ => {
                if let Some(path) = word.strip_prefix(".Values.") {
                    let Value::Map(map, _) = values() else { unreachable!() };
                    map.get(path).unwrap_or(Value::NIL)
                } else if let Ok(number) = word.parse::<i64>() {
                    Value::int(number)
                } else {
                    Value::Float(word.parse().unwrap(), render::OriginId::NONE)
                }
            }
        })
    }

    fn string(&mut self) -> Value {
        let mut out = Vec::new();
        let mut chars = self.rest.char_indices().skip(1);
        let hex = |chars: &mut dyn Iterator<Item = (usize, char)>, count| {
            let digits: String = chars.take(count).map(|(_, c)| c).collect();
            u32::from_str_radix(&digits, 16).unwrap()
        };
        let push = |out: &mut Vec<u8>, c: char| out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        loop {
            let (at, c) = chars.next().unwrap();
            match c {
                '"' => {
                    self.rest = &self.rest[at + 1..];
                    return Value::Str(render::Text::plain(out));
                }
                '\\' => match chars.next().unwrap().1 {
                    'x' => out.push(hex(&mut chars, 2) as u8),
                    'u' => push(&mut out, char::from_u32(hex(&mut chars, 4)).unwrap()),
                    'U' => push(&mut out, char::from_u32(hex(&mut chars, 8)).unwrap()),
                    'n' => out.push(b'\n'),
                    't' => out.push(b'\t'),
                    'r' => out.push(b'\r'),
                    'a' => out.push(7),
                    'f' => out.push(12),
                    'v' => out.push(11),
                    other => push(&mut out, other),
                },
                other => push(&mut out, other),
            }
        }
    }
}

/// The values the real Helm was given.
fn values() -> Value {
    let json = serde_json::json!({
        "s": "hello world", "e": "", "n": null, "i": 5, "f": 2.5, "big": 12_345_678_901_i64, "t": true,
        "ff": false, "z": 0, "l": ["a", "b", "c"], "li": [3, 1, 2],
        "m": {"a": 1, "b": {"c": "x", "d": [1, 2]}}, "em": {}, "el": [],
    });
    let Value::Map(plain, origin) = from_json(&json) else { unreachable!() };
    let map = render::Map::typed("common.Values");
    for (key, value) in plain.snapshot() {
        map.insert(key, value);
    }
    Value::Map(map, origin)
}

fn from_json(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::NIL,
        serde_json::Value::Bool(value) => Value::bool(*value),
        serde_json::Value::Number(number) => Value::Float(number.as_f64().unwrap(), render::OriginId::NONE),
        serde_json::Value::String(text) => Value::str(text.clone()),
        serde_json::Value::Array(items) => Value::list(items.iter().map(from_json).collect()),
        serde_json::Value::Object(entries) => {
            Value::map(entries.iter().map(|(key, value)| (Rc::from(key.as_str()), from_json(value))))
        }
    }
}

fn to_json(value: &Value) -> serde_json::Value {
    match value {
        Value::Nil(_) => serde_json::Value::Null,
        Value::Bool(value, _) => (*value).into(),
        Value::Int(value, ..) => (*value).into(),
        Value::Float(value, _) => (*value).into(),
        Value::Str(text) => text.str().into_owned().into(),
        Value::List(list, _) => list.items().iter().map(to_json).collect(),
        Value::Map(map, _) => serde_json::Value::Object(
            map.snapshot().iter().map(|(key, value)| (key.to_string(), to_json(value))).collect(),
        ),
        Value::Object(object, _) => object.display().into(),
    }
}

fn evaluate(context: &mut Context, expression: &Expression) -> Result<Value, String> {
    match expression {
        Expression::Literal(value) => Ok(value.clone()),
        Expression::Call(name, arguments) => {
            let arguments = arguments
                .iter()
                .map(|argument| evaluate(context, argument))
                .collect::<Result<Vec<_>, _>>()?;
            let function = render::sprig::function(name).ok_or(format!("no function {name}"))?;
            function(context, &arguments)
        }
    }
}

/// Numbers by value: JSON does not tell 5 from 5.0.
fn same(a: &serde_json::Value, b: &serde_json::Value) -> bool {
    use serde_json::Value as Json;
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => {
            // The reader of JSON may miss a number by its last bit.
            let close = |(a, b): (f64, f64)| (a - b).abs() <= a.abs() * f64::EPSILON;
            a == b || a.as_f64().zip(b.as_f64()).is_some_and(close)
        }
        // Go has lists that are nil; ours are empty.
        (Json::Array(a), Json::Null) => a.is_empty(),
        (Json::Array(a), Json::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        (a, b) => a == b,
    }
}

fn check(table: &str) {
    let mut wrong = String::new();
    let mut count = 0;
    for line in table.lines() {
        let Some((call, expected)) = line.split_once(" => ") else { continue };
        count += 1;
        let mut context = Context::new(0);
        let result = evaluate(&mut context, &Parser { rest: call }.call());
        let fits = match (&result, expected.strip_prefix("error ")) {
            (Err(got), Some(wanted)) => got.replace('\n', "\\n") == wanted || is_of_the_engine(wanted),
            (Ok(got), None) => {
                let (name, json) = if let Some(rest) = expected.strip_prefix("map[string]interface {} ") {
                    ("map[string]interface {}", rest)
                } else if let Some(rest) = expected.strip_prefix("[]interface {} ") {
                    ("[]interface {}", rest)
                } else if let Some(rest) = expected.strip_prefix("[][]interface {} ") {
                    ("[]interface {}", rest)
                } else {
                    expected.split_once(' ').unwrap()
                };
                let json: serde_json::Value = serde_json::from_str(json).unwrap();
                got.type_name() == name && (same(&to_json(got), &json) || name.ends_with("semver.Version"))
            }
            // What only the engine can refuse: it knows literals, and nil of maps from other nil.
            (Ok(_), Some(wanted)) => is_of_the_engine(wanted),
            _ => false,
        };
        if !fits {
            let got = match &result {
                Ok(value) => format!("{} {}", value.type_name(), to_json(value)),
                Err(error) => format!("error {error}"),
            };
            writeln!(wrong, "{call}\n    real {expected}\n    ours {got}").unwrap();
        }
    }
    assert!(count > 0);
    assert!(wrong.is_empty(), "of {count} calls:\n{wrong}");
}

/// Errors that text/template finds before it calls the function.
fn is_of_the_engine(error: &str) -> bool {
    error.starts_with("expected ")
        || error.starts_with("can't handle ")
        || error.starts_with("cannot assign nil ")
        || error.ends_with("expected map[string]interface {}; got interface {}")
        || error.starts_with("json: unsupported value")
        // `fail` and `required`: Helm words these anew.
        || error.starts_with("Error: execution error at ")
}

#[test]
fn int_and_list_kinds_are_told_apart() {
    // The comparison rests on the types.
    assert_eq!(Value::Int(1, IntKind::Int64, render::OriginId::NONE).type_name(), "int64");
    assert_eq!(ListKind::Any, ListKind::Any);
}

macro_rules! tables {
    ($($name:ident)*) => {$(
        #[test]
        fn $name() {
            check(include_str!(concat!("sprig/", stringify!($name), ".txt")));
        }
    )*};
}

tables!(dicts lists math regex semver strings urls);
