//! For the tests here: YAML to values and values to JSON.

use crate::context::Context;
use crate::value::Value;
use std::sync::Arc;
use syntax::SourceText;

/// The first document of a text.
pub fn read(context: &mut Context, text: &str) -> Value {
    let tree = Arc::new(syntax::yaml::parse(Arc::new(SourceText::new("test.yaml", text))));
    let file = context.origins.add_tree(tree.clone());
    let mut budget = 1_000_000;
    let root = tree.roots().next().unwrap();
    Value::from_node(&mut context.origins, file, root, &mut budget).unwrap()
}

fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Bool(value, _) => (*value).into(),
        Value::Int(value, ..) => (*value).into(),
        Value::Float(value, _) if value.fract() == 0.0 => (*value as i64).into(),
        Value::Float(value, _) => (*value).into(),
        Value::Str(text) => text.str().into_owned().into(),
        Value::List(list, _) => list.items().iter().map(json).collect(),
        Value::Map(map, _) => map.snapshot().iter().map(|(k, v)| (k.to_string(), json(v))).collect(),
        Value::Nil(_) | Value::Object(..) => serde_json::Value::Null,
    }
}

/// A value as JSON on one line.
pub fn show(value: &Value) -> String {
    json(value).to_string()
}
