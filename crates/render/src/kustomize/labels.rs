//! Labels and annotations.

use super::fieldspec::{self, FieldSpec, Make};
use super::shared::Shared;
use crate::context::Context;
use crate::value::{Map, Value};
use std::rc::Rc;

/// Sets each entry of `pairs` (strings) in the maps at the fields of `specs`. New entries are one from then on.
pub fn apply(
    context: &mut Context,
    object: &mut Value,
    pairs: &Map,
    specs: &[FieldSpec],
    shared: &Shared,
) -> Result<(), String> {
    let pairs = pairs.snapshot();
    let mut new: Vec<Vec<(Map, Rc<str>)>> = vec![Vec::new(); pairs.len()];
    for spec in specs {
        fieldspec::apply(context, object, spec, Make::Map, &mut |context, place| {
            context.budget.step(pairs.len() as u64)?;
            match place {
                Value::Map(map, _) => {
                    for ((key, value), new) in pairs.iter().zip(&mut new) {
                        // A place that this very entry was put into is set again when a spec leads there twice.
                        if map.get(key).is_some() {
                            shared.set(map, key, value);
                        } else {
                            map.insert(key.clone(), value.clone());
                            new.push((map.clone(), key.clone()));
                        }
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
    for places in new {
        shared.note(places);
    }
    Ok(())
}
