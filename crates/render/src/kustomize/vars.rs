//! `vars`: `$(NAME)` in some fields (deprecated, still in use).

use super::fieldspec::FieldSpec;
use crate::context::Context;
use crate::value::Value;
use std::collections::BTreeMap;

/// Expands `$(NAME)` at the fields of `specs`. Names that were used are added to `used`.
pub fn apply(
    context: &mut Context,
    object: &mut Value,
    values: &BTreeMap<String, Value>,
    used: &mut std::collections::BTreeSet<String>,
    specs: &[FieldSpec],
) -> Result<(), String> {
    let _ = (context, object, values, used, specs);
    Ok(())
}

/// The value of a var: what stands at `path` (dots, `[0]`, `[key=value]`), which must be a scalar.
pub fn lookup(object: &Value, path: &str) -> Option<Value> {
    let _ = (object, path);
    None
}
