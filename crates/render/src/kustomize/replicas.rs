//! `replicas`: how many of each.

use super::fieldspec::{self, FieldSpec, Make};
use super::scalar;
use crate::context::Context;
use crate::value::Value;

/// Sets the count at the fields of `specs`. Which objects the entry names is the caller's to find out: those
/// of any of its names, old and new, whose kind a spec selects.
pub fn apply(
    context: &mut Context,
    object: &mut Value,
    count: &Value,
    specs: &[FieldSpec],
) -> Result<(), String> {
    for spec in specs {
        fieldspec::apply(context, object, spec, Make::Scalar, &mut |context, place| {
            *place = scalar::in_place_of(&mut context.origins, place, count.clone());
            Ok(())
        })?;
    }
    Ok(())
}
