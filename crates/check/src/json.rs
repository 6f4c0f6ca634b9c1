//! Trees as plain JSON values.

use serde_json::{Map, Number, Value};
use syntax::{Kind, Node, scalar};

/// Most nodes a value may have; aliases can stand for far more than a file spells out.
const MAX_NODES: usize = 1_000_000;

/// The value of a node, aliases expanded. `None` if it would grow past a million nodes.
pub fn value(node: Node<'_>) -> Option<Value> {
    let mut budget = MAX_NODES;
    build(node, &mut budget)
}

fn build(node: Node<'_>, budget: &mut usize) -> Option<Value> {
    *budget = budget.checked_sub(1)?;
    let text = node.scalar().unwrap_or("");
    Some(match node.kind() {
        Kind::Null => Value::Null,
        Kind::Bool => Value::Bool(scalar::is_true(text)),
        Kind::Int => scalar::parse_int(text).map_or_else(|| Value::String(text.to_owned()), Value::from),
        Kind::Float => {
            let number = text.replace('_', "").parse().ok().and_then(Number::from_f64);
            number.map_or_else(|| Value::String(text.to_owned()), Value::Number)
        }
        Kind::Str => Value::String(text.to_owned()),
        Kind::Seq => Value::Array(node.items().map(|item| build(item, budget)).collect::<Option<_>>()?),
        Kind::Map => {
            let mut map = Map::with_capacity(node.len());
            for (key, entry) in node.entries() {
                map.insert(key.to_owned(), build(entry, budget)?);
            }
            Value::Object(map)
        }
    })
}
