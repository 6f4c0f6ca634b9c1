//! For any document and any change: the edited text parses, and means exactly what was asked.

#![allow(clippy::unwrap_used, clippy::unreachable, reason = "a broken expectation is a panic")]

use model::{Change, Pointer};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use std::sync::Arc;
use syntax::{Kind, Node, SourceText, edit, scalar, yaml};

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        (0i64..500).prop_map(Value::from),
        "[a-z]{1,6}".prop_map(Value::from),
        Just(json!("needs: quotes")),
        Just(Value::Null),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::btree_map("k[a-f]", inner, 0..4)
                .prop_map(|m| Value::Object(m.into_iter().collect())),
        ]
    })
}

/// A document: a mapping in block style, with comments, its inner collections in block or flow style by `flow`.
fn emit(value: &Value, indent: usize, flow: usize, out: &mut String) {
    let pad = " ".repeat(indent);
    match value {
        Value::Object(map) if !map.is_empty() && indent < flow => {
            for (key, inner) in map {
                write!(out, "{pad}{key}:").unwrap();
                nested(inner, indent, flow, out);
            }
        }
        Value::Array(items) if !items.is_empty() && indent < flow => {
            for item in items {
                write!(out, "{pad}-").unwrap();
                nested(item, indent, flow, out);
            }
        }
        other => writeln!(out, "{pad}{other}").unwrap(),
    }
}

fn nested(inner: &Value, indent: usize, flow: usize, out: &mut String) {
    let block = match inner {
        Value::Object(map) => !map.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    };
    if block && indent + 2 < flow {
        out.push_str(" # note\n");
        emit(inner, indent + 2, flow, out);
    } else {
        writeln!(out, " {inner} # end").unwrap();
    }
}

fn read(node: Node<'_>) -> Value {
    let text = node.scalar().unwrap_or("");
    match node.kind() {
        Kind::Null => Value::Null,
        Kind::Bool => scalar::is_true(text).into(),
        Kind::Int => scalar::parse_int(text).into(),
        Kind::Float => text.parse::<f64>().unwrap().into(),
        Kind::Str => text.into(),
        Kind::Seq => node.items().map(read).collect(),
        Kind::Map => {
            Value::Object(node.entries().map(|(k, v)| (k.to_owned(), read(v))).collect::<Map<_, _>>())
        }
    }
}

/// Every place in a value, with its route.
fn places(value: &Value, here: &Pointer, out: &mut Vec<Pointer>) {
    out.push(here.clone());
    match value {
        Value::Object(map) => map.iter().for_each(|(k, v)| places(v, &here.join(k), out)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, v)| places(v, &here.join(&i.to_string()), out));
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edits_mean_what_was_asked(
        map in prop::collection::btree_map("r[a-f]", value(), 1..4),
        flow in prop::sample::select(vec![2usize, 4, 6, 99]),
        pick in any::<prop::sample::Index>(),
        new in value(),
        kind in 0..4,
    ) {
        let before = Value::Object(map.into_iter().collect());
        let mut text = String::new();
        emit(&before, 0, flow, &mut text);
        let tree = yaml::parse(Arc::new(SourceText::new("t", text.clone())));
        prop_assert!(tree.errors().is_empty(), "{text}");
        let root = tree.roots().next().unwrap();
        prop_assert_eq!(&read(root), &before, "{}", text);
        let mut all = Vec::new();
        places(&before, &Pointer::root(), &mut all);
        let at = pick.get(&all).clone();
        if at.as_str().is_empty() {
            return Ok(());
        }
        let mut after = before.clone();
        let target = after.pointer_mut(at.as_str()).unwrap();
        let change = match (kind, &target) {
            (0, Value::Object(_) | Value::Null) => {
                if target.is_null() { *target = json!({}); }
                target.as_object_mut().unwrap().insert("added".to_owned(), new.clone());
                Change::Set { pointer: at.join("added"), value: new }
            }
            (1, Value::Array(_)) => {
                target.as_array_mut().unwrap().push(new.clone());
                Change::Append { pointer: at, value: new }
            }
            (2, _) => {
                let steps: Vec<String> = at.steps().collect();
                let (last, parent) = steps.split_last().unwrap();
                let route = parent.iter().fold(Pointer::root(), |route, step| route.join(step));
                match after.pointer_mut(route.as_str()).unwrap() {
                    Value::Object(map) => drop(map.remove(last)),
                    Value::Array(items) => drop(items.remove(last.parse::<usize>().unwrap())),
                    _ => unreachable!(),
                }
                Change::Remove { pointer: at }
            }
            _ => {
                *target = new.clone();
                Change::Set { pointer: at, value: new }
            }
        };
        let Ok(edits) = edit::edits(root, std::slice::from_ref(&change)) else { return Ok(()) };
        let result = edit::apply(&text, &edits).unwrap();
        let again = yaml::parse(Arc::new(SourceText::new("t", result.clone())));
        prop_assert!(again.errors().is_empty(), "{change:?}\n{text}\n=>\n{result}");
        let meant = again.roots().next().map_or(Value::Null, read);
        prop_assert_eq!(meant, after, "{:?}\n{}\n=>\n{}", change, text, result);
    }
}
