//! Role may change or delete NetworkPolicies.

use crate::support::rbac::{self, MANAGES, ROLES, Star, namespaced};
use check::kube::rbac::{Ask, Power};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// NetworkPolicies add up to what pods may connect to. Who may delete them removes the walls; who may
    /// create them can allow anything, since policies only ever add.
    ///
    /// ## How to fix
    /// Let a deployment pipeline manage policies.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["networking.k8s.io"]
    ///     resources: ["networkpolicies"]
    ///     verbs: ["delete"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata:
    ///   name: operator
    ///   namespace: shop
    /// rules:
    ///   - apiGroups: ["networking.k8s.io"]
    ///     resources: ["networkpolicies"]
    ///     verbs: ["create", "update", "patch", "delete"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["networking.k8s.io"]
    ///     resources: ["networkpolicies", "ingresses"]
    ///     verbs: ["*"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["cilium.io"]
    ///     resources: ["ciliumnetworkpolicies"]
    ///     verbs: ["delete"]
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["networking.k8s.io"]
    ///     resources: ["networkpolicies"]
    ///     verbs: ["get", "list", "watch"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["networking.k8s.io"]
    ///     resources: ["ingresses"]
    ///     verbs: ["create"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-write-network-policies",
        title: "Role may change or delete NetworkPolicies",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "a deleted policy opens what it closed; an added one allows what was refused",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "practices:NET-1",
            "nsa-cisa:network/policies",
        ],
        remediation: "Remove the writing verbs on network policies, or grant them in single namespaces \
                      only.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0056"],
        docs: DOCS,
    },
    subject: Subject::Object(ROLES, judge),
};

static POWER: Power = namespaced(
    "change or delete network policies",
    &[
        Ask::on("networking.k8s.io", "networkpolicies", "", MANAGES),
        Ask::on("extensions", "networkpolicies", "", MANAGES),
        Ask::on("policy.networking.k8s.io", "adminnetworkpolicies", "", MANAGES),
        Ask::on("policy.networking.k8s.io", "baselineadminnetworkpolicies", "", MANAGES),
        Ask::on("cilium.io", "ciliumnetworkpolicies", "", MANAGES),
        Ask::on("cilium.io", "ciliumclusterwidenetworkpolicies", "", MANAGES),
        Ask::on("crd.projectcalico.org", "networkpolicies", "", MANAGES),
        Ask::on("crd.projectcalico.org", "globalnetworkpolicies", "", MANAGES),
    ],
);

fn judge<'a>(role: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    rbac::judge(role, cx, out, (Severity::Medium, &POWER, Star::Named));
}
