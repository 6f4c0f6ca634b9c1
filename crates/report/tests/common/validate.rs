//! A small JSON Schema validator: the keywords that the report schemas use, and an error for any other.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use serde_json::Value;

/// Checks `value` against `schema`, whose references point into `root`. Gives the mistakes found.
pub fn validate(root: &Value, schema: &Value, value: &Value, at: &str, errors: &mut Vec<String>) {
    let schema = match schema {
        Value::Bool(true) => return,
        Value::Bool(false) => return errors.push(format!("{at}: nothing is allowed here")),
        Value::Object(map) => map,
        _ => return errors.push(format!("{at}: not a schema")),
    };
    for (keyword, rule) in schema {
        let mut fail = |text: String| errors.push(format!("{at}: {text}"));
        match keyword.as_str() {
            "$ref" => {
                let name = rule.as_str().unwrap().trim_start_matches('#');
                validate(root, root.pointer(name).expect("reference exists"), value, at, errors);
            }
            "type" => {
                let matches = |t: &Value| match t.as_str().unwrap() {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "integer" => value.is_i64() || value.is_u64(),
                    "number" => value.is_number(),
                    "boolean" => value.is_boolean(),
                    "null" => value.is_null(),
                    other => panic!("unknown type {other}"),
                };
                let ok = rule.as_array().map_or_else(|| matches(rule), |all| all.iter().any(matches));
                if !ok {
                    fail(format!("{value} is not of type {rule}"));
                }
            }
            "const" if rule != value => fail(format!("{value} is not {rule}")),
            "enum" if !rule.as_array().unwrap().contains(value) => fail(format!("{value} is not in {rule}")),
            "required" if value.is_object() => {
                for name in rule.as_array().unwrap() {
                    if value.get(name.as_str().unwrap()).is_none() {
                        fail(format!("{name} is missing"));
                    }
                }
            }
            "properties" => {
                for (name, rule) in rule.as_object().unwrap() {
                    if let Some(member) = value.get(name).filter(|_| value.is_object()) {
                        validate(root, rule, member, &format!("{at}/{name}"), errors);
                    }
                }
            }
            "additionalProperties" if value.is_object() => {
                let known = schema.get("properties").and_then(Value::as_object);
                for (name, member) in value.as_object().unwrap() {
                    if !known.is_some_and(|k| k.contains_key(name)) {
                        validate(root, rule, member, &format!("{at}/{name}"), errors);
                    }
                }
            }
            "items" if value.is_array() => {
                for (i, item) in value.as_array().unwrap().iter().enumerate() {
                    validate(root, rule, item, &format!("{at}/{i}"), errors);
                }
            }
            "oneOf" | "anyOf" | "allOf" => {
                let all = rule.as_array().unwrap();
                let good = all
                    .iter()
                    .filter(|s| {
                        let mut inner = Vec::new();
                        validate(root, s, value, at, &mut inner);
                        inner.is_empty()
                    })
                    .count();
                let ok = match keyword.as_str() {
                    "oneOf" => good == 1,
                    "anyOf" => good >= 1,
                    _ => good == all.len(),
                };
                if !ok {
                    fail(format!("{good} of {} match in {keyword}", all.len()));
                }
            }
            "minimum" if value.as_f64().is_some_and(|v| v < rule.as_f64().unwrap()) => {
                fail(format!("{value} is below {rule}"));
            }
            "maximum" if value.as_f64().is_some_and(|v| v > rule.as_f64().unwrap()) => {
                fail(format!("{value} is above {rule}"));
            }
            "minLength"
                if value.as_str().is_some_and(|v| (v.chars().count() as u64) < rule.as_u64().unwrap()) =>
            {
                fail("too short".into());
            }
            "maxLength"
                if value.as_str().is_some_and(|v| v.chars().count() as u64 > rule.as_u64().unwrap()) =>
            {
                fail("too long".into());
            }
            "minItems" if value.as_array().is_some_and(|v| (v.len() as u64) < rule.as_u64().unwrap()) => {
                fail("too few items".into());
            }
            "maxItems" if value.as_array().is_some_and(|v| v.len() as u64 > rule.as_u64().unwrap()) => {
                fail("too many items".into());
            }
            "uniqueItems" if rule == &Value::Bool(true) && value.is_array() => {
                let items = value.as_array().unwrap();
                if items.iter().enumerate().any(|(i, a)| items.iter().skip(i + 1).any(|b| a == b)) {
                    fail("items repeat".into());
                }
            }
            // Met above where they apply; words for people; and forms that a stricter validator checks.
            "const"
            | "enum"
            | "required"
            | "additionalProperties"
            | "items"
            | "minimum"
            | "maximum"
            | "minLength"
            | "maxLength"
            | "minItems"
            | "maxItems"
            | "uniqueItems"
            | "$schema"
            | "$id"
            | "id"
            | "title"
            | "description"
            | "$defs"
            | "definitions"
            | "default"
            | "examples"
            | "format"
            | "pattern" => {}
            other => panic!("the validator does not know `{other}`"),
        }
    }
}
