//! Binding gives rights to a service account of another namespace.

use crate::support::rbac::{self, BINDINGS};
use check::kube::SubjectKind;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A RoleBinding may name a service account of another namespace. Everyone who can deploy there can
    /// then act here, which is easily overlooked when namespaces separate teams.
    ///
    /// ## How to fix
    /// Central components such as monitoring do this by design; for applications use a service account of
    /// the same namespace.
    ///
    /// ## Fails
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
    ///     namespace: other
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
    ///     name: operator
    ///     namespace: shop
    ///   - kind: ServiceAccount
    ///     name: deployer
    ///     namespace: build
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
    ///   kind: Role
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
    ///   - kind: ServiceAccount
    ///     name: operator
    ///     namespace: other
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-cross-namespace-subject",
        title: "Binding gives rights to a service account of another namespace",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "it is often meant, but whoever controls the other namespace holds the role",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "practices:RBAC-3",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
        ],
        remediation: "Make sure that the other namespace is as well guarded as this one, or use a \
                      service account of this namespace.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(BINDINGS, judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let binding = rbac::binding(object, out);
    let (Some(here), false) = (object.declared_namespace(), binding.is_cluster_wide()) else { return };
    for subject in &binding.subjects {
        if subject.kind == SubjectKind::ServiceAccount && subject.namespace != here {
            let message = format!(
                "RoleBinding `{}` gives {} rights in namespace `{here}`",
                object.name(),
                subject.label(),
            );
            out.fail(subject.node, message).key(format!("{}/{}", subject.namespace, subject.name));
        }
    }
}
