//! Values against a JSON schema, in Helm's words. What a string of the values says is never part of a message.

mod cost;

use crate::template::float::shortest;
use crate::value::{ListKind, Value};
use boon::{CompileError, Compiler, ErrorKind, InstanceToken, Schemas, UrlLoader, ValidationError};
use serde_json::Value as Json;
use std::error::Error;

/// Deepest nesting of values that are checked.
const MAX_DEPTH: usize = 64;

/// Nodes that values may have to be checked.
const MOST_NODES: usize = 200_000;

/// A violation of a schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SchemaError {
    /// Where in the values, as a JSON pointer.
    pub pointer: String,
    /// What is wrong, with the pointer before it.
    pub message: String,
}

/// Nothing but the schema itself is read: neither files nor the network.
struct NoLoader;

impl UrlLoader for NoLoader {
    fn load(&self, _: &str) -> Result<Json, Box<dyn Error>> {
        Err("other files are not read".into())
    }
}

/// Checks values against the text of a schema. An error means that the schema can't be used.
pub fn validate(schema: &str, values: &Value) -> Result<Vec<SchemaError>, String> {
    /// The name that Helm gives it.
    const URL: &str = "file:///values.schema.json";
    let schema: Json = serde_json::from_str(schema).map_err(|error| error.to_string())?;
    let mut nodes = MOST_NODES;
    let values = json(values, MAX_DEPTH, &mut nodes).ok_or("the values are too large to be checked")?;
    cost::affordable(&schema, &values)?;
    let mut schemas = Schemas::new();
    let mut compiler = Compiler::new();
    compiler.use_loader(Box::new(NoLoader));
    compiler.add_resource(URL, schema).map_err(|error| refused(&error))?;
    let index = compiler.compile(URL, &mut schemas).map_err(|error| refused(&error))?;
    let mut errors = Vec::new();
    if let Err(error) = schemas.validate(&values, index) {
        flat(&error, &mut errors);
    }
    errors.sort();
    Ok(errors)
}

fn refused(error: &CompileError) -> String {
    match error {
        CompileError::LoadUrlError { url, src } => format!("failing loading {url:?}: {src}"),
        CompileError::JsonPointerNotFound(url) => format!("json-pointer in {url:?} not found"),
        CompileError::ValidationError { url, src } => {
            let mut errors = Vec::new();
            flat(src, &mut errors);
            let errors: Vec<String> = errors.into_iter().map(|error| error.message).collect();
            format!("{url:?} is not valid against metaschema: {}", errors.join("; "))
        }
        other => other.to_string(),
    }
}

/// What stands for a value in JSON; a map that is an object of its own is taken for null.
fn json(value: &Value, depth: usize, nodes: &mut usize) -> Option<Json> {
    let depth = depth.checked_sub(1)?;
    *nodes = nodes.checked_sub(1)?;
    Some(match value {
        Value::Nil(_) | Value::Object(..) => Json::Null,
        Value::Bool(value, _) => Json::Bool(*value),
        Value::Int(number, ..) => Json::from(*number),
        // What is whole is shown without a point.
        Value::Float(number, _) => match shortest(*number).parse::<i64>() {
            Ok(whole) => Json::from(whole),
            Err(_) => Json::from(*number),
        },
        Value::Str(text) => Json::String(text.str().into_owned()),
        Value::List(list, _) if list.kind == ListKind::Bytes => Json::Null,
        Value::List(list, _) => {
            Json::Array(list.items().iter().map(|item| json(item, depth, nodes)).collect::<Option<_>>()?)
        }
        Value::Map(map, _) => {
            let mut entries = serde_json::Map::new();
            for (key, value) in map.snapshot() {
                entries.insert(String::from(&*key), json(&value, depth, nodes)?);
            }
            Json::Object(entries)
        }
    })
}

/// The violations below an error that only groups them.
fn flat(error: &ValidationError<'_, '_>, out: &mut Vec<SchemaError>) {
    let groups =
        matches!(error.kind, ErrorKind::Group | ErrorKind::Schema { .. } | ErrorKind::Reference { .. });
    if groups && !error.causes.is_empty() {
        error.causes.iter().for_each(|cause| flat(cause, out));
        return;
    }
    let pointer = pointer(&error.instance_location.tokens);
    let mut message = format!("at '{pointer}': {}", words(&error.kind));
    let mut causes = Vec::new();
    error.causes.iter().for_each(|cause| flat(cause, &mut causes));
    for (index, cause) in causes.iter().enumerate() {
        message.push_str(if index == 0 { ": " } else { "; " });
        message.push_str(&cause.message);
    }
    out.push(SchemaError { pointer, message });
}

fn pointer(tokens: &[InstanceToken<'_>]) -> String {
    let written = tokens.iter().map(|token| match token {
        InstanceToken::Prop(key) => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
        InstanceToken::Item(index) => format!("/{index}"),
    });
    written.collect()
}

fn quoted<T: AsRef<str>>(names: &[T]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("'{}'", name.as_ref())).collect();
    quoted.join(", ")
}

/// A value that the schema itself names.
fn wanted(value: &Json) -> String {
    match value {
        Json::String(text) => format!("'{text}'"),
        other => other.to_string(),
    }
}

/// Digits in groups of three.
fn grouped(number: &impl ToString) -> String {
    let text = number.to_string();
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) =
        text.find(['.', 'e']).and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""));
    let mut out = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + fraction
}

fn words(kind: &ErrorKind<'_, '_>) -> String {
    let compared =
        |name: &str, got: &dyn Fn() -> String, want: String| format!("{name}: got {}, want {want}", got());
    match kind {
        ErrorKind::PropertyName { prop } => format!("invalid propertyName '{prop}'"),
        ErrorKind::FalseSchema => "false schema".to_owned(),
        ErrorKind::Type { got, want } => {
            let want: Vec<String> = want.iter().map(|kind| kind.to_string()).collect();
            format!("got {got}, want {}", want.join(" or "))
        }
        ErrorKind::Enum { want } => {
            let want: Vec<String> = want.iter().map(wanted).collect();
            format!("value must be one of {}", want.join(", "))
        }
        ErrorKind::Const { want } => format!("value must be {}", wanted(want)),
        ErrorKind::Format { want, .. } => format!("value is not valid {want}"),
        ErrorKind::Pattern { want, .. } => format!("value does not match pattern '{want}'"),
        ErrorKind::MinProperties { got, want } => compared("minProperties", &|| grouped(got), grouped(want)),
        ErrorKind::MaxProperties { got, want } => compared("maxProperties", &|| grouped(got), grouped(want)),
        ErrorKind::MinItems { got, want } => compared("minItems", &|| grouped(got), grouped(want)),
        ErrorKind::MaxItems { got, want } => compared("maxItems", &|| grouped(got), grouped(want)),
        ErrorKind::MinLength { got, want } => compared("minLength", &|| grouped(got), grouped(want)),
        ErrorKind::MaxLength { got, want } => compared("maxLength", &|| grouped(got), grouped(want)),
        ErrorKind::Minimum { got, want } => compared("minimum", &|| grouped(&**got), grouped(want)),
        ErrorKind::Maximum { got, want } => compared("maximum", &|| grouped(&**got), grouped(want)),
        ErrorKind::ExclusiveMinimum { got, want } => {
            compared("exclusiveMinimum", &|| grouped(&**got), grouped(want))
        }
        ErrorKind::ExclusiveMaximum { got, want } => {
            compared("exclusiveMaximum", &|| grouped(&**got), grouped(want))
        }
        ErrorKind::MultipleOf { got, want } => compared("multipleOf", &|| grouped(&**got), grouped(want)),
        ErrorKind::AdditionalProperties { got } => {
            let mut got: Vec<&str> = got.iter().map(|name| &**name).collect();
            got.sort_unstable();
            format!("additional properties {} not allowed", quoted(&got))
        }
        ErrorKind::Required { want } => match want.as_slice() {
            [one] => format!("missing property '{one}'"),
            several => format!("missing properties {}", quoted(several)),
        },
        ErrorKind::Dependency { prop, missing } | ErrorKind::DependentRequired { prop, missing } => {
            format!("properties {} required, if '{prop}' exists", quoted(missing))
        }
        ErrorKind::Contains => "no items match contains schema".to_owned(),
        ErrorKind::UniqueItems { got: [first, second] } => format!("items at {first} and {second} are equal"),
        ErrorKind::Not => "'not' failed".to_owned(),
        ErrorKind::AllOf => "'allOf' failed".to_owned(),
        ErrorKind::AnyOf => "'anyOf' failed".to_owned(),
        ErrorKind::OneOf(None) => "'oneOf' failed, none matched".to_owned(),
        ErrorKind::OneOf(Some((first, second))) => {
            format!("'oneOf' failed, subschemas {first}, {second} matched")
        }
        ErrorKind::AdditionalItems { got } => format!("last {got} additionalItem(s) not allowed"),
        ErrorKind::MinContains { want, .. } => format!("min {want} items required to match contains schema"),
        ErrorKind::MaxContains { want, .. } => format!("max {want} items required to match contains schema"),
        _ => "validation failed".to_owned(),
    }
}

#[cfg(test)]
mod tests;
