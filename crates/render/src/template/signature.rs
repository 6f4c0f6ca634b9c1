//! Types of the parameters of functions, so that wrong arguments fail in Go's words.

use crate::template::code::Constant;
use crate::value::{IntKind, ListKind, Value};

/// Type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// `interface {}`
    Any,
    /// `string`
    Str,
    /// `int`
    Int,
    /// `int64`
    Int64,
    /// `int32`
    Int32,
    /// `float64`
    Float,
    /// `bool`
    Bool,
    /// `map[string]interface {}`
    Map,
    /// `[]interface {}`
    List,
    /// `[]string`
    Strings,
    /// `[]uint8`
    Bytes,
    /// A type of its own, of which the arguments that fit are objects.
    Object(&'static str),
}

impl Type {
    fn name(self) -> &'static str {
        match self {
            Self::Any => "interface {}",
            Self::Str => "string",
            Self::Int => "int",
            Self::Int64 => "int64",
            Self::Int32 => "int32",
            Self::Float => "float64",
            Self::Bool => "bool",
            Self::Map => "map[string]interface {}",
            Self::List => "[]interface {}",
            Self::Strings => "[]string",
            Self::Bytes => "[]uint8",
            Self::Object(name) => name,
        }
    }

    fn may_be_nil(self) -> bool {
        matches!(self, Self::Any | Self::Map | Self::List | Self::Strings | Self::Bytes)
    }

    /// A constant as an argument; `text` is how it is written.
    pub(super) fn constant(self, constant: Constant, text: &str) -> Result<Constant, String> {
        let found = |what: &str| Err(format!("expected {what}; found {text}"));
        match (self, constant) {
            (Self::Any, Constant::Number { too_big: true, .. }) => Err(format!("{text} overflows int")),
            (Self::Any, constant)
            | (Self::Str, constant @ Constant::Str(_))
            | (Self::Bool, constant @ Constant::Bool(_)) => Ok(constant),
            (this, Constant::Nil) if this.may_be_nil() => Ok(Constant::Nil),
            (this, Constant::Nil) => Err(format!("cannot assign nil to {}", this.name())),
            (
                Self::Int | Self::Int64 | Self::Int32,
                Constant::Number { int: Some(int), float, too_big, .. },
            ) => Ok(Constant::Number { int: Some(int), float, is_float: false, too_big }),
            (Self::Float, Constant::Number { int, float: Some(float), too_big, .. }) => {
                Ok(Constant::Number { int, float: Some(float), is_float: true, too_big })
            }
            (Self::Str, _) => found("string"),
            (Self::Bool, _) => found("bool"),
            (Self::Int | Self::Int64 | Self::Int32, _) => found("integer"),
            (Self::Float, _) => found("float"),
            (this, _) => Err(format!("can't handle {text} for arg of type {}", this.name())),
        }
    }

    /// Whether a value may be given. `boxed` says it is what an interface holds, which matters for `nil`.
    pub(super) fn check(self, value: &Value, boxed: bool) -> Result<(), String> {
        let fits = match (self, value) {
            (Self::Any, _)
            | (Self::Str, Value::Str(_))
            | (Self::Int, Value::Int(_, IntKind::Int, _))
            | (Self::Int64, Value::Int(_, IntKind::Int64, _))
            | (Self::Int32, Value::Int(_, IntKind::Int32, _))
            | (Self::Float, Value::Float(..))
            | (Self::Bool, Value::Bool(..))
            | (Self::Map, Value::Map(..)) => true,
            (Self::List, Value::List(list, _)) => list.kind == ListKind::Any,
            (Self::Strings, Value::List(list, _)) => list.kind == ListKind::Strings,
            (Self::Bytes, Value::List(list, _)) => list.kind == ListKind::Bytes,
            (Self::Object(name), Value::Object(object, _)) => object.type_name() == name,
            (this, Value::Nil(_)) if !boxed => {
                if this.may_be_nil() {
                    return Ok(());
                }
                return Err(format!("invalid value; expected {}", this.name()));
            }
            _ => false,
        };
        if fits {
            return Ok(());
        }
        let got = if value.is_nil() { "interface {}" } else { value.type_name() };
        Err(format!("wrong type for value; expected {}; got {got}", self.name()))
    }
}

/// The parameters of a function.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signature {
    fixed: &'static [Type],
    /// The type of all further arguments.
    rest: Option<Type>,
}

impl Signature {
    const fn new(fixed: &'static [Type], rest: Option<Type>) -> Self {
        Self { fixed, rest }
    }

    /// The type of an argument.
    pub(super) fn parameter(self, index: usize) -> Type {
        self.fixed.get(index).copied().or(self.rest).unwrap_or(Type::Any)
    }

    /// The error if there are too few or too many arguments.
    pub(super) fn miscounted(self, written: u32, piped: bool, name: &str) -> Option<String> {
        let given = written + u32::from(piped);
        let wanted = self.fixed.len() as u32;
        if self.rest.is_some() {
            return (given < wanted)
                .then(|| format!("wrong number of args for {name}: want at least {wanted} got {written}"));
        }
        (given != wanted).then(|| format!("wrong number of args for {name}: want {wanted} got {given}"))
    }
}

/// The parameters of a function; `None` if they are not known here.
pub(super) fn signature(name: &str) -> Option<Signature> {
    use Type::{Any, Str};
    let s = Signature::new;
    Some(match name {
        "and" | "or" | "eq" | "index" | "slice" | "call" => s(&[Any], Some(Any)),
        "ne" | "lt" | "le" | "gt" | "ge" => s(&[Any, Any], None),
        "not" | "len" => s(&[Any], None),
        "print" | "println" | "html" | "js" | "urlquery" => s(&[], Some(Any)),
        "printf" => s(&[Str], Some(Any)),
        "include" => s(&[Str, Any], None),
        "tpl" => s(&[Str, Any], None),
        "required" => s(&[Str, Any], None),
        "fail" => s(&[Str], None),
        "lookup" => s(&[Str, Str, Str, Str], None),
        _ => return None,
    })
}
