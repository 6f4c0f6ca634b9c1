//! `namespace`.

use super::fieldspec::{self, FieldSpec, Gvk, Make};
use super::{scalar, schema};
use crate::context::Context;
use crate::value::Value;
use std::borrow::Cow;

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
    let gvk = Gvk::of(object);
    let set = |place: &mut Value| {
        let is_set = place.as_text().is_some_and(|text| !text.is_empty());
        if !(unset_only && is_set) {
            *place = namespace.clone();
        }
    };
    if !schema::is_cluster_scoped(&gvk) {
        let own = FieldSpec { gvk: Gvk::default(), path: Cow::Borrowed("metadata/namespace"), create: true };
        fieldspec::apply(context, object, &own, Make::Scalar, &mut |_, place| {
            set(place);
            Ok(())
        })?;
    }
    let is_binding = gvk.kind == "RoleBinding" || gvk.kind == "ClusterRoleBinding";
    if is_binding {
        set_subjects(object, subjects, &set);
    }
    for spec in specs {
        let mine = spec.path == "metadata/namespace" || is_binding && spec.path == "subjects";
        if mine {
            continue;
        }
        fieldspec::apply(context, object, spec, Make::Scalar, &mut |_, place| {
            if matches!(place, Value::Map(..) | Value::List(..)) {
                return Err(format!(
                    "wrong node kind: expected ScalarNode but got {}",
                    scalar::node_kind(place)
                ));
            }
            set(place);
            Ok(())
        })?;
    }
    Ok(())
}

fn set_subjects(object: &Value, subjects: Subjects, set: &dyn Fn(&mut Value)) {
    let list = object.as_map().and_then(|map| map.get("subjects"));
    for subject in list.as_ref().and_then(Value::as_items).unwrap_or_default() {
        let Some(map) = subject.as_map() else { continue };
        let is = |field: &str, text: &str| {
            map.get(field)
                .as_ref()
                .and_then(Value::as_text)
                .is_some_and(|value| value.bytes() == text.as_bytes())
        };
        let chosen = match subjects {
            Subjects::DefaultOnly => is("name", "default"),
            Subjects::AllServiceAccounts => is("kind", "ServiceAccount"),
            Subjects::None => false,
        };
        if chosen {
            let mut place = map.get("namespace").unwrap_or(Value::NIL);
            set(&mut place);
            map.insert("namespace", place);
        }
    }
}
