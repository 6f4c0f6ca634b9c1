//! Strategic merge patches.

use crate::context::Context;
use crate::value::Value;

/// Merges a patch into an object in place. `false` if the patch deletes the object.
pub fn merge(context: &mut Context, object: &mut Value, patch: &Value) -> Result<bool, String> {
    let _ = (context, object, patch);
    Ok(true)
}
