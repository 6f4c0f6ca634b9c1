//! Role may write the status of Services.

use crate::support::rbac::{self, ROLES, Star, namespaced};
use check::kube::rbac::{Ask, Power};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// The status of a Service names the addresses of its load balancer. kube-proxy sends connections from
    /// inside the cluster to those addresses to the Service's pods, whatever they are: an attacker who
    /// writes the address of a public host there receives what pods send to that host.
    ///
    /// ## How to fix
    /// Grant `services/status` only to the controller that provisions load balancers.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["services/status"]
    ///     verbs: ["update", "patch"]
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
    ///     resources: ["services/status"]
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
    ///     resources: ["services/status"]
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
    ///     resources: ["services"]
    ///     verbs: ["get", "list", "update"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["services/status"]
    ///     verbs: ["get"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-write-service-status",
        title: "Role may write the status of Services",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "an address written there draws all traffic of the cluster for it to the Service \
                      (CVE-2020-8554)",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "practices:NET-6",
        ],
        remediation: "Remove `services/status`; only load-balancer controllers need it.",
        since: "0.1.0",
        aliases: &["checkov:CKV2_K8S_4"],
        docs: DOCS,
    },
    subject: Subject::Object(ROLES, judge),
};

static POWER: Power =
    namespaced("write the status of Services", &[Ask::on("", "services", "status", &["update", "patch"])]);

fn judge<'a>(role: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    rbac::judge(role, cx, out, (Severity::Medium, &POWER, Star::Named));
}
