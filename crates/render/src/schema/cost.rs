//! What checking against a schema may cost at most: schemas are foreign, and references can double the work with
//! each step.

use serde_json::Value as Json;
use std::collections::HashMap;

/// Subschemas that may be looked at.
const MOST: u64 = 2_000_000;

/// Subschemas that may be inside of each other, references followed.
const MAX_DEPTH: usize = 120;

const TOO_MUCH: &str = "the schema takes too much work to be checked";

/// An error if checking could take too long, or nest too deep.
pub(super) fn affordable(schema: &Json, values: &Json) -> Result<(), String> {
    if has_inner_base(schema, true) {
        return Err("schemas with others embedded are not followed".to_owned());
    }
    let mut cost = Cost { root: schema, known: HashMap::new(), walked: 0 };
    cost.of(schema, depth(values), MAX_DEPTH)?;
    Ok(())
}

/// True if pointers somewhere inside begin elsewhere than at the root. Depth is bounded by the parser.
fn has_inner_base(schema: &Json, root: bool) -> bool {
    match schema {
        Json::Array(items) => items.iter().any(|item| has_inner_base(item, false)),
        Json::Object(entries) => entries.iter().any(|(key, value)| match value {
            Json::String(text) => !root && matches!(key.as_str(), "$id" | "id") && !text.starts_with('#'),
            other => has_inner_base(other, false),
        }),
        _ => false,
    }
}

/// Depth is bounded by whoever made the values.
fn depth(values: &Json) -> usize {
    match values {
        Json::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Json::Object(entries) => 1 + entries.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

struct Cost<'a> {
    root: &'a Json,
    /// By target of a reference and levels of the values below; `None` while at it.
    known: HashMap<(&'a str, usize), Option<(u64, usize)>>,
    walked: u64,
}

impl<'a> Cost<'a> {
    fn of(&mut self, schema: &'a Json, below: usize, left: usize) -> Result<u64, String> {
        Ok(self.measure(schema, below, left)?.0)
    }

    /// Subschemas looked at, and how deep they nest.
    fn measure(&mut self, schema: &'a Json, below: usize, left: usize) -> Result<(u64, usize), String> {
        let left = left.checked_sub(1).ok_or(TOO_MUCH)?;
        self.walked += 1;
        let (mut sum, mut deepest) = (1_u64, 0);
        let mut add = |(cost, depth): (u64, usize)| {
            sum = sum.saturating_add(cost);
            deepest = deepest.max(depth);
        };
        match schema {
            Json::Array(items) => {
                for item in items {
                    add(self.measure(item, below, left)?);
                }
            }
            Json::Object(entries) => {
                for (key, value) in entries {
                    let below = match key.as_str() {
                        "$defs" | "definitions" | "enum" | "const" | "default" | "examples" => continue,
                        "$ref" | "$dynamicRef" | "$recursiveRef" => {
                            if let Some(target) = value.as_str() {
                                add(self.reference(target, below, left)?);
                            }
                            continue;
                        }
                        "properties"
                        | "patternProperties"
                        | "additionalProperties"
                        | "items"
                        | "prefixItems"
                        | "additionalItems"
                        | "contains"
                        | "unevaluatedProperties"
                        | "unevaluatedItems" => {
                            let Some(below) = below.checked_sub(1) else { continue };
                            below
                        }
                        _ => below,
                    };
                    // The keys of these are names of the chart's own, not keywords.
                    if matches!(
                        key.as_str(),
                        "properties" | "patternProperties" | "dependentSchemas" | "dependencies"
                    ) {
                        for inner in value.as_object().into_iter().flat_map(serde_json::Map::values) {
                            add(self.measure(inner, below, left)?);
                        }
                    } else if value.is_object() || value.is_array() {
                        add(self.measure(value, below, left)?);
                    }
                }
            }
            _ => {}
        }
        if sum > MOST || self.walked > MOST {
            return Err(TOO_MUCH.to_owned());
        }
        Ok((sum, deepest + 1))
    }

    fn reference(&mut self, target: &'a str, below: usize, left: usize) -> Result<(u64, usize), String> {
        if let Some(known) = self.known.get(&(target, below)) {
            // A reference to itself on the same value is refused by the validator.
            let (cost, depth) = known.unwrap_or((1, 1));
            return if depth > left { Err(TOO_MUCH.to_owned()) } else { Ok((cost, depth)) };
        }
        self.known.insert((target, below), None);
        // Only pointers are followed here; what a name leads to would go unmeasured.
        let Some(pointer) = target.strip_prefix('#') else {
            return Err(format!("failing loading {target:?}: other files are not read"));
        };
        if pointer.contains('%') || !(pointer.is_empty() || pointer.starts_with('/')) {
            return Err(format!("references by name such as {target:?} are not followed"));
        }
        let Some(found) = self.root.pointer(pointer) else { return Ok((1, 1)) };
        let measured = self.measure(found, below, left)?;
        self.known.insert((target, below), Some(measured));
        Ok(measured)
    }
}
