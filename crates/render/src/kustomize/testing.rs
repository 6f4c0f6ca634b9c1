//! For the tests here: YAML to values and values to JSON.

use crate::context::Context;
use crate::origin::FileId;
use crate::text::Text;
use crate::value::{IntKind, List, Value};
use std::sync::Arc;
use syntax::{Kind, Node, SourceText};

/// The first document of a text.
pub fn read(context: &mut Context, text: &str) -> Value {
    let tree = Arc::new(syntax::yaml::parse(Arc::new(SourceText::new("test.yaml", text))));
    let file = context.origins.add_tree(tree.clone());
    value(context, file, tree.roots().next().unwrap())
}

/// As `manifest` reads it, in short.
fn value(context: &mut Context, file: FileId, node: Node<'_>) -> Value {
    let origin = context.origins.node(file, node.id());
    match node.kind() {
        Kind::Null => Value::Nil(origin),
        Kind::Bool => Value::Bool(node.as_bool().unwrap(), origin),
        Kind::Int => Value::Int(node.as_int().unwrap(), IntKind::Int, origin),
        Kind::Float => Value::Float(syntax::scalar::parse_float(node.scalar().unwrap()).unwrap(), origin),
        Kind::Str => Value::Str(Text::new(node.as_str().unwrap(), origin, 0)),
        Kind::Seq => {
            let items = node.items().map(|item| value(context, file, item)).collect();
            Value::List(List::new(items), origin)
        }
        Kind::Map => {
            let entries =
                node.entries().map(|(key, node)| (key.into(), value(context, file, node))).collect();
            Value::Map(entries, origin)
        }
    }
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
