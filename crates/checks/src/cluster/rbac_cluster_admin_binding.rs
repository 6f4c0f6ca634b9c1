//! Subject is bound to cluster-admin.

use crate::support::rbac::{self, BINDINGS};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// The ClusterRole `cluster-admin` allows everything. A program bound to it turns each of its own
    /// faults into the loss of the cluster. Bound by a RoleBinding it is everything within one namespace.
    ///
    /// ## How to fix
    /// Write a role with the rights the program uses. Installers and GitOps controllers that really deploy
    /// anything should at least be guarded accordingly.
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
    ///   name: cluster-admin
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
    ///   name: cluster-admin
    /// subjects:
    ///   - kind: User
    ///     apiGroup: rbac.authorization.k8s.io
    ///     name: jane
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
    ///   name: cluster-admin
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
    ///   name: cluster-admin
    /// subjects:
    ///   - kind: Group
    ///     apiGroup: rbac.authorization.k8s.io
    ///     name: developers
    ///   - kind: ServiceAccount
    ///     name: tiller
    ///     namespace: kube-system
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
    ///   name: view
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
    ///   name: cluster-admin-view
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
    ///   name: cluster-admin
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
    ///   name: cluster-admin
    ///   labels:
    ///     kubernetes.io/bootstrapping: rbac-defaults
    /// roleRef:
    ///   apiGroup: rbac.authorization.k8s.io
    ///   kind: ClusterRole
    ///   name: cluster-admin
    /// subjects:
    ///   - kind: Group
    ///     apiGroup: rbac.authorization.k8s.io
    ///     name: system:masters
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-cluster-admin-binding",
        title: "Subject is bound to cluster-admin",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::Critical,
        severity_reason: "cluster-admin is every right in the cluster",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "practices:RBAC-3",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "cis-k8s:5.1.1",
        ],
        remediation: "Bind a role made of the rights that are used; keep cluster-admin for a handful \
                      of people and emergencies.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0111", "kube-linter:cluster-admin-role-binding"],
        docs: DOCS,
    },
    subject: Subject::Object(BINDINGS, judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let binding = rbac::binding(object, out);
    if !binding.to_cluster_role || binding.role != "cluster-admin" || rbac::is_own_setup(&binding) {
        return;
    }
    let Some(first) = binding.subjects.first() else { return };
    let others = match binding.subjects.len() - 1 {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    let (what, severity) = if binding.is_cluster_wide() {
        ("administrator of the whole cluster".to_owned(), Severity::Critical)
    } else {
        (format!("administrator of namespace `{}`", object.namespace()), Severity::High)
    };
    let lenient = binding.subjects.iter().all(rbac::is_control_plane);
    let severity = if lenient { rbac::lower(severity) } else { severity };
    let draft = out.fail(
        binding.role_name(),
        format!("{} `{}` makes {}{others} {what}", object.kind, object.name(), first.label()),
    );
    draft.severity(severity);
    for subject in binding.subjects.iter().take(5) {
        draft.related(subject.node, "becomes administrator");
    }
}
