//! The functions that belong to the engine: text/template's own, and those of Helm that call back into it.

mod compare;
mod index;

use crate::context::Context;
use crate::template::escape;
use crate::template::{printf, show};
use crate::text::{Text, TextBuf};
use crate::value::{IntKind, Value};

/// A function of the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Builtin {
    And,
    Or,
    Not,
    Len,
    Index,
    Print,
    Println,
    Printf,
    Html,
    Js,
    UrlQuery,
    Call,
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    Include,
    Tpl,
    Required,
    Fail,
    Lookup,
}

impl Builtin {
    /// The function of a name.
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "and" => Self::And,
            "or" => Self::Or,
            "not" => Self::Not,
            "len" => Self::Len,
            "index" => Self::Index,
            "print" => Self::Print,
            "println" => Self::Println,
            "printf" => Self::Printf,
            "html" => Self::Html,
            "js" => Self::Js,
            "urlquery" => Self::UrlQuery,
            "call" => Self::Call,
            "eq" => Self::Eq,
            "ne" => Self::Ne,
            "lt" => Self::Lt,
            "le" => Self::Le,
            "gt" => Self::Gt,
            "ge" => Self::Ge,
            "include" => Self::Include,
            "tpl" => Self::Tpl,
            "required" => Self::Required,
            "fail" => Self::Fail,
            "lookup" => Self::Lookup,
            _ => return None,
        })
    }

    /// Calls one that needs nothing but its arguments.
    pub(super) fn call(self, context: &mut Context, arguments: &[Value]) -> Result<Value, String> {
        match (self, arguments) {
            (Self::Not, [value]) => {
                let result = Value::bool(!value.truth());
                Ok(context.computed(result, arguments))
            }
            (Self::Len, [value]) => {
                let length = index::length(value)?;
                let result = Value::int(i64::try_from(length).unwrap_or(i64::MAX));
                Ok(context.computed(result, arguments))
            }
            (Self::Index, [value, keys @ ..]) => index::index(context, value, keys),
            (Self::Print, _) => print(context, arguments, false),
            (Self::Println, _) => print(context, arguments, true),
            (Self::Printf, [Value::Str(format), values @ ..]) => {
                printf::printf(context, format, values).map(Value::Str)
            }
            (Self::Html, _) => escaped(context, arguments, escape::html),
            (Self::Js, _) => escaped(context, arguments, escape::js),
            (Self::UrlQuery, _) => escaped(context, arguments, escape::url_query),
            (Self::Eq, [first, others @ ..]) => {
                let result = compare::equals_any(context, first, others)?;
                Ok(context.computed(Value::bool(result), arguments))
            }
            (Self::Ne, [a, b]) => {
                let result = compare::equal(context, a, b)?;
                Ok(context.computed(Value::bool(!result), arguments))
            }
            (Self::Lt | Self::Le | Self::Gt | Self::Ge, [a, b]) => {
                let order = compare::order(a, b)?;
                let result = match self {
                    Self::Lt => order.is_some_and(std::cmp::Ordering::is_lt),
                    Self::Le => order.is_some_and(std::cmp::Ordering::is_le),
                    // Go has these as what `le` and `lt` are not.
                    Self::Gt => !order.is_some_and(std::cmp::Ordering::is_le),
                    _ => !order.is_some_and(std::cmp::Ordering::is_lt),
                };
                Ok(context.computed(Value::bool(result), arguments))
            }
            (Self::Required, [Value::Str(message), value]) => match value {
                Value::Nil(_) => Err(marked(&message.str())),
                Value::Str(text) if text.is_empty() => Err(marked(&message.str())),
                value => Ok(value.clone()),
            },
            (Self::Fail, [Value::Str(message)]) => Err(marked(&message.str())),
            (Self::Lookup, _) => Ok(Value::map([])),
            _ => Err("wrong arguments".to_owned()),
        }
    }
}

/// Begins and ends the words of `fail` and `required`, so that they are found again in the error of whatever
/// called the template. No text holds them: they are no characters of a template's error otherwise.
pub(super) const MARKS: (&str, &str) = ("\u{1}\u{2}HOLDFAST\u{1}", "\u{1}\u{3}HOLDFAST\u{1}");

fn marked(message: &str) -> String {
    format!("{}{message}{}", MARKS.0, MARKS.1)
}

fn print(context: &mut Context, arguments: &[Value], line: bool) -> Result<Value, String> {
    let mut out = TextBuf::default();
    for (index, value) in arguments.iter().enumerate() {
        let beside = index > 0 && {
            let before = arguments.get(index - 1);
            let text = |value: Option<&Value>| matches!(value, Some(Value::Str(_)));
            line || !text(before) && !text(Some(value))
        };
        if beside {
            out.push_beside(b" ");
        }
        show::show(context, value, &mut out)?;
    }
    if line {
        out.push_beside(b"\n");
    }
    Ok(Value::Str(out.finish()))
}

fn escaped(
    context: &mut Context,
    arguments: &[Value],
    escape: fn(&[u8], &mut Vec<u8>),
) -> Result<Value, String> {
    let shown: Vec<Value> = arguments
        .iter()
        .map(|value| match value {
            Value::Nil(origin) => Value::Str(Text::derived("<no value>", *origin)),
            other => other.clone(),
        })
        .collect();
    let Value::Str(text) = print(context, &shown, false)? else { return Ok(Value::NIL) };
    context.budget.take(text.len().saturating_mul(2))?;
    let mut out = Vec::with_capacity(text.len());
    escape(text.bytes(), &mut out);
    if out == text.bytes() {
        return Ok(Value::Str(text));
    }
    Ok(context.computed(Value::Str(Text::plain(out)), arguments))
}

/// A byte of a string, as `index` gives it.
pub(super) fn byte(value: u8) -> Value {
    Value::Int(i64::from(value), IntKind::Uint8, crate::origin::OriginId::NONE)
}
