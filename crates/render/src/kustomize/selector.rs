//! Which objects a patch or a replacement is for.

use super::fieldspec::Gvk;
use super::pattern::Pattern;
use super::query::Query;
use super::{scalar, schema};
use crate::context::Context;
use crate::origin::Origins;
use crate::value::Value;
use std::collections::BTreeMap;

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

impl Identity {
    /// The namespace it is in: `default` if none is written.
    pub fn effective_namespace(&self) -> &str {
        if schema::is_cluster_scoped(&self.gvk) {
            "_non_namespaceable_"
        } else if self.namespace.is_empty() {
            "default"
        } else {
            &self.namespace
        }
    }
}

/// A `target` of `patches`, or a `select` or `reject` of replacements, ready to be asked.
#[derive(Debug, Default)]
pub struct Selector {
    group: Option<Pattern>,
    version: Option<Pattern>,
    kind: Option<Pattern>,
    name: Option<Pattern>,
    namespace: Option<Pattern>,
    labels: Option<Query>,
    annotations: Option<Query>,
}

fn field(origins: &Origins, target: &Value, name: &str) -> String {
    let value = target.as_map().and_then(|map| map.get(name));
    value.and_then(|value| scalar::plain(origins, &value)).unwrap_or_default()
}

fn fits(pattern: Option<&Pattern>, text: &str) -> bool {
    pattern.is_none_or(|pattern| pattern.matches(text))
}

impl Selector {
    /// Reads `group`, `version`, `kind`, `name`, `namespace`, `labelSelector` and `annotationSelector`.
    pub fn new(context: &mut Context, target: &Value) -> Result<Self, String> {
        context.budget.step(1)?;
        let text = |name: &str| Some(field(&context.origins, target, name)).filter(|text| !text.is_empty());
        let pattern = |name: &str| text(name).map(|text| Pattern::whole(&text)).transpose();
        let query = |name: &str| text(name).map(|text| Query::parse(&text)).transpose();
        Ok(Self {
            group: pattern("group")?,
            version: pattern("version")?,
            kind: pattern("kind")?,
            name: pattern("name")?,
            namespace: pattern("namespace")?,
            labels: query("labelSelector")?,
            annotations: query("annotationSelector")?,
        })
    }

    /// True if it selects an object that has or had one of these identities, the present one last. Name and
    /// namespace may be the old ones, the kind must be the present one.
    pub fn selects(
        &self,
        context: &mut Context,
        object: &Value,
        identities: &[Identity],
    ) -> Result<bool, String> {
        context.budget.step(1)?;
        let Some(present) = identities.last() else { return Ok(false) };
        let kind = fits(self.group.as_ref(), &present.gvk.group)
            && fits(self.version.as_ref(), &present.gvk.version)
            && fits(self.kind.as_ref(), &present.gvk.kind);
        let any = |test: &dyn Fn(&Identity) -> bool| identities.iter().any(test);
        Ok(kind
            && any(&|id| fits(self.namespace.as_ref(), id.effective_namespace()))
            && any(&|id| fits(self.name.as_ref(), &id.name))
            && self.fits_metadata(&context.origins, object))
    }

    /// True if it selects this very identity.
    pub fn fits_identity(&self, id: &Identity) -> bool {
        fits(self.group.as_ref(), &id.gvk.group)
            && fits(self.version.as_ref(), &id.gvk.version)
            && fits(self.kind.as_ref(), &id.gvk.kind)
            && fits(self.name.as_ref(), &id.name)
            && fits(self.namespace.as_ref(), id.effective_namespace())
    }

    /// True if labels and annotations are as asked for.
    pub fn fits_metadata(&self, origins: &Origins, object: &Value) -> bool {
        let fits = |query: Option<&Query>, key: &str| {
            query.is_none_or(|query| query.matches(&metadata(origins, object, key)))
        };
        fits(self.labels.as_ref(), "labels") && fits(self.annotations.as_ref(), "annotations")
    }

    /// True if it asks for labels or annotations.
    pub fn has_queries(&self) -> bool {
        self.labels.is_some() || self.annotations.is_some()
    }

    /// True if it asks for a kind, name or namespace.
    pub fn has_identity(&self) -> bool {
        [&self.group, &self.version, &self.kind, &self.name, &self.namespace].into_iter().any(Option::is_some)
    }
}

/// The labels or annotations of an object.
fn metadata(origins: &Origins, object: &Value, key: &str) -> BTreeMap<String, String> {
    let found = object.as_map().and_then(|map| map.get("metadata"));
    let found = found.as_ref().and_then(Value::as_map).and_then(|map| map.get(key));
    let Some(map) = found.as_ref().and_then(Value::as_map) else { return BTreeMap::new() };
    let text = |value: &Value| scalar::plain(origins, value).unwrap_or_default();
    map.snapshot().iter().map(|(key, value)| (key.to_string(), text(value))).collect()
}

#[cfg(test)]
mod tests {
    //! Expected values were made with `kubectl kustomize`.

    use super::*;
    use crate::kustomize::testing::read;

    #[test]
    fn selects_by_expressions() {
        let mut context = Context::new(0);
        let object = read(
            &mut context,
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: c1, labels: {a: x}, annotations: {b: z}}}",
        );
        let id = |name: &str| Identity { gvk: Gvk::of(&object), name: name.into(), namespace: String::new() };
        for (target, expected) in [
            ("{}", true),
            ("{kind: ConfigMap}", true),
            ("{kind: Config}", false),
            ("{kind: 'Config.*', version: 'v.*'}", true),
            ("{group: $}", true),
            ("{name: old}", true),
            ("{name: c1|c2}", true),
            ("{name: c}", false),
            ("{name: ^c1$}", true),
            ("{name: (?i)C1}", true),
            ("{namespace: default}", true),
            ("{namespace: other}", false),
            ("{labelSelector: a=x}", true),
            ("{annotationSelector: '!b'}", false),
        ] {
            let target_value = read(&mut context, target);
            let selector = Selector::new(&mut context, &target_value).unwrap();
            let found = selector.selects(&mut context, &object, &[id("old"), id("c1")]).unwrap();
            assert_eq!(found, expected, "{target}");
        }
        let bad = read(&mut context, "{name: 'c['}");
        assert!(Selector::new(&mut context, &bad).unwrap_err().starts_with("error parsing regexp: "));
    }
}
