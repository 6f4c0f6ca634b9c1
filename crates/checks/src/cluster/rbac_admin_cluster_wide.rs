//! Subject may administer or edit every namespace.

use crate::support::rbac::{self, BINDINGS};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// The ClusterRoles `admin` and `edit` are made to be bound in single namespaces. Bound by a
    /// ClusterRoleBinding they cover `kube-system`, whose service accounts and Secrets lead to the rest of
    /// the cluster.
    ///
    /// ## How to fix
    /// Replace the ClusterRoleBinding by RoleBindings in the namespaces of the team or program.
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
    ///   name: admin
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
    ///   name: edit
    /// subjects:
    ///   - kind: Group
    ///     apiGroup: rbac.authorization.k8s.io
    ///     name: developers
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: RoleBinding
    /// metadata:
    ///   name: operator
    ///   namespace: shop
    /// roleRef:
    ///   apiGroup: rbac.authorization.k8s.io
    ///   kind: ClusterRole
    ///   name: admin
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
    ///   name: view
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
    ///   kind: ClusterRole
    ///   name: edit
    /// subjects:
    ///   - kind: User
    ///     apiGroup: rbac.authorization.k8s.io
    ///     name: jane
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-admin-cluster-wide",
        title: "Subject may administer or edit every namespace",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "admin and edit include reading Secrets, running commands in pods and deploying \
                      as any service account, in kube-system as well",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "practices:RBAC-3",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "cis-k8s:5.1.1",
            "cis-k8s:5.1.2",
        ],
        remediation: "Bind `admin` or `edit` with RoleBindings in the namespaces that are meant.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0111"],
        docs: DOCS,
    },
    subject: Subject::Object(BINDINGS, judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let binding = rbac::binding(object, out);
    let wide = binding.is_cluster_wide() && matches!(binding.role, "admin" | "edit");
    if let Some(first) = binding.subjects.first().filter(|_| wide && !rbac::is_own_setup(&binding)) {
        let message = format!(
            "{} `{}` gives {} the role `{}` in every namespace, `kube-system` included",
            object.kind,
            object.name(),
            first.label(),
            binding.role,
        );
        out.fail(binding.role_name(), message).related(first.node, "gets the role");
    }
}
