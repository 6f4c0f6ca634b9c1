//! JSON patches (RFC 6902) as Kustomize applies them. It is laxer than the RFC: replacing what a map does not
//! have adds it, indices may count from the end, and the part of a path before its first slash is ignored.

use super::scalar;
use crate::context::Context;
use crate::origin::Origins;
use crate::value::{List, Value};

/// How deep a path may lead, and a copied value be nested.
const DEPTH: usize = 200;

/// Applies the operations of a patch, a list of maps, to an object in order.
pub fn apply(context: &mut Context, object: &mut Value, operations: &Value) -> Result<(), String> {
    let Some(operations) = operations.as_items() else {
        return Err("a JSON patch is a list of operations".to_owned());
    };
    for operation in operations {
        context.budget.step(1)?;
        Patcher { context, object }.operation(operation)?;
    }
    Ok(())
}

struct Patcher<'a> {
    context: &'a mut Context,
    object: &'a mut Value,
}

/// Where a step of a path stands in a list.
enum Place {
    At(usize),
    End,
}

/// What is done to the container of a place.
type Edit<'a> = &'a mut dyn FnMut(&mut Value, &str) -> Result<(), String>;

impl Patcher<'_> {
    fn operation(&mut self, operation: &Value) -> Result<(), String> {
        let field = |name: &str| operation.as_map().and_then(|map| map.get(name));
        let text =
            |name: &str| field(name).as_ref().and_then(Value::as_text).map(|text| text.str().into_owned());
        let op = text("op").unwrap_or_else(|| "unknown".to_owned());
        if !matches!(op.as_str(), "add" | "remove" | "replace" | "move" | "copy" | "test") {
            return Err(format!("Unexpected kind: {op}"));
        }
        let path =
            text("path").ok_or_else(|| format!("{op} operation failed to decode path: missing value"))?;
        let value = match field("value") {
            Some(value) => {
                value.deep_copy(DEPTH).ok_or_else(|| "the value is nested too deeply".to_owned())?
            }
            None => Value::NIL,
        };
        match op.as_str() {
            "add" => self.add(&path, value),
            "remove" => self.remove(&path),
            "replace" => self.replace(&path, value),
            "test" => self.test(&path, &value),
            _ => {
                let from = text("from")
                    .ok_or_else(|| format!("{op} operation failed to decode from: missing value"))?;
                if op == "move" { self.shift(&from, &path) } else { self.copy(&from, &path) }
            }
        }
    }

    /// Changes the container that a path's last key stands in. `None` if there is no such container.
    fn edit(&mut self, path: &str, edit: Edit<'_>) -> Option<Result<(), String>> {
        let (_, path) = path.split_once('/')?;
        let steps: Vec<String> = path.split('/').map(unescape).collect();
        if steps.len() > DEPTH || self.context.budget.step(steps.len() as u64).is_err() {
            return Some(Err(format!("the path '/{path}' is too deep")));
        }
        let (last, way) = steps.split_last()?;
        let context = &mut *self.context;
        descend(context, self.object, way, &mut |container| edit(container, last))
    }

    fn add(&mut self, path: &str, value: Value) -> Result<(), String> {
        self.edit(path, &mut |container, key| insert(container, key, value.clone()))
            .ok_or_else(|| {
                format!("add operation does not apply: doc is missing path: \"{path}\": missing value")
            })?
            .map_err(|error| format!("error in add for path: '{path}': {error}"))
    }

    fn remove(&mut self, path: &str) -> Result<(), String> {
        self.edit(path, &mut |container, key| take(container, key).map(drop))
            .ok_or_else(|| {
                format!("remove operation does not apply: doc is missing path: \"{path}\": missing value")
            })?
            .map_err(|error| format!("error in remove for path: '{path}': {error}"))
    }

    fn replace(&mut self, path: &str, value: Value) -> Result<(), String> {
        if path.is_empty() {
            if !matches!(value, Value::Map(..) | Value::List(..)) {
                return Err("replace operation hit an unexpected type: 2".to_owned());
            }
            *self.object = value;
            return Ok(());
        }
        self.edit(path, &mut |container, key| put(container, key, value.clone()))
            .ok_or_else(|| {
                format!("replace operation does not apply: doc is missing path: {path}: missing value")
            })?
            .map_err(|_| {
                format!("replace operation does not apply: doc is missing key: {path}: missing value")
            })
    }

    fn shift(&mut self, from: &str, path: &str) -> Result<(), String> {
        let mut moved = Value::NIL;
        let mut key = String::new();
        self.edit(from, &mut |container, last| {
            key.clear();
            key.push_str(last);
            moved = take(container, last)?;
            Ok(())
        })
        .ok_or_else(|| {
            format!("move operation does not apply: doc is missing from path: {from}: missing value")
        })?
        .map_err(|error| format!("error in move for path: '{key}': {error}"))?;
        self.edit(path, &mut |container, key| insert(container, key, moved.clone()))
            .ok_or_else(|| {
                format!(
                    "move operation does not apply: doc is missing destination path: {path}: missing value"
                )
            })?
            .map_err(|error| format!("error in move for path: '{path}': {error}"))
    }

    fn copy(&mut self, from: &str, path: &str) -> Result<(), String> {
        let mut copied = Value::NIL;
        self.edit(from, &mut |container, key| {
            copied = get(container, key)?.unwrap_or(Value::NIL);
            Ok(())
        })
        .ok_or_else(|| {
            format!("copy operation does not apply: doc is missing from path: {from}: missing value")
        })?
        .map_err(|error| format!("error in copy for from: '{from}': {error}"))?;
        self.context.budget.take(weight(&copied, DEPTH))?;
        let copied = copied.deep_copy(DEPTH).ok_or_else(|| "the value is nested too deeply".to_owned())?;
        self.edit(path, &mut |container, key| insert(container, key, copied.clone()))
            .ok_or_else(|| {
                format!(
                    "copy operation does not apply: doc is missing destination path: {path}: missing value"
                )
            })?
            .map_err(|error| format!("error while adding value during copy: {error}"))
    }

    fn test(&mut self, path: &str, value: &Value) -> Result<(), String> {
        let mut found = if path.is_empty() { Some(self.object.clone()) } else { None };
        if !path.is_empty() {
            self.edit(path, &mut |container, key| {
                found = get(container, key)?;
                Ok(())
            })
            .ok_or_else(|| format!("test operation does not apply: is missing path: {path}: missing value"))?
            .map_err(|error| format!("error in test for path: '{path}': {error}"))?;
        }
        if same(&self.context.origins, &found.unwrap_or(Value::NIL), value, DEPTH) {
            Ok(())
        } else {
            Err(format!("testing value {path} failed: test failed"))
        }
    }
}

fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// About how many bytes a value takes, so that copies of copies end.
fn weight(value: &Value, depth: usize) -> usize {
    let Some(depth) = depth.checked_sub(1) else { return usize::MAX };
    match value {
        Value::Map(map, _) => map.snapshot().iter().fold(256_usize, |sum, (key, value)| {
            sum.saturating_add(key.len() + 128).saturating_add(weight(value, depth))
        }),
        Value::List(list, _) => {
            list.items().iter().fold(256_usize, |sum, item| sum.saturating_add(weight(item, depth)))
        }
        // Texts are shared between copies.
        _ => 128,
    }
}

fn descend(
    context: &mut Context,
    value: &mut Value,
    way: &[String],
    edit: &mut dyn FnMut(&mut Value) -> Result<(), String>,
) -> Option<Result<(), String>> {
    let Some((first, rest)) = way.split_first() else {
        return matches!(value, Value::Map(..) | Value::List(..)).then(|| edit(value));
    };
    match value {
        Value::Map(map, _) => {
            let mut child = map.get(first)?;
            let done = descend(context, &mut child, rest, edit)?;
            map.insert(first.as_str(), child);
            Some(done)
        }
        Value::List(list, origin) => {
            let index = existing(first, list.items().len()).ok()?;
            if let Err(error) = context.budget.step(list.items().len() as u64) {
                return Some(Err(error));
            }
            let mut items = list.items().to_vec();
            let done = descend(context, items.get_mut(index)?, rest, edit)?;
            *value = Value::List(List::of(items, list.kind), *origin);
            Some(done)
        }
        _ => None,
    }
}

fn number(step: &str) -> Result<i64, String> {
    step.parse().map_err(|_| format!("strconv.Atoi: parsing \"{step}\": invalid syntax"))
}

/// The index of an item that is there.
fn existing(step: &str, length: usize) -> Result<usize, String> {
    let index = number(step)?;
    let invalid = || format!("Unable to access invalid index: {index}: invalid index referenced");
    let at = if index < 0 { index.saturating_add_unsigned(length as u64) } else { index };
    usize::try_from(at).ok().filter(|at| *at < length).ok_or_else(invalid)
}

/// The index at which a new item is put.
fn new_place(step: &str, length: usize) -> Result<Place, String> {
    if step == "-" {
        return Ok(Place::End);
    }
    let index =
        number(step).map_err(|error| format!("value was not a proper array index: '{step}': {error}"))?;
    let at = if index < 0 { index.saturating_add_unsigned(length as u64 + 1) } else { index };
    usize::try_from(at)
        .ok()
        .filter(|at| *at <= length)
        .map(Place::At)
        .ok_or_else(|| format!("Unable to access invalid index: {index}: invalid index referenced"))
}

fn insert(container: &mut Value, key: &str, value: Value) -> Result<(), String> {
    match container {
        Value::Map(map, _) => map.insert(key, value),
        Value::List(list, origin) => {
            let mut items = list.items().to_vec();
            match new_place(key, items.len())? {
                Place::At(at) => items.insert(at, value),
                Place::End => items.push(value),
            }
            *container = Value::List(List::of(items, list.kind), *origin);
        }
        _ => {}
    }
    Ok(())
}

fn put(container: &mut Value, key: &str, value: Value) -> Result<(), String> {
    match container {
        Value::Map(map, _) => map.insert(key, value),
        Value::List(list, origin) => {
            let mut items = list.items().to_vec();
            let at = existing(key, items.len())?;
            if let Some(item) = items.get_mut(at) {
                *item = value;
            }
            *container = Value::List(List::of(items, list.kind), *origin);
        }
        _ => {}
    }
    Ok(())
}

fn get(container: &Value, key: &str) -> Result<Option<Value>, String> {
    Ok(match container {
        Value::Map(map, _) => map.get(key),
        Value::List(list, _) => list.items().get(existing(key, list.items().len())?).cloned(),
        _ => None,
    })
}

fn take(container: &mut Value, key: &str) -> Result<Value, String> {
    match container {
        Value::Map(map, _) => {
            map.remove(key).ok_or_else(|| format!("Unable to remove nonexistent key: {key}: missing value"))
        }
        Value::List(list, origin) => {
            let mut items = list.items().to_vec();
            let at = existing(key, items.len())?;
            let taken = items.remove(at);
            *container = Value::List(List::of(items, list.kind), *origin);
            Ok(taken)
        }
        _ => Ok(Value::NIL),
    }
}

/// Whether two values are the same; numbers by how they are written.
fn same(origins: &Origins, a: &Value, b: &Value, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    match (a, b) {
        (Value::Map(a, _), Value::Map(b, _)) => {
            let (a, b) = (a.snapshot(), b.snapshot());
            a.len() == b.len()
                && a.iter().zip(&b).all(|((ka, va), (kb, vb))| ka == kb && same(origins, va, vb, depth))
        }
        (Value::List(a, _), Value::List(b, _)) => {
            let (a, b) = (a.items(), b.items());
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(origins, a, b, depth))
        }
        (Value::Nil(_), Value::Nil(_)) => true,
        (Value::Str(a), Value::Str(b)) => a.bytes() == b.bytes(),
        (Value::Bool(a, _), Value::Bool(b, _)) => a == b,
        (Value::Int(..) | Value::Float(..), Value::Int(..) | Value::Float(..)) => {
            scalar::plain(origins, a) == scalar::plain(origins, b)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    //! Expected values were made with `kubectl kustomize`.

    use super::*;
    use crate::kustomize::testing::{read, show};

    fn patched(operations: &str) -> String {
        let mut context = Context::new(0);
        context.budget.bytes = 1 << 20;
        let mut object = read(&mut context, "{d: {a: b, x/y~z: q}, l: [1, 2, 3], m: {n: {o: 1}}}");
        let operations = read(&mut context, operations);
        match apply(&mut context, &mut object, &operations) {
            Ok(()) => show(&object),
            Err(error) => error,
        }
    }

    #[test]
    fn applies_operations() {
        let list = |text: &str| {
            let result = patched(&format!("[{text}]"));
            let (_, rest) = result.split_once("\"l\":").unwrap_or_else(|| panic!("{result}"));
            format!("{}]", rest.split_once(']').unwrap().0)
        };
        assert_eq!(list("{op: add, path: /l/-, value: 4}"), "[1,2,3,4]");
        assert_eq!(list("{op: add, path: /l/-1, value: 4}"), "[1,2,3,4]");
        assert_eq!(list("{op: add, path: /l/0, value: 4}"), "[4,1,2,3]");
        assert_eq!(list("{op: remove, path: /l/-1}"), "[1,2]");
        assert_eq!(list("{op: replace, path: /l/-1, value: 9}"), "[1,2,9]");
        assert_eq!(list("{op: move, from: /l/0, path: /l/2}"), "[2,3,1]");
        let rest = patched(
            "[{op: remove, path: /l}, {op: remove, path: /d/a}, {op: replace, path: /d/x~1y~0z, value: 1}, {op: copy, from: /m, path: /m/k}, {op: test, path: /nope}]",
        );
        assert_eq!(rest, r#"{"d":{"x/y~z":1},"m":{"k":{"n":{"o":1}},"n":{"o":1}}}"#);
    }

    #[test]
    fn fails_in_the_original_words() {
        for (operation, words) in [
            (
                "op: remove, path: /d/no",
                "error in remove for path: '/d/no': Unable to remove nonexistent key: no: missing value",
            ),
            (
                "op: remove, path: /no/x",
                "remove operation does not apply: doc is missing path: \"/no/x\": missing value",
            ),
            (
                "op: remove, path: /l/7",
                "error in remove for path: '/l/7': Unable to access invalid index: 7: invalid index referenced",
            ),
            (
                "op: replace, path: /no/a, value: 1",
                "replace operation does not apply: doc is missing path: /no/a: missing value",
            ),
            (
                "op: replace, path: /l/5, value: 1",
                "replace operation does not apply: doc is missing key: /l/5: missing value",
            ),
            (
                "op: add, path: /l/x, value: 1",
                "error in add for path: '/l/x': value was not a proper array index: 'x': strconv.Atoi: parsing \"x\": invalid syntax",
            ),
            (
                "op: add, path: '', value: 1",
                "add operation does not apply: doc is missing path: \"\": missing value",
            ),
            ("op: test, path: /d/a, value: x", "testing value /d/a failed: test failed"),
            (
                "op: move, from: /m, path: /m/n/x",
                "move operation does not apply: doc is missing destination path: /m/n/x: missing value",
            ),
            ("op: foo, path: /m", "Unexpected kind: foo"),
            ("path: /m", "Unexpected kind: unknown"),
            ("op: add", "add operation failed to decode path: missing value"),
        ] {
            assert_eq!(patched(&format!("[{{{operation}}}]")), words);
        }
    }

    #[test]
    fn ends_copies_of_copies() {
        let doubling = "{op: copy, from: /m, path: /m/a}, {op: copy, from: /m, path: /m/b}, ".repeat(60);
        let result = patched(&format!("[{doubling}]"));
        assert!(result.contains("too much text"), "{} bytes", result.len());
    }
}
