//! Role covers every resource.

use crate::support::rbac::{self, ROLES, Reach};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A resource `*` covers every kind of its API groups with all subresources. In the core group that is
    /// Secrets, `pods/exec`, `nodes/proxy` and `serviceaccounts/token`. A star after a slash, as in
    /// `pods/*`, is not a wildcard to Kubernetes: it matches nothing, which is not what its author meant.
    ///
    /// ## How to fix
    /// List the resources; `kubectl api-resources --api-group=GROUP` shows them.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["*"]
    ///     verbs: ["get", "list", "watch"]
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
    ///     resources: ["*"]
    ///     verbs: ["get"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["pods/*"]
    ///     verbs: ["get"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["monitoring.example.com"]
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
    ///   - apiGroups: [""]
    ///     resources: ["*"]
    ///     verbs: ["get"]
    ///     resourceNames: ["web"]
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
    ///   - apiGroups: [""]
    ///     resources: ["pods", "pods/log"]
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
        id: "rbac-wildcard-resources",
        title: "Role covers every resource",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "Secrets, subresources such as exec, and kinds that are yet to come are all \
                      included",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "cis-k8s:5.1.3",
        ],
        remediation: "Replace `*` by the resources that are used.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_49", "trivy:KSV-0046", "trivy:KSV-0112", "kube-linter:wildcard-in-rules"],
        docs: DOCS,
    },
    subject: Subject::Object(ROLES, judge),
};

fn judge<'a>(role: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let mut reach = None;
    for rule in rbac::readable(role, out) {
        let star = rule.resources().items().find(|r| r.is("*"));
        let vain = rule.resources().items().find(|r| r.as_str().is_some_and(|r| r.ends_with("/*")));
        let Some(place) = star.or(vain).filter(|_| !rule.is_everything()) else {
            continue;
        };
        let reach = reach.get_or_insert_with(|| Reach::of(role, cx));
        let reads = rule.verbs().items().all(|v| matches!(v.as_str(), Some("get" | "list" | "watch")));
        let base = match star {
            None => Severity::Low,
            Some(_) if rule.is_named() || rbac::is_own_api(&rule) => Severity::Low,
            Some(_) if reads => Severity::Medium,
            Some(_) => Severity::High,
        };
        let (name, kind, holders) = (role.name(), role.kind, reach.holders());
        let message = if star.is_some() {
            format!(
                "{kind} `{name}` lets {holders} use {} on every resource of {} {}",
                rbac::listed(rule.verbs().items()),
                rbac::groups(&rule),
                reach.scope(role),
            )
        } else {
            let item = place.scalar().unwrap_or("");
            format!(
                "{kind} `{name}` names `{item}`, which Kubernetes does not take for a wildcard: it grants nothing"
            )
        };
        out.fail(place, message).severity(reach.severity(role, base, true)).key(rbac::key_of(&rule));
    }
}
