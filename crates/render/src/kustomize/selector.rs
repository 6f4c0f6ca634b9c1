//! Which objects a patch or a replacement is for.

use super::fieldspec::Gvk;
use crate::context::Context;
use crate::value::Value;

/// What an object is found by.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// Its kind.
    pub gvk: Gvk,
    /// Its name.
    pub name: String,
    /// Its namespace, as written: empty where it has none.
    pub namespace: String,
}

/// A `target` of `patches` (or a selector of `labels`...), ready to be asked.
#[derive(Debug, Default)]
pub struct Selector {}

impl Selector {
    /// Reads `group`, `version`, `kind`, `name`, `namespace`, `labelSelector` and `annotationSelector`.
    pub fn new(context: &mut Context, target: &Value) -> Result<Self, String> {
        let _ = (context, target);
        Ok(Self::default())
    }

    /// True if it selects an object that has or had one of these identities, the present one last.
    pub fn selects(
        &self,
        context: &mut Context,
        object: &Value,
        identities: &[Identity],
    ) -> Result<bool, String> {
        let _ = (context, object, identities);
        Ok(true)
    }
}
