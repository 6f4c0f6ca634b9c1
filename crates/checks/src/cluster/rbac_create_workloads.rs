//! Role may create or change workloads.

use crate::support::rbac::{self, ROLES, Star, WRITES, namespaced};
use check::kube::rbac::{Ask, Power};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Creating or changing a Deployment, DaemonSet, StatefulSet, Job or any other controller is creating
    /// pods by another name, and changing a pod gives it another image. A DaemonSet puts them on every node. Operators need this in the namespaces
    /// they serve, seldom in all.
    ///
    /// ## How to fix
    /// Bind the role per namespace with RoleBindings instead of cluster-wide, and let Pod Security
    /// admission limit what the pods may be.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["apps"]
    ///     resources: ["deployments"]
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
    ///   - apiGroups: ["apps"]
    ///     resources: ["statefulsets", "daemonsets", "replicasets"]
    ///     verbs: ["patch"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["batch"]
    ///     resources: ["jobs", "cronjobs"]
    ///     verbs: ["*"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["replicationcontrollers"]
    ///     verbs: ["create"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata: {name: images, namespace: shop}
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["pods"]
    ///     verbs: ["get", "patch"]
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["apps"]
    ///     resources: ["deployments", "statefulsets"]
    ///     verbs: ["get", "list", "watch"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["apps"]
    ///     resources: ["deployments/scale"]
    ///     verbs: ["update", "patch"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["apps"]
    ///     resources: ["deployments"]
    ///     verbs: ["patch"]
    ///     resourceNames: ["web"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["deployments"]
    ///     verbs: ["create"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-create-workloads",
        title: "Role may create or change workloads",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "a controller makes pods for the holder, with any service account, Secret and \
                      security context of the namespace",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "cis-k8s:5.1.4",
        ],
        remediation: "Use a Role bound in the namespaces that the holder manages, and enforce a Pod \
                      Security level there.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0048"],
        docs: DOCS,
    },
    subject: Subject::Object(ROLES, judge),
};

static POWER: Power = namespaced(
    "create or change workloads",
    &[
        // A new image in a pod that runs is run with the rights of that pod.
        Ask::on("", "pods", "", &["update", "patch"]),
        Ask::on("apps", "deployments", "", WRITES),
        Ask::on("apps", "daemonsets", "", WRITES),
        Ask::on("apps", "statefulsets", "", WRITES),
        Ask::on("apps", "replicasets", "", WRITES),
        Ask::on("batch", "jobs", "", WRITES),
        Ask::on("batch", "cronjobs", "", WRITES),
        Ask::on("", "replicationcontrollers", "", WRITES),
        Ask::on("extensions", "deployments", "", WRITES),
        Ask::on("extensions", "daemonsets", "", WRITES),
        Ask::on("extensions", "replicasets", "", WRITES),
    ],
);

fn judge<'a>(role: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    rbac::judge(role, cx, out, (Severity::High, &POWER, Star::Named));
}
