//! Service account in a ClusterRoleBinding has no namespace.

use crate::support::rbac::{self, BINDINGS};
use check::kube::SubjectKind;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A service account is named by its namespace and its name. A RoleBinding supplies its own namespace;
    /// in a ClusterRoleBinding there is none to supply, and the API server refuses it.
    ///
    /// ## How to fix
    /// Write the namespace of the service account into the subject. Kustomize and Helm do not always add
    /// it.
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
    ///     name: operator
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
    ///   name: view
    /// subjects:
    ///   - kind: ServiceAccount
    ///     name: web
    ///     namespace: shop
    ///   - kind: ServiceAccount
    ///     name: operator
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
    ///     name: operator
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
    ///     name: developers
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-subject-without-namespace",
        title: "Service account in a ClusterRoleBinding has no namespace",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the API server refuses the binding, so the rights are missing",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "practices:RBAC-3",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
        ],
        remediation: "Add `namespace` to the subject.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(BINDINGS, judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let binding = rbac::binding(object, out);
    for subject in &binding.subjects {
        let account = subject.kind == SubjectKind::ServiceAccount && binding.is_cluster_wide();
        if account && subject.namespace.is_empty() && !subject.name.is_empty() {
            let message = format!(
                "ClusterRoleBinding `{}` names the service account `{}` without its namespace",
                object.name(),
                subject.name,
            );
            out.fail(subject.node.get("name"), message).key(subject.name);
        }
    }
}
