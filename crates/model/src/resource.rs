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
        if self.namespace.is_empty() {
            write!(f, "{}/{}", self.kind, self.name)
        } else {
            write!(f, "{}/{}/{}", self.namespace, self.kind, self.name)
        }
    }
}
