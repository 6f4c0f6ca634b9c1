//! Role may use the kubelets' own interface.

use crate::support::rbac::{self, ROLES, Star, cluster_wide};
use check::kube::rbac::{Ask, Power};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// `nodes/proxy` reaches the whole interface of the kubelets, which includes running commands in any
    /// pod of the node. `get` is enough: the kubelet opens its exec stream by GET over WebSocket.
    ///
    /// ## How to fix
    /// Monitoring needs `nodes/metrics`, `nodes/stats` or, with newer kubelets, `nodes/healthz` and
    /// `nodes/pods`; grant `get` on these instead.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["nodes/proxy"]
    ///     verbs: ["get"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["nodes", "nodes/proxy"]
    ///     verbs: ["get", "list", "create"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["nodes/proxy"]
    ///     verbs: ["*"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata:
    ///   name: operator
    ///   namespace: shop
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["nodes/proxy"]
    ///     verbs: ["get", "create"]
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["nodes", "nodes/metrics", "nodes/stats"]
    ///     verbs: ["get", "list"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["metrics.k8s.io"]
    ///     resources: ["nodes"]
    ///     verbs: ["get", "list"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-nodes-proxy",
        title: "Role may use the kubelets' own interface",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::Critical,
        severity_reason: "the kubelet runs commands in every pod of its node on request, without admission \
                      control and without the API server's audit log",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "cis-k8s:5.1.10",
        ],
        remediation: "Remove `nodes/proxy`; for metrics grant `get` on `nodes/metrics` or \
                      `nodes/stats` instead.",
        since: "0.1.0",
        aliases: &["checkov:CKV2_K8S_2", "trivy:KSV-0047"],
        docs: DOCS,
    },
    subject: Subject::Object(ROLES, judge),
};

static POWER: Power = cluster_wide(
    "use the kubelets' own interface",
    &[Ask::on("", "nodes", "proxy", &["get", "create", "update", "patch", "delete"])],
);

fn judge<'a>(role: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    rbac::judge(role, cx, out, (Severity::Critical, &POWER, Star::Named));
}
