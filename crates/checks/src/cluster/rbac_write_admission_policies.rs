//! Role may write admission policies.

use crate::support::rbac::{self, MANAGES, ROLES, Star, cluster_wide};
use check::kube::rbac::{Ask, Power};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// ValidatingAdmissionPolicies and MutatingAdmissionPolicies with their bindings are evaluated by the
    /// API server itself. Who writes them can switch protections off or rewrite what others deploy.
    ///
    /// ## How to fix
    /// Grant read access; let a deployment pipeline with its own identity apply policies.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["admissionregistration.k8s.io"]
    ///     resources: ["validatingadmissionpolicies", "validatingadmissionpolicybindings"]
    ///     verbs: ["create", "update"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["admissionregistration.k8s.io"]
    ///     resources: ["mutatingadmissionpolicies"]
    ///     verbs: ["*"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["admissionregistration.k8s.io"]
    ///     resources: ["validatingadmissionpolicybindings"]
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
    ///   - apiGroups: ["admissionregistration.k8s.io"]
    ///     resources: ["validatingadmissionpolicies"]
    ///     verbs: ["get", "list", "watch"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-write-admission-policies",
        title: "Role may write admission policies",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "policies decide what may run; a mutating one changes every object it matches, a \
                      deleted one protects nothing",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "cis-k8s:5.1.12",
        ],
        remediation: "Limit changes with `resourceNames`, or keep policies in the hands of the \
                      cluster's administrators.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(ROLES, judge),
};

static POWER: Power = cluster_wide(
    "write admission policies",
    &[
        Ask::on("admissionregistration.k8s.io", "validatingadmissionpolicies", "", MANAGES),
        Ask::on("admissionregistration.k8s.io", "validatingadmissionpolicybindings", "", MANAGES),
        Ask::on("admissionregistration.k8s.io", "mutatingadmissionpolicies", "", MANAGES),
        Ask::on("admissionregistration.k8s.io", "mutatingadmissionpolicybindings", "", MANAGES),
    ],
);

fn judge<'a>(role: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    rbac::judge(role, cx, out, (Severity::High, &POWER, Star::Named));
}
