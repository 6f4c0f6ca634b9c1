//! Role may write roles stronger than itself.

use crate::support::rbac::{self, ROLES, Star, namespaced, on_rbac};
use check::kube::rbac::Power;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// The API server lets nobody write a role with rights that the writer lacks, unless the writer has the
    /// verb `escalate` on roles. Whoever holds it can edit a role that it already has until that role
    /// allows everything. A verb `*` on roles contains `escalate`.
    ///
    /// ## How to fix
    /// List the verbs that are needed (`get`, `list`, `create`, `update`) and leave `escalate` out. A
    /// controller that hands out rights should hold those rights itself, or be limited by `resourceNames`.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["rbac.authorization.k8s.io"]
    ///     resources: ["clusterroles"]
    ///     verbs: ["escalate"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata:
    ///   name: operator
    ///   namespace: shop
    /// rules:
    ///   - apiGroups: ["rbac.authorization.k8s.io"]
    ///     resources: ["roles"]
    ///     verbs: ["get", "escalate"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["rbac.authorization.k8s.io"]
    ///     resources: ["clusterroles", "roles"]
    ///     verbs: ["*"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["*"]
    ///     resources: ["clusterroles"]
    ///     verbs: ["escalate", "update"]
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["rbac.authorization.k8s.io"]
    ///     resources: ["clusterroles"]
    ///     verbs: ["get", "list", "watch", "create", "update"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["clusterroles"]
    ///     verbs: ["escalate"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: monitoring
    /// aggregationRule:
    ///   clusterRoleSelectors:
    ///     - matchLabels:
    ///         example.com/aggregate-to-monitoring: "true"
    /// rules: []
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-escalate",
        title: "Role may write roles stronger than itself",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::Critical,
        severity_reason: "the holder can give itself every right in the cluster with one request",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "cis-k8s:5.1.8",
        ],
        remediation: "Remove the verb `escalate`; let the holder manage only roles made of rights it \
                      has itself.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_158", "trivy:KSV-0050"],
        docs: DOCS,
    },
    subject: Subject::Object(ROLES, judge),
};

static POWER: Power = namespaced(
    "write roles with more rights than their own",
    &[on_rbac("roles", &["escalate"]), on_rbac("clusterroles", &["escalate"])],
);

fn judge<'a>(role: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    rbac::judge_verb(role, cx, out, (Severity::Critical, &POWER, Star::AnyResource));
}
