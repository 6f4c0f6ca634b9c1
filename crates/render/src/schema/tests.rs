//! Tests of schemas; the messages were compared with those of Helm.

use super::*;

fn errors(schema: &str, values: &[(&str, Value)]) -> Vec<String> {
    let values = Value::map(values.iter().map(|(key, value)| ((*key).into(), value.clone())));
    validate(schema, &values).unwrap().into_iter().map(|error| error.message).collect()
}

fn number(value: f64) -> Value {
    Value::Float(value, crate::OriginId::NONE)
}

#[test]
fn messages_are_those_of_helm() {
    let schema = r##"{"required":["need","other"],"additionalProperties":false,"properties":{
        "a":{"type":"string"},"b":{"minimum":1000},"c":{"enum":["x","y"]},"w":{"minimum":10000},
        "h":{"anyOf":[{"type":"string"},{"type":"integer"}]},"t/u":{"$ref":"#/$defs/s"}},
        "$defs":{"s":{"type":"string"}}}"##;
    let found = errors(
        schema,
        &[
            ("a", number(1.0)),
            ("b", number(5.0)),
            ("c", Value::str("w")),
            ("h", Value::map([])),
            ("t/u", number(1.0)),
            ("w", number(1234.5)),
            ("zzz", number(1.0)),
        ],
    );
    let expected = [
        "at '': additional properties 'zzz' not allowed",
        "at '': missing properties 'need', 'other'",
        "at '/a': got number, want string",
        "at '/b': minimum: got 5, want 1,000",
        "at '/c': value must be one of 'x', 'y'",
        "at '/h': 'anyOf' failed: at '/h': got object, want string; at '/h': got object, want integer",
        "at '/t~1u': got number, want string",
        "at '/w': minimum: got 1,234.5, want 10,000",
    ];
    assert_eq!(found, expected);
}

#[test]
fn old_drafts_work() {
    for draft in ["draft-04", "draft-06", "draft-07"] {
        let schema = format!(
            r#"{{"$schema":"http://json-schema.org/{draft}/schema#","properties":{{"a":{{"type":"string"}}}}}}"#
        );
        assert_eq!(errors(&schema, &[("a", number(1.0))]).len(), 1);
        assert!(errors(&schema, &[("a", Value::str("x"))]).is_empty());
    }
}

#[test]
fn secrets_are_not_told() {
    let schema = r#"{"$schema":"http://json-schema.org/draft-07/schema#",
        "properties":{"a":{"pattern":"^b+$","format":"ipv4","maxLength":1,"enum":["x"]}}}"#;
    let found = errors(schema, &[("a", Value::str("hunter2"))]);
    assert!(!found.is_empty() && !found.join(" ").contains("hunter2"), "{found:?}");
}

#[test]
fn nothing_else_is_read() {
    for url in ["file:///etc/passwd", "http://localhost/x.json"] {
        let error = validate(&format!(r#"{{"$ref":"{url}"}}"#), &Value::map([])).unwrap_err();
        assert_eq!(error, format!("failing loading {url:?}: other files are not read"));
    }
}

#[test]
fn hostile_schemas_are_refused() {
    let doubling: Vec<String> = (0..60)
        .map(|i| {
            format!(r##""a{i}":{{"allOf":[{{"$ref":"#/$defs/a{0}"}},{{"$ref":"#/$defs/a{0}"}}]}}"##, i + 1)
        })
        .collect();
    let schema = format!(r##"{{"$ref":"#/$defs/a0","$defs":{{{},"a60":true}}}}"##, doubling.join(","));
    assert!(validate(&schema, &Value::map([])).is_err());
    // A property may have the name of a keyword.
    let hidden = format!(
        r##"{{"properties":{{"$defs":{{"$ref":"#/$defs/a0"}}}},"$defs":{{{},"a60":true}}}}"##,
        doubling.join(",")
    );
    assert!(validate(&hidden, &Value::map([("x".into(), Value::int(1))])).is_err());
    for named in [
        r##"{"$ref":"#a","$defs":{"x":{"$anchor":"a"}}}"##,
        r##"{"$defs":{"x":{"$id":"http://x/y","$ref":"#/z"}}}"##,
    ] {
        assert!(validate(named, &Value::map([])).is_err());
    }
    let chain: Vec<String> =
        (0..5000).map(|i| format!(r##""a{i}":{{"$ref":"#/$defs/a{}"}}"##, i + 1)).collect();
    let schema = format!(r##"{{"$ref":"#/$defs/a0","$defs":{{{},"a5000":true}}}}"##, chain.join(","));
    assert!(validate(&schema, &Value::map([])).is_err());
    for schema in ["", "{\"type\"", "{\"type\":1}", "{\"$ref\":\"#/nope\"}", "{\"$ref\":\"#\"}"] {
        let _ = validate(schema, &Value::map([]));
    }
}
