//! YAML, JSON and TOML: `toYaml`, `fromYaml` and their relatives.

use super::arguments::{exactly, text};
use super::read;
use crate::context::{Context, Function};
use crate::emit;
use crate::text::Text;
use crate::value::Value;

/// The functions.
pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("toYaml", |context, arguments| quiet(context, "toYaml", arguments, emit::to_yaml)),
    ("mustToYaml", |context, arguments| strict(context, "mustToYaml", arguments, emit::to_yaml)),
    ("toYamlPretty", |context, arguments| quiet(context, "toYamlPretty", arguments, emit::to_yaml_pretty)),
    ("toJson", |context, arguments| quiet(context, "toJson", arguments, emit::to_json)),
    ("mustToJson", |context, arguments| strict(context, "mustToJson", arguments, emit::to_json)),
    ("toPrettyJson", |context, arguments| quiet(context, "toPrettyJson", arguments, emit::to_json_pretty)),
    ("mustToPrettyJson", |context, arguments| {
        strict(context, "mustToPrettyJson", arguments, emit::to_json_pretty)
    }),
    ("toRawJson", |context, arguments| strict(context, "toRawJson", arguments, emit::to_json_raw)),
    ("mustToRawJson", |context, arguments| strict(context, "mustToRawJson", arguments, emit::to_json_raw)),
    ("toToml", |context, arguments| {
        let written = strict(context, "toToml", arguments, emit::to_toml);
        match (written, arguments) {
            (Err(error), [value]) if !value.is_nil() && is_left(context) => {
                Ok(context.computed(Value::str(error), arguments))
            }
            (other, _) => other,
        }
    }),
    ("mustToToml", |context, arguments| strict(context, "mustToToml", arguments, emit::to_toml)),
    ("fromYaml", |context, arguments| {
        let [input] = exactly("fromYaml", arguments)?;
        let text = text(input)?;
        let read = read::yaml(context, text)
            .and_then(|value| into_map(value, "error unmarshaling JSON: while decoding JSON: "));
        or_error_map(context, arguments, read)
    }),
    ("fromYamlArray", |context, arguments| {
        let [input] = exactly("fromYamlArray", arguments)?;
        let text = text(input)?;
        let read = read::yaml(context, text)
            .and_then(|value| into_list(value, "error unmarshaling JSON: while decoding JSON: "));
        or_error_list(context, arguments, read)
    }),
    ("fromJson", |context, arguments| {
        let [input] = exactly("fromJson", arguments)?;
        let text = text(input)?;
        let read = read::json(context, text).and_then(|value| into_map(value, ""));
        or_error_map(context, arguments, read)
    }),
    ("fromJsonArray", |context, arguments| {
        let [input] = exactly("fromJsonArray", arguments)?;
        let text = text(input)?;
        let read = read::json(context, text).and_then(|value| into_list(value, ""));
        or_error_list(context, arguments, read)
    }),
    ("mustFromJson", |context, arguments| {
        let [input] = exactly("mustFromJson", arguments)?;
        read::json(context, text(input)?)
    }),
    ("fromToml", |context, arguments| {
        let [input] = exactly("fromToml", arguments)?;
        let read = read::toml(context, text(input)?);
        or_error_map(context, arguments, read)
    }),
];

type Writer = fn(&mut Context, &Value) -> Result<Text, String>;

fn strict(context: &mut Context, name: &str, arguments: &[Value], writer: Writer) -> Result<Value, String> {
    let [value] = exactly(name, arguments)?;
    if name.ends_with("Toml") && value.is_nil() {
        return Err("reflect: call of reflect.Value.Type on zero Value".to_owned());
    }
    writer(context, value).map(Value::Str)
}

/// Gives an empty text instead of an error, unless the budget is used up.
fn quiet(context: &mut Context, name: &str, arguments: &[Value], writer: Writer) -> Result<Value, String> {
    let [value] = exactly(name, arguments)?;
    match writer(context, value) {
        Ok(text) => Ok(Value::Str(text)),
        Err(_) if is_left(context) => Ok(context.computed(Value::str(""), arguments)),
        Err(error) => Err(error),
    }
}

fn is_left(context: &Context) -> bool {
    context.budget.steps > 0 && context.budget.bytes > 0
}

/// What a value is called in errors of `encoding/json`.
fn json_kind(value: &Value) -> &'static str {
    match value {
        Value::Bool(..) => "bool",
        Value::Int(..) | Value::Float(..) => "number",
        Value::Str(_) => "string",
        Value::List(..) => "array",
        Value::Nil(_) | Value::Map(..) | Value::Object(..) => "object",
    }
}

fn into_map(value: Value, before: &str) -> Result<Value, String> {
    match value {
        // Null is a map without entries, which the caller makes.
        Value::Map(..) | Value::Nil(_) => Ok(value),
        other => Err(format!(
            "{before}json: cannot unmarshal {} into Go value of type map[string]interface {{}}",
            json_kind(&other)
        )),
    }
}

fn into_list(value: Value, before: &str) -> Result<Value, String> {
    match value {
        Value::List(..) => Ok(value),
        Value::Nil(origin) => Ok(Value::list(vec![]).with_origin(origin)),
        other => Err(format!(
            "{before}json: cannot unmarshal {} into Go value of type []interface {{}}",
            json_kind(&other)
        )),
    }
}

fn or_error_map(
    context: &mut Context,
    arguments: &[Value],
    read: Result<Value, String>,
) -> Result<Value, String> {
    let made = match read {
        Ok(value) if !value.is_nil() => return Ok(value),
        Err(error) if !is_left(context) => return Err(error),
        Ok(_) => Value::map([]),
        Err(error) => {
            let error = context.computed(Value::str(error), arguments);
            Value::map([("Error".into(), error)])
        }
    };
    Ok(context.computed(made, arguments))
}

fn or_error_list(
    context: &mut Context,
    arguments: &[Value],
    read: Result<Value, String>,
) -> Result<Value, String> {
    match read {
        Ok(value) => Ok(value),
        Err(error) if !is_left(context) => Err(error),
        Err(error) => {
            let error = context.computed(Value::str(error), arguments);
            Ok(context.computed(Value::list(vec![error]), arguments))
        }
    }
}
