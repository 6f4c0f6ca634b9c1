//! `merge` and its kin, which change their first map. Maps are put in as they are, not copied: what is later
//! set in them is seen in both places, as in the original.

use super::arguments::{at_least, map};
use super::pieces::chosen;
use crate::context::{Context, Function};
use crate::origin::OriginId;
use crate::value::{Map, Value};

pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("merge", |context, a| merge_all(context, "merge", a, false)),
    ("mustMerge", |context, a| merge_all(context, "mustMerge", a, false)),
    ("mergeOverwrite", |context, a| merge_all(context, "mergeOverwrite", a, true)),
    ("mustMergeOverwrite", |context, a| merge_all(context, "mustMergeOverwrite", a, true)),
];

/// Maps nested deeper are not merged; a map may hold itself.
const DEEPEST: usize = 200;

fn merge_all(context: &mut Context, name: &str, a: &[Value], overwrite: bool) -> Result<Value, String> {
    let ([owner], sources) = at_least(name, a)?;
    let target = map(owner)?;
    for source in sources {
        merge(context, &target, &map(source)?, overwrite, DEEPEST)?;
    }
    let merged = if owner.is_nil() { Value::Map(target, OriginId::NONE) } else { owner.clone() };
    Ok(chosen(context, &merged, sources))
}

fn merge(
    context: &mut Context,
    target: &Map,
    source: &Map,
    overwrite: bool,
    depth: usize,
) -> Result<(), String> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err("a value is nested too deeply".to_owned());
    };
    if target.is_same(source) {
        return Ok(());
    }
    for (key, value) in source.snapshot() {
        context.budget.step(1)?;
        let old = target.get(&key);
        if value.is_nil() {
            if overwrite {
                target.insert(key, value);
            }
            continue;
        }
        if let (Some(Value::Map(old, _)), Value::Map(new, _)) = (&old, &value) {
            merge(context, old, new, overwrite, depth)?;
            if !old.is_empty() {
                continue;
            }
        }
        if overwrite || old.is_none_or(|old| !old.truth()) {
            target.insert(key, value);
        }
    }
    Ok(())
}
