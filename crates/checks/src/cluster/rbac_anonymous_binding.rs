//! Anonymous users get rights.

use crate::support::rbac::{self, BINDINGS};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Requests without credentials count as the user `system:anonymous` in the group
    /// `system:unauthenticated`. A role bound to either is open to whoever reaches the API server. Public
    /// key discovery for service-account tokens is the one customary exception, and is reported at low
    /// severity.
    ///
    /// ## How to fix
    /// Bind the role to the identities that need it. For probes use `/livez` and `/readyz`, which are open
    /// by default.
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
    ///   - kind: User
    ///     apiGroup: rbac.authorization.k8s.io
    ///     name: system:anonymous
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
    ///   - kind: Group
    ///     apiGroup: rbac.authorization.k8s.io
    ///     name: system:unauthenticated
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
    ///     name: system:unauthenticated
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
    ///   name: system:service-account-issuer-discovery
    /// subjects:
    ///   - kind: Group
    ///     apiGroup: rbac.authorization.k8s.io
    ///     name: system:unauthenticated
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
    ///   - kind: Group
    ///     apiGroup: rbac.authorization.k8s.io
    ///     name: system:authenticated
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
    ///     namespace: shop
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata:
    ///   name: system:public-info-viewer
    ///   labels:
    ///     kubernetes.io/bootstrapping: rbac-defaults
    /// roleRef:
    ///   apiGroup: rbac.authorization.k8s.io
    ///   kind: ClusterRole
    ///   name: system:public-info-viewer
    /// subjects:
    ///   - kind: Group
    ///     apiGroup: rbac.authorization.k8s.io
    ///     name: system:unauthenticated
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: RoleBinding
    /// metadata:
    ///   name: kubeadm:bootstrap-signer-clusterinfo
    ///   namespace: kube-public
    /// roleRef:
    ///   apiGroup: rbac.authorization.k8s.io
    ///   kind: Role
    ///   name: kubeadm:bootstrap-signer-clusterinfo
    /// subjects:
    ///   - kind: User
    ///     apiGroup: rbac.authorization.k8s.io
    ///     name: system:anonymous
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-anonymous-binding",
        title: "Anonymous users get rights",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::Critical,
        severity_reason: "anyone who can connect to the API server holds the role, without logging in",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "practices:RBAC-3",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "nsa-cisa:auth/anonymous",
            "owasp-k8s-2022:K06",
            "owasp-k8s-2025:K09",
        ],
        remediation: "Remove `system:anonymous` and `system:unauthenticated` from the subjects.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0122"],
        docs: DOCS,
    },
    subject: Subject::Object(BINDINGS, judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let binding = rbac::binding(object, out);
    if rbac::is_own_setup(&binding) || binding.role == "system:public-info-viewer" {
        return;
    }
    for subject in binding.subjects.iter().filter(|s| s.is_anonymous()) {
        let severity = match binding.role {
            "system:service-account-issuer-discovery" => Severity::Low,
            "system:discovery" | "system:basic-user" => Severity::Medium,
            _ => Severity::Critical,
        };
        let message = format!(
            "{} `{}` gives {}, which is anyone without a login, the role `{}`",
            object.kind,
            object.name(),
            subject.label(),
            binding.role,
        );
        out.fail(subject.node.get("name"), message)
            .severity(severity)
            .key(format!("{}/{}", subject.name, binding.role));
    }
}
