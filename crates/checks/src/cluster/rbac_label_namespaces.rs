//! Role may change labels of namespaces.

use crate::support::rbac::{self, ROLES, Star, cluster_wide};
use check::kube::rbac::{Ask, Power};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Pod Security admission reads its level from labels of the namespace, NetworkPolicies and webhooks
    /// select namespaces by label. Whoever may update or patch namespaces may lift these protections.
    /// Creating or deleting namespaces is not the matter of this check.
    ///
    /// ## How to fix
    /// Limit changes by `resourceNames`, and protect the labels with an admission policy.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["namespaces"]
    ///     verbs: ["patch"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["namespaces"]
    ///     verbs: ["get", "update"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["namespaces"]
    ///     verbs: ["*"]
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
    ///     resources: ["namespaces"]
    ///     verbs: ["get", "list", "watch", "create", "delete"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["namespaces"]
    ///     verbs: ["patch"]
    ///     resourceNames: ["shop"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["namespaces/status"]
    ///     verbs: ["patch"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-label-namespaces",
        title: "Role may change labels of namespaces",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "Pod Security levels and many policies hang on the labels of namespaces; changing \
                      one switches them off",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "practices:K8S-3",
            "practices:K8S-4",
            "owasp-k8s-2022:K04",
            "owasp-k8s-2025:K04",
        ],
        remediation: "Remove `update` and `patch` on namespaces, or name the namespaces in \
                      `resourceNames`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(ROLES, judge),
};

static POWER: Power =
    cluster_wide("change the labels of namespaces", &[Ask::on("", "namespaces", "", &["update", "patch"])]);

fn judge<'a>(role: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    rbac::judge(role, cx, out, (Severity::High, &POWER, Star::Named));
}
