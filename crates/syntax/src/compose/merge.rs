//! Merging, by the Compose specification's chapter of that name: mappings by key, lists by appending, some
//! lists by what their items stand for, commands by replacing.

use super::value::{Data, Mode, Value};
use std::collections::{HashMap, HashSet};

/// Brings the short forms of a service's keys to the long ones, as far as merging needs it.
pub(super) fn canonical(service: Value) -> Value {
    let Data::Map(entries) = service.data else { return service };
    let entries = entries.into_iter().map(|(key, value)| {
        let value = match &*key {
            "environment" | "labels" | "annotations" | "sysctls" => value.assignments(&['=']),
            "extra_hosts" => value.assignments(&['=', ':']),
            "depends_on" | "networks" => value.names(),
            "build" => build(value),
            "deploy" => inside(value, &["labels"]),
            _ => value,
        };
        (key, value)
    });
    Value { data: Data::Map(entries.collect()), ..service }
}

fn build(value: Value) -> Value {
    match &value.data {
        Data::Scalar(_) => {
            let mode = value.mode;
            let origin = value.origin;
            Value {
                origin,
                mode,
                data: Data::Map(vec![("context".into(), Value { mode: Mode::Merge, ..value })]),
            }
        }
        Data::Null | Data::Map(_) | Data::Seq(_) => inside(value, &["args", "labels", "sysctls"]),
    }
}

fn inside(value: Value, keys: &[&str]) -> Value {
    let Data::Map(entries) = value.data else { return value };
    let entries = entries.into_iter().map(|(key, value)| {
        let value = if keys.contains(&&*key) { value.assignments(&['=']) } else { value };
        (key, value)
    });
    Value { data: Data::Map(entries.collect()), ..value }
}

/// Lays `over` over `base`; `key` is the name under which both stand.
pub(super) fn merge(base: Value, over: Value, key: &str) -> Value {
    match over.mode {
        Mode::Override => return over,
        Mode::Reset => return Value { data: Data::Null, ..over },
        Mode::Merge => {}
    }
    match (base.data, over.data) {
        (Data::Map(entries), Data::Map(new)) => {
            let mut merged: Vec<(Box<str>, Option<Value>)> =
                entries.into_iter().map(|(name, value)| (name, Some(value))).collect();
            let places: HashMap<Box<str>, usize> =
                merged.iter().enumerate().map(|(at, (name, _))| (name.clone(), at)).collect();
            for (name, value) in new {
                match places.get(&name).and_then(|at| merged.get_mut(*at)) {
                    Some((_, slot)) => {
                        *slot = match slot.take() {
                            Some(old) => Some(merge(old, value, &name)),
                            None => Some(value),
                        };
                    }
                    None => merged.push((name, Some(value))),
                }
            }
            let entries = merged.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
            Value { data: Data::Map(entries), ..over }
        }
        (old, Data::Null) => Value { origin: base.origin, mode: Mode::Merge, data: old },
        (_, data) if matches!(key, "command" | "entrypoint" | "test") => Value { data, ..over },
        (Data::Seq(mut items), Data::Seq(new)) => {
            let replaced: HashSet<String> = new.iter().map(|item| identity(item, key)).collect();
            items.retain(|old| !replaced.contains(&identity(old, key)));
            items.extend(new);
            Value { data: Data::Seq(items), ..over }
        }
        (Data::Seq(mut items), Data::Scalar(scalar)) => {
            items.push(Value::new(over.origin, Data::Scalar(scalar)));
            Value { data: Data::Seq(items), ..over }
        }
        (Data::Scalar(old), Data::Seq(new)) => {
            let mut items = vec![Value::new(base.origin, Data::Scalar(old))];
            items.extend(new);
            Value { data: Data::Seq(items), ..over }
        }
        (_, data) => Value { data, ..over },
    }
}

/// What an item of a list stands for: of two with the same identity the later one counts.
fn identity(item: &Value, key: &str) -> String {
    let field = |names: &[&str]| {
        names
            .iter()
            .map(|name| item.get(name).and_then(Value::text).unwrap_or(""))
            .collect::<Vec<_>>()
            .join("\n")
    };
    match (key, &item.data) {
        ("volumes" | "devices", Data::Scalar(scalar)) => {
            let mut parts = scalar.text.split(':');
            let first = parts.next().unwrap_or("");
            parts.next().unwrap_or(first).to_owned()
        }
        ("ports", Data::Map(_)) => field(&["host_ip", "published", "target", "protocol"]),
        ("volumes" | "devices", Data::Map(_)) => field(&["target"]),
        ("secrets" | "configs", Data::Map(_)) => {
            let target = field(&["target"]);
            if target.is_empty() { field(&["source"]) } else { target }
        }
        (_, Data::Scalar(scalar)) => scalar.text.to_string(),
        // Two mappings in another list are never the same.
        (_, _) => format!("{:?}", item.origin),
    }
}
