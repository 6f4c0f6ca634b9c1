//! Default service account gets rights.

use crate::support::rbac::{self, BINDINGS};
use check::kube::SubjectKind;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Pods without `serviceAccountName` run as `default`. Rights bound to it go to all of them, also to
    /// those deployed later by others who know nothing of it.
    ///
    /// ## How to fix
    /// Create a ServiceAccount, name it in the workload's `serviceAccountName`, and bind the role to it.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata:
    ///   name: operator
    /// roleRef:
    ///   apiGroup: rbac.authorization.k8s.io
    ///   kind: ClusterRole
    ///   name: operator
    /// subjects:
    ///   - kind: ServiceAccount
    ///     name: default
    ///     namespace: shop
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: RoleBinding
    /// metadata:
    ///   name: operator
    ///   namespace: shop
    /// roleRef:
    ///   apiGroup: rbac.authorization.k8s.io
    ///   kind: Role
    ///   name: operator
    /// subjects:
    ///   - kind: ServiceAccount
    ///     name: default
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: RoleBinding
    /// metadata:
    ///   name: operator
    ///   namespace: shop
    /// roleRef:
    ///   apiGroup: rbac.authorization.k8s.io
    ///   kind: ClusterRole
    ///   name: view
    /// subjects:
    ///   - kind: ServiceAccount
    ///     name: web
    ///     namespace: shop
    ///   - kind: ServiceAccount
    ///     name: default
    ///     namespace: shop
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata:
    ///   name: operator
    /// roleRef:
    ///   apiGroup: rbac.authorization.k8s.io
    ///   kind: ClusterRole
    ///   name: operator
    /// subjects:
    ///   - kind: User
    ///     apiGroup: rbac.authorization.k8s.io
    ///     name: system:serviceaccount:shop:default
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata:
    ///   name: operator
    /// roleRef:
    ///   apiGroup: rbac.authorization.k8s.io
    ///   kind: ClusterRole
    ///   name: operator
    /// subjects:
    ///   - kind: ServiceAccount
    ///     name: operator
    ///     namespace: shop
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata:
    ///   name: operator
    /// roleRef:
    ///   apiGroup: rbac.authorization.k8s.io
    ///   kind: ClusterRole
    ///   name: operator
    /// subjects:
    ///   - kind: Group
    ///     apiGroup: rbac.authorization.k8s.io
    ///     name: default
    ///   - kind: User
    ///     apiGroup: rbac.authorization.k8s.io
    ///     name: default
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-default-service-account",
        title: "Default service account gets rights",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "every pod of the namespace that names no service account gets these rights",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "practices:RBAC-2",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "cis-k8s:5.1.5",
            "nsa-cisa:auth/service-accounts",
            "owasp-k8s-2025:K09",
        ],
        remediation: "Make a service account for the one workload that needs the rights and bind that.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_42"],
        docs: DOCS,
    },
    subject: Subject::Object(BINDINGS, judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let binding = rbac::binding(object, out);
    for subject in &binding.subjects {
        if subject.kind == SubjectKind::ServiceAccount && subject.name == "default" {
            let (severity, scope) = if !binding.is_cluster_wide() {
                (Severity::Medium, format!("in namespace `{}`", object.namespace()))
            } else if binding.role == "cluster-admin" {
                (Severity::Critical, "in every namespace".to_owned())
            } else {
                (Severity::High, "in every namespace".to_owned())
            };
            let message = format!(
                "{} `{}` gives {} the role `{}` {scope}, and with it every pod that names no service account",
                object.kind,
                object.name(),
                subject.label(),
                binding.role,
            );
            out.fail(subject.node.get("name"), message)
                .severity(severity)
                .key(format!("{}/{}", subject.namespace, binding.role));
        }
    }
}
