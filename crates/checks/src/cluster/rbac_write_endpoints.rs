//! Role may redirect the traffic of Services.

use crate::support::rbac::{self, ROLES, Star, WRITES, namespaced};
use check::kube::rbac::{Ask, Power};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Whoever writes Endpoints or EndpointSlices chooses the addresses behind a Service: traffic can be
    /// drawn to a pod that listens in, or an Ingress made to serve a pod of another namespace
    /// (CVE-2021-25740).
    ///
    /// ## How to fix
    /// Old leader election by Endpoints should move to `coordination.k8s.io` Leases. Grant writing with
    /// `resourceNames` where a controller must.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["endpoints"]
    ///     verbs: ["create", "update"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata:
    ///   name: operator
    ///   namespace: shop
    /// rules:
    ///   - apiGroups: ["discovery.k8s.io"]
    ///     resources: ["endpointslices"]
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
    ///     resources: ["services", "endpoints"]
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
    ///     resources: ["endpoints"]
    ///     verbs: ["get", "list", "watch"]
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
    ///     resources: ["endpoints"]
    ///     verbs: ["update", "patch"]
    ///     resourceNames: ["leader"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["discovery.k8s.io"]
    ///     resources: ["endpointslices"]
    ///     verbs: ["get", "list", "watch"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-write-endpoints",
        title: "Role may redirect the traffic of Services",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "Endpoints decide where connections to a Service go: to another namespace, past \
                      its policies, or to the attacker",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "practices:NET-6",
            "nsa-cisa:network/policies",
        ],
        remediation: "Remove the writing verbs on `endpoints` and `endpointslices`; leader election \
                      uses Leases.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0056"],
        docs: DOCS,
    },
    subject: Subject::Object(ROLES, judge),
};

static POWER: Power = namespaced(
    "redirect the traffic of Services",
    &[Ask::on("", "endpoints", "", WRITES), Ask::on("discovery.k8s.io", "endpointslices", "", WRITES)],
);

fn judge<'a>(role: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    rbac::judge(role, cx, out, (Severity::Medium, &POWER, Star::Named));
}
