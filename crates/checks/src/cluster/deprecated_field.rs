//! Deprecated field is used.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Some fields outlive their purpose: they are still accepted, but nothing looks at them any more, or a release to come
    /// takes them away.
    ///
    /// ## How to fix
    /// Use the successor that the message names.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, type: LoadBalancer, loadBalancerIP: 10.0.0.1}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, topologyKeys: ["*"]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: PersistentVolume
    /// metadata: {name: data}
    /// spec: {persistentVolumeReclaimPolicy: Recycle}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    ///   volumes: [{name: data, flexVolume: {driver: example.com/x}}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: web, annotations: {kubernetes.io/enforce-mountable-secrets: "true"}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   rollbackTo: {revision: 1}
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, trafficDistribution: PreferClose}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: PersistentVolume
    /// metadata: {name: data}
    /// spec: {persistentVolumeReclaimPolicy: Retain}
    /// ```
    ///
    /// ```yaml kubernetes=1.20
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, topologyKeys: ["*"]}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "deprecated-field",
        title: "Deprecated field is used",
        area: Area::Cluster,
        topic: "api-versions",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "newer versions of Kubernetes ignore or drop the field, so that what it asks \
                      for may silently not happen",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["nsa-cisa:upgrade/versions"],
        remediation: "Use what the message names in the place of the field.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["*"], judge),
};

/// Kind, route, minor version that deprecated the field, what it is now.
const FIELDS: &[(&str, &[&str], u32, &str)] = &[
    ("Service", &["spec", "loadBalancerIP"], 24, "use the annotations of the provider or the Gateway API"),
    ("Service", &["spec", "topologyKeys"], 21, "gone since 1.22: use `trafficDistribution`"),
    ("Deployment", &["spec", "rollbackTo"], 9, "not part of apps/v1: use `kubectl rollout undo`"),
    ("DaemonSet", &["spec", "templateGeneration"], 9, "not part of apps/v1"),
    ("Node", &["spec", "configSource"], 22, "gone since 1.24: configure the kubelet by file"),
    ("Node", &["spec", "externalID"], 11, "nothing reads it"),
    (
        "ServiceAccount",
        &["metadata", "annotations", "kubernetes.io/enforce-mountable-secrets"],
        32,
        "keep Secrets apart by namespaces",
    ),
    ("PersistentVolume", &["spec", "flexVolume"], 23, "use a CSI driver"),
];

fn judge<'a>(object: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let minor = cx.settings.kubernetes_version.minor;
    for (kind, route, since, instead) in FIELDS {
        let node = object.root.path(route);
        if object.kind == *kind && object.is_builtin() && node.is_set() && minor >= *since {
            let field = route.last().copied().unwrap_or("");
            out.fail(node, format!("`{field}` is deprecated since Kubernetes 1.{since}: {instead}"));
        }
    }
    if object.is_any(&["PersistentVolume"]) {
        let policy = object.spec().get("persistentVolumeReclaimPolicy");
        if policy.is("Recycle") {
            out.fail(
                policy,
                "the reclaim policy `Recycle` is deprecated: make volumes dynamically and use `Delete`",
            );
        }
    }
    for pod in cx.inventory.pods_of(object) {
        for volume in pod.spec().get("volumes").items() {
            if volume.get("flexVolume").is_set() && minor >= 23 {
                out.fail(
                    volume.get("flexVolume"),
                    "`flexVolume` is deprecated since Kubernetes 1.23: use a CSI driver",
                );
            }
        }
    }
}
