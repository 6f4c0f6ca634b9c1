//! Role may approve certificate requests.

use crate::support::rbac::{self, ROLES, Star, cluster_wide};
use check::kube::rbac::{Ask, Power};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Client certificates carry a user name and groups. Who approves certificate requests decides who is
    /// who; for the signer `kubernetes.io/kube-apiserver-client` there is no other check, and certificates
    /// can't be taken back. Approving needs both `update` on `certificatesigningrequests/approval` and
    /// `approve` on the signer.
    ///
    /// ## How to fix
    /// Limit `approve` and `sign` with `resourceNames` to the signer that is meant, such as
    /// `kubernetes.io/kubelet-serving`.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["certificates.k8s.io"]
    ///     resources: ["certificatesigningrequests/approval"]
    ///     verbs: ["update", "patch"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["certificates.k8s.io"]
    ///     resources: ["signers"]
    ///     verbs: ["approve"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["certificates.k8s.io"]
    ///     resources: ["certificatesigningrequests/approval"]
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
    ///   - apiGroups: ["certificates.k8s.io"]
    ///     resources: ["certificatesigningrequests"]
    ///     verbs: ["get", "list", "watch", "create"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["certificates.k8s.io"]
    ///     resources: ["signers"]
    ///     verbs: ["approve"]
    ///     resourceNames: ["kubernetes.io/kubelet-serving"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-approve-certificates",
        title: "Role may approve certificate requests",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "an approved request of the API-client signer is a credential of any user, which \
                      can not be revoked",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "cis-k8s:5.1.11",
        ],
        remediation: "Remove the writing verbs on `certificatesigningrequests/approval` and `approve` \
                      on signers, or name the signer in `resourceNames`.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_156"],
        docs: DOCS,
    },
    subject: Subject::Object(ROLES, judge),
};

static POWER: Power = cluster_wide(
    "approve certificate requests",
    &[
        Ask::on("certificates.k8s.io", "certificatesigningrequests", "approval", &["update", "patch"]),
        Ask::on("certificates.k8s.io", "signers", "", &["approve", "sign"]),
        Ask::on("certificates.k8s.io", "certificatesigningrequests", "status", &["update", "patch"]),
    ],
);

fn judge<'a>(role: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    rbac::judge(role, cx, out, (Severity::High, &POWER, Star::Named));
}
