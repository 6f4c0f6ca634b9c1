//! Labels and annotations.

use super::fieldspec::{self, FieldSpec, Make};
use crate::context::Context;
use crate::value::{Map, Value};

/// Sets each entry of `pairs` (strings) in the maps at the fields of `specs`.
pub fn apply(
    context: &mut Context,
    object: &mut Value,
    pairs: &Map,
    specs: &[FieldSpec],
) -> Result<(), String> {
    let pairs = pairs.snapshot();
    for spec in specs {
        fieldspec::apply(context, object, spec, Make::Map, &mut |context, place| {
            context.budget.step(pairs.len() as u64)?;
            match place {
                Value::Map(map, _) => {
                    for (key, value) in &pairs {
                        map.insert(key.clone(), value.clone());
                    }
                    Ok(())
                }
                Value::Nil(_) => Ok(()),
                other => Err(format!(
                    "wrong node kind: expected MappingNode but got {}",
                    super::scalar::node_kind(other)
                )),
            }
        })?;
    }
    Ok(())
}
