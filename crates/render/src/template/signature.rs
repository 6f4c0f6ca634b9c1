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
    /// `uint32`
    Uint32,
    /// `float64`
    Float,
    /// `bool`
    Bool,
    /// `map[string]interface {}`
    Map,
    /// `[]interface {}`
    List,
    /// A type of its own, of which the arguments that fit are objects.
    Object(&'static str),
}

impl Type {
    fn name(self) -> &'static str {
        match self {
            Self::Any => "interface {}",
            Self::Str => "string",
            Self::Int => "int",
            Self::Uint32 => "uint32",
            Self::Float => "float64",
            Self::Bool => "bool",
            Self::Map => "map[string]interface {}",
            Self::List => "[]interface {}",
            Self::Object(name) => name,
        }
    }

    fn may_be_nil(self) -> bool {
        matches!(self, Self::Any | Self::Map | Self::List)
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
            (Self::Int | Self::Uint32, Constant::Number { int: Some(int), float, too_big, .. }) => {
                Ok(Constant::Number { int: Some(int), float, is_float: false, too_big })
            }
            (Self::Float, Constant::Number { int, float: Some(float), too_big, .. }) => {
                Ok(Constant::Number { int, float: Some(float), is_float: true, too_big })
            }
            (Self::Str, _) => found("string"),
            (Self::Bool, _) => found("bool"),
            (Self::Int | Self::Uint32, _) => found("integer"),
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
            | (Self::Float, Value::Float(..))
            | (Self::Bool, Value::Bool(..))
            | (Self::Map, Value::Map(..)) => true,
            (Self::List, Value::List(list, _)) => list.kind == ListKind::Any,
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
    use Type::{Any, Bool, Float, Int, List, Map, Object, Str, Uint32};
    let s = Signature::new;
    Some(match name {
        "add" | "addf" | "all" | "any" | "cat" | "coalesce" | "concat" | "dict" | "dig" | "html" | "js"
        | "list" | "print" | "println" | "quote" | "squote" | "tuple" | "urlquery" => s(&[], Some(Any)),
        "seq" => s(&[], Some(Int)),
        "keys" => s(&[], Some(Map)),
        "hello" | "now" | "uuidv4" => s(&[], None),
        "and" | "biggest" | "call" | "default" | "divf" | "eq" | "index" | "max" | "maxf" | "min"
        | "minf" | "mul" | "mulf" | "mustSlice" | "mustWithout" | "or" | "slice" | "subf" | "without" => {
            s(&[Any], Some(Any))
        }
        "add1" | "add1f" | "ago" | "ceil" | "compact" | "deepCopy" | "duration" | "durationRound"
        | "durationSeconds" | "empty" | "first" | "float64" | "floor" | "htmlDate" | "initial" | "int"
        | "int64" | "kindOf" | "last" | "len" | "mustCompact" | "mustDeepCopy" | "mustFirst"
        | "mustInitial" | "mustLast" | "mustRest" | "mustReverse" | "mustToDuration" | "mustToJson"
        | "mustToPrettyJson" | "mustToRawJson" | "mustToToml" | "mustToYaml" | "mustUniq" | "not"
        | "rest" | "reverse" | "sortAlpha" | "toDecimal" | "toJson" | "toPrettyJson" | "toRawJson"
        | "toString" | "toStrings" | "toToml" | "toYaml" | "toYamlPretty" | "typeOf" | "uniq" => {
            s(&[Any], None)
        }
        "randAlpha" | "randAlphaNum" | "randAscii" | "randBytes" | "randNumeric" | "until" => s(&[Int], None),
        "merge" | "mergeOverwrite" | "mustMerge" | "mustMergeOverwrite" => s(&[Map], Some(Map)),
        "omit" | "pick" => s(&[Map], Some(Str)),
        "urlJoin" | "values" => s(&[Map], None),
        "unixEpoch" => s(&[Object("time.Time")], None),
        "printf" => s(&[Str], Some(Any)),
        "pluck" => s(&[Str], Some(Map)),
        "adler32sum" | "atoi" | "b32dec" | "b32enc" | "b64dec" | "b64enc" | "base" | "bcrypt"
        | "camelcase" | "clean" | "dir" | "ext" | "fail" | "fromJson" | "fromJsonArray" | "fromToml"
        | "fromYaml" | "fromYamlArray" | "genPrivateKey" | "getHostByName" | "initials" | "isAbs"
        | "kebabcase" | "lower" | "mustFromJson" | "nospace" | "osBase" | "osClean" | "osDir" | "osExt"
        | "osIsAbs" | "regexQuoteMeta" | "semver" | "sha1sum" | "sha256sum" | "sha512sum" | "shuffle"
        | "snakecase" | "swapcase" | "title" | "trim" | "untitle" | "upper" | "urlParse" => s(&[Str], None),
        "append" | "deepEqual" | "div" | "durationRoundTo" | "ge" | "gt" | "has" | "le" | "lt" | "mod"
        | "mustAppend" | "mustHas" | "mustPrepend" | "mustPush" | "ne" | "prepend" | "push" | "sub" => {
            s(&[Any, Any], None)
        }
        "round" => s(&[Any, Int], Some(Float)),
        "htmlDateInZone" => s(&[Any, Str], None),
        "chunk" | "mustChunk" => s(&[Int, Any], None),
        "randInt" => s(&[Int, Int], None),
        "abbrev" | "indent" | "nindent" | "repeat" | "trunc" | "wrap" => s(&[Int, Str], None),
        "get" | "hasKey" | "unset" => s(&[Map, Str], None),
        "date" | "include" | "join" | "kindIs" | "required" | "tpl" | "typeIs" | "typeIsLike" => {
            s(&[Str, Any], None)
        }
        "genCA" => s(&[Str, Int], None),
        "dateModify" | "date_modify" | "mustDateModify" | "must_date_modify" => {
            s(&[Str, Object("time.Time")], None)
        }
        "buildCustomCert" | "contains" | "decryptAES" | "encryptAES" | "hasPrefix" | "hasSuffix"
        | "htpasswd" | "mustRegexFind" | "mustRegexMatch" | "mustToDate" | "regexFind" | "regexMatch"
        | "semverCompare" | "split" | "splitList" | "toDate" | "trimAll" | "trimPrefix" | "trimSuffix"
        | "trimall" => s(&[Str, Str], None),
        "ternary" => s(&[Any, Any, Bool], None),
        "untilStep" => s(&[Int, Int, Int], None),
        "abbrevboth" | "substr" => s(&[Int, Int, Str], None),
        "wrapWith" => s(&[Int, Str, Str], None),
        "set" => s(&[Map, Str, Any], None),
        "dateInZone" | "date_in_zone" => s(&[Str, Any, Str], None),
        "genCAWithKey" | "splitn" => s(&[Str, Int, Str], None),
        "mustRegexFindAll" | "mustRegexSplit" | "plural" | "regexFindAll" | "regexSplit" => {
            s(&[Str, Str, Int], None)
        }
        "mustRegexReplaceAll"
        | "mustRegexReplaceAllLiteral"
        | "regexReplaceAll"
        | "regexReplaceAllLiteral"
        | "replace" => s(&[Str, Str, Str], None),
        "genSelfSignedCert" => s(&[Str, List, List, Int], None),
        "lookup" => s(&[Str, Str, Str, Str], None),
        "genSignedCert" => s(&[Str, List, List, Int, Object("sprig.certificate")], None),
        "genSelfSignedCertWithKey" => s(&[Str, List, List, Int, Str], None),
        "derivePassword" => s(&[Uint32, Str, Str, Str, Str], None),
        "genSignedCertWithKey" => s(&[Str, List, List, Int, Object("sprig.certificate"), Str], None),
        _ => return None,
    })
}
