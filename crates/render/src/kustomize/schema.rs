//! What is known of built-in kinds: which of their lists are merged by which keys, and whether they belong to
//! the cluster.

use super::fieldspec::Gvk;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A list or map inside of a shape.
#[derive(Debug)]
struct Field {
    /// The keys that tell items apart; none for a list of scalars. `None` if this is no merged list.
    keys: Option<Vec<&'static str>>,
    /// The shape of the items, or of the map.
    shape: Option<&'static str>,
}

/// The fields of a map that matter to merging.
#[derive(Clone, Copy, Debug)]
pub struct Shape(&'static HashMap<&'static str, Field>);

#[derive(Debug, Default)]
struct Known {
    shapes: HashMap<&'static str, HashMap<&'static str, Field>>,
    kinds: HashMap<(&'static str, &'static str), Kind>,
}

#[derive(Debug)]
struct Kind {
    cluster: bool,
    shape: &'static str,
}

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| read(include_str!("kinds.txt")))
}

fn read(text: &'static str) -> Known {
    let mut known = Known::default();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some(rest) = line.strip_prefix("type ") {
            let (name, fields) = rest.split_once(' ').unwrap_or((rest, ""));
            known.shapes.insert(name, fields.split(' ').map(field).collect());
        } else if let Some((head, kinds)) = line.split_once(": ") {
            let mut words = head.split(' ');
            let (Some(version), Some(scope), Some(shape)) = (words.next(), words.next(), words.next()) else {
                continue;
            };
            for kind in kinds.split(' ') {
                known.kinds.insert((version, kind), Kind { cluster: scope == "cluster", shape });
            }
        }
    }
    known
}

fn field(text: &'static str) -> (&'static str, Field) {
    let (head, shape) = text.split_once('=').map_or((text, None), |(head, shape)| (head, Some(shape)));
    match head.strip_suffix(']').and_then(|head| head.split_once('[')) {
        Some((name, keys)) => {
            let keys = keys.split(',').filter(|key| !key.is_empty()).collect();
            (name, Field { keys: Some(keys), shape })
        }
        None => (head, Field { keys: None, shape }),
    }
}

impl Shape {
    /// Of a built-in kind.
    pub fn of(api_version: &str, kind: &str) -> Option<Self> {
        let known = known();
        let entry = known.kinds.get(&(api_version, kind))?;
        known.shapes.get(entry.shape).map(Self)
    }

    /// The shape of a field's map, or of the items of its list.
    pub fn below(self, field: &str) -> Option<Self> {
        let shape = self.0.get(field)?.shape?;
        known().shapes.get(shape).map(Self)
    }

    /// The keys by which a field's list is merged, none for one of scalars; `None` if it is replaced.
    pub fn keys(self, field: &str) -> Option<&'static [&'static str]> {
        self.0.get(field)?.keys.as_deref()
    }
}

/// True if objects of this kind are known to belong to no namespace.
pub fn is_cluster_scoped(gvk: &Gvk) -> bool {
    let version =
        if gvk.group.is_empty() { gvk.version.to_string() } else { format!("{}/{}", gvk.group, gvk.version) };
    known().kinds.get(&(version.as_str(), gvk.kind.as_ref())).is_some_and(|kind| kind.cluster)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_kinds() {
        let shape = Shape::of("apps/v1", "Deployment").and_then(|s| s.below("spec")).unwrap();
        let pod = shape.below("template").and_then(|s| s.below("spec")).unwrap();
        assert_eq!(pod.keys("containers"), Some(["name"].as_slice()));
        assert_eq!(pod.keys("tolerations"), None);
        let container = pod.below("containers").unwrap();
        assert_eq!(container.keys("ports"), Some(["containerPort", "protocol"].as_slice()));
        assert_eq!(
            Shape::of("v1", "Secret").and_then(|s| s.below("metadata")).unwrap().keys("finalizers"),
            Some([].as_slice())
        );
        assert!(Shape::of("example.com/v1", "Deployment").is_none());
    }

    #[test]
    fn every_shape_exists() {
        for kind in known().kinds.values() {
            assert!(known().shapes.contains_key(kind.shape), "{}", kind.shape);
        }
        for shape in known().shapes.values().flat_map(HashMap::values).filter_map(|field| field.shape) {
            assert!(known().shapes.contains_key(shape), "{shape}");
        }
    }

    #[test]
    fn knows_scopes() {
        let gvk = |group: &'static str, version: &'static str, kind: &'static str| Gvk {
            group: group.into(),
            version: version.into(),
            kind: kind.into(),
        };
        assert!(is_cluster_scoped(&gvk("", "v1", "Namespace")));
        assert!(is_cluster_scoped(&gvk("rbac.authorization.k8s.io", "v1", "ClusterRole")));
        assert!(!is_cluster_scoped(&gvk("apps", "v1", "Deployment")));
        assert!(!is_cluster_scoped(&gvk("example.com", "v1", "ClusterThing")));
    }
}
