//! `namePrefix` and `nameSuffix`.

use super::fieldspec::{self, FieldSpec, Gvk, Make};
use super::scalar;
use crate::context::Context;
use crate::text::{Text, TextBuf};
use crate::value::Value;

/// Kinds that keep their names: other objects refer to them in ways that Kustomize does not follow.
const KEEP: [(&str, &str); 3] = [
    ("", "Namespace"),
    ("apiextensions.k8s.io", "CustomResourceDefinition"),
    ("apiregistration.k8s.io", "APIService"),
];

fn keeps_its_name(object: &Value, spec: &FieldSpec) -> bool {
    let gvk = Gvk::of(object);
    spec.path == "metadata/name"
        && spec.gvk.kind.is_empty()
        && KEEP.iter().any(|(group, kind)| (group.is_empty() || gvk.group == *group) && gvk.kind == *kind)
}

fn affix(
    context: &mut Context,
    object: &mut Value,
    specs: &[FieldSpec],
    join: impl Fn(&mut TextBuf, &Text),
) -> Result<(), String> {
    for spec in specs {
        if keeps_its_name(object, spec) {
            continue;
        }
        fieldspec::apply(context, object, spec, Make::Scalar, &mut |context, place| {
            let old = scalar::text(&mut context.origins, place).unwrap_or_default();
            let mut name = TextBuf::default();
            join(&mut name, &old);
            context.budget.take(name.len())?;
            *place = Value::Str(name.finish());
            Ok(())
        })?;
    }
    Ok(())
}

/// Puts `prefix` before the names at the fields of `specs`. Kinds that keep their names (CRDs, namespaces,
/// API services) are left alone, unless a spec names them.
pub fn prefix(
    context: &mut Context,
    object: &mut Value,
    prefix: &Text,
    specs: &[FieldSpec],
) -> Result<(), String> {
    affix(context, object, specs, |name, old| {
        name.push_text(prefix);
        name.push_text(old);
    })
}

/// Puts `suffix` behind the names at the fields of `specs`, as [`prefix()`] does.
pub fn suffix(
    context: &mut Context,
    object: &mut Value,
    suffix: &Text,
    specs: &[FieldSpec],
) -> Result<(), String> {
    affix(context, object, specs, |name, old| {
        name.push_text(old);
        name.push_text(suffix);
    })
}
