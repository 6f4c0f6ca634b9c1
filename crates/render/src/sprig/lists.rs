//! Functions on lists. Lists never change: each function gives a new one.

use super::arguments::{at_least, exactly, int, list};
use super::casts::to_int;
use super::reflection::deep_equal;
use crate::context::{Context, Function};
use crate::origin::OriginId;
use crate::value::{List, Value};

pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("list", |context, a| made(context, a.to_vec())),
    ("tuple", |context, a| made(context, a.to_vec())),
    ("first", |_, a| first("first", a)),
    ("mustFirst", |_, a| first("mustFirst", a)),
    ("last", |_, a| last("last", a)),
    ("mustLast", |_, a| last("mustLast", a)),
    ("rest", |context, a| rest(context, "rest", a)),
    ("mustRest", |context, a| rest(context, "mustRest", a)),
    ("initial", |context, a| initial(context, "initial", a)),
    ("mustInitial", |context, a| initial(context, "mustInitial", a)),
    ("append", |context, a| append(context, "append", a)),
    ("push", |context, a| append(context, "push", a)),
    ("mustAppend", |context, a| append(context, "mustAppend", a)),
    ("mustPush", |context, a| append(context, "mustPush", a)),
    ("prepend", |context, a| prepend(context, "prepend", a)),
    ("mustPrepend", |context, a| prepend(context, "mustPrepend", a)),
    ("concat", concat),
    ("reverse", |context, a| reverse(context, "reverse", a)),
    ("mustReverse", |context, a| reverse(context, "mustReverse", a)),
    ("uniq", |context, a| uniq(context, "uniq", a)),
    ("mustUniq", |context, a| uniq(context, "mustUniq", a)),
    ("without", |context, a| without(context, "without", a)),
    ("mustWithout", |context, a| without(context, "mustWithout", a)),
    ("has", |context, a| has(context, "has", a)),
    ("mustHas", |context, a| has(context, "mustHas", a)),
    ("compact", |context, a| compact(context, "compact", a)),
    ("mustCompact", |context, a| compact(context, "mustCompact", a)),
    ("slice", |context, a| slice(context, "slice", a)),
    ("mustSlice", |context, a| slice(context, "mustSlice", a)),
    ("chunk", |context, a| chunk(context, "chunk", a)),
    ("mustChunk", |context, a| chunk(context, "mustChunk", a)),
];

/// What Go says of the type of nothing.
const NIL: &str = "runtime error: invalid memory address or nil pointer dereference";

/// The list of an argument; `refused` says what can't be done on its kind.
fn items(value: &Value, refused: impl Fn(&str) -> String) -> Result<List, String> {
    if value.is_nil() {
        return Err(NIL.to_owned());
    }
    list(value).ok_or_else(|| refused(value.kind()))
}

fn made(context: &mut Context, items: Vec<Value>) -> Result<Value, String> {
    context.budget.step(items.len() as u64)?;
    Ok(Value::list(items))
}

/// A list made of another one.
fn made_of(context: &mut Context, items: Vec<Value>, from: &Value) -> Result<Value, String> {
    context.budget.step(items.len() as u64)?;
    Ok(context.computed(Value::list(items), std::slice::from_ref(from)))
}

fn first(name: &str, a: &[Value]) -> Result<Value, String> {
    let [value] = exactly(name, a)?;
    let list = items(value, |kind| format!("Cannot find first on type {kind}"))?;
    Ok(list.items().first().cloned().unwrap_or(none_of(value)))
}

fn last(name: &str, a: &[Value]) -> Result<Value, String> {
    let [value] = exactly(name, a)?;
    let list = items(value, |kind| format!("Cannot find last on type {kind}"))?;
    Ok(list.items().last().cloned().unwrap_or(none_of(value)))
}

/// Nil, because this list is empty.
fn none_of(list: &Value) -> Value {
    match list {
        Value::List(_, origin) | Value::Object(_, origin) => Value::Nil(*origin),
        _ => Value::NIL,
    }
}

fn rest(context: &mut Context, name: &str, a: &[Value]) -> Result<Value, String> {
    let [value] = exactly(name, a)?;
    let list = items(value, |kind| format!("Cannot find rest on type {kind}"))?;
    made_of(context, list.items().get(1..).unwrap_or_default().to_vec(), value)
}

fn initial(context: &mut Context, name: &str, a: &[Value]) -> Result<Value, String> {
    let [value] = exactly(name, a)?;
    let list = items(value, |kind| format!("Cannot find initial on type {kind}"))?;
    let (_, initial) = list.items().split_last().unwrap_or((value, &[]));
    made_of(context, initial.to_vec(), value)
}

fn append(context: &mut Context, name: &str, a: &[Value]) -> Result<Value, String> {
    let [value, item] = exactly(name, a)?;
    let list = items(value, |kind| format!("Cannot push on type {kind}"))?;
    let mut all = list.items().to_vec();
    all.push(item.clone());
    made_of(context, all, value)
}

fn prepend(context: &mut Context, name: &str, a: &[Value]) -> Result<Value, String> {
    let [value, item] = exactly(name, a)?;
    let list = items(value, |kind| format!("Cannot prepend on type {kind}"))?;
    let mut all = vec![item.clone()];
    all.extend_from_slice(list.items());
    made_of(context, all, value)
}

fn concat(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let mut all = Vec::new();
    for value in a {
        let list = items(value, |kind| format!("Cannot concat type {kind} as list"))?;
        context.budget.step(list.items().len() as u64)?;
        all.extend_from_slice(list.items());
    }
    Ok(context.computed(Value::list(all), a))
}

fn reverse(context: &mut Context, name: &str, a: &[Value]) -> Result<Value, String> {
    let [value] = exactly(name, a)?;
    let list = items(value, |kind| format!("Cannot find reverse on type {kind}"))?;
    made_of(context, list.items().iter().rev().cloned().collect(), value)
}

fn is_among(context: &mut Context, items: &[Value], item: &Value) -> Result<bool, String> {
    for other in items {
        if deep_equal(context, other, item)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn uniq(context: &mut Context, name: &str, a: &[Value]) -> Result<Value, String> {
    let [value] = exactly(name, a)?;
    let list = items(value, |kind| format!("Cannot find uniq on type {kind}"))?;
    let mut kept = Vec::new();
    for item in list.items() {
        if !is_among(context, &kept, item)? {
            kept.push(item.clone());
        }
    }
    made_of(context, kept, value)
}

fn without(context: &mut Context, name: &str, a: &[Value]) -> Result<Value, String> {
    let ([value], left_out) = at_least(name, a)?;
    let list = items(value, |kind| format!("Cannot find without on type {kind}"))?;
    let mut kept = Vec::new();
    for item in list.items() {
        if !is_among(context, left_out, item)? {
            kept.push(item.clone());
        }
    }
    made_of(context, kept, value)
}

fn has(context: &mut Context, name: &str, a: &[Value]) -> Result<Value, String> {
    let [needle, value] = exactly(name, a)?;
    if value.is_nil() {
        return Ok(context.computed(Value::bool(false), a));
    }
    let list = items(value, |kind| format!("Cannot find has on type {kind}"))?;
    let found = is_among(context, list.items(), needle)?;
    Ok(context.computed(Value::bool(found), a))
}

fn compact(context: &mut Context, name: &str, a: &[Value]) -> Result<Value, String> {
    let [value] = exactly(name, a)?;
    let list = items(value, |kind| format!("Cannot compact on type {kind}"))?;
    made_of(context, list.items().iter().filter(|item| item.truth()).cloned().collect(), value)
}

fn slice(context: &mut Context, name: &str, a: &[Value]) -> Result<Value, String> {
    let ([value], bounds) = at_least(name, a)?;
    let list = items(value, |kind| format!("list should be type of slice or array but {kind}"))?;
    let length = list.items().len();
    if length == 0 {
        return Ok(none_of(value));
    }
    let bound = |index: usize, otherwise| {
        bounds.get(index).map_or(Some(otherwise), |value| usize::try_from(to_int(value)).ok())
    };
    let part = bound(0, 0).zip(bound(1, length)).and_then(|(start, end)| list.items().get(start..end));
    let part = part.ok_or("reflect.Value.Slice: slice index out of bounds")?;
    context.budget.step(part.len() as u64)?;
    let part = Value::List(List::of(part.to_vec(), list.kind), OriginId::NONE);
    Ok(context.computed(part, std::slice::from_ref(value)))
}

fn chunk(context: &mut Context, name: &str, a: &[Value]) -> Result<Value, String> {
    let [size, value] = exactly(name, a)?;
    let size = int(size)?;
    let list = items(value, |kind| format!("Cannot chunk type {kind}"))?;
    context.budget.step(list.items().len() as u64)?;
    let Some(size) = usize::try_from(size).ok().filter(|size| *size > 0) else {
        // Below zero the original counts the chunks of a list of one or two to none.
        if size < 0 && list.items().len() as u64 <= size.unsigned_abs() + 1 {
            return made_of(context, Vec::new(), value);
        }
        return Err("runtime error: makeslice: len out of range".to_owned());
    };
    let mut chunks = Vec::new();
    for chunk in list.items().chunks(size) {
        chunks.push(made_of(context, chunk.to_vec(), value)?);
    }
    made_of(context, chunks, value)
}
