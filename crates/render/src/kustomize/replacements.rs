//! `replacements`: values copied from fields of one object to fields of others.

use super::selector::Identity;
use crate::context::Context;
use crate::value::Value;

/// An object that takes part.
#[derive(Clone, Debug)]
pub struct Party {
    /// The object: a map, changed in place.
    pub object: Value,
    /// What it is and was called, the present identity last.
    pub identities: Vec<Identity>,
}

/// Makes one replacement (`source` or `sourceValue`, and `targets`) in all objects.
pub fn apply(context: &mut Context, parties: &[Party], replacement: &Value) -> Result<(), String> {
    let _ = (context, parties, replacement);
    Ok(())
}
