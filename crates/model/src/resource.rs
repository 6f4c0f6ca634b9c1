//! The identity of a thing that is judged.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Identity of a resource: what the graph, exceptions and fingerprints are keyed by.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ResourceId {
    /// Who defines the kind: `kubernetes`, `dockerfile`, `compose`.
    pub provider: String,
    /// Kind as the provider names it: `Deployment`, `Stage`, `Service`. For Kubernetes without the group.
    pub kind: String,
    /// Namespace; empty for cluster-scoped things and for providers without namespaces.
    pub namespace: String,
    /// Name within provider, kind and namespace.
    pub name: String,
}

impl fmt::Display for ResourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [&self.namespace, &self.kind, &self.name];
        let mut separator = "";
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            write!(f, "{separator}{part}")?;
            separator = "/";
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::ResourceId;

    #[test]
    fn shows_only_the_parts_there_are() {
        let mut id = ResourceId { kind: "ClusterConfiguration".into(), ..ResourceId::default() };
        assert_eq!(id.to_string(), "ClusterConfiguration");
        id.name = "x".into();
        id.namespace = "n".into();
        assert_eq!(id.to_string(), "n/ClusterConfiguration/x");
    }
}
