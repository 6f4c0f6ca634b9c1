//! Role covers every API group.

use crate::support::rbac::{self, ROLES, Reach};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A rule for the API group `*` covers any resource of the given name, whoever defines it, so its
    /// meaning changes with every installed custom resource.
    ///
    /// ## How to fix
    /// Write `""` for the core group, `apps`, `batch` and so on, one rule for each group.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["*"]
    ///     resources: ["pods"]
    ///     verbs: ["get"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata:
    ///   name: operator
    ///   namespace: shop
    /// rules:
    ///   - apiGroups: ["*"]
    ///     resources: ["deployments", "jobs"]
    ///     verbs: ["create"]
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
    ///     resources: ["pods"]
    ///     verbs: ["get", "list", "watch"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["apps", "batch"]
    ///     resources: ["deployments", "jobs"]
    ///     verbs: ["get"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["*"]
    ///     resources: ["*"]
    ///     verbs: ["*"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["*"]
    ///     resources: ["*/scale"]
    ///     verbs: ["get", "update"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-wildcard-groups",
        title: "Role covers every API group",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "only resources of the same name in other groups are added; what those are \
                      changes with what is installed",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "cis-k8s:5.1.3",
        ],
        remediation: "Name the API group of each resource; the core group is the empty string.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_49", "kube-linter:wildcard-in-rules"],
        docs: DOCS,
    },
    subject: Subject::Object(ROLES, judge),
};

fn judge<'a>(role: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let mut reach = None;
    for rule in rbac::readable(role, out) {
        let star = rule.groups().items().find(|g| g.is("*"));
        // A rule on every resource, or on a subresource of every resource, means every group by intention.
        let named = rule.resources().items().any(|r| !r.as_str().is_some_and(|r| r.starts_with('*')));
        let Some(place) = star.filter(|_| named) else { continue };
        let reach = reach.get_or_insert_with(|| Reach::of(role, cx));
        let message = format!(
            "{} `{}` covers {} of every API group",
            role.kind,
            role.name(),
            rbac::listed(rule.resources().items()),
        );
        out.fail(place, message).severity(reach.severity(role, Severity::Low, true)).key(rbac::key_of(&rule));
    }
}
