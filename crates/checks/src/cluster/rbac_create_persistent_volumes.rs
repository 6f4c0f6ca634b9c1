//! Role may create persistent volumes.

use crate::support::rbac::{self, ROLES, Star, WRITES, cluster_wide};
use check::kube::rbac::{Ask, Power};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Pod Security forbids hostPath volumes in pods, but does not look behind a claim. Whoever creates a
    /// PersistentVolume with a hostPath, and a claim for it, mounts the node's file system.
    ///
    /// ## How to fix
    /// Storage provisioners need this; applications use PersistentVolumeClaims with a StorageClass.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["persistentvolumes"]
    ///     verbs: ["create"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["persistentvolumes", "persistentvolumeclaims"]
    ///     verbs: ["get", "list", "create", "update"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["persistentvolumes"]
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
    ///     resources: ["persistentvolumeclaims"]
    ///     verbs: ["create"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["persistentvolumes"]
    ///     verbs: ["get", "list", "watch"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-create-persistent-volumes",
        title: "Role may create persistent volumes",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "a PersistentVolume of type hostPath gives any pod that claims it the node's file \
                      system, past Pod Security admission",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "cis-k8s:5.1.9",
        ],
        remediation: "Remove `create` on `persistentvolumes`; let a StorageClass provision volumes for \
                      claims.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(ROLES, judge),
};

static POWER: Power =
    cluster_wide("create persistent volumes", &[Ask::on("", "persistentvolumes", "", WRITES)]);

fn judge<'a>(role: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    rbac::judge(role, cx, out, (Severity::High, &POWER, Star::Named));
}
