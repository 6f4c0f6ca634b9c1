//! Any Kubernetes object.

use model::ResourceId;
use syntax::Node;

/// A Kubernetes object: a mapping with `apiVersion` and `kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Object<'a> {
    /// The object's own mapping (an item, where it came in a `List`).
    pub root: Node<'a>,
    /// `apiVersion`, as written.
    pub api_version: &'a str,
    /// `kind`, as written.
    pub kind: &'a str,
    /// Position in the inventory.
    pub index: usize,
}

/// Built-in kinds that live outside namespaces.
const CLUSTER_SCOPED: &[&str] = &[
    "APIService",
    "CSIDriver",
    "CSINode",
    "CertificateSigningRequest",
    "ClusterRole",
    "ClusterRoleBinding",
    "ClusterTrustBundle",
    "ComponentStatus",
    "CustomResourceDefinition",
    "DeviceClass",
    "FlowSchema",
    "GatewayClass",
    "IPAddress",
    "IngressClass",
    "MutatingAdmissionPolicy",
    "MutatingAdmissionPolicyBinding",
    "MutatingWebhookConfiguration",
    "Namespace",
    "Node",
    "PersistentVolume",
    "PodSecurityPolicy",
    "PriorityClass",
    "PriorityLevelConfiguration",
    "ResourceSlice",
    "RuntimeClass",
    "ServiceCIDR",
    "StorageClass",
    "StorageVersionMigration",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
    "ValidatingWebhookConfiguration",
    "VolumeAttachment",
    "VolumeAttributesClass",
    "VolumeSnapshotClass",
    "VolumeSnapshotContent",
];

impl<'a> Object<'a> {
    /// API group; empty for the core group.
    pub fn group(&self) -> &'a str {
        self.api_version.split_once('/').map_or("", |(group, _)| group)
    }

    /// API version without the group.
    pub fn version(&self) -> &'a str {
        self.api_version.split_once('/').map_or(self.api_version, |(_, version)| version)
    }

    /// True for kinds that Kubernetes itself defines: groups without a dot or under `k8s.io`.
    pub fn is_builtin(&self) -> bool {
        let group = self.group();
        !group.contains('.') || group == "k8s.io" || group.ends_with(".k8s.io")
    }

    /// True if it is one of `kinds`, in the notation of [`crate::Subject::Object`].
    pub fn is_any(&self, kinds: &[&str]) -> bool {
        kinds.iter().any(|k| match k.split_once('.') {
            Some((kind, group)) => kind == self.kind && group == self.group(),
            None => *k == "*" || (*k == self.kind && self.is_builtin()),
        })
    }

    /// `metadata.name`, or `metadata.generateName`, or the empty string.
    pub fn name(&self) -> &'a str {
        let metadata = self.metadata();
        metadata.get("name").scalar().or_else(|| metadata.get("generateName").scalar()).unwrap_or("")
    }

    /// `metadata.namespace` as written.
    pub fn declared_namespace(&self) -> Option<&'a str> {
        self.metadata().get("namespace").scalar().filter(|n| !n.is_empty())
    }

    /// The namespace it lands in: as written, else `default`; empty for cluster-scoped kinds.
    pub fn namespace(&self) -> &'a str {
        if self.is_cluster_scoped() { "" } else { self.declared_namespace().unwrap_or("default") }
    }

    /// True for built-in kinds that live outside namespaces, and for component configuration files.
    pub fn is_cluster_scoped(&self) -> bool {
        self.is_builtin()
            && (CLUSTER_SCOPED.contains(&self.kind)
                || self.group().ends_with("config.k8s.io")
                || self.kind.ends_with("Configuration"))
    }

    /// `metadata`.
    pub fn metadata(&self) -> Node<'a> {
        self.root.get("metadata")
    }

    /// `spec`.
    pub fn spec(&self) -> Node<'a> {
        self.root.get("spec")
    }

    /// `metadata.annotations`.
    pub fn annotations(&self) -> Node<'a> {
        self.metadata().get("annotations")
    }

    /// `metadata.labels`.
    pub fn labels(&self) -> Node<'a> {
        self.metadata().get("labels")
    }

    /// Where to point for a fault of the object as a whole: its name, else its kind.
    pub fn head(&self) -> Node<'a> {
        let name = self.metadata().get("name");
        if name.is_set() { name } else { self.root.get("kind") }
    }

    /// Its identity.
    pub fn id(&self) -> ResourceId {
        ResourceId {
            provider: "kubernetes".to_owned(),
            kind: self.kind.to_owned(),
            namespace: self.namespace().to_owned(),
            name: self.name().to_owned(),
        }
    }
}
